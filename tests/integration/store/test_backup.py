"""Backup and restore: complete while the database is in use, and refused for unfit files."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from cxdata.cli.root import main
from cxdata.errors import Conflict, DatabaseError, NotFound
from cxdata.ingest import run_import
from cxdata.questions.ask import ask, list_questions
from cxdata.store import data_version
from cxdata.store.duckdb_file import DuckDBFile
from tests.fixtures import DATA
from tests.fixtures.databases import open_database, told
from tests.fixtures.legacy_databases import leftovers

GOOD = DATA / "good-story.toml"


@pytest.fixture
def base(built: Path, tmp_path: Path) -> Path:
    path = tmp_path / "it's here" / "stories.duckdb"
    path.parent.mkdir()
    shutil.copyfile(built, path)
    return path


@pytest.fixture
def command(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(base))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def contents(path: Path) -> dict[str, object]:
    """Return all rows of all tables, and the SQL of all tables, views and macros."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute("select table_name, sql from duckdb_tables() order by 1").fetchall()
        found: dict[str, object] = {
            name: connection.execute(f"select * from {name} order by all").fetchall() for name, _ in tables
        }
        found["tables"] = tables
        found["views"] = connection.execute(
            "select view_name, sql from duckdb_views() where not internal order by 1"
        ).fetchall()
        found["macros"] = connection.execute(
            "select function_name, parameters, macro_definition from duckdb_functions() where not internal order by 1"
        ).fetchall()
        return found


def test_backup_holds_every_table_view_and_macro(base: Path, tmp_path: Path) -> None:
    DuckDBFile(base).back_up(tmp_path / "kept.backup")
    there, kept = contents(base), contents(tmp_path / "kept.backup")
    assert len(str(there["views"])) > 1000
    assert len(str(there["macros"])) > 1000
    assert there == kept
    with duckdb.connect(str(tmp_path / "kept.backup"), read_only=True) as connection:
        tags = connection.execute("select tags from duckdb_databases() where not internal").fetchall()
    assert tags == [({"storage_version": "v1.5.0+"},)]


def test_backup_answers_every_question_like_the_database(base: Path, tmp_path: Path) -> None:
    DuckDBFile(base).back_up(tmp_path / "kept.backup")
    here, there = open_database(base), open_database(tmp_path / "kept.backup")
    for name, question in list_questions().items():
        if not question.needs:
            assert ask(here, name).equals(ask(there, name)), name
    here.close()
    there.close()


def test_backup_and_restore_work_while_a_reader_is_connected(base: Path, tmp_path: Path) -> None:
    before = told(base)
    reading = open_database(base)
    version = data_version(reading)
    DuckDBFile(base).back_up(tmp_path / "kept.backup")
    run_import(DuckDBFile(base), [GOOD], by="me")
    assert "good-story" in told(base)
    kept = DuckDBFile(base).restore(tmp_path / "kept.backup")
    assert kept
    assert told(base) == before
    assert data_version(reading) == version
    reading.close()
    assert "good-story" in told(kept)
    run_import(DuckDBFile(base), [GOOD], by="me")  # the restored database accepts changes
    assert "good-story" in told(base)


def test_backup_during_a_transaction_holds_the_state_before_it(base: Path, tmp_path: Path) -> None:
    before = contents(base)
    with DuckDBFile(base).transaction() as connection:
        connection.execute("update story set title = 'Changed'")
        DuckDBFile(base).back_up(tmp_path / "kept.backup")
    assert contents(tmp_path / "kept.backup") == before != contents(base)


def test_restore_waits_for_a_transaction_until_its_timeout(base: Path, tmp_path: Path) -> None:
    DuckDBFile(base).back_up(tmp_path / "kept.backup")
    with DuckDBFile(base).transaction(), pytest.raises(Conflict, match="another change is still running"):
        DuckDBFile(base).restore(tmp_path / "kept.backup", timeout=0.2)
    assert leftovers(base) == []


def test_backup_overwrites_a_file_only_on_request(base: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("a letter")
    with pytest.raises(Conflict, match=r"mine.txt already exists. Name another file, or use --replace"):
        DuckDBFile(base).back_up(file)
    assert file.read_text() == "a letter"
    DuckDBFile(base).back_up(file, overwrite=True)
    assert told(file) == told(base)
    with pytest.raises(Conflict, match="is the database itself"):
        DuckDBFile(base).back_up(base, overwrite=True)


def test_backup_into_a_missing_folder_is_refused(base: Path, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="no backup was written: "):
        DuckDBFile(base).back_up(tmp_path / "nowhere" / "kept.backup")


def _foreign(path: Path, good: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table birds as select 'wren' as bird")


def _with_stray_references(path: Path, good: Path) -> None:
    shutil.copyfile(good, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update story set company = 'Nobody'")


def _damaged(path: Path, good: Path) -> None:
    content = bytearray(good.read_bytes())
    for place in range(20_000, len(content), 262_144):  # in every block
        content[place] ^= 0xFF
    path.write_bytes(content)


def _cut(path: Path, good: Path) -> None:
    path.write_bytes(good.read_bytes()[: good.stat().st_size // 2])


def _cut_at_the_end(path: Path, good: Path) -> None:
    path.write_bytes(good.read_bytes()[:-300_000])


UNFIT: dict[str, tuple[Callable[[Path, Path], None] | bytes, str]] = {
    "truncated": (_cut, "cannot be restored. Nothing was changed"),
    "a little truncated": (_cut_at_the_end, "cannot be restored. Nothing was changed"),
    "damaged": (_damaged, "cannot be restored. Nothing was changed"),
    "garbage": (bytes(range(256)) * 400, "not a valid DuckDB database file"),
    "text": (b"a letter", "cannot be restored. Nothing was changed"),
    "empty": (b"", "cannot be restored. Nothing was changed"),
    "foreign": (_foreign, "backup is a DuckDB file, but not a database of this program"),
    "with stray references": (_with_stray_references, "refer to others that are missing"),
}


@pytest.mark.parametrize("kind", UNFIT)
def test_restore_refuses_unfit_files_and_changes_nothing(base: Path, tmp_path: Path, kind: str) -> None:
    spoil, message = UNFIT[kind]
    DuckDBFile(base).back_up(tmp_path / "good")
    if isinstance(spoil, bytes):
        (tmp_path / "backup").write_bytes(spoil)
    else:
        spoil(tmp_path / "backup", tmp_path / "good")
    given, before = (tmp_path / "backup").read_bytes(), base.read_bytes()
    with pytest.raises(DatabaseError, match=message):
        DuckDBFile(base).restore(tmp_path / "backup")
    assert base.read_bytes() == before
    assert leftovers(base) == []
    assert (tmp_path / "backup").read_bytes() == given


def test_restore_names_a_missing_backup(base: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nowhere: this file does not exist"):
        DuckDBFile(base).restore(tmp_path / "nowhere")


def test_restore_creates_a_missing_database(base: Path, tmp_path: Path) -> None:
    DuckDBFile(base).back_up(tmp_path / "kept.backup")
    place = tmp_path / "new" / "stories.duckdb"
    assert DuckDBFile(place).restore(tmp_path / "kept.backup") is None
    assert told(place) == told(base)


@pytest.mark.usefixtures("command")
def test_backup_and_restore_commands_report_their_results(base: Path, tmp_path: Path) -> None:
    file = tmp_path / "kept.backup"
    assert run("backup", file).stdout.startswith(f"{file}: 8 published stories, data ")
    again = run("backup", file)
    assert (again.exit_code, "already exists" in again.stderr) == (1, True)
    assert run("backup", file, "--replace").exit_code == 0
    first, second = run("restore", file).stdout.splitlines()
    assert first.startswith(f"{base}: 8 published stories, data ")
    assert second.startswith(f"the database from before is kept: {base}.before-restore-")
    assert Path(second.partition(": ")[2]).exists()
    file.write_text("a letter")
    refused = run("restore", file)
    assert (refused.exit_code, "Nothing was changed" in refused.stderr) == (1, True)
