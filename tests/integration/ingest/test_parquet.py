"""Parquet files with unusual column types, names and places: read by their values, or refused."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from tests.fixtures.databases import look
from tests.fixtures.imports import NUMBERS, brought, kept, problems, refused, table, told_rows, write_parquet
from tests.fixtures.stories import make_story, step, work

Rows = list[dict[str, Any]]
STORIES = (  # invented for these tests
    make_story("odd-one", step(3, work("repeat_contact", times=2, minutes=30), work("worry")), step(-2), company="Odd"),
    make_story("odd-two", step(None, work("worry")), company="Odd"),
)
FIRST_DAY = date(1970, 1, 1)


def odd_stories(path: Path, **columns: Any) -> Path:
    """Write the odd stories as Parquet, with other types or other cells of these columns."""
    return write_parquet(path, told_rows(*STORIES), **columns)


@pytest.mark.parametrize("of", [pa.int64(), pa.decimal128(25, 2)], ids=str)
def test_number_columns_may_have_any_numeric_type(of: pa.DataType, base: Path, tmp_path: Path) -> None:
    """A second import recognises them: 30 equals 30.0."""
    before = base.read_bytes()
    brought(base, odd_stories(tmp_path / "told.parquet"))
    plain = kept(base)
    base.write_bytes(before)
    file = odd_stories(tmp_path / "other" / "told.parquet", **dict.fromkeys(NUMBERS, of))
    assert brought(base, file).stories == 2
    assert kept(base) == plain
    again = brought(base, file)
    assert (again.known, problems(again)) == (2, [])


@pytest.mark.parametrize("of", [pa.null(), pa.int32(), pa.bool_(), pa.date32()], ids=str)
def test_empty_columns_may_have_any_type(of: pa.DataType, base: Path, tmp_path: Path) -> None:
    silent = ("notes", "country", "loyalty", "verdict", "happened_on", "happened_basis", "short", "emotions", "account",
              "source_url", "effort_locator", "ces", "minutes")  # fmt: skip
    report = brought(base, odd_stories(tmp_path / "told.parquet", **{name: pa.nulls(4, of) for name in silent}))
    assert (report.stories, problems(report)) == (2, [])


def test_cell_of_a_wrong_type_is_a_fault_with_its_row(base: Path, tmp_path: Path) -> None:
    for cells, why in (
        ({"minutes": pa.array([FIRST_DAY, None, None, None])}, "row 1: minutes '1970-01-01' is not a number from 0"),
        ({"coded_on": pa.array([1, 2, 3, 4])}, "row 1 and 3 more: coded_on '1' (and 3 other values) is not a date"),
        ({"happened_on": pa.array([True] * 4), "happened_basis": pa.array(["told"] * 4)}, "happened_on 'true' is not"),
        ({"coded_on": pa.array([-10**6] * 4, pa.int32()).cast(pa.date32())}, "BC)' is not a date"),
        ({"coded_on": pa.array([10**8] * 4, pa.int32()).cast(pa.date32())}, "' is not a date"),
        ({"title": pa.array(["a\0b", None, None, "c"])}, "title 'a\\x00b' has characters that cannot be shown"),
    ):  # fmt: skip
        found = refused(base, odd_stories(tmp_path / "told.parquet", **cells))
        assert any(why in fault for fault in found), found


def test_timestamp_at_midnight_is_a_date(base: Path, tmp_path: Path) -> None:
    moments = pa.array([datetime(2025, 1, 2)] * 4)
    basis = pa.array(["told"] * 4)
    report = brought(base, odd_stories(tmp_path / "told.parquet", happened_on=moments, happened_basis=basis))
    assert report.files[0].notes == ()
    assert look(base, "select distinct happened_on from story where story like 'odd-%'") == [("2025-01-02",)]


@pytest.mark.parametrize(
    "name", ["tale[1].parquet", "t?l*.parquet", "story=other/tale.parquet", "[a]/q'ü %s$1.parquet"]
)
def test_file_name_is_not_a_glob_pattern_or_partition(name: str, base: Path, tmp_path: Path) -> None:
    others = [row | {"title": row["title"] and "Another tale"} for row in told_rows(*STORIES)]
    write_parquet(tmp_path / "tale1.parquet", others)  # matches the names if they were patterns
    report = brought(base, odd_stories(tmp_path / name))
    assert (report.added, problems(report)) == (("odd-one", "odd-two"), [])
    assert look(base, "select title from story where story = 'odd-one'") == [("The tale of odd-one",)]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_empty_rows_are_ignored(kind: str, base: Path, tmp_path: Path) -> None:
    nothing: dict[str, Any] = dict.fromkeys(FLAT_COLUMNS)
    rows = told_rows(*STORIES)
    rows = [rows[0], nothing, *rows[1:], nothing]
    path = tmp_path / f"told.{kind}"
    report = brought(base, table(path, rows) if kind == "csv" else write_parquet(path, rows))
    assert (report.stories, problems(report)) == (2, [])
    other = table(path, [nothing] * 3) if kind == "csv" else write_parquet(path, [nothing] * 3)
    assert refused(base, other) == [f"told.{kind}: has a header but no rows"]


def test_table_without_rows_is_refused(base: Path, tmp_path: Path) -> None:
    pq.write_table(pa.table({name: pa.array([], pa.string()) for name in FLAT_COLUMNS}), tmp_path / "told.parquet")
    assert refused(base, tmp_path / "told.parquet") == ["told.parquet: has a header but no rows"]


def test_table_of_1000_columns_is_accepted(base: Path, tmp_path: Path) -> None:
    more = {f"theirs {number}": pa.array(["x"] * 4) for number in range(1000 - len(FLAT_COLUMNS))}
    report = brought(base, odd_stories(tmp_path / "told.parquet", **more), dry_run=True)
    assert (report.stories, len(report.files[0].unused), problems(report)) == (2, len(more), [])


def test_two_headers_of_the_same_column_are_refused(base: Path, tmp_path: Path) -> None:
    found = refused(base, odd_stories(tmp_path / "told.parquet", Sto_ry=pa.array(["x"] * 4)))
    assert found == ["told.parquet: has the column 'story' twice: as 'story' and as 'Sto_ry'"]
