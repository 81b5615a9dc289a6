"""The payload for the browser holds the rows of the published specification, as named Arrow tables."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from cxdata.charts import CHARTS, find_chart
from cxdata.publish.charts import PublishedChart, publish_chart
from cxdata.questions.ask import find_question
from pages.ui.vega_payload import build_payload
from tests.fixtures.question_parameters import needed
from tests.fixtures.stories import make_many


def unpacked(spec: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Return the rows of each layer, inline or from Arrow, without null values."""
    found = []
    for layer in spec["layer"]:
        data = layer.get("data", {})
        rows = data.get("values", [])
        if "name" in data:
            with pa.ipc.open_stream(spec["datasets"][data["name"]]) as stream:
                rows = stream.read_all().to_pylist()
        found.append([{name: value for name, value in row.items() if value is not None} for row in rows])
    return found


def check(shown: PublishedChart) -> None:
    assert shown.spec
    before = json.dumps(shown.spec)
    sent = build_payload(shown)
    assert unpacked(sent) == unpacked(shown.spec)
    assert sent["datasets"], "no layer went as Arrow"
    bare = {**sent, "datasets": None, "layer": [{**layer, "data": None} for layer in sent["layer"]]}
    drawn = [
        {**layer, "data": None, "mark": {**layer["mark"], "aria": False}}  # hidden from screen readers
        for layer in shown.spec["layer"]
    ]
    assert bare == {**shown.spec, "datasets": None, "layer": drawn}
    assert json.dumps(shown.spec) == before, "the shared spec was changed"


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_payload_keeps_the_rows_of_shipped_stories(database: duckdb.DuckDBPyConnection, name: str) -> None:
    check(publish_chart(database, name, needed(find_chart(name).CHART.question)))


@pytest.mark.slow
def test_payload_keeps_the_rows_of_many_companies(database_of: Callable[..., duckdb.DuckDBPyConnection]) -> None:
    many = database_of(*make_many(40))
    shown = [
        publish_chart(many, name) for name, chart in CHARTS.items() if not find_question(chart.CHART.question).needs
    ]
    drawn = [each for each in shown if each.spec]
    assert len(drawn) > 12
    for each in drawn:
        check(each)


def make_published(database: duckdb.DuckDBPyConnection, *layers: list[dict[str, Any]]) -> PublishedChart:
    spec = {"layer": [{"mark": {"type": "point"}, "data": {"values": rows}} for rows in layers]}
    return replace(publish_chart(database, "effort"), spec=spec)


def test_layers_with_equal_rows_share_a_dataset(database) -> None:
    rows = [{"company": "Ardent", "points": 3}, {"company": "Bolder", "points": None}]
    sent = build_payload(
        make_published(database, rows, [dict(row) for row in rows], [{"company": "Ardent", "points": 4}])
    )
    first, second, third = (layer["data"]["name"] for layer in sent["layer"])
    assert first == second != third
    assert set(sent["datasets"]) == {first, third}


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([{"lines": ["Maker", "London"]}], id="lists"),
        pytest.param([{"step": 1}, {"step": "end"}], id="a number and a word"),
        pytest.param([{"kept": True}, {"kept": 1}], id="a truth and a number"),
        pytest.param([{"domain": {"from": 1}}], id="nested"),
        pytest.param([{}], id="a row of nothing"),
        pytest.param([], id="none"),
    ],
)
def test_rows_that_do_not_form_a_table_stay_inline(database, rows: list[dict[str, Any]]) -> None:
    sent = build_payload(make_published(database, rows))
    assert sent["layer"][0]["data"] == {"values": rows}
    assert "datasets" not in sent


def test_payload_keeps_large_numbers_and_many_words(database) -> None:
    rows = [{"word": f"word {n}", "number": n * 10**6} for n in range(40_000)] + [{"word": None, "number": None}]
    shown = make_published(database, rows, [{"number": 2**40}])
    assert unpacked(build_payload(shown)) == unpacked(shown.spec or {})
