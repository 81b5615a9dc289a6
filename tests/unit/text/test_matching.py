"""Which titles a few words name, the best first."""

import pytest

from cxdata.text.matching import rank_matches

TITLES = {
    "in the text": ("Waiting on hold", "A queue at the phone"),
    "within": ("Telephone", ""),
    "word": ("Mobile phone", ""),
    "beginning": ("Phone call", "A call"),
    "same": ("Phone", ""),
    "other": ("Letter", "Paper"),
}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("phone", ["same", "beginning", "word", "within", "in the text"]),
        ("  PHONE ", ["same", "beginning", "word", "within", "in the text"]),
        ("call phone", ["beginning"]),  # every word, in any order
        ("hold phone", ["in the text"]),  # one in the title and one in the text
        ("fax", []),
        ("", []),
    ],
)
def test_title_ranks_before_text_and_equals_keep_their_order(words: str, found: list[str]) -> None:
    assert rank_matches(words, ((name, *texts) for name, texts in TITLES.items())) == found
    assert rank_matches("e", [("b", "Letter", ""), ("a", "Letter", "")]) == ["b", "a"]
