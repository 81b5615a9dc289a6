"""Declarations of charts: compared with their questions, with `stories_behind` and with the drawn marks."""

import re
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import duckdb
import pytest

from cxdata.charts import CHARTS, Chart, discover
from cxdata.charts.kit.measures import MEASURES
from cxdata.charts.kit.theme import LIGHT
from cxdata.errors import ChartError
from cxdata.publish.charts import publish_chart, stories_scope
from cxdata.publish.declarations import declaration_faults
from cxdata.questions.ask import ask_rows, list_questions
from cxdata.questions.definitions import definitions
from pages.studio.gallery import title_of
from tests.fixtures.question_parameters import needed
from tests.fixtures.words.plain_english import find_faults

Rows = list[dict[str, Any]]
NAMES = sorted(CHARTS)
ABOUT_WORK = {"effort", "effort_by_driver", "effort_sources", "how_sure", "rank_stability", "touchpoint_effort"}


def declared(name: str, **changes: Any) -> Chart:
    """Return the chart with its declaration changed."""
    return cast(Chart, SimpleNamespace(CHART=replace(CHARTS[name].CHART, **changes)))


@pytest.mark.parametrize("name", NAMES)
def test_declarations_fit_their_questions(name: str) -> None:
    assert declaration_faults(CHARTS[name]) == []
    assert CHARTS[name].CHART.when_empty


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"drill_down": {"story": "year"}},
            r"^drill_down of 'story': parameter 'year' is unknown. Question stories_behind has: .*company",
        ),
        (
            {"drill_down": {"storey": "story"}},
            r"^drill_down field 'storey' is unknown\. Did you mean story\? Question effort has: ",
        ),
        ({"drill_down": {}}, r"^drill_down is empty"),
        ({"drill_down": {"story": "job", "company": "job"}}, r"^drill_down fills 'job' from 2 fields"),
        ({"rows": ("firm",)}, r"^rows: column 'firm' is unknown. Question effort has: "),
        ({"measure": "efort_points"}, r"^measure 'efort_points' is unknown\. Did you mean effort_points\?"),
        ({"measure": "experience"}, r"^about_work is set, and 'experience' measures feeling"),
    ],
)
def test_wrong_declaration_is_reported_with_the_choices(changes: dict[str, Any], fault: str) -> None:
    (found,) = declaration_faults(declared("effort", **changes))
    assert re.search(fault, found), found


MODULE = """
from cxdata.charts.kit.declaration import Declaration

CHART = Declaration(question="effort", rows=(), drill_down={}, measure="effort_points", when_empty="Nothing")
headline = subtitle = describe = draw = print
"""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("describe = ", "", "has no function describe. A chart has: headline, subtitle, describe, draw"),
        ("headline = subtitle = ", "", "has no function headline, subtitle. A chart has: "),
        ("draw = print", "draw = 'bars'", "has no function headline, subtitle, describe, draw. A chart has: "),
        ("CHART =", "CHARTS =", "has no CHART that is a Declaration"),
        ("CHART =", "CHART = lambda:", "has no CHART that is a Declaration"),
    ],
)
def test_chart_that_lacks_a_part_is_refused_with_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, fault: str
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    name = f"invented_{uuid4().hex}"  # an import is kept by name
    path = tmp_path / name / "loud.py"
    path.parent.mkdir()
    path.write_text(MODULE, "utf-8")
    assert list(discover([str(path.parent)], f"{name}.")) == ["loud"]
    sys.modules.pop(f"{name}.loud")
    path.write_text(MODULE.replace(old, new), "utf-8")
    with pytest.raises(ChartError, match=re.escape(f"{path}: {fault}")):
        discover([str(path.parent)], f"{name}.")


def test_about_work_marks_the_charts_that_compare_effort() -> None:
    assert {name for name in NAMES if CHARTS[name].CHART.about_work} == ABOUT_WORK


@pytest.mark.parametrize("measure", MEASURES)
def test_measures_are_defined_in_sql_and_drawn(measure: str) -> None:
    assert MEASURES[measure].defined_by in {*definitions(), *list_questions()}
    assert any(chart.CHART.measure == measure for chart in CHARTS.values())


@pytest.mark.parametrize("name", NAMES)
def test_click_on_any_row_finds_stories(name: str, database: duckdb.DuckDBPyConnection) -> None:
    published = publish_chart(database, name, needed(CHARTS[name].CHART.question))
    for row in published.rows[:5]:
        scope = stories_scope(published, row)
        found = ask_rows(database, "stories_behind", scope)
        assert found or not row.get("story_count", 1), scope


def test_click_on_a_comparison_filters_by_both_companies(database: duckdb.DuckDBPyConnection) -> None:
    published = publish_chart(database, "head_to_head", needed("head_to_head"))
    row = published.rows[0]
    assert stories_scope(published, row) == {
        "job": row["job"],
        "driver": row["driver"],
        "companies": ("AO.com", "Argos"),
        "known": "effort",
        "story_kind": "customer_story",
    }
    assert stories_scope(published, row | {"right_company": None})["companies"] == ("AO.com",)


def test_click_keeps_the_filters_of_its_chart(database: duckdb.DuckDBPyConnection) -> None:
    published = publish_chart(database, "effort", {"halls": ["shame"], "weights": ["worry:2"]})
    scope = {"halls": ["shame"], "story": "ao-laptop", "story_kind": "customer_story"}
    assert stories_scope(published, {"story": "ao-laptop"}) == scope


def drawn_height(chart: Chart, rows: Rows) -> float:
    return chart.draw(rows, LIGHT).height


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_declared_rows_identify_each_row_of_marks(
    name: str, answers: dict[str, Rows], drawn_from: dict[str, Rows]
) -> None:
    """Each key is one row of the picture: without any one key the picture is lower, by the same height."""
    chart = CHARTS[name]
    names = chart.CHART.rows
    for rows in filter(None, (answers[name], drawn_from[name])):
        keys = list(dict.fromkeys(tuple(row[column] for column in names) for row in rows))
        if not names or len(keys) < 2:
            continue
        height = drawn_height(chart, rows)
        without = [
            drawn_height(chart, [row for row in rows if tuple(row[column] for column in names) != key])
            for key in (keys[0], keys[len(keys) // 2], keys[-1])
        ]
        assert max(without) < height
        # the height of a journey's step depends on its text
        assert len(set(without)) == 1 or name == "journey"


def test_titles_differ_and_use_the_words_of_readers() -> None:
    titles = [title_of(chart) for chart in CHARTS]
    assert len(set(titles)) == len(titles)
    assert [fault for title in titles for fault in find_faults(title)] == []
    assert [title for title in titles if "onvergence" in title or "emand" in title] == []
