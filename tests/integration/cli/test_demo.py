"""The demo: synthetic stories alone, in a file of its own that is built once."""

import os
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from cxdata.cli import demo, serve
from cxdata.cli.root import main
from cxdata.settings import DATABASE

NUMBER = 40


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The databases that the command has started a server for."""
    databases: list[str] = []
    monkeypatch.setattr(demo, "STORIES", NUMBER)
    monkeypatch.setattr(serve, "_replace_process", lambda _: databases.append(os.environ[DATABASE]))
    monkeypatch.setenv(DATABASE, str(tmp_path / "own.duckdb"))
    (tmp_path / "demo-older.duckdb").touch()
    result = CliRunner().invoke(main, ["serve", "--demo"], catch_exceptions=False)
    assert f"making {NUMBER} synthetic stories" in result.stdout
    return databases


def test_demo_holds_synthetic_stories_alone_and_is_built_once(served: list[str], tmp_path: Path) -> None:
    assert sorted(path.name for path in tmp_path.glob("*.duckdb")) == [Path(served[0]).name]
    with duckdb.connect(served[0], read_only=True) as database:
        assert database.execute("select distinct kind, status from story").fetchall() == [("synthetic", "published")]
        assert database.execute("select count(*) from story").fetchall() == [(NUMBER,)]
    written = Path(served[0]).stat().st_mtime_ns
    again = CliRunner().invoke(main, ["serve", "--demo"], catch_exceptions=False)
    assert again.stdout == ""
    assert Path(served[1]).stat().st_mtime_ns == written
