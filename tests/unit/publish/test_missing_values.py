"""What a missing value means: a decision for every figure of a chart that may be missing."""

from typing import get_args

import duckdb

from cxdata.charts import CHARTS, find_chart
from cxdata.publish.missing_values import (
    COMPUTED,
    NONE_MEANT,
    NOT_COMPUTED,
    NOT_MEANT,
    RATED,
    READ,
    describe_empty_cells,
    describe_missing,
)
from cxdata.questions import rows
from cxdata.questions.ask import ask_rows
from cxdata.questions.row_generator import row_name

# figures that a story or a publisher states
STATED = {
    "experience",
    "feeling",
    "highest_feeling",
    "left_experience",
    "lowest_feeling",
    "mean_feeling",
    "respondents",
    "right_experience",
    "shown_share",
    "year",
}
OPTIONAL = {
    name: kind
    for chart in CHARTS
    for name, kind in getattr(rows, row_name(find_chart(chart).CHART.question)).__annotations__.items()
    if type(None) in get_args(kind)
}


def test_every_figure_that_may_be_missing_says_why() -> None:
    figures = {name for name, kind in OPTIONAL.items() if {int, float} & set(get_args(kind))}
    assert figures - STATED - COMPUTED - READ - NOT_MEANT - RATED == set()
    assert {name: describe_missing(name) for name in STATED} == dict.fromkeys(STATED, "not stated")


def test_interval_is_not_computed_and_feeling_not_stated() -> None:
    assert [describe_missing(name) for name in ("low", "high", "variance", "p_value")] == ["not computed"] * 4
    assert describe_missing("feeling_label") == "not stated"
    assert describe_missing("effort_points") == "unknown"
    assert describe_missing("company_hall") == "not rated"


def test_files_say_what_their_empty_cells_mean() -> None:
    assert describe_empty_cells(["company", "low", "high", "effort_points", "box"]) == (
        "company: not stated; low, high: not computed; effort_points: unknown; box: does not apply"
    )


def test_funnel_without_limits_says_that_they_are_not_computed(database: duckdb.DuckDBPyConnection) -> None:
    first = ask_rows(database, "sector_funnel")[0]
    empty = {name for name, value in first.items() if value is None}
    assert {name: describe_missing(name) for name in empty} == dict.fromkeys(
        ("low_95", "high_95", "low_998", "high_998", "sector_experience", "within_variance", "between_variance"),
        NOT_COMPUTED,
    ) | {"side": NONE_MEANT}
