"""Every text that a reader may meet keeps the rules of docs/style.md that a program can check."""

import re
from collections import Counter
from pathlib import Path

import pytest

from cxdata.resources import ROOT
from tests.fixtures.words.plain_english import find_faults
from tests.fixtures.words.reader_texts import all_texts

MOST_WORDS_OF_CODE = 25
UNPLAIN = re.compile(
    r"\b(?:tells?|stands?|anew|so (?:much|many)|whoever|who asks|(?:is|are) none of|of one,? where|alike|looked at"
    r"|not told|is told)\b"
)


def test_texts_are_found_in_every_source() -> None:
    places = Counter(Path(place.split(":")[0]).suffix or place.split()[0] for place, _ in all_texts())
    assert places[".py"] > 700
    assert places[".sql"] > 100
    assert places[".csv"] > 100
    assert places["cxdata"] > 40  # help of the command line
    assert places[".md"] > 20


def test_texts_keep_the_rules() -> None:
    faults = [f"{place}: {fault}" for place, text in all_texts() for fault in find_faults(text)]
    assert faults == [], "\n" + "\n".join(faults)


def test_comments_of_the_views_are_plain() -> None:
    """The Method page shows them to readers, with the words of the code: encounter, driver, account."""
    faults = []
    for file in sorted((ROOT / "sql" / "views").glob("*.sql")):
        for comment in re.findall(r"(?:^ *--(?! noqa).*\n)+", file.read_text("utf-8"), re.MULTILINE):
            text = re.sub(r"\n? *--(?: {11})? ?", " ", comment)
            parts = re.split(r"(?<=[.;:]) |  +(?=[A-Z])", text)
            long = [part for part in parts if len(part.split()) > MOST_WORDS_OF_CODE]
            faults += [f"{file.name}: {found}" for found in [*long, *UNPLAIN.findall(text)]]
    assert faults == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("The account of AO.com tells of about 2 h of work.", "account"),
        ("The account of AO.com tells of about 2 h of work.", "tells"),
        (" ".join(["word"] * 21) + ".", "21 words"),
        ("One story is left out; it has no date.", "semicolon"),
        ("Shown are the ten worst.", "inverted"),
        ("Not shown are the rest. Not is this.", "inverted"),
        ("A dot a story.", "per story"),
        ("It does not say why. It cannot show how.", "more than one caveat"),
        ("Bring the stories in, or bring in one.", "import"),
    ],
)
def test_a_fault_is_found(text: str, fault: str) -> None:
    assert any(fault in found for found in find_faults(text))


@pytest.mark.parametrize(
    "text",
    [
        "Two problems cost most: calling again and unanswered calls.",
        "1 story is not shown: it does not say how the customer felt.",
        "GBP 6.55 to 8.85 per failure, before lost orders.",
        " ".join(["word"] * 20) + ". Another sentence.",
        "Sign in with your user account.",
        "encounter_count: write `drivers = []`, or 'told' for a day that the story gives.",
    ],
)
def test_plain_text_has_no_fault(text: str) -> None:
    assert list(find_faults(text)) == []
