"""The database file: its place, how it is built and opened, and what it refuses."""

import logging
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

import duckdb
import pytest

from cxdata.errors import DatabaseError
from cxdata.questions.ask import ask
from cxdata.resources import ROOT
from cxdata.settings import get_settings
from cxdata.store import build_database, data_version, shipped_version
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.stories import Library
from tests.fixtures.databases import open_database
from tests.fixtures.stories import make_story, step


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "stories.duckdb"


def edit(path: Path, sql: str) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)


def stories(connection: duckdb.DuckDBPyConnection) -> int:
    return ask(connection, "story_scores").num_rows


def test_opening_a_missing_database_builds_it(path: Path) -> None:
    with open_database(path.parent / "a" / "new" / "folder" / "stories.duckdb") as connection:
        assert stories(connection) == 8
        assert data_version(connection) == shipped_version()


def test_build_leaves_no_other_files(path: Path) -> None:
    build_database(path)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_database_path_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", "~/some/where.duckdb")
    assert get_settings().address.path == Path.home() / "some/where.duckdb"


def test_database_path_defaults_to_the_user_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CXDATA_DATABASE", raising=False)
    with patch("platformdirs.user_data_path", return_value=tmp_path / "data"):
        assert get_settings().address.path == tmp_path / "data" / "stories.duckdb"


def test_unwritable_data_folder_falls_back_to_a_temporary_one_with_a_warning(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # nobody can make a folder beneath a file, whereas permissions would not stop a test that runs as root
    (tmp_path / "file").touch()
    monkeypatch.delenv("CXDATA_DATABASE", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with (
        patch("platformdirs.user_data_path", return_value=tmp_path / "file" / "data"),
        caplog.at_level(logging.WARNING),
    ):
        found = get_settings().address.path
    assert found.parent.parent == tmp_path
    assert f"{tmp_path / 'file' / 'data'} cannot be written to" in caplog.text
    with open_database(found) as connection:
        assert stories(connection) == 8


def test_failed_build_keeps_the_old_file(path: Path) -> None:
    build_database(path)
    before = path.read_bytes()
    story = make_story("tale", step(1))
    stray = Library((story.model_copy(update={"outcome": "no_such_outcome"}),), ())
    with (
        patch("cxdata.store.build.read_library", return_value=stray),
        pytest.raises(DatabaseError, match="refer to others that are missing"),
    ):
        build_database(path)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_build_reports_an_unwritable_place(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError, match="cannot be built"):
        build_database(tmp_path / "file" / "stories.duckdb")


def test_reader_keeps_the_old_file_during_a_build(path: Path) -> None:
    build_database(path)
    with open_database(path) as reader:
        build_database(path)
        assert stories(reader) == 8
        with open_database(path) as another:
            assert stories(another) == 8


@pytest.mark.parametrize("column", ["shipped_version", "schema_version"])
def test_unchanged_database_of_an_older_version_is_rebuilt(path: Path, column: str) -> None:
    build_database(path)
    edit(path, f"update build set {column} = 'older'; delete from promise")
    with open_database(path) as connection:
        assert ask(connection, "promises").num_rows > 0
        assert data_version(connection) == shipped_version()


def test_database_of_this_version_is_not_rebuilt(path: Path) -> None:
    build_database(path)
    edit(path, "delete from promise")
    with open_database(path) as connection:
        assert ask(connection, "promises").num_rows == 0


def test_foreign_duckdb_file_is_refused_unchanged(path: Path) -> None:
    edit(path, "create table theirs as select 1 as x")
    before = path.read_bytes()
    with pytest.raises(
        DatabaseError, match=r"is a DuckDB file, but not a database of this program\. Set CXDATA_DATABASE"
    ):
        open_database(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database", b"\0" * 5000, b"SQLite format 3\0" + b"\0" * 5000])
def test_file_that_is_not_a_database_is_refused_unchanged(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match=r"stories\.duckdb cannot be opened"):
        open_database(path)
    assert path.read_bytes() == content


def test_two_processes_read_one_database(path: Path) -> None:
    build_database(path)
    with open_database(path) as connection:
        asked = subprocess.run(
            [sys.executable, "-m", "cxdata", "ask", "library", "--format", "json"],
            env=os.environ | {"CXDATA_DATABASE": str(path)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert '"story_count": 8' in asked.stdout
        assert stories(connection) == 8


@pytest.mark.parametrize(
    "attempt",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from '/etc/passwd'",
        "copy story to '/tmp/stolen.csv'",
        "export database '/tmp/stolen'",
        "attach '/tmp/other.duckdb'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set memory_limit = '100GB'",
        "set allow_community_extensions = true",
        "drop table story",
        "insert into build values ('x', 'y')",
    ],
)
def test_open_database_has_no_external_access(path: Path, attempt: str) -> None:
    with open_database(path) as connection, pytest.raises(duckdb.Error):
        connection.cursor().execute(attempt).fetchall()


def test_python_variables_are_not_visible_as_tables(path: Path) -> None:
    secret = duckdb.sql("select 1 as x").to_arrow_table()
    with open_database(path) as connection, pytest.raises(duckdb.Error, match="secret does not exist"):
        connection.cursor().execute("select * from secret").fetchall()
    assert secret.num_rows == 1


def test_transaction_sees_every_row_it_inserted(base: Path) -> None:
    """DuckDB 2.0.0 misses, within a transaction, rows that several threads have inserted."""
    told = base.parent / "many.parquet"
    duckdb.sql("select 'story-' || range as story, 'Words.' as words from range(400000)").write_parquet(str(told))
    with DuckDBFile(base).transaction(readable=[told]) as connection:
        connection.execute("create temp table staged as select * from account limit 0")
        connection.execute(f"insert into staged by name select * from read_parquet('{told}') where words <> ''")
        assert connection.execute("select count(story), count(*) from staged").fetchall() == [(400_000, 400_000)]
