"""The glossary: its document, the length of its meanings, and where a text mentions its terms."""

import re

import pytest

from cxdata.codebook.codes import Driver, load_codebook
from cxdata.text.glossary import DOCUMENT, Term, format_glossary, reader_terms, split_at_terms

MOST_WORDS = 20


def test_document_matches_the_data() -> None:
    assert DOCUMENT.read_text("utf-8") == format_glossary(), "run: python -m cxdata.text.glossary"


@pytest.mark.parametrize("term", reader_terms().values(), ids=lambda term: term.term)
def test_meaning_has_at_most_two_short_sentences_and_an_example(term: Term) -> None:
    sentences = re.split(r"(?<=[.!?])\s", term.meaning)
    assert len(sentences) <= 2
    assert all(len(sentence.split()) <= MOST_WORDS for sentence in [*sentences, term.example])
    assert term.example


@pytest.mark.parametrize("term", [term for term in reader_terms().values() if term.tooltip], ids=lambda term: term.term)
def test_every_form_of_a_term_is_found(term: Term) -> None:
    for form in (term.term, term.term.capitalize(), *term.forms):
        assert ("Here ", None) in split_at_terms(f"Here {form} stands.")
        assert (form, term) in split_at_terms(f"Here {form} stands.")


def test_longest_term_wins_and_only_the_first_mention_counts() -> None:
    found = list(split_at_terms("Effort points, effort and effort points."))
    assert [(words, term.term) for words, term in found if term] == [
        ("Effort points", "effort point"),
        ("effort", "effort"),
    ]
    assert "".join(words for words, _ in found) == "Effort points, effort and effort points."


def test_parts_of_words_are_left_alone() -> None:
    assert list(split_at_terms("Effortless.")) == [("Effortless.", None)]


def test_hassle_points_of_the_example_are_those_of_the_codebook() -> None:
    repeat = load_codebook()["drivers"]["repeat_contact"]
    assert isinstance(repeat, Driver)
    example = reader_terms()["hassle points"].example
    assert f"{repeat.label.lower()} counts {repeat.hassle_points:g} hassle points" in example
