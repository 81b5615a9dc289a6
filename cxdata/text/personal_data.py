"""Personal data in a text: e-mail addresses, phone numbers and card numbers, found and replaced.

Order numbers, dates and amounts are digits too. A run of digits counts as a phone number where it is possible in one
of the regions and has a plus or follows a word such as 'call', or where it is valid and begins with 0 or is in groups.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from phonenumbers import Leniency, PhoneNumberMatcher

Kind = Literal["e-mail address", "phone number", "card number"]
REPLACEMENTS: dict[Kind, str] = {
    "e-mail address": "[e-mail address removed]",
    "phone number": "[phone number removed]",
    "card number": "[card number removed]",
}
CANDIDATE = r"@|\d[\d ().\-/]{5,}\d"
"""A regular expression that matches every text with personal data, and few others; RE2 reads it too."""
REGIONS = ("GB", "US")  # tried where nobody knows the customer's country

DIGITS = re.compile(r"(?<![\w])[+(]{0,2}\d[\d ().\-/]{5,}\d(?![\w])")
MAIL = re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
CARD = re.compile(r"(?<![\w.+-])\d(?:[ -]?\d){12,18}(?![\w-])")
CARDS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35\d{14}"
)
NUMBERED = re.compile(
    r"\b(?:order|orders|ref|reference|case|claim|complaint|ticket|booking|tracking|parcel|invoice|account|policy|id|"
    r"serial|model|isbn|imei)\b[\s.:#-]*(?:(?:no|nr|num|number|id|code|is|was|my)\b[\s.:#-]*)*$|[#£$€]\s*$",
    re.IGNORECASE,
)
DATE = re.compile(r"(?:\d{1,2}[ ./-]){2}(?:\d{4}|\d{2})|\d{4}(?:[ ./-]\d{1,2}){2}(?:[ T].*)?")
CALLED = re.compile(
    r"\b(?:call|called|calls|phone|phoned|telephone|tel|text|texted|ring|rang|dial|dialled|mobile|cell|fax|whatsapp)\b"
    r"[^.\d]{0,25}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PersonalData:
    """A piece of a text, from `start` up to `end`."""

    kind: Kind
    start: int
    end: int


def find_personal_data(text: str, regions: Sequence[str] = REGIONS) -> list[PersonalData]:
    """Return the pieces of a text that may lead to a person, in order; none overlap. Regions are codes like 'GB'."""
    found: list[PersonalData] = []
    for piece in (*_find_mails(text), *_find_cards(text), *_find_phones(text, regions)):
        if all(piece.end <= other.start or piece.start >= other.end for other in found):
            found.append(piece)
    return sorted(found, key=lambda piece: piece.start)


def redact(text: str, pieces: Sequence[PersonalData]) -> str:
    """Return the text with each piece replaced by words that name its kind."""
    for piece in reversed(pieces):
        text = text[: piece.start] + REPLACEMENTS[piece.kind] + text[piece.end :]
    return text


def _find_mails(text: str) -> Iterator[PersonalData]:
    for match in MAIL.finditer(text):
        yield PersonalData("e-mail address", *match.span())


def _find_cards(text: str) -> Iterator[PersonalData]:
    for match in CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if CARDS.fullmatch(digits) and _passes_luhn(digits):
            yield PersonalData("card number", *match.span())


def _passes_luhn(digits: str) -> bool:
    """Return whether the check digit is right: every second digit from the right counts twice, less 9 from 10 on."""
    values = [int(digit) for digit in reversed(digits)]
    doubled = [value * 2 - 9 * (value > 4) for value in values[1::2]]
    return (sum(values[::2]) + sum(doubled)) % 10 == 0


def _find_phones(text: str, regions: Sequence[str]) -> Iterator[PersonalData]:
    for digits in DIGITS.finditer(text):  # the matcher is slow: it looks at runs of digits alone
        for region in regions:
            for leniency, is_written in ((Leniency.STRICT_GROUPING, _is_grouped), (Leniency.POSSIBLE, _is_called)):
                for match in PhoneNumberMatcher(digits[0], region, leniency=leniency):
                    start, end = digits.start() + match.start, digits.start() + match.end
                    before = text[max(start - 40, 0) : start]
                    if not NUMBERED.search(before) and is_written(before, match.raw_string):
                        yield PersonalData("phone number", start, end)


def _is_grouped(_: str, written: str) -> bool:
    return len(re.findall(r"\d+", written)) > 1 or written.startswith("0")


def _is_called(before: str, written: str) -> bool:
    return (written.startswith("+") or bool(CALLED.search(before))) and not DATE.fullmatch(written)
