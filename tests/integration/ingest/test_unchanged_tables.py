"""Tables without cells to clean are read twice instead of stored; both ways give the same records."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cxdata.errors import StoryError
from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.pipeline import run_pipeline
from cxdata.ingest.request import ImportRequest
from cxdata.stories import Library, Story
from tests.fixtures.imports import brought, kept, problems, table, told_rows, write_parquet

Rows = list[dict[str, Any]]
OF_EVENT = ("driver", "times", "minutes", "evidence", "effort_locator")


@pytest.fixture
def rows(library: Library) -> Rows:
    """Two shipped stories under other names, as rows of our own table."""
    stories = sorted(library.stories, key=lambda story: -sum(len(each.effort) for each in story.encounters))[:2]
    return told_rows(*(again(story) for story in stories))


def again(story: Story) -> Story:
    changes = {"story": f"{story.story}-again", "title": f"{story.title} (told again)", "promises": (), "signs": ()}
    return story.model_copy(update=changes)


def as_they_came(rows: Rows) -> Rows:
    return rows


def without_places(rows: Rows) -> Rows:
    return [row | {"effort_locator": None} for row in rows]


def without_any_places(rows: Rows) -> Rows:
    return [row | {"effort_locator": None, "locator": None} for row in rows]


def with_an_encounter_told_before_its_efforts(rows: Rows) -> Rows:
    """Move the effort of each story's first row to a row of its own below."""
    parted: Rows = []
    for row in rows:
        if row["title"] and row["driver"]:
            parted.append(row | dict.fromkeys(OF_EVENT))
            parted.append(dict.fromkeys(row) | {key: row[key] for key in ("story", "step", *OF_EVENT)})
        else:
            parted.append(row)
    return parted


def with_efforts_told_before_their_encounter(rows: Rows) -> Rows:
    """Move the values of each encounter to the last of its rows."""
    moved: Rows = []
    for row in rows:
        if moved and (moved[-1]["story"], moved[-1]["step"]) == (row["story"], row["step"]):
            before = moved.pop()
            only = {key: before[key] for key in ("story", "step", *OF_EVENT)}
            moved += [dict.fromkeys(row) | only, before | {key: row[key] for key in OF_EVENT}]
        else:
            moved.append(row)
    return moved


def with_stories_in_turns(rows: Rows) -> Rows:
    names = sorted({row["story"] for row in rows})
    parts = [[row for row in rows if row["story"] == name] for name in names]
    longest = max(map(len, parts))
    return [part[place] for place in range(longest) for part in parts if place < len(part)]


def with_encounters_told_on_every_row(rows: Rows) -> Rows:
    told: dict[tuple[str, int], dict[str, Any]] = {}
    of_encounter = FLAT_COLUMNS[FLAT_COLUMNS.index("encounter_job") : FLAT_COLUMNS.index("driver")]
    repeated = []
    for row in rows:
        first = told.setdefault((row["story"], row["step"]), row)
        repeated.append(row | {column: first[column] for column in of_encounter})
    return repeated


WAYS = (
    as_they_came,
    without_places,
    without_any_places,
    with_an_encounter_told_before_its_efforts,
    with_efforts_told_before_their_encounter,
    with_stories_in_turns,
    with_encounters_told_on_every_row,
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_cleaned_tables_give_the_same_records_as_clean_ones(
    way: Callable[[Rows], Rows], base: Path, tmp_path: Path, rows: Rows
) -> None:
    before = base.read_bytes()
    told = way(rows)
    assert problems(brought(base, write_parquet(tmp_path / "told.parquet", told), status="draft")) == []
    plain = kept(base)
    told_events = [row for row in plain["effort_event"] if row[0].endswith("-again")]
    assert len(told_events) == sum(1 for row in told if row["driver"]) > 10
    assert_numbered_from_one(base)
    others = [write_parquet(tmp_path / "mended.parquet", [row | {"title": f" {row['title'] or ''}  "} for row in told])]
    # without locators a story cites row numbers, which differ in a CSV because its header is row 1
    others += [table(tmp_path / "told.csv", told, FLAT_COLUMNS)] if any(row["locator"] for row in told) else []
    for other in others:
        base.write_bytes(before)
        assert problems(brought(base, other, status="draft")) == []
        assert without_sources(kept(base)) == without_sources(plain), other.name


def without_sources(kept_rows: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Leave out sources: the name of an unnamed source is its file's name."""
    return {name: rows for name, rows in kept_rows.items() if name != "source"}


def assert_numbered_from_one(path: Path) -> None:
    with duckdb.connect(str(path), read_only=True) as connection:
        wrong = connection.execute(
            "select story, step, list(event order by event) as events from effort_event group by all "
            "having events <> range(1, count(*) + 1)"
        ).fetchall()
    assert wrong == []


def test_file_changed_during_the_import_is_refused(base: Path, tmp_path: Path, rows: Rows) -> None:
    told = write_parquet(tmp_path / "told.parquet", rows)
    other = [row | {"title": row["title"] and "Another title"} for row in rows]
    before = base.read_bytes()

    def change(doing: str, _done: int, _total: int) -> None:
        if doing.startswith("comparing"):
            write_parquet(told, other)

    folder = tmp_path / "work"
    folder.mkdir()
    with pytest.raises(StoryError, match=r"told\.parquet: changed while it was read. Nothing was imported"):
        run_pipeline(ImportRequest(str(base), (str(told),), str(folder), "me", status="draft"), change)
    assert base.read_bytes() == before
