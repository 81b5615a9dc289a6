"""Numbers as other programs write them: with a decimal comma, a unit, a scale, or as stars."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal

Easy = Literal["high", "low"]
DecimalMark = Literal["comma", "point"]
UNITS = {
    "minutes": 1.0, "minute": 1.0, "mins": 1.0, "min": 1.0, "m": 1.0,
    "hours": 60.0, "hour": 60.0, "hrs": 60.0, "hr": 60.0, "h": 60.0, "std": 60.0,
    "days": 1440.0, "day": 1440.0, "d": 1440.0,
    "weeks": 10_080.0, "week": 10_080.0, "w": 10_080.0,
    "seconds": 1 / 60, "second": 1 / 60, "secs": 1 / 60, "sec": 1 / 60, "s": 1 / 60,
}  # fmt: skip
"""Minutes in each unit of time, by its words."""
UNIT_CHOICES = ("minutes", "hours", "days", "weeks", "seconds")

NUMBER = r"[-+]?\d[\d.,'’\u00a0\u202f ]*"
PLAIN = re.compile(r"[-+]?\d+(\.\d+)?")
GROUPED = {
    "comma": re.compile(r"([-+]?)(\d{1,3}(?:[.'’ ]\d{3})+|\d+)(?:,(\d+))?"),
    "point": re.compile(r"([-+]?)(\d{1,3}(?:[,'’ ]\d{3})+|\d+)(?:\.(\d+))?"),
}
OPEN = re.compile(r"[-+]?\d{1,3}[.,]\d{3}")  # a decimal, or a thousand
DURATION = re.compile(rf"({NUMBER})\s*([a-z]+)\.?")
CLOCK = re.compile(r"(\d{1,3}):(\d{2}):(\d{2})(?:\.\d+)?")
OF_SCALE = re.compile(rf"({NUMBER})\s*(?:/\s*\d+|(?:out\s+)?of\s+\d+|stars?|points?|x|times?)", re.IGNORECASE)
STARS = re.compile(r"([★⭐*]+)\ufe0f?[☆✩]*")


def find_decimal_mark(texts: Iterable[str]) -> DecimalMark | None:
    """Return the mark of decimals that a column shows; None where it shows none, or where 1,234 could be either."""
    found: set[DecimalMark] = set()
    for text in texts:
        for number in re.findall(NUMBER, text):
            plain = _plain(number)
            fits = {mark for mark, pattern in GROUPED.items() if pattern.fullmatch(plain)}
            if len(fits) == 1 and not plain.lstrip("+-").isdigit():
                found.add("comma" if "comma" in fits else "point")
    return found.pop() if len(found) == 1 else None


def read_number(text: str, mark: DecimalMark | None) -> float | None:
    """Return the number that a text is, also of stars and of '4 out of 5'; None if it is none, or is in doubt.

    `mark` is that of its column's decimals; without one a number that could be a thousand or a decimal is in doubt.
    """
    text = text.strip()
    if match := STARS.fullmatch(text):
        return float(len(match[1]))
    if match := OF_SCALE.fullmatch(text):
        text = match[1]
    plain = _plain(text)
    if mark is None and OPEN.fullmatch(plain):
        return None
    match = GROUPED[mark or "point"].fullmatch(plain) or (None if mark else GROUPED["comma"].fullmatch(plain))
    if not match:
        return None
    sign, whole, decimals = match.groups()
    return float(f"{sign}{re.sub(r'[^0-9]', '', whole)}.{decimals or 0}")


def read_minutes(text: str, mark: DecimalMark | None, unit: str | None = None) -> float | None:
    """Return the minutes that a duration is: '90', '1.5 h', '2 days', '1h 30m', '01:30:00'; None if it is none.

    `unit` is that of numbers without one, else minutes.
    """
    text = text.strip().lower()
    number = read_number(text, mark)
    if number is not None:
        return number * UNITS[unit or "minutes"]
    if match := CLOCK.fullmatch(text):
        return int(match[1]) * 60 + int(match[2]) + int(match[3]) / 60
    total, end = 0.0, 0
    for match in DURATION.finditer(text):
        between = text[end : match.start()].strip(" ,")
        value = read_number(match[1], mark)
        if between not in ("", "and") or match[2] not in UNITS or value is None:
            return None
        total, end = total + value * UNITS[match[2]], match.end()
    return total if end and not text[end:].strip() else None


def rescale(value: float, scale: tuple[float, float], easy: Easy) -> int | None:
    """Return a value of another scale as a customer effort score from 1, hard, to 7, easy; None if it is not on it."""
    low, high = scale
    if not low <= value <= high or low == high:
        return None
    share = (value - low) / (high - low)
    return int(1 + 6 * (share if easy == "high" else 1 - share) + 0.5)


def number_text(value: float | int) -> str:
    """Return a number as SQL reads it, without decimals where it has none."""
    return f"{value:.0f}" if float(value).is_integer() else repr(float(value))


def read_scale(text: str) -> tuple[float, float]:
    """Return the ends of a scale written as '0-10' or '1 to 5'. Raises ValueError for anything else."""
    match = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)\s*(?:-|–|to|\.\.)\s*(-?\d+(?:\.\d+)?)\s*", text)
    if not match or float(match[1]) >= float(match[2]):
        raise ValueError(f"{text!r} is no scale. Write its lowest and its highest number: 0-10")
    return float(match[1]), float(match[2])


def _plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", text).replace("−", "-").strip()


def translate_numbers(
    texts: Iterable[str], column: str, unit: str | None, scale: tuple[float, float] | None, easy: Easy | None
) -> Mapping[str, str]:
    """Return the texts of a column of numbers that mean another text than they are, each with that number."""
    listed = list(texts)
    mark = find_decimal_mark(listed)
    found: dict[str, str] = {}
    for text in listed:
        value = read_minutes(text, mark, unit) if column == "minutes" else read_number(text, mark)
        if value is not None and column == "ces" and scale:
            value = rescale(value, scale, easy or "high")
        if value is not None and (written := number_text(value)) != text:
            found[text] = written
    return found
