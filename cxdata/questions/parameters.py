"""The parameters of questions: a name has one meaning everywhere, and a check of its values before binding."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cxdata.codebook.codes import load_codebook
from cxdata.store.engine import Connection
from cxdata.text.formatting import truncate
from cxdata.text.suggestions import format_choices

Value = str | int | float | date | Sequence[str] | None
"""A value of a parameter before its check."""

LARGEST_FACTOR = 5  # times the points of the codebook
LARGEST_COST = 1_000_000  # GBP
LARGEST_COUNT = 1_000_000_000  # more than any database holds, and within the range that DuckDB binds

NEARBY = """
    select story
    from (
        select story
        from story_rollup
        where (select count(*) from story_rollup) <= 1000 or left(story, 2) = left($story, 2)
        limit 100000
    )
    order by jaro_winkler_similarity(story, $story) desc, story
    limit 200
"""

Check = Callable[[Connection, Any], Any]


@dataclass(frozen=True)
class Parameter:
    """The check of a value, and whether a parameter takes several."""

    check: Check
    is_list: bool = False


def _among(choices: str, owner: str) -> Check:
    def check(cursor: Connection, value: Any) -> str:
        known = [str(choice) for (choice,) in cursor.execute(choices).fetchall()]
        if str(value) not in known:
            raise ValueError(format_choices(str(value), known, owner))
        return str(value)

    return check


def _company(cursor: Connection, value: Any) -> str:
    return find_company(cursor, str(value), "published_company")


def find_company(cursor: Connection, name: str, companies: str = "company") -> str:
    """Return the company of a name or alias among those of a table or view; readers see published_company alone.

    Raises ValueError with the choices.
    """
    found = cursor.execute(
        "select company from company_alias "
        f"where alias = lower($alias) and company in (select company from {companies})",
        {"alias": name},
    ).fetchall()  # fetch all: a cursor with unread rows takes no other query
    if found:
        return str(found[0][0])
    known = [company for (company,) in cursor.execute(f"select company from {companies} order by company").fetchall()]
    raise ValueError(format_choices(name, known, "the database"))


def _story(cursor: Connection, value: Any) -> str:
    asked = {"story": str(value)}
    if cursor.execute("select story from story_rollup where story = $story", asked).fetchall():
        return str(value)
    # of many stories only those with the same first letters
    known = [story for (story,) in cursor.execute(NEARBY, asked).fetchall()]
    number = cursor.execute("select count(*) from story_rollup").fetchall()[0][0]
    raise ValueError(format_choices(str(value), known, "the database", number))


def _date(_: Connection, value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"{truncate(value)!r} is not a date. Write YYYY-MM-DD") from None


def _count(_: Connection, value: Any) -> int:
    try:
        return min(max(int(value), 0), LARGEST_COUNT)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{truncate(value)!r} is not a whole number") from None


def _weight(cursor: Connection, value: Any) -> str:
    driver, colon, factor = str(value).partition(":")
    DRIVER(cursor, driver)
    try:
        number = float(factor)
    except ValueError:
        number = -1.0
    if not (colon and 0 <= number <= LARGEST_FACTOR):
        raise ValueError(
            f"{truncate(value)!r} is not a weight. Write the code of an effort type and a factor from 0 to "
            f"{LARGEST_FACTOR}, as CODE:FACTOR"
        )
    return f"{driver}:{number:g}"


def _cost(cursor: Connection, value: Any) -> str:
    item, *ends = str(value).split(":")
    COST(cursor, item)
    try:
        low, high = (float(end) for end in ends)
    except ValueError:
        low, high = -1.0, -1.0
    if not 0 <= low <= high <= LARGEST_COST:
        raise ValueError(
            f"{truncate(value)!r} is not a cost. Write ITEM:LOW:HIGH in GBP, with LOW at most as large as HIGH"
        )
    return f"{item}:{low:g}:{high:g}"


def _percent(_: Connection, value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number <= 100:
        raise ValueError(f"{truncate(value)!r} is not a percentage from 0 to 100")
    return number


def _box(_: Connection, value: Any) -> list[float]:
    if not is_box(str(value)):
        raise ValueError(f"{truncate(value)!r} is not a box. Write LEAST:MOST points, then :WORST:BEST experience")
    return [float(end) for end in str(value).split(":")]


def is_box(text: str) -> bool:
    """Return whether a text names a box of a plot: its least and most points, its worst and best experience."""
    return re.fullmatch(r"-?\d{1,9}(\.\d{1,20})?(:-?\d{1,9}(\.\d{1,20})?){3}", text, re.ASCII) is not None


def _period(_: Connection, value: Any) -> str:
    if not is_period(str(value)):
        raise ValueError(f"{truncate(value)!r} is not a period. Write a month as YYYY-MM or a quarter as YYYY-Q1")
    return str(value)


def is_period(text: str) -> bool:
    """Return whether a text names a month, '2024-03', or a quarter, '2024-Q1'."""
    return re.fullmatch(r"\d{4}-(0[1-9]|1[0-2]|Q[1-4])", text, re.ASCII) is not None


def _text(_: Connection, value: Any) -> str:
    return str(value)


def _codes(table: str) -> Check:
    among = _among(f"select code from codebook_{table}", "the codebook")

    def check(cursor: Connection, value: Any) -> str:
        # shipped codes need no query, which takes longer than the rest of the check
        return str(value) if str(value) in load_codebook()[table] else among(cursor, value)

    return check


ALL_KINDS = "all"
KINDS = (*load_codebook()["kinds"], ALL_KINDS)
"""What a reader can choose as the kind of story."""


def _story_kind(_: Connection, value: Any) -> str | None:
    """Return a kind, or None for all of them."""
    if str(value) not in KINDS:
        raise ValueError(format_choices(str(value), KINDS, "the codebook"))
    return None if value == ALL_KINDS else str(value)


DRIVER = _codes("drivers")
COST = _codes("costs")
JOB = _codes("jobs")
TOUCHPOINT = _codes("touchpoints")
SECTOR = _among("select distinct sector from published_company order by sector", "the database")
HALL = _among("select unnest(['fame', 'mixed', 'shame'])", "a hall")

PARAMETERS = {
    # the reader's filters, see sql/views/40_chosen_story.sql
    "story_kind": Parameter(_story_kind),
    "companies": Parameter(_company, is_list=True),
    "sectors": Parameter(SECTOR, is_list=True),
    "jobs": Parameter(JOB, is_list=True),
    "touchpoints": Parameter(TOUCHPOINT, is_list=True),
    "halls": Parameter(HALL, is_list=True),
    "since": Parameter(_date),
    "added_since": Parameter(_date),
    "until": Parameter(_date),
    # of stories over time
    "period_length": Parameter(_among("select unnest(['month', 'quarter'])", "a chart over time")),
    "periods": Parameter(_period, is_list=True),
    # the effort type that a story must be read for
    "read_driver": Parameter(DRIVER),
    # the reader's assumptions: weights, costs and frequency
    "weighting": Parameter(_codes("weightings")),
    "weights": Parameter(_weight, is_list=True),
    "costs": Parameter(_cost, is_list=True),
    "frequency_low": Parameter(_percent),
    "frequency_high": Parameter(_percent),
    # single values
    "company": Parameter(_company),
    "left": Parameter(_company),
    "right": Parameter(_company),
    "job": Parameter(JOB),
    "touchpoint": Parameter(TOUCHPOINT),
    "stage": Parameter(_codes("stages")),
    "driver": Parameter(DRIVER),
    "drivers": Parameter(DRIVER, is_list=True),
    "kind": Parameter(_among("select unnest(['do', 'feel'])", "effort")),
    "sign": Parameter(_codes("signs")),
    "hall": Parameter(HALL),
    "demand": Parameter(_among("select unnest(['value', 'failure'])", "a contact")),
    "outcome": Parameter(_codes("outcomes")),
    "kept": Parameter(_among("select unnest(['kept', 'exceeded', 'kept late', 'broken', 'unclear'])", "a promise")),
    "shown": Parameter(_among("select unnest(['shown', 'not shown', 'not told'])", "a sign")),
    # the measure that a story must be known for: somebody read it for that, and it says so; agreement: coded twice
    "known": Parameter(_among("select unnest(['effort', 'feeling', 'promises', 'signs', 'agreement'])", "a measure")),
    "story": Parameter(_story),
    "step": Parameter(_count),
    # of a plot of effort and experience: the stories within these ends
    "box": Parameter(_box),
    "search": Parameter(_text),
    "skip": Parameter(_count),
    "min_stories": Parameter(_count),
    "most": Parameter(_count),
}
