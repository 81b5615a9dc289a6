"""Formats of numbers and lists, the same on pages, in headlines and in alt texts."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

MINUTES_PER_POINT = 5  # the unit of effort, see the Method page


@dataclass(frozen=True)
class Numerals:
    """The marks between the digits of a number."""

    decimal: str
    thousands: str


# French has a narrow no-break space: Imprimerie nationale
NUMBER_FORMATS: Mapping[str, Numerals] = {
    "en": Numerals(".", ","),
    "de": Numerals(",", "."),
    "fr": Numerals(",", "\u202f"),
}
_language: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def number_format(language: str) -> Iterator[None]:
    """Let these functions write numbers in one of NUMBER_FORMATS until the block ends."""
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


def localise_digits(text: str) -> str:
    """Rewrite a number from the English format to the one in force."""
    own = NUMBER_FORMATS[_language.get()]
    return text.translate({ord(","): own.thousands, ord("."): own.decimal})


def format_count(number: int, noun: str, plural: str | None = None) -> str:
    """Format a count: '1 story', '1,234 stories'."""
    if number == 1:
        return f"1 {noun}"
    return f"{localise_digits(f'{number:,}')} {plural or pluralise(noun)}"


def join_list(names: Iterable[str], most: int = 4, word: str = "and") -> str:
    """Join names: 'A', 'A and B', 'A, B and C'; more than `most` names end in 'and 3 more'.

    `word` stands before the last.
    """
    all_names = list(names)
    shown = all_names if len(all_names) <= most else [*all_names[: most - 1], f"{len(all_names) - most + 1} more"]
    if len(shown) <= 1:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {word} {shown[-1]}"


def truncate_list(text: str, most: int, rest: str) -> str:
    """Cut a long list of sentences after a whole one within `most` characters, and end it with the sentence `rest`."""
    if len(text) <= most:
        return text
    parted = text.rfind(". ", 0, most)
    kept = parted if parted > most / 3 else text.rfind(", ", 0, most)
    return f"{text[: kept if kept > 0 else most]}. {rest}"


def round_half_up(value: float, decimals: int = 1) -> float:
    """Round as readers do, 0.25 to 0.3 and −0.25 to −0.3; a rounding error that keeps a figure under the half counts.

    Every figure that is shown or compared as shown is rounded by this rule.
    """
    scale = 10.0**decimals
    size = math.floor(abs(value) * scale + 0.5 + 1e-8) / scale
    return -size if value < 0 and size else size


def format_number(value: float | None, unknown: str = "not stated") -> str:
    """Format a number without false precision: '3', '3.5', '34'; `unknown` for None."""
    if value is None:
        return unknown
    return localise_digits(f"{round_half_up(value):,.1f}".removesuffix(".0"))


def format_signed(value: float | None, unknown: str = "not stated") -> str:
    """Format a feeling or experience: '+4.5', '−3' (with a true minus), '0'."""
    if value is None:
        return unknown
    text = format_number(abs(value))
    return text if text == "0" else ("+" if value > 0 else "−") + text


def format_ordinal(place: int) -> str:
    """Format an ordinal: '1st', '2nd', '13th', '21st'."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th") if place % 100 not in (11, 12, 13) else "th"
    return f"{place}{ending}"


def format_percent(share: float) -> str:
    """Format a share of 0.97 as '97%'; only none is 0%, and only all is 100%."""
    whole = int(round_half_up(share * 100, 0))
    if share > 0 and whole == 0:
        return "under 1%"
    if share < 1 and whole == 100:
        return "over 99%"
    return f"{whole}%"


def format_pounds(low: float, high: float) -> str:
    """Format a range of GBP, to the penny under 100: '£5.58 to 6.55', '£36,000', '£1.2 to 1.4 million'."""
    if high >= 1_000_000:
        ends = [f"{round_half_up(end / 1_000_000):,.1f}" for end in (low, high)]
        return f"£{_span(ends)} million"
    ends = [f"{round_half_up(end, 2):,.2f}" if high < 100 else f"{_rounded(end):,.0f}" for end in (low, high)]
    return f"£{_span(ends)}"


def _span(ends: Sequence[str]) -> str:
    low, high = map(localise_digits, ends)
    return low if low == high else f"{low}\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}{high}"


def _rounded(value: float) -> float:
    """Round to two significant figures, which is as precise as the estimates are."""
    digits = len(str(int(value)))
    return round_half_up(value, min(2 - digits, 0))


def format_points(value: float) -> str:
    """Format effort points: '1 point', '3.5 points'."""
    text = format_number(value)
    return f"{text} point" if text == "1" else f"{text} points"


def format_effort(points: float | None) -> str:
    """'29.5 effort points', 'no effort found', or 'total effort unknown' of a story not read whole for effort."""
    if points is None:
        return "total effort unknown"
    return f"{format_number(points)} effort {'point' if points == 1 else 'points'}" if points else "no effort found"


def format_period(first_year: int | None, last_year: int | None) -> str:
    """Format a period of years: '2011–2017', '2017', or 'undated' for unknown years."""
    if first_year is None or last_year is None:
        return "undated"
    return str(first_year) if first_year == last_year else f"{first_year}–{last_year}"


def join_parts(parts: Sequence[str]) -> str:
    """Join parts by middle dots, without empty ones."""
    return " · ".join(part for part in parts if part)


def pluralise(noun: str) -> str:
    """Return the plural of an English noun: 'stories', 'complaints'."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def truncate(value: object, limit: int = 60) -> str:
    """Shorten a value for a message: cut a long one with an ellipsis."""
    text = str(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
