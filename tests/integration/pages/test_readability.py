"""The text of each page and document is easy: by Flesch and Kincaid's grade, as textstat counts it."""

import warnings
from pathlib import Path

import pytest

from tests.fixtures.pages import open_page, page_folders, page_text
from tests.fixtures.words.plain_english import sentences
from tests.fixtures.words.reader_texts import DOCUMENTS, document_texts, plain

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # textstat imports pkg_resources
    import textstat

HIGHEST = 9
HIGHEST_OF_METHOD = 11
FEWEST_WORDS = 4  # fewer are a label, not a sentence


def reading_grade(text: str) -> float:
    """Return the school grade that the full sentences of a text ask for (Kincaid and others, 1975)."""
    full = [each for each in sentences(text) if len(each.split()) >= FEWEST_WORDS and each.endswith((".", "?", "!"))]
    return float(textstat.flesch_kincaid_grade("\n".join(full)))


@pytest.mark.parametrize("page", page_folders())
def test_page_is_easy_to_read(page: str, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(built))
    text = plain(page_text(open_page(page)))
    assert reading_grade(text) <= (HIGHEST_OF_METHOD if page == "method" else HIGHEST)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_is_easy_to_read(name: str) -> None:
    paragraphs = [text for place, text in document_texts() if place.startswith(f"{name}:")]
    assert reading_grade("\n\n".join(paragraphs)) <= HIGHEST


def test_a_hard_text_is_found() -> None:
    text = "Notwithstanding methodological considerations, organisational heterogeneity necessitates interpretation."
    assert reading_grade(text) > HIGHEST_OF_METHOD
