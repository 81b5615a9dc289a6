"""View options: highlight, number format, plain pictures, hostile texts, and refused choices."""

import json
import re
import unicodedata
from collections.abc import Callable
from xml.etree import ElementTree

import duckdb
import pytest

from cxdata.charts import CHARTS
from cxdata.errors import ChartError, ExportError, QuestionError
from cxdata.export.formats import FORMATS, PAINTED, SET_IN, file_name, publish_view, render_file
from cxdata.export.origin.metadata import metadata_of, read_metadata
from cxdata.export.origin.view_id import decode_view_id, encode_view_id
from cxdata.export.picture.spec import export_spec
from cxdata.export.picture.text_metrics import missing_glyphs
from cxdata.export.view import parse_view
from cxdata.export.web.snippets import build_snippets
from tests.fixtures.question_parameters import SVG, picture, view_of
from tests.fixtures.stories import make_many

Database = duckdb.DuckDBPyConnection


def test_highlight_dims_the_other_companies(database: Database) -> None:
    usual, lit = (
        render_file(database, view_of("fame_and_shame", **asked), "svg").decode()
        for asked in ({}, {"highlight": "argos"})
    )
    assert 'opacity="0.45"' not in usual
    assert lit.count('opacity="0.45"') == 2 * 6  # the name and the figure of six other companies of seven
    assert lit.count('opacity="0.22"') == 2 * 6  # their dots and stems


@pytest.mark.parametrize(
    "chart", ["fix_first", "head_to_head", "touchpoint_feeling", "effort_by_driver", "promise_gap"]
)
def test_highlight_changes_every_chart_of_companies(database: Database, chart: str) -> None:
    published = publish_view(database, view_of(chart))
    dimmed = json.dumps(export_spec(published, "light", "AO.com"))
    assert dimmed != json.dumps(export_spec(published, "light", None))
    assert "0.22" in dimmed


def test_highlight_leaves_driver_names_of_a_pair_undimmed(database: Database) -> None:
    spec = export_spec(publish_view(database, view_of("head_to_head")), "light", "Argos")
    of_rows = [layer for layer in spec["layer"] if layer["encoding"].get("text", {}).get("field") == "label"]
    assert len(of_rows) == 1
    assert "opacity" not in of_rows[0]["encoding"]


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "27.5 more points"), ("de", "27,5 more points"), ("fr", "27,5 more points")]
)
def test_pictures_use_the_requested_number_format(database: Database, language: str, expected: str) -> None:
    view = view_of("head_to_head", language=language)
    assert expected in publish_view(database, view).headline
    svg = render_file(database, view, "svg").decode()
    marks = re.findall(r">(\d[.,]\d)</text>", svg)
    assert marks
    assert all(("." in mark) == (language == "en") for mark in marks)


def test_number_format_of_one_picture_does_not_affect_the_next(database: Database) -> None:
    before = render_file(database, view_of("effort"), "svg")
    render_file(database, view_of("effort", language="de"), "svg")
    assert render_file(database, view_of("effort"), "svg") == before


def test_plain_picture_has_no_frame(database: Database) -> None:
    view = view_of("effort", plain="1")
    published = publish_view(database, view)
    svg = render_file(database, view, "svg").decode()
    shown = re.sub(r"<(title|desc|metadata)\b.*?</\1>", "", svg, flags=re.DOTALL)
    assert published.source_line in svg
    assert "Source:" not in shown
    assert "Argos" in shown
    assert b"<h1>" not in render_file(database, view, "html")


HOSTILE = {
    "right to left": "שלום عليكم and then English",
    "Chinese": "客户讲述的故事：谁赢得了感激",
    "emoji": "Service 👩‍👩‍👧 at its best 🎉",
    "markup": "</title></desc><script>alert(1)</script> & ]]> ${x} $title",
    "300 characters": "Wide " * 60,
    "one long word": "W" * 300,
    "combining": "Z\u0351\u0343\u0364algo te\u0301xt",
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("form", ["png", "svg", "pdf", "html", "json"])
def test_hostile_words_render_in_every_format(database: Database, words: str, form: str) -> None:
    words = unicodedata.normalize("NFC", words.strip())
    is_painted = form in PAINTED and any(missing_glyphs(words, face) for face in SET_IN.values())
    # the alternative text of a picture may hold letters that our fonts lack
    view = view_of("effort", **({} if is_painted else {"headline": words, "notes": words}), alt=words, scale="1")
    data = render_file(database, view, form)
    about = read_metadata(data)
    assert about["Description"] == words
    assert is_painted or about["Title"] == words
    if form == "png":
        assert picture(data).size == (1200, 630)
    if form == "svg":
        assert ElementTree.fromstring(data).findtext(f"{SVG}title") == words
    if form == "html":
        assert b"<script>alert" not in data


@pytest.mark.parametrize("words", ["a\x00b", "a\x1bb", "a\x85b", "a\ud800b", "a\ufffeb", "a\u202eb", "x" * 301])
def test_headline_with_unprintable_characters_is_refused(words: str) -> None:
    with pytest.raises(ExportError, match="headline"):
        view_of("effort", headline=words)


@pytest.mark.parametrize(
    ("chart", "asked", "form", "error", "said"),
    [
        ("effrt", {}, "png", ChartError, r"Did you mean effort\?"),
        ("effort", {"preset": "blogg"}, "png", ExportError, r"Did you mean blog\?.*900x500"),
        ("effort", {"preset": "9x9"}, "png", ExportError, "240 to 4000"),
        ("effort", {"preset": "4000x4000", "scale": "3"}, "png", ExportError, "144 million pixels. At most 20 million"),
        ("effort", {}, "gif", ExportError, "png, svg, pdf, html, json, csv, xlsx, zip"),
        ("effort", {"highlight": "Agros"}, "png", ExportError, r"Did you mean Argos\?"),
        ("signs", {"highlight": "Argos"}, "png", ExportError, "does not show companies"),
        (
            "effort",
            {"companies": "Nobody"},
            "png",
            QuestionError,
            "companies 'Nobody' is unknown. The database has: AO.com",
        ),
        ("effort", {"language": "it"}, "png", ExportError, "en, de, fr"),
        ("effort", {"since": "2100-01-01"}, "png", ExportError, "nothing to draw"),
        ("effort", {"since": "2100-01-01"}, "html", ExportError, "nothing to draw"),
    ],
)
def test_impossible_view_is_refused_with_the_choices(
    database: Database, chart: str, asked: dict[str, str], form: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        render_file(database, view_of(chart, **asked), form)


@pytest.mark.parametrize(
    ("chart", "asked", "form", "expected"),
    [
        ("fame_and_shame", {}, "png", "fame-and-shame_all_2026-11-21_7-customer-stories_blog@2x.png"),
        (
            "fame_and_shame",
            {"scale": "1", "look": "dark"},
            "png",
            "fame-and-shame_all_2026-11-21_7-customer-stories_blog@1x_dark.png",
        ),
        ("effort", {"companies": "Argos"}, "svg", "effort_argos_2026-11-21_1-customer-story_blog.svg"),
        ("journey", {}, "csv", "journey_ao-laptop_2026-11-21_1-customer-story.csv"),
        ("head_to_head", {}, "zip", "head-to-head_return-a-laptop-ao-com-argos_2026-11-21_2-customer-stories.zip"),
        ("effort", {"highlight": "AO.com"}, "html", "effort_all_2026-11-21_8-customer-stories_only-ao-com.html"),
    ],
)
def test_file_name_describes_its_content(
    database: Database, chart: str, asked: dict[str, str], form: str, expected: str
) -> None:
    view = view_of(chart, **asked)
    assert file_name(publish_view(database, view), view, form) == expected


def test_snippets_link_the_live_chart_and_escape_texts(database: Database) -> None:
    view = view_of("effort", headline='5% "off" & <b>', companies="Argos", alt="[a] *b* <c>")
    made = build_snippets(publish_view(database, view), view, "https://charts.example/")
    assert list(made) == ["HTML", "Markdown", "iframe", "Citation", "APA", "BibTeX"]
    figure = ElementTree.fromstring(made["HTML"])
    image = figure.find("img")
    assert image is not None
    assert image.get("src", "").startswith("https://charts.example/chart/effort.png?alt=")
    assert image.get("alt") == "[a] *b* <c>"
    assert r"\[a\] \*b\* \<c\>" in made["Markdown"]
    assert 'src="https://charts.example/embed/effort?' in made["iframe"]
    assert r"5\% " in made["BibTeX"]
    code = metadata_of(publish_view(database, view), view)["id"]
    assert all(code in made[name] for name in ("Citation", "APA", "BibTeX"))


def test_thirty_companies_render_in_every_format(database_of: Callable[..., Database]) -> None:
    database = database_of(*make_many(30))
    for form in FORMATS:
        if form != "zip":
            assert render_file(database, parse_view("effort", {"scale": "1"}), form)


@pytest.mark.parametrize("form", ["png", "pdf", "zip"])
@pytest.mark.parametrize(
    ("headline", "named"), [("漢字 told", "漢 (U+6F22), 字"), ("Well 😀", "😀 (U+1F600)"), ("שלום", "ש (U+05E9)")]
)
def test_painted_formats_refuse_letters_missing_from_our_fonts(
    database: Database, form: str, headline: str, named: str
) -> None:
    with pytest.raises(ExportError, match=r"svg, html or json, which keep them as text") as refused:
        render_file(database, view_of("effort", headline=headline), form)
    assert f"headline: our fonts do not have {named}" in str(refused.value)


@pytest.mark.parametrize("form", ["svg", "html", "json"])
def test_text_formats_accept_any_letters(database: Database, form: str) -> None:
    made = render_file(database, view_of("effort", headline="漢字 told"), form).decode()
    assert "漢字" in made or "\\u6f22\\u5b57" in made


def test_id_of_a_picture_made_before_new_charts_came_still_opens_its_view() -> None:
    view = ("fix_first", {"companies": ["AO.com"], "most": ["10"]})
    assert decode_view_id("abrb-vrea-mr4g-2r76-bufu-gqaa-a") == view


@pytest.mark.parametrize("chart", CHARTS)
def test_id_of_every_chart_leads_back_to_it(chart: str) -> None:
    assert decode_view_id(encode_view_id(chart, {"companies": ("AO.com",)})) == (chart, {"companies": ["AO.com"]})
