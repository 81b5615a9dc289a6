"""Workbooks, read back: figures as numbers, unknown apart from 0, no formulas, and every column defined."""

import io
from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from cxdata.export import workbook
from cxdata.export.formats import publish_view, render_file
from cxdata.export.view import parse_view
from cxdata.publish.figures import list_headings
from tests.fixtures.stories import make_story, step

Database = duckdb.DuckDBPyConnection


def read(data: bytes) -> tuple[list[list[Any]], list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["Figures", "Definitions"]
    figures, definitions = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    return figures, definitions


@pytest.mark.parametrize("chart", ["effort", "what_to_fix", "promise_gap", "experience_over_time", "agreement"])
def test_workbook_has_the_figures_of_the_page_and_defines_each_column(database: Database, chart: str) -> None:
    view = parse_view(chart, {})
    published = publish_view(database, view)
    figures, definitions = read(render_file(database, view, "xlsx"))
    headings = list_headings(published.columns)
    assert figures[0] == list(headings.values())
    assert len(figures) == len(published.rows) + 1
    for cells, row in zip(figures[1:], published.rows, strict=True):
        for cell, column in zip(cells, headings, strict=True):
            value = row[column]
            if value is None:
                assert cell == "", "unknown is an empty cell"
            elif isinstance(value, int | float) and not isinstance(value, bool):
                assert cell == pytest.approx(value), column
    told = {str(row[0]): [str(cell) for cell in row[1:]] for row in definitions}
    assert told["Finding"][0] == published.headline
    assert told["Source"][0] == published.source_line
    for column, heading in headings.items():
        name, _, empty = told[heading][:3]
        assert name == column
        assert empty


def test_unknown_and_none_stay_apart(database: Database) -> None:
    figures, _ = read(render_file(database, parse_view("effort", {}), "xlsx"))
    points = figures[0].index("effort points")
    found = {row[figures[0].index("company")]: row[points] for row in figures[1:]}
    assert found["Argos"] == 0.0
    low = figures[0].index("low end") if "low end" in figures[0] else None
    assert low is None or figures[1][low] == ""


def test_no_text_runs_as_a_formula_or_is_cut_in_silence(
    database_of: Callable[..., Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "LONGEST", 40)
    long = "many words " * 6
    effort = {"driver": "worry", "times": 1, "evidence": "It says so.", "locator": "line 2"}
    stories = [
        make_story("one", step(3, effort), title="=1+1", company="+Acme"),
        make_story("two", step(2, effort), title=long.strip(), company="@Sum"),
    ]
    with database_of(*stories) as connection:
        data = render_file(connection, parse_view("effort", {}), "xlsx")
    figures, _ = read(data)
    cells = {str(cell) for row in figures for cell in row}
    assert {"=1+1", "+Acme", "@Sum"} <= cells
    assert f"{long[:39]}…" in cells
    assert b"<f>" not in data
