"""Every format imports the same story as the same rows, and only once."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cxdata.codebook.codes import Codebook
from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.flat_table.synthetic import write_synthetic
from cxdata.ingest.flat_table.template import write_template
from cxdata.stories import Library, Story
from cxdata.stories.serialiser import serialise_story
from cxdata.text.spreadsheet import escape_formula
from tests.fixtures.imports import brought, kept, problems, table, told_rows
from tests.fixtures.stories import make_story


@pytest.fixture
def again(library: Library) -> list[Story]:
    """The shipped stories under other names, without the fields that only story files have."""
    return [
        story.model_copy(
            update={
                "story": f"again-{story.story}",
                "title": f"Again: {story.title}"[:80],
                "promises": (),
                "signs": (),
                "company": story.company.model_copy(update={"aliases": ()}),
            }
        )
        for story in library.stories
    ]


def as_toml(folder: Path, stories: list[Story]) -> list[Path]:
    paths = [folder / f"{story.story}.toml" for story in stories]
    for path, story in zip(paths, stories, strict=True):
        path.write_text(serialise_story(story), "utf-8")
    return paths


def as_jsonl(folder: Path, stories: list[Story]) -> list[Path]:
    path = folder / "stories.jsonl"
    path.write_text("".join(story.model_dump_json() + "\n" for story in stories), "utf-8")
    return [path]


def as_list(folder: Path, stories: list[Story]) -> list[Path]:
    path = folder / "stories.json"
    path.write_text(
        json.dumps([story.model_dump(mode="json", exclude_none=True) for story in stories], indent=1), "utf-8"
    )
    return [path]


def as_csv(folder: Path, stories: list[Story]) -> list[Path]:
    rows = [{column: escape_formula(value) for column, value in row.items()} for row in told_rows(*stories)]
    return [table(folder / "stories.csv", rows)]


def as_parquet(folder: Path, stories: list[Story]) -> list[Path]:
    pq.write_table(pa.Table.from_pylist(told_rows(*stories)), folder / "stories.parquet")
    return [folder / "stories.parquet"]


Write = Callable[[Path, list[Story]], list[Path]]
FORMATS: dict[str, Write] = {"toml": as_toml, "jsonl": as_jsonl, "list": as_list, "csv": as_csv, "parquet": as_parquet}


def test_every_format_imports_the_same_rows_once(base: Path, tmp_path: Path, again: list[Story]) -> None:
    found: dict[str, dict[str, list[Any]]] = {}
    for name, write in FORMATS.items():
        path = tmp_path / name / "stories.duckdb"
        path.parent.mkdir()
        shutil.copy(base, path)
        files = write(path.parent, again)
        report = brought(path, *files, batch="mine")
        assert (report.stories, report.known, report.faults) == (len(again), 0, ()), name
        found[name] = kept(path)
        before = path.read_bytes()
        second = brought(path, *files)
        assert (second.batch, second.stories, second.known, second.faults) == (None, 0, len(again), ()), name
        assert path.read_bytes() == before
        if name != "toml":
            assert found[name] == found["toml"], name


def test_template_imports_unchanged(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    header, *rows = write_template()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    report = brought(base, path)
    assert (report.known, report.faults) == (1, ())
    title = header.index("title")
    rows = [["another-story", *row[1:title], row[title] and "Another title", *row[title + 1 :]] for row in rows]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    assert brought(base, path).added == ("another-story",)


def test_synthetic_stories_import_equal_from_every_format(base: Path, tmp_path: Path, codebook: Codebook) -> None:
    found = {}
    for form in ("parquet", "csv", "jsonl"):
        path = tmp_path / form / "stories.duckdb"
        path.parent.mkdir()
        shutil.copy(base, path)
        file = tmp_path / f"made.{form}"
        write_synthetic(file, 40, 3, form, codebook)
        assert brought(path, file).stories == 40
        found[form] = kept(path)
        second = brought(path, file)
        assert (second.batch, second.known) == (None, 40)
    assert found["csv"] == found["parquet"] == found["jsonl"]
    assert found["jsonl"]["account"]


def test_import_quarantines_faulty_stories_until_they_are_fixed(base: Path, tmp_path: Path, again: list[Story]) -> None:
    rows = told_rows(*again)
    for number, row in enumerate(rows):
        row["touchpoint"] = "fone" if number == 4 else row["touchpoint"]
    path = table(tmp_path / "stories.csv", rows)
    faulty = rows[4]["story"]
    report = brought(base, path, on_fault="skip")
    assert (report.stories, report.fault_count, report.files[0].left_out) == (len(again) - 1, 1, 1)
    assert problems(report) == [
        f"row 6: touchpoint 'fone' is unknown. Did you mean phone? {report.faults[0].why.partition('. ')[2]}"
    ]
    with Path(report.file_names["faulty rows of stories.csv"]).open(encoding="utf-8-sig", newline="") as file:
        left_out = list(csv.DictReader(file))
    assert {row["story"] for row in left_out} == {faulty}
    assert len(left_out) == sum(row["story"] == faulty for row in rows)  # quarantine holds all rows of a story
    for row in left_out:
        row["touchpoint"] = row["touchpoint"].replace("fone", "phone")
    assert [row["what is wrong"] != "" for row in left_out].count(True) == 1
    mended = table(tmp_path / "mended.csv", left_out)
    done = brought(base, mended)
    assert (done.added, done.faults) == ((faulty,), ())


def test_quarantine_separates_files_of_the_same_name(base: Path, tmp_path: Path) -> None:
    """Exports of two years in two folders each give back their own faulty rows."""
    files, given_back = [], []
    for folder, faulty in (("2024", (0, 1)), ("2025", (1,))):
        (tmp_path / folder).mkdir()
        rows = told_rows(*(make_story(f"of-{folder}-{number}", summary=f"{folder}, {number}.") for number in range(3)))
        for number in faulty:
            rows[number]["touchpoint"] = "fone"
        own = [name for name in rows[0] if not name.startswith("source")]
        files.append(table(tmp_path / folder / "export.csv", rows, own))
    report = brought(base, *files, on_fault="skip")
    assert (report.stories, report.fault_count, report.fault_kinds) == (3, 3, 2)
    assert [(fault.file, fault.rows) for fault in report.faults] == [
        ("export.csv", "row 2 and 1 more"),
        ("export.csv (2)", "row 3"),
    ]
    for name in ("export.csv", "export.csv (2)"):
        with Path(report.file_names[f"faulty rows of {name}"]).open(encoding="utf-8-sig", newline="") as file:
            given_back.append([row["story"] for row in csv.DictReader(file)])
    assert given_back == [["of-2024-0", "of-2024-1"], ["of-2025-1"]]


def test_columns_may_be_reordered_respelt_or_missing(base: Path, tmp_path: Path, again: list[Story]) -> None:
    rows = told_rows(*again)
    optional = ("account", "loyalty", "notes", "stage", "encounter_job", "reviewer", "reviewed_on", "ces", "minutes")
    names = {column: column.replace("_", " ").title() for column in reversed(FLAT_COLUMNS) if column not in optional}
    plain = [{name: row[column] for column, name in names.items()} for row in rows]
    report = brought(base, table(tmp_path / "stories.csv", plain), status="draft")
    assert (report.stories, report.faults, report.files[0].unused) == (len(again), (), ())


def test_table_without_step_or_story_columns_is_imported(base: Path, tmp_path: Path, again: list[Story]) -> None:
    rows = [row for row in told_rows(*again) if row["touchpoint"]]  # a row an encounter
    without = [column for column in FLAT_COLUMNS if column != "step"]
    report = brought(base, table(tmp_path / "steps.csv", rows, without))
    assert (report.stories, report.faults) == (len(again), ())
    firsts = [row | {"title": f"{row['title'][:70]} once more"} for row in rows if row["title"]]
    without = [column for column in FLAT_COLUMNS if column not in ("story", "step")]
    report = brought(base, table(tmp_path / "rows.csv", firsts, without))
    assert (report.stories, report.faults) == (len(again), ())
    assert all(name.startswith("row-") for name in report.added)
    assert "rows have no id, so rows with the same content become one story" in report.files[0].notes[0]
    nameless = table(tmp_path / "nameless.csv", [{**rows[0], "story": ""}])
    assert "row 2: story is missing" in problems(brought(base, nameless))


def test_repeated_wrong_values_are_one_fault(base: Path, tmp_path: Path, again: list[Story]) -> None:
    rows = told_rows(*again)
    first = sum(row["story"] == rows[0]["story"] for row in rows)
    for row in rows:
        row["touchpoint"] = "fone" if row["story"] == rows[0]["story"] else "Web"
    report = brought(base, table(tmp_path / "stories.csv", rows))
    assert [(fault.rows, fault.value, fault.nearest) for fault in report.faults] == [
        (f"row 2 and {first - 1} more", "fone", "phone"),
        (f"row {first + 2} and {len(rows) - first - 1} more", "Web", "website"),
    ]
    assert (report.fault_count, report.fault_kinds) == (len(rows), 2)
    with Path(report.file_names["faults"]).open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 1 + len(rows)  # one by one


def test_wrong_values_of_the_same_kind_are_one_fault(base: Path, tmp_path: Path, again: list[Story]) -> None:
    rows = told_rows(*again)
    for number, row in enumerate(row for row in rows if row.get("happened_on")):
        row["happened_on"] = f"{number + 1} May"
    report = brought(base, table(tmp_path / "stories.csv", rows))
    (fault,) = report.faults
    assert fault.repeats > 3
    assert (fault.value, fault.others) == ("1 May", fault.repeats)
    told = f" and {fault.repeats} more: happened_on '1 May' (and {fault.others} other values) is not a date"
    assert told in str(fault)
    assert report.fault_count == fault.repeats + 1
