"""A full temporary disk: one clear error, an unchanged database, and no file half written."""

import gzip
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cxdata.access.records import open_records
from cxdata.errors import CxdataError, Unavailable
from cxdata.ingest import inspect_files, run_import, sandbox
from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.store.duckdb_file import DuckDBFile
from pages.add import upload as upload_page
from tests.fixtures import DATA
from tests.fixtures.databases import look
from tests.fixtures.imports import table, told_rows
from tests.fixtures.stories import make_story

GOOD = DATA / "good-story.toml"
WORDS = r"the disk of \S+ is full: [\d,.]+ MB are free\. Make room and try again\."
FULL = Path("/dev/full")  # every write to it says that the disk is full

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FULL.exists(), reason="no device that is always full"),
]


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """A story that has to be unpacked before it is read."""
    path = tmp_path / "good-story.toml.gz"
    path.write_bytes(gzip.compress(GOOD.read_bytes()))
    return path


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder of the test; nothing may be left in it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def no_room_to_unpack(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the first file that a process of an import unpacks go to a full disk."""

    class Folder(tempfile.TemporaryDirectory):  # type: ignore[type-arg]
        def __enter__(self) -> str:
            name = super().__enter__()
            (Path(name) / "unpacked-1").symlink_to(FULL)  # the second thing in the folder
            return str(name)

    monkeypatch.setattr(sandbox.tempfile, "TemporaryDirectory", Folder)


@pytest.mark.usefixtures("no_room_to_unpack")
def test_import_without_room_to_unpack_changes_nothing(base: Path, packed: Path) -> None:
    before = base.read_bytes()
    with pytest.raises(CxdataError, match=f"^nothing was imported: {WORDS}$"):
        run_import(DuckDBFile(base), [packed], by="me", upload=True)
    assert base.read_bytes() == before


@pytest.mark.usefixtures("no_room_to_unpack")
def test_inspection_without_room_to_unpack_says_so(base: Path, packed: Path) -> None:
    with pytest.raises(Unavailable, match=f"^nothing was imported: {WORDS}$"):
        inspect_files(DuckDBFile(base), [packed], upload=True)


def test_import_without_room_for_its_folder_says_so(
    base: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with open_records(DuckDBFile(base)):  # the audit log has its folder already
        pass
    with monkeypatch.context() as patched:
        patched.setattr(os, "mkdir", full)
        with pytest.raises(Unavailable, match=f"^nothing was imported: {WORDS}$"):
            run_import(DuckDBFile(base), [GOOD], by="me", upload=True)


def test_rows_with_faults_that_find_no_room_are_named_with_what_was_imported(
    base: Path, tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    rows = told_rows(*(make_story(f"row-{n}", company="Rowan") for n in range(2)))
    told = table(tmp_path / "told.csv", [rows[0], rows[1] | {"touchpoint": "fone"}], FLAT_COLUMNS)
    monkeypatch.setattr(sandbox.shutil, "move", full)
    lost = "and the rows with faults cannot be kept"
    options = {"by": "me", "keep": tmp_path / "kept", "batch": "tales", "on_fault": "skip"}
    before = base.read_bytes()
    with pytest.raises(Unavailable, match=f"^nothing was imported, {lost}: {WORDS}$"):
        run_import(DuckDBFile(base), [told], dry_run=True, **options)  # type: ignore[arg-type]
    assert base.read_bytes() == before
    with pytest.raises(Unavailable, match=f"^batch tales is imported, {lost}: {WORDS}$"):
        run_import(DuckDBFile(base), [told], **options)  # type: ignore[arg-type]
    assert look(base, "select batch from story where story = 'row-0'") == [("tales",)]


def test_dropped_file_that_finds_no_room_is_taken_as_a_whole_or_not(
    base: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    state: dict[str, Any] = {upload_page.UPLOADED: SimpleNamespace(ids=["another"])}
    monkeypatch.setattr(upload_page.st, "session_state", state)
    write = Path.write_bytes

    def fill(path: Path, content: bytes) -> int:
        write(path, content[:10])
        with FULL.open("wb", buffering=0) as full:
            return full.write(content[10:])

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", fill)
        files = [("1", "a.toml", GOOD.read_bytes), ("2", "a.toml", GOOD.read_bytes)]
        with pytest.raises(Unavailable, match=f"^the files were not taken: {WORDS}$"):
            upload_page._save_uploads(files)
    assert state == {}, "no file of another choice stands for these"
