"""Drafts: saved whole, listed for everybody, and confined to their folder."""

import json
import os
from pathlib import Path

import pytest

from cxdata.editing import drafts as module
from cxdata.editing.drafts import LARGEST, MOST, delete_draft, list_drafts, read_draft, save_draft
from cxdata.errors import Conflict, Invalid, NotFound, Unavailable
from cxdata.store.duckdb_file import DuckDBFile

ONE, TWO = "0123456789abcdef", "fedcba9876543210"


@pytest.fixture
def database_file(tmp_path: Path) -> Path:
    return tmp_path / "stories.duckdb"


def test_saved_draft_reads_back_equal(database_file: Path) -> None:
    content = {"title": "An invented tale — “quoted”", "encounters": [{"feeling": -3, "minutes": None}]}
    save_draft(DuckDBFile(database_file), ONE, "Editor A", content)
    draft = read_draft(DuckDBFile(database_file), ONE)
    assert (draft.draft, draft.editor, draft.content) == (ONE, "Editor A", content)
    assert draft.saved_at.tzinfo is not None


def test_drafts_list_latest_first_with_their_last_content(database_file: Path) -> None:
    save_draft(DuckDBFile(database_file), ONE, "Editor A", {"title": "first"})
    save_draft(DuckDBFile(database_file), TWO, "Editor B", {"title": "second"})
    save_draft(DuckDBFile(database_file), ONE, "Editor A", {"title": "first, mended"})
    kept = list_drafts(DuckDBFile(database_file)).kept
    assert [(draft.draft, draft.content["title"]) for draft in kept] == [(ONE, "first, mended"), (TWO, "second")]


def test_drafts_of_a_new_database_are_empty(database_file: Path) -> None:
    assert list_drafts(DuckDBFile(database_file)) == module.Drafts((), ())


@pytest.mark.parametrize(
    "draft_id", ["", "short", "../../etc/passwd", "..", "a/b/c/d/e", "ABCDEFGH", "01234567\n", "0123456.", "0" * 41]
)
def test_invalid_draft_ids_are_refused_by_every_function(database_file: Path, draft_id: str) -> None:
    for act in (read_draft, delete_draft, lambda path, name: save_draft(DuckDBFile(path), name, "Editor A", {})):
        with pytest.raises(NotFound, match="is not the id of a draft"):
            act(DuckDBFile(database_file), draft_id)
    assert list(database_file.parent.iterdir()) == []


def test_deleting_a_draft_twice_is_harmless(database_file: Path) -> None:
    save_draft(DuckDBFile(database_file), ONE, "Editor A", {})
    delete_draft(DuckDBFile(database_file), ONE)
    delete_draft(DuckDBFile(database_file), ONE)
    with pytest.raises(NotFound, match="there is no draft"):
        read_draft(DuckDBFile(database_file), ONE)


DAMAGED = {
    "cut short": b'{"draft": "fedcba98',
    "no text": b"\xff\xfe\x00",
    "a list": b"[]",
    "another id": json.dumps({"draft": ONE, "editor": "E", "saved_at": "2026-11-22T05:00:00+00:00", "content": {}}),
    "no time": json.dumps({"draft": TWO, "editor": "E", "saved_at": "yesterday", "content": {}}),
    "content is a list": json.dumps(
        {"draft": TWO, "editor": "E", "saved_at": "2026-11-22T05:00:00+00:00", "content": []}
    ),
    "too large": b" " * (LARGEST + 1),
    "nested without end": b"[" * 100_000,
}


@pytest.mark.parametrize("written", DAMAGED.values(), ids=DAMAGED)
def test_drafts_report_damaged_files_and_read_the_others(database_file: Path, written: bytes | str) -> None:
    save_draft(DuckDBFile(database_file), ONE, "Editor A", {"title": "whole"})
    folder = database_file.with_name("stories.duckdb.drafts")
    (folder / f"{TWO}.json").write_bytes(written if isinstance(written, bytes) else written.encode())
    found = list_drafts(DuckDBFile(database_file))
    assert [draft.draft for draft in found.kept] == [ONE]
    assert found.faults == (f"draft '{TWO}' is damaged. The file is {TWO}.json.",)


def test_drafts_report_files_with_unknown_names(database_file: Path) -> None:
    save_draft(DuckDBFile(database_file), ONE, "Editor A", {})
    (database_file.with_name("stories.duckdb.drafts") / "Notes.json").write_text("{}")
    assert len(list_drafts(DuckDBFile(database_file)).kept) == 1
    assert "is not the id of a draft" in list_drafts(DuckDBFile(database_file)).faults[0]


def test_too_large_draft_is_refused_and_the_saved_one_kept(database_file: Path) -> None:
    save_draft(DuckDBFile(database_file), ONE, "Editor A", {"title": "whole"})
    with pytest.raises(Invalid, match="at most 256,000 are possible"):
        save_draft(DuckDBFile(database_file), ONE, "Editor A", {"title": "x" * LARGEST})
    assert read_draft(DuckDBFile(database_file), ONE).content == {"title": "whole"}


def test_draft_over_the_limit_is_refused_and_saved_ones_stay_editable(database_file: Path) -> None:
    for number in range(MOST):
        save_draft(DuckDBFile(database_file), f"{number:08}", "Editor A", {})
    with pytest.raises(Conflict, match="there are 200 drafts already"):
        save_draft(DuckDBFile(database_file), ONE, "Editor A", {})
    save_draft(DuckDBFile(database_file), f"{7:08}", "Editor A", {"title": "mended"})
    assert read_draft(DuckDBFile(database_file), f"{7:08}").content == {"title": "mended"}


def test_failed_save_keeps_the_saved_draft_and_leaves_no_file(
    database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_draft(DuckDBFile(database_file), ONE, "Editor A", {"title": "whole"})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(Unavailable, match=r"the draft cannot be saved: the disk of .* is full"):
        save_draft(DuckDBFile(database_file), ONE, "Editor A", {"title": "never"})
    assert read_draft(DuckDBFile(database_file), ONE).content == {"title": "whole"}
    assert [path.name for path in database_file.with_name("stories.duckdb.drafts").iterdir()] == [f"{ONE}.json"]


def test_lone_surrogate_is_saved_as_a_question_mark(database_file: Path) -> None:
    save_draft(DuckDBFile(database_file), ONE, "Editor A", {"title": "\ud800 tale"})
    assert read_draft(DuckDBFile(database_file), ONE).content == {"title": "? tale"}
