"""Repeated stories: in another format, with other codes, or with one id for two different stories."""

import json
from pathlib import Path

import pytest

from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.stories.serialiser import serialise_story
from tests.fixtures.databases import look
from tests.fixtures.imports import brought, problems, refused, table, told_rows, write_parquet
from tests.fixtures.stories import make_story, step, work

STORY = make_story("told-again", step(3, work("worry", minutes=3), emotions=["relief"]), company="Again", ces=2)
TAKEN = "row 2: story 'told-again' is in the database with other content. Give this one another id, or edit"


def test_story_in_four_formats_is_imported_once(base: Path, tmp_path: Path) -> None:
    (tmp_path / "told-again.toml").write_text(serialise_story(STORY), "utf-8")
    (tmp_path / "told.jsonl").write_text(json.dumps(STORY.model_dump(mode="json")) + "\n", "utf-8")
    files = [
        tmp_path / "told-again.toml",
        tmp_path / "told.jsonl",
        write_parquet(tmp_path / "told.parquet", told_rows(STORY)),
    ]
    files.append(table(tmp_path / "told.csv", told_rows(STORY)))
    before = base.read_bytes()
    for together in (files, files[::-1]):
        base.write_bytes(before)
        report = brought(base, *together)
        assert (report.stories, report.known, problems(report)) == (1, 3, [])


@pytest.mark.parametrize(
    "cell", [{"ces": 3}, {"verdict": "fame"}, {"loyalty": "loyal"}, {"emotions": "anger"}], ids=str
)
def test_known_id_with_different_codes_is_refused(cell: dict[str, str], base: Path, tmp_path: Path) -> None:
    rows = told_rows(STORY)
    brought(base, table(tmp_path / "told.csv", rows))
    assert brought(base, table(tmp_path / "told.csv", [row | {"notes": "Else", "coder": "Else"} for row in rows])).known
    (why,) = refused(base, table(tmp_path / "told.csv", [row | cell for row in rows], FLAT_COLUMNS))
    assert why.startswith(f"told.csv: {TAKEN}")


def test_rows_of_one_id_with_different_encounters_are_a_fault(base: Path, tmp_path: Path) -> None:
    row = {"id": "A/1", "company": "Mapped", "date": "2025-01-01", "review": "It is told.", "channel": "Phone"}
    again = brought(base, table(tmp_path / "told.csv", [row, row | {"id": "a-1"}]), mapping="reviews", dry_run=True)
    assert (again.stories, again.files[0].duplicate_rows, problems(again)) == (1, 1, [])
    found = refused(base, table(tmp_path / "told.csv", [row, row | {"channel": "Email"}]), mapping="reviews")
    assert found == ["told.csv: row 3: story 'review-a-1' has the id of row 2 but other steps or effort"]


def test_html_entities_in_addresses_are_decoded_row_by_row(base: Path, tmp_path: Path) -> None:
    rows = told_rows(STORY, STORY.model_copy(update={"story": "told-otherwise", "title": "Told otherwise"}))
    rows[0] |= {"source": "one", "source_url": "https://one.example/?a=1&amp;b=2"}
    rows[1] |= {"source": "two", "source_url": "https://two.example/?a=1&b=2"}
    brought(base, table(tmp_path / "told.csv", rows))
    assert look(base, "select url from source where source in ('one', 'two') order by 1") == [
        ("https://one.example/?a=1&b=2",),
        ("https://two.example/?a=1&b=2",),
    ]
