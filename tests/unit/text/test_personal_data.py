"""Personal data in texts: what is found and replaced, and what only looks like it."""

import csv
import re
from collections.abc import Iterator

import pytest

from cxdata.resources import ROOT, STORIES
from cxdata.text.personal_data import CANDIDATE, find_personal_data, redact

EXTRACTS = ROOT.parent / "shared" / "data" / "cfpb"
MAIL, PHONE, CARD = "[e-mail address removed]", "[phone number removed]", "[card number removed]"

FOUND = {
    "Write to ann.b+1@mail.example.co.uk today.": f"Write to {MAIL} today.",
    "call 07700 900123.": f"call {PHONE}.",
    "my mobile is 07400123456": f"my mobile is {PHONE}",
    "(415) 555-2671 is mine": f"{PHONE} is mine",
    "It is +44 20 7946 0958, or +49 30 901820.": f"It is {PHONE}, or {PHONE}.",
    "I called 4155552671 twice": f"I called {PHONE} twice",
    "phone: 0161 496 0000": f"phone: {PHONE}",
    "card 4111 1111 1111 1111, then 5105105105105100": f"card {CARD}, then {CARD}",
    "Amex 3782 822463 10005": f"Amex {CARD}",
    "a@b.example and 4111-1111-1111-1111 and a@b.example": f"{MAIL} and {CARD} and {MAIL}",
}
ALIKE = (
    "order 4155552671",
    "Order no. 415-555-2671",
    "I called, and order 4155552671 was lost",
    "order 112-1234567-1234567",
    "tracking 1Z999AA10123456784 and JD0002254561234567",
    "complaint 2371744, case number: 0207946 0958",
    "2017-12-01 10:30, on 12/05/2019 and 13.05.2019",
    "I called 12.05.2019 and 12-05-2019",
    "rang them on 2017-12-01 and 2017-12-02",
    "called 2 times, 3 hours 45 minutes",
    "in 2017 2018 2019, from 2015-2016",
    "£1,234,567.89, paid by phone 1,234,567",
    "IMEI 490154203237518, ISBN 0306406152",
    "4111-1111-1111-1112 fails its check digit",
    "4111 1111 1111 11112 is too long",
    "@someone at 10 o'clock",
)


@pytest.mark.parametrize("text", FOUND)
def test_personal_data_is_replaced_by_its_kind(text: str) -> None:
    assert redact(text, find_personal_data(text)) == FOUND[text]
    assert re.search(CANDIDATE, text), "the import looks at candidates alone"


@pytest.mark.parametrize("text", ALIKE)
def test_order_numbers_dates_and_amounts_are_not_personal_data(text: str) -> None:
    assert find_personal_data(text) == []


def test_phone_numbers_are_read_as_their_country_writes_them() -> None:
    assert find_personal_data("(03) 9014 2345", ["GB"]) == []
    assert [piece.kind for piece in find_personal_data("(03) 9014 2345", ["AU"])] == ["phone number"]


def told_texts() -> Iterator[str]:
    """The shipped stories, and the narratives of real complaints where the extracts are there."""
    for path in STORIES.rglob("*.toml"):
        yield path.read_text("utf-8")
    for path in sorted(EXTRACTS.glob("*.csv")):
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            for row in csv.DictReader(file):
                yield from (text for name, text in row.items() if name and text and "narrative" in name.casefold())


def test_published_texts_hold_no_personal_data() -> None:
    found = [text[piece.start : piece.end] for text in told_texts() for piece in find_personal_data(text)]
    assert found == []
