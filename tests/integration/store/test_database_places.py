"""Where a database lies and what it is called: as anybody likes, and a link to it stays one."""

import shutil
from pathlib import Path

from cxdata.ingest import run_import
from cxdata.store.duckdb_file import DuckDBFile
from tests.fixtures import DATA
from tests.fixtures.databases import told

GOOD = DATA / "good-story.toml"


def test_a_link_to_a_database_stays_one_and_what_it_leads_to_is_changed(base: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "current.duckdb"
    link.parent.mkdir()
    link.symlink_to(base)
    before = told(base)
    DuckDBFile(link).back_up(tmp_path / "kept.backup")
    run_import(DuckDBFile(link), [GOOD], by="me")
    assert told(base) == before | {"good-story"}
    kept = DuckDBFile(link).restore(tmp_path / "kept.backup")
    assert kept
    assert not kept.is_symlink()
    assert told(kept) == before | {"good-story"}
    assert told(base) == before
    assert link.is_symlink()
    assert [each.name for each in link.parent.iterdir()] == [link.name]


def test_a_database_may_be_called_as_it_likes(base: Path, tmp_path: Path) -> None:
    """Also as what is kept of it is called while it is restored."""
    DuckDBFile(base).back_up(tmp_path / "kept.backup")
    path = base.with_name("kept")
    run_import(DuckDBFile(Path(shutil.copy(base, path))), [GOOD], by="me")
    assert "good-story" in told(path)
    DuckDBFile(path).restore(tmp_path / "kept.backup")
    assert "good-story" not in told(path)
