"""Journey: the steps of one story from top to bottom, on the scale of feeling."""

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.journey_layout import (
    AIR,
    HEAD,
    LEFT,
    LINE,
    RIGHT,
    Step,
    connect_steps,
    feeling_words,
    format_aside,
    lay_out,
    text_height,
)
from cxdata.charts.kit.theme import TEXT, Theme
from cxdata.claims.claim import Claim
from cxdata.claims.touchpoints import Moment, claim_journey
from cxdata.text.formatting import format_count, format_effort, format_signed, join_parts

if TYPE_CHECKING:
    from cxdata.questions.rows import JourneyRow

Rows: TypeAlias = "list[JourneyRow]"

CHART = Declaration(
    title="One story, step by step",
    question="journey",
    rows=("step",),
    drill_down={"story": "story", "step": "step"},
    measure="feeling",
    when_empty="This story has no steps for that job",
)

MOST = 120  # steps drawn; a browser's canvas ends at some 32,000 px
REACH = 6  # the scale ends one step beyond ±5, so that no dot is cut
PADDING = 8  # px that the config of every chart leaves free above and below


def headline(rows: Rows) -> Claim:
    """Say how the feeling moved, and between which touchpoints."""
    moments = [Moment(row["step"], row["touchpoint_label"], row["feeling"]) for row in rows]
    return claim_journey(rows[0]["company"], moments, rows[0]["read_feeling"] != "none")


def subtitle(rows: Rows) -> str:
    """Name the measure, and say whose feeling it is."""
    cut = f"the first {MOST} of {len(rows)} steps" if len(rows) > MOST else format_count(len(rows), "step")
    return f"How one customer felt at each step, −5 to +5 · {cut}"


def describe(rows: Rows) -> str:
    """Say every figure, step by step."""
    parts = [
        f"Step {row['step']}, {row['touchpoint_label']}: {row['short']}, "
        + join_parts([feeling_words(row), *format_aside(row)]).replace(" · ", ", ")
        for row in rows
    ]
    return f"A line through {format_count(len(rows), 'step')} at {rows[0]['company']}. {'. '.join(parts)}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a dot for a stated feeling and a hollow mark for an unknown one. A line joins the stated ones."""
    steps = lay_out(rows[:MOST])
    height = steps[-1].y + text_height(steps[-1].words) / 2 + AIR / 2
    y = alt.Y(field="y", type="quantitative", axis=None, scale=alt.Scale(domain=[height, 0], nice=False, zero=False))
    # an axis would take height from the words, whose lines have fixed places
    x = alt.X(field="x", type="quantitative", axis=None, scale=alt.Scale(domain=[-REACH, REACH], nice=False))
    mood = alt.Color(
        field="mood",
        type="nominal",
        scale=alt.Scale(domain=["good", "neutral", "bad"], range=[theme.fame, theme.context, theme.shame]),
        legend=None,
    )
    scale = [
        alt.Chart(layers.values([{"x": at, "y": HEAD, "y2": height} for at in places]))
        .mark_rule(color=colour, strokeWidth=1)
        .encode(x=x, y=y, y2=alt.Y2(field="y2"))
        for places, colour in (((-5, 5), theme.grid), ((0,), theme.context))
    ]
    ends = [{"x": at, "y": HEAD - LINE * 0.75, "text": format_signed(at)} for at in (-5, 0, 5)]
    heads = (
        alt.Chart(layers.values([{"x": 0, "y": LINE * 0.75, "text": "worse  ←  feeling  →  better"}, *ends]))
        .mark_text(baseline="middle", fontSize=TEXT, color=theme.quiet)
        .encode(x=x, y=y, text=alt.Text(field="text", type="nominal"))
    )
    lines = [
        alt.Chart(layers.values(connect_steps(steps, dashed)))
        .mark_line(color=theme.context, strokeWidth=2, strokeDash=[2, 5] if dashed else [1, 0], strokeCap="round")
        .encode(
            x=x,
            y=y,
            order=alt.Order(field="order", type="quantitative"),
            detail=alt.Detail(field="stretch", type="nominal"),
        )
        for dashed in (False, True)
    ]
    dots = [_dot(step) for step in steps]
    stated = alt.Chart(layers.values([dot for dot in dots if dot["mood"] != "silent"]))
    silent = alt.Chart(layers.values([dot for dot in dots if dot["mood"] == "silent"]))
    figures = [
        stated.transform_filter(f"datum.inward == {side}")
        .mark_text(dx=11 * side, align=_align(side), baseline="middle", fontSize=12, color=theme.quiet)
        .encode(x=x, y=y, text=alt.Text(field="figure", type="nominal"))
        for side in (LEFT, RIGHT)
    ]
    styles: tuple[tuple[str, int, Literal["bold", "normal"], str], ...] = (
        ("touchpoint", TEXT, "bold", theme.ink),
        ("short", TEXT, "normal", theme.ink),
        ("aside", 12, "normal", theme.quiet),
    )
    words = [
        alt.Chart(
            layers.values(
                [
                    {name: word[name] for name in ("x", "y", "text")}
                    for step in steps
                    for word in step.words
                    if (word["side"], word["role"]) == (side, role)
                ]
            )
        )
        .mark_text(dx=12 * side, align=_align(side), baseline="middle", fontSize=size, fontWeight=weight, color=colour)
        .encode(x=x, y=y, text=alt.Text(field="text", type="nominal"))
        for side in (LEFT, RIGHT)
        for role, size, weight, colour in styles
    ]
    tips = layers.tooltip(step="step:q", touchpoint="touchpoint", what="short", feeling="told", effort="effort")
    marks = [
        stated.mark_circle(size=190, opacity=1, stroke=theme.background, strokeWidth=2).encode(x=x, y=y, color=mood),
        silent.mark_point(size=110, filled=True, fill=theme.background, stroke=theme.context, strokeWidth=1.8).encode(
            x=x, y=y
        ),
    ]
    # the target for a finger is larger than the visible dot
    targets = (
        alt.Chart(layers.values(dots))
        .mark_circle(size=620, opacity=0, cursor="pointer")
        .encode(x=x, y=y, tooltip=tips)
        .properties(name=layers.CLICKABLE_LAYER)
    )
    drawn: list[alt.Chart] = [*scale, heads, *lines, *marks, *figures, *words, targets]
    return layers.new_layer(*drawn, height=height + PADDING)


def _dot(step: Step) -> dict[str, Any]:
    feeling = step.row["feeling"]
    mood = "silent" if feeling is None else "good" if feeling > 0 else "bad" if feeling < 0 else "neutral"
    return {
        "story": step.row["story"],
        "step": step.row["step"],
        "touchpoint": step.row["touchpoint_label"],
        "short": step.row["short"],
        "told": feeling_words(step.row),
        "effort": format_effort(step.row["effort_points"]),
        "x": feeling or 0,  # an unknown feeling is a hollow mark at 0, never a dot
        "y": step.y,
        "mood": mood,
        "figure": "" if feeling is None else format_signed(feeling),
        "inward": LEFT if (feeling or 0) >= 0 else RIGHT,
    }


def _align(side: int) -> Literal["left", "right"]:
    return "right" if side == LEFT else "left"
