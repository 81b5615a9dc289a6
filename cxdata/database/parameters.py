"""What a question's parameters mean: one name, one meaning, everywhere. Values are checked before they are bound."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from cxdata.errors import name_choices, shorten

LARGEST_COUNT = 1_000_000_000  # more than any database here holds, and within what DuckDB can bind

Check = Callable[[duckdb.DuckDBPyConnection, Any], Any]


@dataclass(frozen=True)
class Parameter:
    """How a value is checked, and whether there may be several."""

    check: Check
    is_list: bool = False


def _among(choices: str, owner: str) -> Check:
    def check(cursor: duckdb.DuckDBPyConnection, value: Any) -> str:
        known = [str(choice) for (choice,) in cursor.execute(choices).fetchall()]
        if str(value) not in known:
            raise ValueError(name_choices(str(value), known, owner))
        return str(value)

    return check


def _company(cursor: duckdb.DuckDBPyConnection, value: Any) -> str:
    found = cursor.execute(
        "select company from company_alias where alias = lower($alias)", {"alias": str(value)}
    ).fetchall()  # all of it: a cursor with rows left unread takes no further question
    if not found:
        known = [name for (name,) in cursor.execute("select company from company order by company").fetchall()]
        raise ValueError(name_choices(str(value), known, "the database"))
    return str(found[0][0])


def _date(_: duckdb.DuckDBPyConnection, value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"{shorten(value)!r} is not a date; write YYYY-MM-DD") from None


def _count(_: duckdb.DuckDBPyConnection, value: Any) -> int:
    try:
        return min(max(int(value), 0), LARGEST_COUNT)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{shorten(value)!r} is not a whole number") from None


def _text(_: duckdb.DuckDBPyConnection, value: Any) -> str:
    return str(value)


def _codes(table: str) -> Check:
    return _among(f"select code from codebook_{table}", "the codebook")  # noqa: S608 - our own table names


JOB = _codes("jobs")
TOUCHPOINT = _codes("touchpoints")
SECTOR = _among("select distinct sector from company order by sector", "the database")
HALL = _among("select unnest(['fame', 'mixed', 'shame'])", "a hall")

PARAMETERS = {
    # the reader's filters, see sql/views/40_chosen_story.sql
    "companies": Parameter(_company, is_list=True),
    "sectors": Parameter(SECTOR, is_list=True),
    "jobs": Parameter(JOB, is_list=True),
    "touchpoints": Parameter(TOUCHPOINT, is_list=True),
    "halls": Parameter(HALL, is_list=True),
    "since": Parameter(_date),
    "until": Parameter(_date),
    # one of each
    "company": Parameter(_company),
    "left": Parameter(_company),
    "right": Parameter(_company),
    "job": Parameter(JOB),
    "touchpoint": Parameter(TOUCHPOINT),
    "stage": Parameter(_codes("stages")),
    "driver": Parameter(_codes("drivers")),
    "drivers": Parameter(_codes("drivers"), is_list=True),
    "kind": Parameter(_among("select unnest(['do', 'feel'])", "effort")),
    "sign": Parameter(_codes("signs")),
    "hall": Parameter(HALL),
    "kept": Parameter(_among("select unnest(['kept', 'exceeded', 'broken', 'unclear'])", "a promise")),
    "shown": Parameter(_among("select unnest(['shown', 'not shown', 'not told'])", "a sign")),
    "story": Parameter(_among("select story from story where status = 'published' order by story", "the database")),
    "step": Parameter(_count),
    "search": Parameter(_text),
    "skip": Parameter(_count),
    "min_stories": Parameter(_count),
    "most": Parameter(_count),
}
