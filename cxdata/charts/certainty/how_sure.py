"""How sure: each story as a dot, the mean, and its 95% interval from five stories on."""

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import layers, ranges
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.leaders import claim_leader
from cxdata.statistics.summaries import Sample, Summary
from cxdata.text.formatting import format_count, format_number, format_points, join_parts

if TYPE_CHECKING:
    from cxdata.questions.rows import HowSureRow

Rows: TypeAlias = "list[HowSureRow]"

CHART = Declaration(
    title="Margins of error",
    question="how_sure",
    rows=("company",),
    drill_down={"company": "company"},
    measure="effort_points",
    when_empty="The effort of these stories is unknown",
    about_work=True,
)

MOST_DOTS = 60  # stories of a company that the question lists; beyond it the interval suffices


def headline(rows: Rows) -> Claim:
    """Claim which company takes the most effort, or give the range."""
    return claim_leader({row["company"]: _sample(row) for row in rows})


def subtitle(rows: Rows) -> str:
    """Name the measure, and explain the bars."""
    few = f" up to {MOST_DOTS}" if any(row["points"] is None for row in rows) else ""
    bars = "bars: margin of error of the mean" if any(row["low"] is not None for row in rows) else ""
    return join_parts(["Effort points per story, lower is better", f"one dot per story{few}", bars])


def describe(rows: Rows) -> str:
    """Say every figure, company by company, and name overlapping margins of error."""
    parts = [f"{row['company']}: {_figure(row)}" for row in rows]
    alike = [
        f"{first['company']} and {second['company']}"
        for first, second in pairwise(row for row in rows if row["low"] is not None)
        if second["company"] in (first["alike"] or [])
    ]
    apart = f" Margins of error overlap: {', '.join(alike)}." if alike else ""
    return f"Dots of effort points, one per story, most effort first. {'. '.join(parts)}.{apart}"


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw interval, story dots and mean; a hollow diamond is a mean shrunk towards its sector."""
    order = [row["company"] for row in rows]
    drawn = [row | {"figure": _figure(row)} | _shorter(row) for row in rows]
    x = alt.X(
        type="quantitative",
        title="effort points" + (" · ◇ adjusted towards the sector" if _shrunk(rows) else ""),
        scale=alt.Scale(zero=True, nice=False),
        axis=alt.Axis(grid=True, tickCount=6),
    )
    y = layers.row_axis("company", order)
    dots = [{"company": row["company"], "told": value} for row in rows for value in row["points"] or ()]
    beneath = [
        alt.Chart(layers.values(dots or [{"company": order[0], "told": None}]))
        .mark_circle(size=70, color=theme.context, opacity=0.55)
        .encode(y=y, x=alt.X(field="told", type="quantitative"))
    ]
    above = []
    if _shrunk(rows):
        above.append(
            alt.Chart(layers.data(_shrunk(rows), "company", "shrunk_points"))
            .mark_point(shape="diamond", size=130, color=theme.ink, strokeWidth=2)
            .encode(y=y, x=alt.X(field="shrunk_points", type="quantitative"))
        )
    return ranges.draw_ranges(
        drawn,
        theme,
        "company",
        x,
        [ranges.Range("low", "high", theme.felt, 12)],
        "mean_points",
        tuple(CHART.drill_down),
        layers.tooltip(company="company", mean="mean_points:q", stories="story_count:q"),
        beneath,
        above,
    )


def _shrunk(rows: Rows) -> Rows:
    return [row for row in rows if row["shrunk_points"] is not None]


def _shorter(row: "HowSureRow") -> dict[str, str]:
    """Shorten the figure of a company with too many stories for a dot each, to leave room for its name."""
    points, _, _ = _figure(row).partition(" · ")
    return {"short": f"{points} · n {format_number(row['story_count'])}"} if row["points"] is None else {}


def _figure(row: "HowSureRow") -> str:
    stories = format_count(row["story_count"], "story")
    if row["low"] is None:
        return f"{format_points(row['mean_points'])} · {stories}"
    rank = ""
    if row["rank_low"] is not None:
        held = row["rank_low"] == row["rank_high"]
        rank = f" · rank {row['rank_low']}" + ("" if held else f"–{row['rank_high']}")
    return (
        f"{format_number(row['mean_points'])} ({format_number(row['low'])}–{format_number(row['high'])}) ·"
        f" {stories}{rank}"
    )


def _sample(row: "HowSureRow") -> Sample:
    """Give the points of a company's stories, or their summary where there are too many to list."""
    if row["points"] is not None:
        return row["points"]
    return Summary(
        row["story_count"], row["mean_points"], row["variance"] or 0.0, row["least_points"], row["most_points"]
    )
