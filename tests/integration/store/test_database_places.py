"""Paths of a database: symbolic links and unusual file names."""

import shutil
from pathlib import Path

from cxdata.ingest import run_import
from cxdata.store.duckdb_file import DuckDBFile
from tests.fixtures import DATA
from tests.fixtures.databases import told

GOOD = DATA / "good-story.toml"


def test_symbolic_link_stays_and_its_target_changes(base: Path, tmp_path: Path) -> None:
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


def test_database_may_have_any_file_name(base: Path, tmp_path: Path) -> None:
    """The name `kept` is also the name that a restore uses."""
    DuckDBFile(base).back_up(tmp_path / "kept.backup")
    path = base.with_name("kept")
    run_import(DuckDBFile(Path(shutil.copy(base, path))), [GOOD], by="me")
    assert "good-story" in told(path)
    DuckDBFile(path).restore(tmp_path / "kept.backup")
    assert "good-story" not in told(path)
