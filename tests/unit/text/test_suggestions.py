"""Suggestions of codes and names for misspelt values."""

import pytest

from cxdata.codebook.codes import Codebook
from cxdata.text.suggestions import suggest, suggest_certain, suggest_close


@pytest.mark.parametrize(
    ("table", "value", "meant"),
    [
        ("touchpoints", "Web", "website"),  # a piece of the code
        ("touchpoints", "fone", "phone"),
        ("touchpoints", "Telephone", "phone"),
        ("touchpoints", "E-Mail", "email"),
        ("touchpoints", "Chat", "live_chat"),  # a word of the code
        ("touchpoints", "Store visit", "store"),
        ("touchpoints", "Branch", "store"),  # a word of its label, 'Shop or branch'
        ("touchpoints", "Text", "sms"),
        ("outcomes", "STILL OPEN", "pending"),
        ("outcomes", "after struggle resolved", "resolved_after_struggle"),
        ("drivers", "transfered", "transfer"),
        ("touchpoints", "Twitter", None),  # not 'letter'
        ("touchpoints", "Other", None),  # its letters are among those of 'letter'
        ("touchpoints", "Voice", None),
        ("drivers", "form", None),
        ("outcomes", "solved", "resolved"),  # not the first code that contains a piece of it
        ("outcomes", "Never resolved", None),  # a negation means something else
        ("outcomes", "It isn't resolved", None),
        ("loyalty", "will return", None),
        ("loyalty", "Will not return!", "will_not_return"),
        ("touchpoints", "Fax", None),
        ("touchpoints", "x", None),
        ("touchpoints", "", None),
        ("touchpoints", "…", None),
        ("outcomes", "Closed", None),
        pytest.param("touchpoints", "z" * 100_000, None, id="endless"),
    ],
)
def test_suggestion_matches_codes_and_labels(table: str, value: str, meant: str | None, codebook: Codebook) -> None:
    assert suggest(value, {code: row.label for code, row in codebook[table].items()}) == meant


@pytest.mark.parametrize(
    ("table", "word", "meant"),
    [
        ("touchpoints", "Web", "website"),
        ("touchpoints", "Branch", "store"),
        ("outcomes", "RESOLVED", "resolved"),
        ("touchpoints", "None", None),  # two letters from 'phone': a hint for a fault, but never a choice
        ("jobs", "Buy", None),  # five jobs begin with it
        ("touchpoints", "Call", None),  # a phone call or a sales call
        ("outcomes", "Not resolved", None),
        ("outcomes", "Refunded", None),
    ],
)
def test_certain_suggestion_requires_a_single_nearest_code(
    table: str, word: str, meant: str | None, codebook: Codebook
) -> None:
    assert suggest_certain(word, {code: row.label for code, row in codebook[table].items()}) == meant


def test_every_code_and_label_suggests_itself(codebook: Codebook) -> None:
    for table in ("touchpoints", "outcomes", "jobs", "drivers", "emotions", "stages"):
        names = {code: row.label for code, row in codebook[table].items()}
        for code, label in names.items():
            assert suggest(code, names) == code
            assert suggest(label.upper(), names) == code


@pytest.mark.parametrize(
    ("value", "alike"), [("ARGOS", "Argos"), ("Amazonn", "Amazon"), ("Ama", None), ("Zalando", None), ("", None)]
)
def test_close_suggestion_differs_by_at_most_a_letter(value: str, alike: str | None) -> None:
    assert suggest_close(value, ["Amazon", "Argos", "AO.com"]) == alike
