"""Effort: effort points of each story, to do and to feel, with companies in order."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.rows import first_rows, group_rows, range_rows
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.leaders import claim_leader
from cxdata.statistics.summaries import Sample, Summary
from cxdata.text.formatting import MINUTES_PER_POINT, format_count, format_number, format_points, join_parts

if TYPE_CHECKING:
    from cxdata.questions.rows import EffortRow

Rows: TypeAlias = "list[EffortRow]"

CHART = Declaration(
    title="Effort by company",
    question="effort",
    rows=("company",),
    drill_down={"story": "story"},
    measure="effort_points",
    when_empty="The effort of these stories is unknown",
    about_work=True,
)

DOT_FIELDS = ("company", "story", "title", "effort_points", "assumed_points", "do_points", "feel_points")


def headline(rows: Rows) -> Claim:
    """Claim which company takes the most effort, or give the range."""
    return claim_leader({company: _sample(stories) for company, stories in group_rows(rows, "company").items()})


def subtitle(rows: Rows) -> str:
    """Name the measure and its unit, and explain the lines if there are any."""
    lines = "line: least to most, thick: middle half" if range_rows(rows) else ""
    worth = f"10 points: about {10 * MINUTES_PER_POINT} minutes (our estimate)"
    return join_parts(["Effort points per story, lower is better", worth, lines])


def describe(rows: Rows) -> str:
    """Say every figure, company by company."""
    seen = {
        row[
            "company"
        ]: f"{row['company']}: {format_points(row['company_points'])} over {format_count(row['story_count'], 'story')}"
        for row in rows
    }
    marks = "one dot per story" if len(rows) > len(range_rows(rows)) else "with the range of the stories"
    return f"Bars of effort points, to do and to feel, {marks}, most effort first. {'. '.join(seen.values())}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a bar for each company, split into to do and to feel, with its stories as dots."""
    companies = first_rows(rows, "company")
    order = [row["company"] for row in companies]
    bars = [
        {"company": row["company"], "kind": kind, "from": start, "to": end}
        for row in companies
        for kind, start, end in (
            ("to do", 0, row["company_do"]),
            ("to feel", row["company_do"], row["company_points"]),
        )
    ]
    large = range_rows(companies)
    named = [
        {
            "company": row["company"],
            "figure": join_parts([_worth(row["company_points"]), format_count(row["story_count"], "story")]),
        }
        # a count of thousands would leave too little room for the name
        | (
            {"short": f"{format_number(row['company_points'])} · {format_count(row['story_count'], 'story')}"}
            if row in large
            else {}
        )
        for row in companies
    ]
    y = layers.row_axis("company", order)
    single = [row for row in rows if row["story"] is not None]
    bar = (
        alt.Chart(layers.values(bars))
        .mark_bar(height=12)
        .encode(
            y=y,
            x=alt.X(field="from", type="quantitative"),
            x2=alt.X2(field="to"),
            color=alt.Color(
                field="kind",
                type="nominal",
                scale=alt.Scale(domain=["to do", "to feel"], range=[theme.context, theme.felt]),
                legend=alt.Legend(orient="top", title=None, symbolType="square"),
            ),
        )
    )
    dots = (
        alt.Chart(layers.data(single, *DOT_FIELDS))
        .mark_circle(size=150, color=theme.ink, opacity=1, stroke=theme.background, strokeWidth=1.5, cursor="pointer")
        .encode(
            y=y,
            x=alt.X(
                field="effort_points",
                type="quantitative",
                title="effort points",
                scale=alt.Scale(domain=[0, max(row["most_points"] for row in rows) or 1]),
                axis=alt.Axis(grid=True, tickCount=6),
            ),
            tooltip=layers.tooltip(
                story="title",
                points="effort_points:q",
                to_do="do_points:q",
                to_feel="feel_points:q",
                on_usual_minutes="assumed_points:q",
            ),
        )
    )
    ranges = range_rows(rows)
    spans = [layers.range_line(ranges, "least_points", "most_points", y, theme)] if ranges else []
    halves = [layers.middle_half(ranges, "lower_points", "upper_points", y, theme)] if ranges else []
    if single:
        dots = dots.properties(name=layers.CLICKABLE_LAYER)
    else:
        spans = [span.properties(name=layers.CLICKABLE_LAYER) for span in spans]
    heads = layers.row_heads(named, "company", order, theme)
    return layers.new_layer(bar, *spans, *halves, *heads, dots, height=layers.ROW * len(order))


def _worth(company_points: float) -> str:
    return format_points(company_points) if company_points else "no effort found"


def _sample(rows: Rows) -> Sample:
    """Give the points of a company's stories, or their summary where there are too many to list."""
    row = rows[0]
    if row["story"] is not None:
        return [row["effort_points"] for row in rows]
    return Summary(
        row["story_count"],
        row["company_points"],
        row["company_variance"] or 0.0,
        row["least_points"],
        row["most_points"],
    )
