"""Every chart over companies with odd names: keys that JavaScript has built in, markup, quotes, other scripts."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import duckdb
import pytest

from cxdata.charts import CHARTS
from cxdata.export.formats import render_file
from cxdata.export.view import parse_view
from cxdata.publish.charts import publish_chart
from cxdata.questions.ask import find_question
from cxdata.store.build import create_schema
from cxdata.stories import Library, Story
from tests.fixtures.stories import make_story, step, work

NAMES = (
    "constructor",
    "__proto__",
    "toString",
    "length",
    "valueOf",
    "x" * 80,  # the longest that an import takes
    "שלום עולם",
    "🛒 Shop",
    "</script><b>",
    'It\'s "quoted" \\ `x`',
    "42",
    "NULL",
    "a|b",
)
UNDRAWN = ("agreement", "convergence")  # nobody coded these stories a second time or scored them in a survey
PLACED = ("x", "y", "xOffset", "yOffset", "color", "fill", "stroke", "shape", "strokeDash", "opacity")


def story_of(name: str, number: int) -> Story:
    driver = ("repeat_contact", "disputing", "worry", "channel_switch")[number % 4]
    return make_story(
        f"tale-{number}",
        step(number % 11 - 5, work(driver, times=number % 3 + 1)),
        step(number * 7 % 11 - 5, demand="failure"),
        step(touchpoint="delivery"),
        company=name,
        happened_on=f"20{10 + number % 4}-05",
        happened_basis="told",
        promises=[{"claim": name, "kept": ("kept", "broken")[number % 2], "evidence": "Told.", "locator": "end"}],
        signs=[{"sign": "easy_to_reach", "shown": number % 2 == 0}],
    )


@pytest.fixture(scope="module")
def odd(codebook: Any) -> duckdb.DuckDBPyConnection:
    """Two stories of each name."""

    connection = duckdb.connect(":memory:")
    stories = tuple(story_of(name, number) for number, name in enumerate(NAMES * 2))
    create_schema(connection, Library(stories), codebook)
    return connection


def choices(chart: str, left: str = NAMES[0], right: str = NAMES[1]) -> dict[str, str]:
    asked = {"story": "tale-0", "job": "buy_a_laptop", "left": left, "right": right}
    return {name: asked[name] for name in find_question(CHARTS[chart].CHART.question).needs}


def encodings(spec: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for layer in spec["layer"]:
        yield from layer.get("encoding", {}).items()


@pytest.mark.parametrize("chart", sorted(CHARTS))
@pytest.mark.parametrize("form", ["svg", "html"])
def test_charts_draw_companies_with_odd_names(chart: str, form: str, odd: duckdb.DuckDBPyConnection) -> None:
    view = parse_view(chart, choices(chart))
    if chart in UNDRAWN:
        assert publish_chart(odd, chart, view.choices).spec is None
        return
    made = render_file(odd, view, form).decode()
    # a number that is none, and not the letters of an id
    assert form == "html" or not re.search(r"[\s\"',(]NaN\b", made)
    assert "</script><b>" not in made


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_of_companies_names_each_of_them(name: str, database_of: Callable[..., Any]) -> None:
    few = database_of(story_of(name, 1), story_of("Acme", 2))
    shown = publish_chart(few, "fame_and_shame")
    assert {row["company"] for row in shown.rows} == {name, "Acme"}
    assert render_file(few, parse_view("fame_and_shame", {"highlight": name}), "png").startswith(b"\x89PNG")


@pytest.mark.parametrize("chart", sorted(CHARTS))
def test_charts_leave_no_grouping_by_names_to_vega(chart: str, odd: duckdb.DuckDBPyConnection) -> None:
    """Vega keys plain objects by what it groups, sorts or gathers a domain of; a name there may be a built-in one."""
    spec = publish_chart(odd, chart, choices(chart)).spec or {"layer": []}
    for channel, encoding in encodings(spec):
        if not isinstance(encoding, dict):
            continue
        assert "aggregate" not in encoding
        assert not isinstance(encoding.get("sort"), list), channel
        if channel in PLACED and encoding.get("type") in ("nominal", "ordinal"):
            domain = (encoding.get("scale") or {}).get("domain")
            assert domain, (channel, encoding)
            # a legend of two channels looks the names of their domain up
            assert channel in ("x", "y") or encoding.get("legend", {}) is None or not set(domain) & set(NAMES), channel
    assert '"aggregate"' not in json.dumps([layer.get("transform") for layer in spec["layer"]])
