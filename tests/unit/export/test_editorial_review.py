"""Remarks of the editorial review, case by case."""

import pytest

from cxdata.charts import CHARTS
from cxdata.export.editorial_review import review_view
from cxdata.export.picture.contrast import colour_difference, contrast_ratio
from cxdata.export.view import parse_view
from cxdata.publish.charts import publish_chart
from cxdata.questions.ask import find_question
from tests.fixtures.large_databases import Stock, make_large
from tests.fixtures.stories import make_many


@pytest.fixture
def remarks(database):
    def of(chart="effort", **asked):
        view = parse_view(chart, asked)
        return review_view(publish_chart(database, chart, view.choices, view.picture.theme), view)

    return of


def said(remarks, level=None):
    return " ".join(remark.text for remark in remarks if level in (None, remark.level))


def test_review_stops_a_headline_that_ranks_a_company_with_one_story(remarks):
    assert "One story cannot rank a company" in said(remarks(headline="AO.com is the worst of all"), "stop")


def test_review_accepts_a_headline_about_one_story(remarks):
    assert said(remarks(headline="In this story AO.com took the most effort"), "stop") == ""


def test_review_warns_of_a_ranking_without_names(remarks):
    assert "cannot rank" in said(remarks(headline="The hardest shops of the year"), "warn")


def test_review_warns_of_sweeping_words(remarks):
    assert "not how often" in said(remarks(headline="Shops never answer the phone"), "warn")


def test_review_stops_an_accusation_not_attributed_to_the_customer(remarks):
    assert "accuses" in said(remarks(headline="AO.com is breaking the law"), "stop")
    assert "accuses" not in said(remarks(headline="AO.com is breaking the law, this customer says"))


def test_review_warns_of_numbers_missing_from_the_chart(remarks):
    assert "73" in said(remarks(headline="AO.com takes 73 points"), "warn")
    assert "29.5" not in said(remarks(headline="AO.com takes 29.5 points"))


def test_review_stops_an_empty_headline(database):
    view = parse_view("effort", {})
    shown = publish_chart(database, "effort")
    bare = type(view.picture)(**(vars(view.picture) | {"headline": ""}))
    assert "no headline" in said(review_view(shown, type(view)(view.chart, view.choices, bare, view.scale)), "stop")


def test_review_names_characters_missing_from_our_fonts(remarks):
    assert "'漢'" in said(remarks(headline="漢 and the rest"), "stop")


def test_review_warns_of_right_to_left_text(remarks):
    assert "right to left" in said(remarks(headline="שלום AO.com"), "warn")


def test_review_warns_of_a_headline_of_many_lines(remarks):
    assert "lines at this size" in said(remarks(headline="word " * 55), "warn")


def test_review_checks_a_transparent_picture_on_a_black_page(remarks):
    assert "black page" in said(remarks(transparent="1"), "warn")
    assert "hard to read" not in said(remarks())


def test_review_warns_of_small_labels(remarks):
    assert "px high" in said(remarks("touchpoint_feeling", preset="blog"), "warn")
    assert "px high" not in said(remarks("effort", preset="portrait"))


def test_review_notes_hand_picked_stories_and_one_author(remarks):
    assert "We chose these stories" in said(remarks(), "note")
    assert "one author" in said(remarks(), "note")


def test_review_lists_the_gravest_remarks_first(remarks):
    order = {"stop": 0, "warn": 1, "note": 2}
    levels = [order[remark.level] for remark in remarks(headline="AO.com is the worst scam", transparent="1")]
    assert levels == sorted(levels)


def test_review_warns_when_a_low_picture_leaves_out_rows(database_of):
    view = parse_view("effort", {"preset": "900x400"})
    assert "has no room for" in said(review_view(publish_chart(database_of(*make_many(30)), "effort"), view), "warn")


@pytest.fixture(scope="module")
def crowded(codebook):
    """Some companies with too many stories for a dot each beside others with few, and too many stories in all."""
    return make_large(Stock(2_100, 20, encounters=2, events=2), codebook)


@pytest.mark.parametrize("chart", sorted(CHARTS))
def test_review_reads_charts_of_companies_with_few_and_many_stories(chart, crowded):
    needs = find_question(CHARTS[chart].CHART.question).needs
    pair = {"left": "The tale company 0", "right": "The tale company 1"}
    asked = {"story": "tale-0", "job": "buy_a_laptop"} | pair
    view = parse_view(chart, {name: asked[name] for name in needs} | {"headline": "The hardest shops took 7316 steps"})
    shown = publish_chart(crowded, chart, view.choices)
    if shown.rows:
        assert "7316" in said(review_view(shown, view), "warn")


def test_review_compares_companies_with_few_and_many_stories(crowded):
    view = parse_view("effort", {"headline": "The hardest shops"})
    assert "and 17 more overlap" in said(review_view(publish_chart(crowded, "effort"), view), "warn")


def test_contrast_ratio_matches_wcag_examples():
    assert contrast_ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast_ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_colour_difference_covers_colour_blindness():
    for eye in ("normal", "protan", "deutan", "tritan"):
        assert colour_difference("#0072b2", "#d55e00", eye) > 20
    assert colour_difference("#a05a00", "#5a7d00", "deutan") < 20
