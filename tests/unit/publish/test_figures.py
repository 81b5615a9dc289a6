"""The figures under a chart: every column has a heading in words, and every code its label."""

import re
from collections import Counter
from typing import Any

import duckdb
import pytest

from cxdata.charts import CHARTS
from cxdata.export.view import View
from cxdata.export.web.embed_page import render_embed
from cxdata.publish.charts import publish_chart
from cxdata.publish.figures import HEADINGS, UNSHOWN, describe_figures, format_figure, list_headings
from cxdata.questions.ask import find_question
from pages.ui.chart_card import _footer
from tests.fixtures.words.plain_english import AVOIDED

COLUMNS = {name: find_question(chart.CHART.question).columns for name, chart in CHARTS.items()}
CHOICES = {"left": "AO.com", "right": "Argos", "story": "ao-laptop", "job": "return_a_laptop"}
CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")


def test_every_column_of_a_chart_has_a_heading_or_is_left_out() -> None:
    asked = {column for columns in COLUMNS.values() for column in columns}
    assert asked - HEADINGS.keys() - UNSHOWN == set()
    assert (HEADINGS.keys() | UNSHOWN) - asked == set()
    assert HEADINGS.keys() & UNSHOWN == set()


def test_headings_are_plain_words() -> None:
    faults = [heading for heading in HEADINGS.values() if "_" in heading or any(p.search(heading) for p in AVOIDED)]
    assert faults == []


@pytest.mark.parametrize("chart", CHARTS)
def test_no_two_columns_of_a_table_have_one_heading(chart: str) -> None:
    counts = Counter(list_headings(COLUMNS[chart]).values())
    assert [heading for heading, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("chart", CHARTS)
def test_the_note_of_a_table_names_no_column(chart: str) -> None:
    question = find_question(CHARTS[chart].CHART.question)
    words = describe_figures(question.caution, question.columns)
    assert CODE.findall(words) == []
    assert "  " not in words


@pytest.mark.parametrize("chart", CHARTS)
def test_tables_of_a_chart_show_no_code(chart: str, database: duckdb.DuckDBPyConnection) -> None:
    needed = {"story"} if chart == "journey" else set()
    choices: dict[str, Any] = {
        name: value
        for name, value in CHOICES.items()
        if name in find_question(CHARTS[chart].CHART.question).parameters and (name != "story" or needed)
    }
    shown = publish_chart(database, chart, choices)
    for table in (_footer(shown), render_embed(shown, View(chart, choices))):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", table)
        assert cells or not shown.rows
        assert [cell for cell in cells if "http" not in cell and CODE.fullmatch(re.sub("<.*?>", "", cell))] == []


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("touchpoint", "ivr", "Phone menu, queue"),
        ("hall", "mixed", "in neither hall"),
        ("prevalence", 0.25, "25%"),
        ("points", [1.0, 2.5], "1 and 2.5"),
        ("failure_demand", True, "yes"),
        ("low", None, "not computed"),
        ("driver", "unheard_of", "unheard_of"),
    ],
)
def test_a_cell_is_in_words(column: str, value: object, words: str) -> None:
    assert format_figure(column, value) == words


def test_a_note_leaves_out_a_sentence_about_a_column_that_is_left_out() -> None:
    caution = "gap = prevalence x points. It is none of box_points. box has one. points are sums of story_count."
    columns = ("gap", "box", "box_points", "prevalence", "points", "story_count")
    assert describe_figures(caution, columns) == (
        "“promises broken less kept” = “share of stories” x points. Points are sums of “number of stories”."
    )
