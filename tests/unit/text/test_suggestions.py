"""What somebody most likely meant."""

import pytest

from cxdata.codebook.codes import Codebook
from cxdata.text.suggestions import suggest, suggest_certain, suggest_close


@pytest.mark.parametrize(
    ("table", "value", "meant"),
    [
        ("touchpoints", "Web", "website"),  # a piece of it
        ("touchpoints", "fone", "phone"),
        ("touchpoints", "Telephone", "phone"),
        ("touchpoints", "E-Mail", "email"),
        ("touchpoints", "Chat", "live_chat"),  # a word of it
        ("touchpoints", "Store visit", "store"),
        ("touchpoints", "Branch", "store"),  # by its name, 'Shop or branch'
        ("touchpoints", "Text", "sms"),
        ("outcomes", "STILL OPEN", "pending"),
        ("outcomes", "after struggle resolved", "resolved_after_struggle"),
        ("drivers", "transfered", "transfer"),
        ("touchpoints", "Twitter", None),  # and not a letter
        ("touchpoints", "Other", None),  # whose letters lie within those of a letter
        ("touchpoints", "Voice", None),
        ("drivers", "form", None),
        ("outcomes", "solved", "resolved"),  # and not the first that has a piece of it
        ("outcomes", "Never resolved", None),  # for what is negated is something else
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
def test_a_code_is_found_by_what_is_written_or_by_its_name(
    table: str, value: str, meant: str | None, codebook: Codebook
) -> None:
    assert suggest(value, {code: row.label for code, row in codebook[table].items()}) == meant


@pytest.mark.parametrize(
    ("table", "word", "meant"),
    [
        ("touchpoints", "Web", "website"),
        ("touchpoints", "Branch", "store"),
        ("outcomes", "RESOLVED", "resolved"),
        ("touchpoints", "None", None),  # two letters from 'phone': a hint where it is a fault, and nothing more
        ("jobs", "Buy", None),  # which begins five
        ("touchpoints", "Call", None),  # by phone, or to sell
        ("outcomes", "Not resolved", None),
        ("outcomes", "Refunded", None),
    ],
)
def test_a_code_is_chosen_for_somebody_only_where_no_other_is_as_near(
    table: str, word: str, meant: str | None, codebook: Codebook
) -> None:
    assert suggest_certain(word, {code: row.label for code, row in codebook[table].items()}) == meant


def test_every_code_and_every_name_of_the_codebook_means_itself(codebook: Codebook) -> None:
    for table in ("touchpoints", "outcomes", "jobs", "drivers", "emotions", "stages"):
        names = {code: row.label for code, row in codebook[table].items()}
        for code, label in names.items():
            assert suggest(code, names) == code
            assert suggest(label.upper(), names) == code


@pytest.mark.parametrize(
    ("value", "alike"), [("ARGOS", "Argos"), ("Amazonn", "Amazon"), ("Ama", None), ("Zalando", None), ("", None)]
)
def test_almost_is_all_but_a_letter(value: str, alike: str | None) -> None:
    assert suggest_close(value, ["Amazon", "Argos", "AO.com"]) == alike
