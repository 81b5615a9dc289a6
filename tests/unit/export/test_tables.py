"""The records as tables: only public stories, safe in a spreadsheet, and without loss."""

import csv
import io
from collections.abc import Callable

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cxdata import __version__
from cxdata.errors import CxdataError, ExportError
from cxdata.export.tables import TABLES, file_name, read_table, to_csv, to_parquet
from cxdata.store import data_version
from tests.fixtures.stories import make_story, step, work

Make = Callable[..., duckdb.DuckDBPyConnection]
RECORDS = (
    "story encounter effort_event emotion promise sign lesson lesson_point lesson_story company source scored_story"
)


def cells(rows: pa.Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(to_csv(rows).decode("utf-8-sig"), newline="")))


def written(*values: object) -> list[str]:
    return [line[1] for line in cells(pa.table({"n": [1] * len(values), "told": list(values)}))[1:]]


def test_export_offers_the_designed_tables() -> None:
    assert set(TABLES) == set(RECORDS.split())
    assert all(table.one_row for table in TABLES.values())


@pytest.mark.parametrize("name", TABLES)
def test_csv_has_every_row_and_column(name: str, database: duckdb.DuckDBPyConnection) -> None:
    rows = read_table(database, name)
    lines = cells(rows)
    assert lines[0] == rows.column_names
    assert len(lines) - 1 == rows.num_rows > 0
    assert {len(line) for line in lines} == {len(rows.column_names)}


@pytest.mark.parametrize("name", TABLES)
def test_parquet_file_reads_back_equal(name: str, database: duckdb.DuckDBPyConnection) -> None:
    rows = read_table(database, name)
    assert pq.read_table(io.BytesIO(to_parquet(rows))).equals(rows, check_metadata=True)


def test_parquet_metadata_name_data_version_code_version_and_table(database: duckdb.DuckDBPyConnection) -> None:
    told = pq.read_table(io.BytesIO(to_parquet(read_table(database, "sign")))).schema.metadata
    assert told[b"data_version"].decode() == data_version(database)
    assert told[b"code_version"].decode() == __version__
    assert told[b"table"] == b"sign"


@pytest.mark.parametrize("name", ["batch", "stroy", "story; drop table story", "codebook_drivers", ""])
def test_unknown_table_error_lists_the_choices(name: str, database: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ExportError, match="The export has: scored_story, story, encounter") as refused:
        read_table(database, name)
    assert isinstance(refused.value, CxdataError)
    if name == "stroy":
        assert "Did you mean story?" in str(refused.value)


@pytest.mark.parametrize("name", TABLES)
def test_tables_leave_out_unpublished_stories(name: str, database_of: Make) -> None:
    told = {
        "promises": [{"claim": "Secret", "kept": "broken", "evidence": "Secret.", "locator": "end"}],
        "signs": [{"sign": "easy_to_reach", "shown": True, "evidence": "Secret."}],
    }
    draft = make_story(
        "draft",
        step(1, work("worry"), emotions=["anger"]),
        company="Secret",
        status="draft",
        source={"id": "secret", "title": "Secret", "author": "Secret", "kind": "mail"},
        **told,
    )
    database = database_of(draft, make_story("open"))
    database.execute("insert into lesson_story values ('a-lesson', 'draft', 'broken', 'Secret')")
    assert b"ecret" not in to_csv(read_table(database, name))
    assert b"draft" not in to_csv(read_table(database, name))


def test_csv_escapes_formulas() -> None:
    assert written("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx") == [
        "'=1+1",
        "'+cmd|' /C calc'!A0",
        "'-2+3",
        "'@SUM(A1)",
        "'\tx",
        "'\rx",
    ]


def test_csv_leaves_numbers_unescaped() -> None:
    assert written(-5, 3) == ["-5", "3"]
    assert written(-2.5, 0.0) == ["-2.5", "0.0"]
    assert written("-5", "+4.5", "-1e-3", "plain", "a = b") == ["-5", "+4.5", "-1e-3", "plain", "a = b"]
    assert written("-", "-5\n", "+٣") == ["'-", "'-5\n", "'+٣"]


def test_csv_writes_unknown_as_empty_and_zero_as_0(database_of: Make) -> None:
    tale = make_story("tale", step(0), step(None))
    feelings = read_table(database_of(tale), "encounter").select(["step", "feeling"])
    assert cells(feelings)[1:] == [["1", "0"], ["2", ""]]
    assert written(True, False, None) == ["true", "false", ""]


def test_csv_keeps_unread_effort_and_no_effort_apart(database_of: Make) -> None:
    unread = {"read_effort": "none", "read_feeling": "none"}
    part = {"read_effort": "part", "read_drivers": ["disputing", "worry"]}
    stories = [make_story("a-none", step(0)), make_story("b-unread", step(), **unread)]
    database = database_of(*stories, make_story("c-part", step(None, work("worry")), **part))
    columns = ["story", "read_effort", "read_drivers", "effort_points", "event_count", "experience"]
    assert cells(read_table(database, "scored_story").select(columns))[1:] == [
        ["a-none", "whole", "", "0.0", "0", "0.0"],
        ["b-unread", "none", "", "", "", ""],
        ["c-part", "part", "disputing;worry", "", "", ""],
    ]


def test_csv_keeps_letters_quotes_and_line_breaks() -> None:
    assert written("“Ünïcode” – £", 'a "quote", a comma', "two\r\nlines") == [
        "“Ünïcode” – £",
        'a "quote", a comma',
        "two\r\nlines",
    ]


def test_tables_of_an_empty_library_have_headers_only(database_of: Make) -> None:
    empty = database_of()
    for name in TABLES:
        rows = read_table(empty, name)
        assert cells(rows) == [rows.column_names]
        assert pq.read_table(io.BytesIO(to_parquet(rows))).num_rows == 0


def test_table_rows_are_ordered_by_their_keys(database: duckdb.DuckDBPyConnection) -> None:
    keys = read_table(database, "effort_event").select(["story", "step", "event"]).to_pylist()
    order = [tuple(row.values()) for row in keys]
    assert order == sorted(order)


def test_file_name_includes_the_data_version() -> None:
    assert file_name("sign", "0123456789ab", "csv") == "sign-0123456789ab.csv"


def test_unknown_effort_is_an_empty_cell_and_no_effort_is_zero(database_of: Make) -> None:
    made = database_of(make_story("read", step(1)), make_story("unread", step(None), read_effort="none"))
    rows = read_table(made, "scored_story").sort_by("story")
    header, read, unread = cells(rows)
    place = header.index("effort_points")
    assert (read[place], unread[place]) == ("0.0", "")
    kept = pq.read_table(io.BytesIO(to_parquet(rows)))
    for column in ("effort_points", "do_points", "feel_points", "assumed_points", "event_count", "effort_score"):
        assert kept[column].to_pylist() == [0, None], column


def test_effort_types_that_a_form_asked_about_are_one_cell(database_of: Make) -> None:
    made = database_of(make_story("asked", step(None), read_effort="part", read_drivers=["worry", "errand"]))
    header, line = cells(read_table(made, "story"))
    assert line[header.index("read_drivers")] == "worry;errand"
