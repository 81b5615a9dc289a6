"""Column rules in SQL and record fields in Python accept the same values."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from cxdata.codebook.codes import load_codebook
from cxdata.ingest.flat_table.columns import EFFORT_COLUMNS, ENCOUNTER_COLUMNS, FLAT_COLUMNS
from cxdata.ingest.flat_table.rules import column_rules, longest_of
from cxdata.ingest.steps.flattening import clean_cells
from cxdata.ingest.steps.sql_functions import register_functions
from cxdata.stories.records import Story
from cxdata.stories.second_coding import CodedEncounter
from tests.fixtures.stories import make_story, step, work

WHOLE = ("ces", "step", "feeling", "times")
COMPARED = tuple(column for column in FLAT_COLUMNS if column != "account")  # story files have no account
DAYS = ("coded_on", "reviewed_on")
SEVERAL = ("emotions", "read_drivers")
ELSEWHERE = {"encounter_job": "job", "encounter_summary": "summary", "effort_locator": "locator"}
RECORD = make_story("a-story", step(0, work("worry"))).model_dump()
CODES = (
    "ao-laptop", "resolved", "phone", "worry", "buy_a_laptop", "loyal", "told", "inferred", "fame", "shame",
    "none", "draft", "reviewed", "published", "customer", "company", "value", "failure", "buy", "get_help",
    "anger", "anger;joy", "anger; joy", "anger;anger", "anger,joy", "anger;", ";", "Resolved", "FAME", "phone ",
)  # fmt: skip
DATES = (
    "2023", "2023-02", "2023-02-28", "2023-02-29", "2024-02-29", "0000-01-01", "0000", "0001-01-01",
    "9999-12-31", "2026-13", "2026-00", "2026-1-1", "2026-01-01T00:00:00", "2026-01-01 00:00:00",
    "2026-01-01 12:00:00", "20260101", "01/02/2026", "-2026", "12026", "２０２３", "2026-", "infinity", "epoch",
    "today", "2026-01-01 (BC)",
)  # fmt: skip
NUMBERS = (
    "0", "-0", "+0", "1", "+1", "-1", "5", "-5", "6", "-6", "7", "8", "1000", "1001", "1.0", "1.50", "1.5",
    "1.", ".5", "1e3", "1E3", "1e-3", "1e400", "NaN", "nan", "inf", "-inf", "Infinity", "1_000", "1,5", "1 000",
    "0x10", "007", "٣", "１", "½", "true", "525600", "525600.0", "525600.1", "99999999999999999999", "--1", "1-",
    "e", "1e",
)  # fmt: skip
TEXTS = (
    "a", "it's", '"', "'; drop table story; --", "<script>alert(1)</script>", "$x", "a\nb", "a\tb", "a\rb",
    "a\x00b", "a\x0bb", "a\x1fb", "a\x1f", "a\x7fb", "a\x85b", "a\x9fb", "a\u00a0b", "\u3000a", "a\u2028", "\u200ba",
    "\u2003", "\u202ea", "é", "e\u0301", "🤦🏼‍♂️", "\U0010ffff", "ﷺ", "&amp;", "-", "--", "a-b", "a--b", "-a",
    "a-", "A-b", "a_b", "ä-b",
)  # fmt: skip
PLACES = (
    "GB", "gb", "GBR", "G", "ＧＢ", "G1", "http://a.b", "https://a.b/c?d=e#f", "http://", "ftp://a.b",
    "javascript:alert(1)", "HTTP://a.b", "http://a b", "http://a\u00a0b", "http://a\u3000b", "http://a<b",
    'http://a"b', "http://a'b", "http://a\nb", "http://a\x0bb", "http://a.b/" + "c" * 489,
    "http://a.b/" + "c" * 490, "xhttp://a.b",
)  # fmt: skip


def test_column_rules_agree_with_record_fields() -> None:
    lengths = [
        letter * length for letter in "aé🤦" for most in (40, 60, 80, 200, 4000, 20_000) for length in (most, most + 1)
    ]
    cells = [*CODES, *DATES, *NUMBERS, *TEXTS, *PLACES, *lengths]
    assert differences(COMPARED, cells) == []


@pytest.mark.slow
@settings(max_examples=15)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=90), min_size=1, max_size=40))
def test_column_rules_agree_on_random_text(cells: list[str]) -> None:
    assert differences(COMPARED, cells) == []


@pytest.mark.slow
@settings(max_examples=15)
@given(st.lists(st.from_regex(r"[+-]?[0-9]{0,7}([.][0-9]{0,3})?([eE][+-]?[0-9]{1,3})?", fullmatch=True), min_size=1))
def test_column_rules_agree_on_random_numbers(cells: list[str]) -> None:
    assert differences((*WHOLE, "minutes"), cells) == []


@settings(max_examples=15)
@given(st.lists(st.from_regex(r"[0-9]{3,4}(-[0-9]{1,2}){0,2}", fullmatch=True), min_size=1))
def test_column_rules_agree_on_random_dates(cells: list[str]) -> None:
    assert differences((*DAYS, "happened_on", "source_published"), cells) == []


@pytest.mark.parametrize("column", ["ces", "feeling", "times", "minutes", "step", "coded_on", "emotions"])
def test_valid_cells_convert_to_the_values_of_the_record(column: str) -> None:
    cells = [cell for cell, right in judged([column], [*CODES, *DATES, *NUMBERS]) if right]
    assert cells
    sql = column_rules(load_codebook())[column].convert("cell")
    typed = ask(f"select cell, {sql} from cleaned", cells)
    assert {cell: value for cell, value in typed if value != as_told(column, cell)} == {}


def test_account_column_accepts_200000_printable_characters() -> None:
    found = judged(["account"], ["a\n\nb", "a" * 200_000, "a" * 200_001, "a\x00b", "a\x07"])
    assert [right for _, right in found] == [True, True, False, False, False]
    assert longest_of("account") == 200_000


def differences(columns: Sequence[str], cells: Sequence[str]) -> list[tuple[str, str, bool]]:
    """Return column, cell and the verdict of SQL wherever the record's verdict differs."""
    return [
        (column, cell[:60], right)
        for cell, *verdicts in judged(columns, cells)
        for column, right in zip(columns, verdicts, strict=True)
        if right != is_right(column, cell)
    ]


def judged(columns: Sequence[str], cells: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return each cleaned cell with the verdict of each column's rule, without blank cells."""
    rules = column_rules(load_codebook())
    right = ", ".join(rules[column].is_valid("cell") for column in columns)
    return ask(f"select cell, {right} from cleaned where cell is not null", cells)


def ask(sql: str, cells: Sequence[str]) -> list[Any]:
    with duckdb.connect(config={"threads": 1}) as connection:
        register_functions(connection)
        given = clean_cells("(select 1 as row, unnest($cells) as cell)", ["cell"])
        connection.execute(f"create temp table cleaned as select cell from {given}", {"cells": list(cells)})
        return connection.execute(sql).fetchall()


def is_right(column: str, cell: str) -> bool:
    """Return whether a story file may hold this cell in the field of the column."""
    if column == "step":
        return is_valid(CodedEncounter, {"step": as_told(column, cell), "drivers": []}, ("step",))
    told = {**RECORD, "encounters": [{**RECORD["encounters"][0]}]}
    (encounter,) = told["encounters"]
    effort = {**encounter["effort"][0]}
    encounter["effort"] = [effort]
    name, at, owner = ELSEWHERE.get(column, column), (), told
    if column in EFFORT_COLUMNS:
        at, owner = ("encounters", 0, "effort", 0), effort
    elif column in ENCOUNTER_COLUMNS:
        at, owner = ("encounters", 0), encounter
    elif column == "source" or column.startswith("source_"):
        name, at = column.removeprefix("source_") if column != "source" else "id", ("source",)
        owner = told["source"] = {**told["source"]}
    elif column in ("company", "sector", "country"):
        name, at = "name" if column == "company" else column, ("company",)
        owner = told["company"] = {**told["company"]}
    owner[name] = as_told(column, cell)
    return is_valid(Story, told, (*at, name)) and not (name in SEVERAL and len(set(owner[name])) < len(owner[name]))


def is_valid(record: type[BaseModel], told: dict[str, Any], at: tuple[str | int, ...]) -> bool:
    """Return whether the field itself is valid; rules across fields do not count."""
    try:
        record.model_validate(told, context={"codebook": load_codebook()})
    except ValidationError as error:
        return not any(each["loc"][: len(at)] == at for each in error.errors(include_url=False, include_context=False))
    return True


def as_told(column: str, cell: str) -> Any:
    """Return a cell as the value that a story file would hold: tables write numbers and dates as text."""
    if column in WHOLE and re.fullmatch(r"[+-]?\d+(\.0+)?", cell, flags=re.ASCII):
        return int(float(cell))  # spreadsheets write 2 as 2.0
    if column == "minutes" and re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", cell, flags=re.ASCII):
        return float(cell)
    if column in DAYS and re.fullmatch(r"\d{4}-\d{2}-\d{2}( 00:00:00)?", cell, flags=re.ASCII):
        try:
            return date.fromisoformat(cell[:10])  # spreadsheets write a day with midnight
        except ValueError:
            return cell
    return [code.strip(" ") for code in cell.split(";")] if column in SEVERAL else cell
