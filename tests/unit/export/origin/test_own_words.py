"""A writer's own words: marked as theirs in every file, never in place of count, unit, period and source."""

from pathlib import Path

import duckdb
import pytest

from cxdata.export.formats import publish_view, render_file
from cxdata.export.origin.metadata import metadata_of
from cxdata.export.origin.own_words import credit_words
from cxdata.export.origin.signature import UnsignedWordsError, check_signature, sign_view
from cxdata.export.origin.verification import verify_file
from cxdata.export.origin.view_id import decode_view_id, identify_view
from cxdata.export.view import format_query, parse_view
from cxdata.export.web.embed_page import render_embed
from cxdata.export.web.snippets import build_snippets
from tests.fixtures.question_parameters import view_of

ATTACK = {
    "headline": "AO.com is a fraud",
    "subtitle": "Proven by this project",
    "notes": "Published by the dashboard",
    "byline": "The dashboard",
}
KEY, OTHER = b"k" * 32, b"o" * 32


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({}, ""),
        ({"byline": "J. Doe"}, "Writer: J. Doe"),
        ({"headline": "Ours"}, "Headline by the writer"),
        (
            {"headline": "Ours", "notes": "A note", "byline": "J. Doe"},
            "Headline and note by the writer, signed “J. Doe”",
        ),
        ({"alt": "Ours"}, ""),
    ],
)
def test_credit_names_the_writers_words(words: dict[str, str], expected: str) -> None:
    assert credit_words(view_of("effort", **words).picture) == expected


@pytest.mark.parametrize("form", ["svg", "html", "json", "embed"])
def test_files_mark_a_writers_words_and_keep_count_unit_period_and_source(
    database: duckdb.DuckDBPyConnection, form: str
) -> None:
    view = view_of("effort", **ATTACK, preset="square")
    published = publish_view(database, view)
    made = render_embed(published, view) if form == "embed" else render_file(database, view, form).decode()
    for fixed in (*published.subtitle.split(" · "), published.source_line.split(" · ")[-1]):
        assert all(word in made for word in fixed.split()), fixed
    for said in ("by the writer", "Writer’s note:"):
        assert said in made
    assert "Headline, subtitle and note by the writer, signed “The dashboard”" in metadata_of(published, view)["Words"]


def test_captions_and_citations_say_whose_words_they_are(database: duckdb.DuckDBPyConnection) -> None:
    view = view_of("effort", headline="Ours", byline="J. Doe")
    for text in build_snippets(publish_view(database, view), view).values():
        assert "Headline by the writer, signed “J. Doe”" in text or "<iframe" in text


@pytest.mark.parametrize("words", [{}, {"headline": "Ours"}, {"byline": "J. Doe"}, {"alt": "Ours"}])
def test_verification_vouches_for_figures_and_not_for_words(
    database: duckdb.DuckDBPyConnection, tmp_path: Path, words: dict[str, str]
) -> None:
    path = tmp_path / "file.svg"
    path.write_bytes(render_file(database, view_of("effort", **words), "svg"))
    verdict = verify_file(database, path)
    assert (verdict.kind, verdict.is_same) == ("same figures" if words else "same", True)
    assert ("this program checked no word of it" in verdict.text) == bool(words)


def test_id_says_the_whole_view() -> None:
    asked = [
        {},
        {"headline": "Ours"},
        {"headline": "Others"},
        {"notes": "Ours"},
        {"look": "dark"},
        {"preset": "square"},
        {"highlight": "Argos"},
        {"language": "de"},
        {"plain": "1"},
    ]
    ids = [identify_view(view_of("effort", **words)) for words in asked]
    assert len(set(ids)) == len(asked)
    assert identify_view(view_of("effort", scale="1")) == ids[0], "the same picture with more pixels"
    view = view_of("effort", companies="Argos", look="dark", preset="900x500", highlight="Argos")
    chart, choices = decode_view_id(identify_view(view))
    assert parse_view(chart, choices) == view


def test_signature_holds_for_its_words_over_its_figures_in_any_size() -> None:
    view = view_of("effort", companies="Argos", headline="Ours", byline="J. Doe")
    signed = sign_view(view, KEY)
    assert parse_view("effort", format_query(signed)) == signed
    query = dict(format_query(signed))

    def is_let_in(*keys: bytes, **changed: str) -> bool:
        try:
            check_signature(parse_view("effort", query | changed), lambda: keys)
        except UnsignedWordsError:
            return False
        return True

    assert is_let_in(KEY)
    assert is_let_in(OTHER, KEY), "a key that a restored backup brought"
    assert is_let_in(KEY, preset="square", look="dark", scale="1")
    assert not is_let_in(OTHER)
    assert not is_let_in()
    for changed in (
        {"headline": "Others"},
        {"byline": "The dashboard"},
        {"notes": "More"},
        {"alt": "More"},
        {"companies": "AO.com"},
        {"since": "2015"},
        {"signature": ""},
        {"signature": "0" * 32},
    ):
        assert not is_let_in(KEY, **changed), changed


def test_view_without_words_needs_no_key() -> None:
    def list_keys() -> list[bytes]:
        raise AssertionError("no key is asked for")

    check_signature(view_of("effort", companies="Argos", preset="square"), list_keys)
    assert sign_view(view_of("effort"), KEY) == view_of("effort")
