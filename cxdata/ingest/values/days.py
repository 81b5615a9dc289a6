"""Days as other programs write them: a column is read when it can be read in one way only, and asked about otherwise.

The day is the one that is written: a time of day and its zone are left out.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, get_args

DayReading = Literal["day first", "month first", "year first", "spreadsheet days", "unix seconds", "unix milliseconds"]
DAY_READINGS: tuple[DayReading, ...] = get_args(DayReading)
LEAVE_EMPTY = "leave faulty empty"
"""The choice to import rows without the days that cannot be read."""

READ_AS: Mapping[DayReading, str] = {
    "spreadsheet days": "as a spreadsheet’s number of a day",
    "unix seconds": "as seconds since 1970",
    "unix milliseconds": "as milliseconds since 1970",
}

CLOCK = r"\d{1,2}(?::\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[aApP]\.?[mM]\.?)?|h\d{2}|\s*[aApP]\.?[mM]\.?)"
ZONE = r"\s*(?:Z|z|[A-Z]{2,5})?\s*(?:[+\-−]\d{1,2}:?\d{0,2})?\s*(?:\[[^\]]*\]|\([^)]*\))?"
AFTER = rf"(?:[Tt]|[\s,]+(?:at\s+)?){CLOCK}{ZONE}$"
COMPACT_CLOCK = r"^(\d{8})[Tt]\d{4,6}(?:\.\d+)?Z?$"
BEFORE = r"^\d{1,2}:\d{2}(?::\d{2})?\s*(?:[aApP]\.?[mM]\.?)?[\s,]+"
WEEKDAY = r"^(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+"
YEAR_LAST = r"^((?:\w{3}\s+)?\w{3}\s+\d{1,2})\s+\d{1,2}:\d{2}:\d{2}(?:\s+[A-Z]{2,5})?\s+(\d{4})$"
STRIPPED = (
    (YEAR_LAST, r"\1 \2"),
    (COMPACT_CLOCK, r"\1"),
    (AFTER, ""),
    (BEFORE, ""),
    (WEEKDAY, ""),
)
"""What of a cell is no day, as expressions that Python and RE2 read alike, each with its replacement."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
NAME = rf"({'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
GAP = r"[\s,./-]+"
YEAR_FIRST = re.compile(r"(\d{4})([-/.\s])(\d{1,2})\2(\d{1,2})")
YEAR_LAST_DIGITS = re.compile(r"(\d{1,2})(\s?[-/.\s]\s?)(\d{1,2})\2(\d{4}|\d{2}|'\d{2})")
EAST = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
COMPACT = re.compile(r"(\d{4})(\d{4})")
DAY_NAME_YEAR = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?{GAP}(?:of\s+)?{NAME}{GAP}(\d{{4}}|'?\d{{2}})", re.IGNORECASE)
CLOSE_NAME = re.compile(rf"(\d{{1,2}}){NAME}(\d{{4}}|\d{{2}})", re.IGNORECASE)
NAME_DAY_YEAR = re.compile(rf"{NAME}{GAP}(\d{{1,2}})(?:st|nd|rd|th)?{GAP}(\d{{4}}|'\d{{2}}|\d{{2}})", re.IGNORECASE)
YEAR_NAME_DAY = re.compile(rf"(\d{{4}}){GAP}{NAME}{GAP}(\d{{1,2}})", re.IGNORECASE)
NAME_YEAR = re.compile(rf"{NAME}{GAP}(\d{{4}})", re.IGNORECASE)
YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
YEAR = re.compile(r"\d{4}(?:\.0)?")
SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
SECONDS = re.compile(r"(\d{9,10})(?:[.,]\d+)?")
MILLISECONDS = re.compile(r"(\d{12,13})(?:[.,]\d+)?")
FIRST_SERIAL = dt.date(1899, 12, 30)  # day 0 of spreadsheets, as 1900 is a leap year to them
EPOCH = dt.date(1970, 1, 1)
PLAUSIBLE = range(1900, 2101)
MOST_LISTED = 4


@dataclass(frozen=True)
class Possible:
    """The days that a piece of text can mean, by their readings; a certain one needs no reading."""

    certain: str | None = None
    by_reading: Mapping[DayReading, str] = field(default_factory=dict)
    form: str = ""
    """The form as a person writes it, such as 'YYYY-MM-DD'; with {0} for a day and a month whose order is open."""
    must_ask: bool = False
    """Whether a person has to confirm even a single reading, as of a number."""
    separator: str = ""


@dataclass(frozen=True)
class ReadDays:
    """The days of a column by the text that they are written as; `doubtful` ones wait for a person's answer."""

    days: Mapping[str, str]
    doubtful: frozenset[str] = frozenset()
    question: str = ""
    """What a person has to say, as the predicate of the column: 'can be read day first (…) or month first (…)'."""
    readings: Mapping[DayReading, str] = field(default_factory=dict)
    """For each reading that is possible an example."""
    note: str = ""
    """How the days are read; empty where they are all written as YYYY-MM-DD."""


def strip_clock(text: str) -> str:
    """Return the day within a text: without time, zone and weekday."""
    for pattern, kept in STRIPPED:
        text = re.sub(pattern, kept, text)
    return text.strip()


def strip_clock_sql(cell: str) -> str:
    """Return `strip_clock` of a cell as SQL."""
    for pattern, kept in STRIPPED:
        quoted = pattern.replace("'", "''")
        cell = f"regexp_replace({cell}, '{quoted}', '{kept}')"
    return f"trim({cell})"


def read_column(
    texts: Iterable[str], forms: Sequence[str] = (), asked: DayReading | None = None, today: dt.date | None = None
) -> ReadDays:
    """Read the days of a column, given its different texts without their times.

    `forms` are the forms that a mapping lists, as %d/%m/%Y; they decide where days with their separator are in doubt.
    `asked` is the reading that a person chose.
    """
    possible = {text: _restrict(_possible(text, (today or dt.date.today()).year), forms) for text in texts}
    readable = {text: each for text, each in possible.items() if each is not None}
    days = {text: each.certain for text, each in readable.items() if each.certain}
    open_ = {text: each for text, each in readable.items() if not each.certain}
    readings = [reading for reading in DAY_READINGS if any(reading in each.by_reading for each in open_.values())]
    fitting = [reading for reading in readings if all(reading in each.by_reading for each in open_.values())]
    chosen = asked if asked in readings else None
    is_one_way = len(fitting) == 1 and not any(each.must_ask for each in open_.values())
    if chosen is None and is_one_way:
        chosen = fitting[0]
    if chosen:
        days |= {text: each.by_reading[chosen] for text, each in open_.items() if chosen in each.by_reading}
        return ReadDays(days, note=_note(readable, days, {chosen}, is_mixed=False))
    days |= {text: day for text, each in open_.items() if (day := _only_day(each))}
    doubtful = frozenset(open_) - set(days)
    note = _note(readable, days, set(fitting or readings), is_mixed=bool(open_) and not fitting)
    if not doubtful:
        return ReadDays(days, note=note)
    examples = _examples({text: open_[text] for text in open_ if text in doubtful}, fitting or readings)
    return ReadDays(
        days, doubtful, _question(examples), {reading: each for reading, (_, each) in examples.items()}, note
    )


def _only_day(possible: Possible) -> str | None:
    days = set(possible.by_reading.values())
    return days.pop() if len(days) == 1 and not possible.must_ask else None


def _restrict(possible: Possible | None, forms: Sequence[str]) -> Possible | None:
    """Return what a text can mean where a mapping lists forms with its separator."""
    if possible is None or not possible.separator:
        return possible
    mark = possible.separator.strip()
    orders: dict[str, DayReading] = {f"%d{mark}%m{mark}%Y": "day first", f"%m{mark}%d{mark}%Y": "month first"}
    listed = {orders[form] for form in forms if form in orders}
    if not listed or possible.must_ask:
        return possible
    kept = {reading: day for reading, day in possible.by_reading.items() if reading in listed}
    return Possible(None, kept, possible.form, False, possible.separator) if kept else None


def _examples(open_: Mapping[str, Possible], readings: Sequence[DayReading]) -> dict[DayReading, tuple[str, str]]:
    """Return for each reading a text and the day it gives; the same text for all where one has them all."""
    best = max(open_, key=lambda text: len({open_[text].by_reading.get(reading) for reading in readings}))
    found: dict[DayReading, tuple[str, str]] = {}
    for reading in readings:
        text = best if reading in open_[best].by_reading else next(
            (each for each in open_ if reading in open_[each].by_reading), ""
        )  # fmt: skip
        if text:
            found[reading] = (text, f"{text} is {_in_words(open_[text].by_reading[reading])}")
    return found


def _question(examples: Mapping[DayReading, tuple[str, str]]) -> str:
    listed = " or ".join(f"{READ_AS.get(reading, reading)} ({example})" for reading, (_, example) in examples.items())
    only = next(iter(examples)) if len(examples) == 1 else None
    named = " or ".join(repr(reading) for reading in examples)
    return f"can be read {listed}. Say {'so' if only else 'which'}: --dates {named}, or {LEAVE_EMPTY!r}"


def _in_words(day: str) -> str:
    found = dt.date.fromisoformat(day)
    return f"{found.day} {found:%B %Y}"


def _note(possible: Mapping[str, Possible], days: Mapping[str, str], readings: set[DayReading], is_mixed: bool) -> str:
    forms: Counter[str] = Counter()
    for text in days:
        each = possible[text]
        used = [
            reading for reading in DAY_READINGS if each.by_reading.get(reading) == days[text] and reading in readings
        ]
        forms[each.form.replace("{0}", _order(used[0] if used else "day first", each.separator))] += 1
    described = " or ".join(form for form, _ in forms.most_common(MOST_LISTED))
    if not described or described == ISO:
        return ""
    return f"are read as {described}{', row by row' if is_mixed else ''}"


ISO = "YYYY-MM-DD"


def _order(reading: DayReading, mark: str) -> str:
    if reading == "year first":
        return f"YY{mark}MM{mark}DD"
    first, second = ("MM", "DD") if reading == "month first" else ("DD", "MM")
    return f"{first}{mark}{second}{mark}"


@lru_cache(maxsize=100_000)
def _possible(text: str, this_year: int) -> Possible | None:
    """Return what a text can mean; None where it is no day."""
    found = next((each for read in READERS if (each := read(text, this_year)) is not None), None)
    return found if found is not None and (found.certain or found.by_reading) else None


def _year_first(text: str, _: int) -> Possible | None:
    if match := YEAR_FIRST.fullmatch(text):
        year, mark, month, day = match.groups()
        return Possible(_day(year, month, day), form=f"YYYY{mark}MM{mark}DD")
    if match := EAST.fullmatch(text):
        return Possible(_day(*match.groups()), form="YYYY年MM月DD日")
    return None


def _digits(text: str, this_year: int) -> Possible | None:
    match = YEAR_LAST_DIGITS.fullmatch(text)
    if not match:
        return None
    first, mark, second, year = match.groups()
    readings: dict[DayReading, str | None] = {}
    if len(year) == 4:
        readings = {"day first": _day(year, second, first), "month first": _day(year, first, second)}
        return Possible(None, _filled(readings), "{0}YYYY", False, mark)
    full = _full_year(year, this_year)
    readings = {"day first": _day(full, second, first), "month first": _day(full, first, second)}
    if len(first) == 2 and year.isdigit():
        readings["year first"] = _day(_full_year(first, this_year), second, year)
    return Possible(None, _filled(readings), "{0}YY", True, mark)


def _compact(text: str, _: int) -> Possible | None:
    if not COMPACT.fullmatch(text):
        return None
    readings: dict[DayReading, str | None] = {
        "year first": _plausible(_day(text[:4], text[4:6], text[6:])),
        "day first": _plausible(_day(text[4:], text[2:4], text[:2])),
        "month first": _plausible(_day(text[4:], text[:2], text[2:4])),
    }
    filled = _filled(readings)
    if len(filled) == 1 and "year first" in filled:
        return Possible(filled["year first"], form="YYYYMMDD")
    return Possible(None, filled, "eight digits")


def _named(text: str, this_year: int) -> Possible | None:
    if match := (DAY_NAME_YEAR.fullmatch(text) or CLOSE_NAME.fullmatch(text)):
        day, name, year = match.groups()
        if len(year) == 4:
            return Possible(_day(year, MONTHS[name.lower()], day), form="the day, the month’s name and the year")
        readings: dict[DayReading, str | None] = {
            "day first": _day(_full_year(year, this_year), MONTHS[name.lower()], day)
        }
        if len(day) == 2 and year.isdigit():
            readings["year first"] = _day(_full_year(day, this_year), MONTHS[name.lower()], year)
        return Possible(None, _filled(readings), "the day, the month’s name and two digits of the year", True)
    if match := NAME_DAY_YEAR.fullmatch(text):
        name, day, year = match.groups()
        if len(year) == 4:
            return Possible(_day(year, MONTHS[name.lower()], day), form="the month’s name, the day and the year")
        month_first: dict[DayReading, str | None] = {
            "month first": _day(_full_year(year, this_year), MONTHS[name.lower()], day)
        }
        return Possible(None, _filled(month_first), "the month’s name, the day and two digits of the year", True)
    if match := YEAR_NAME_DAY.fullmatch(text):
        year, name, day = match.groups()
        return Possible(_day(year, MONTHS[name.lower()], day), form="the year, the month’s name and the day")
    return None


def _partial(text: str, _: int) -> Possible | None:
    """Read a year, or a month of a year."""
    if match := NAME_YEAR.fullmatch(text):
        return Possible(f"{match[2]}-{MONTHS[match[1].lower()]:02}", form="the month’s name and the year")
    for pattern, year, month in ((YEAR_MONTH, 1, 2), (MONTH_YEAR, 2, 1)):
        match = pattern.fullmatch(text)
        if match and int(match[year]) in PLAUSIBLE and 1 <= int(match[month]) <= 12:
            return Possible(f"{match[year]}-{int(match[month]):02}", form="a month and a year")
    if YEAR.fullmatch(text) and int(text[:4]) in PLAUSIBLE:
        return Possible(text[:4], form="YYYY")
    return None


def _counted(text: str, _: int) -> Possible | None:
    """Read a number that counts days or seconds; a person has to confirm that it does."""
    for pattern, reading, first, per_day in (
        (SERIAL, "spreadsheet days", FIRST_SERIAL, 1),
        (SECONDS, "unix seconds", EPOCH, 86_400),
        (MILLISECONDS, "unix milliseconds", EPOCH, 86_400_000),
    ):
        if match := pattern.fullmatch(text):
            day = _plausible((first + dt.timedelta(days=int(match[1]) // per_day)).isoformat())
            readings: dict[DayReading, str | None] = {reading: day}  # type: ignore[dict-item]
            return Possible(None, _filled(readings), reading, True)
    return None


READERS = (_year_first, _digits, _compact, _named, _partial, _counted)


def _day(year: str | int, month: str | int, day: str | int) -> str | None:
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _plausible(day: str | None) -> str | None:
    return day if day and int(day[:4]) in PLAUSIBLE else None


def _full_year(two_digits: str, this_year: int) -> int:
    """Return the year of this century, or of the last one where it would lie more than a year ahead."""
    year = this_year // 100 * 100 + int(two_digits.lstrip("'"))
    return year if year <= this_year + 1 else year - 100


def _filled(readings: Mapping[DayReading, str | None]) -> dict[DayReading, str]:
    return {reading: day for reading, day in readings.items() if day}
