"""A full disk: a clear error, an unchanged database, and no leftovers after the next change."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cxdata.cli.root import main
from cxdata.ingest import run_import
from cxdata.resources import ROOT
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.file_swap import DRAFT
from tests.fixtures import DATA
from tests.fixtures.legacy_databases import leftovers

GOOD = DATA / "good-story.toml"


@pytest.mark.parametrize("where", ["shutil.copyfile", "os.fsync"])
def test_rename_on_a_full_disk_reports_an_error_and_changes_nothing(
    base: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = base.read_bytes()

    def full(*arguments: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(where, full)
        monkeypatch.setenv("CXDATA_DATABASE", str(base))
        rename = ["rename", "AO.com", "AO", "--by", "me"]
        result = CliRunner().invoke(main, rename, catch_exceptions=False)
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"{base}: nothing was changed. Reason: " in result.stderr
        assert f"the disk of {base.parent} is full: " in result.stderr
        assert "MB are free. Make room and try again" in result.stderr
    assert base.read_bytes() == before
    run_import(DuckDBFile(base), [GOOD], by="me")
    assert leftovers(base) == []


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from cxdata.cli.root import main
main(["import", sys.argv[2]])
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits a file's size as a full disk would")
@pytest.mark.parametrize("room", [-1_000_000, 0, 1, 300_000])
def test_import_that_fills_the_disk_changes_nothing(base: Path, room: int) -> None:
    """The limit is relative to the size of the database: the copy fails, or a later write."""
    before = base.read_bytes()
    result = subprocess.run(
        [sys.executable, "-c", LIMITED, str(len(before) + room), str(GOOD)],
        cwd=ROOT,
        env=os.environ | {"CXDATA_DATABASE": str(base)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1, result.stderr
    assert f"{base}: nothing was changed. Reason: " in result.stderr
    assert "Traceback" not in result.stderr
    assert base.read_bytes() == before
    run_import(DuckDBFile(base), [GOOD], by="me")
    assert not list(base.parent.glob(f"{DRAFT}*"))
    assert leftovers(base) == []
