"""Touchpoint halls: the mean feeling of the halls of fame and shame at each touchpoint."""

from typing import TYPE_CHECKING, Any, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.rows import group_rows
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.touchpoints import TouchpointFeeling, claim_one_hall, claim_touchpoints
from cxdata.text.formatting import format_number, format_signed

if TYPE_CHECKING:
    from cxdata.questions.rows import TouchpointHallsRow

Rows: TypeAlias = "list[TouchpointHallsRow]"

CHART = Declaration(
    title="Best and worst rated, by touchpoint",
    question="touchpoint_halls",
    rows=("touchpoint",),
    drill_down={"touchpoint": "touchpoint", "hall": "hall"},
    measure="feeling",
    when_empty="No story here is in a hall, so nothing can be compared",
)
HALLS = ("fame", "shame")


def headline(rows: Rows) -> Claim:
    """Name the touchpoint with the largest difference between the halls, and all touchpoints of a tie."""
    if len({row["hall"] for row in rows}) == 1:
        return claim_one_hall(rows[0]["hall"], max(row["story_count"] for row in rows))
    return claim_touchpoints(
        [
            TouchpointFeeling(label, _mean(pair, "fame"), _mean(pair, "shame"), sum(row["story_count"] for row in pair))
            for label, pair in group_rows(rows, "touchpoint_label").items()
        ]
    )


def subtitle(_: Rows) -> str:
    """Name the measure, and explain the n in brackets."""
    return "Mean feeling at each touchpoint, −5 to +5, by hall · in brackets: steps with a stated feeling"


def describe(rows: Rows) -> str:
    """Say every figure, touchpoint by touchpoint; unknown and absent differ."""
    touchpoints = group_rows(rows, "touchpoint_label")
    parts = ". ".join(f"{label}: {_figure(pair, 'not used in these stories')}" for label, pair in touchpoints.items())
    return f"Dots on a scale from −5 to +5, one for each hall, joined where both state a feeling. {parts}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a dumbbell for each touchpoint; fame is a disc, shame a diamond."""
    touchpoints = group_rows(rows, "touchpoint_label")
    order = list(touchpoints)
    y = layers.row_axis("touchpoint_label", order)
    heads = [{"touchpoint_label": label, "figure": _figure(pair)} for label, pair in touchpoints.items()]
    joined = [
        {
            "touchpoint_label": label,
            "fame": _of(pair, "fame")["mean_feeling"],
            "shame": _of(pair, "shame")["mean_feeling"],
        }
        for label, pair in touchpoints.items()
        if pair[0]["difference"] is not None
    ]
    bar = (
        alt.Chart(layers.values(joined))
        .mark_rule(strokeWidth=2, color=theme.context)
        .encode(y=y, x=alt.X(field="fame", type="quantitative", scale=layers.FEELING), x2=alt.X2(field="shame"))
    )
    dots = (
        alt.Chart(
            layers.data(
                [row for row in rows if row["mean_feeling"] is not None],
                *("touchpoint", "touchpoint_label", "hall", "mean_feeling", "feeling_count", "story_count"),
            )
        )
        .mark_point(filled=True, size=170, opacity=1, stroke=theme.background, strokeWidth=1.5, cursor="pointer")
        .encode(
            y=y,
            x=layers.feeling_axis("mean_feeling", "worse  ←  feeling  →  better"),
            color=_by_hall(alt.Color, [theme.fame, theme.shame]),
            shape=_by_hall(alt.Shape, ["circle", "diamond"]),
            tooltip=layers.tooltip(
                touchpoint="touchpoint_label",
                hall="hall",
                mean_feeling="mean_feeling:q",
                steps_with_a_feeling="feeling_count:q",
                stories="story_count:q",
            ),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    zero = alt.Chart(layers.values([{}])).mark_rule(color=theme.context).encode(x=alt.XDatum(0))
    return layers.new_layer(
        zero, bar, *layers.row_heads(heads, "touchpoint_label", order, theme), dots, height=layers.ROW * len(order)
    )


def _by_hall(channel: Any, values: list[str]) -> Any:
    # one legend for colour and shape: both have the same domain and title
    return channel(
        field="hall",
        type="nominal",
        scale=alt.Scale(domain=list(HALLS), range=values),
        legend=alt.Legend(orient="top", title=None, symbolSize=140),
    )


def _of(rows: Rows, hall: str) -> "TouchpointHallsRow":
    return next(row for row in rows if row["hall"] == hall)


def _mean(pair: Rows, hall: str) -> float | None:
    return next((row["mean_feeling"] for row in pair if row["hall"] == hall), None)


def _figure(pair: Rows, absent: str = "not used") -> str:
    """Format as 'fame +4 (2) · shame −5 (1)', with words for a hall that is absent or unknown there."""
    met = {row["hall"]: row for row in pair}
    return " · ".join(f"{hall} {_format_feeling(met[hall]) if hall in met else absent}" for hall in HALLS)


def _format_feeling(row: "TouchpointHallsRow") -> str:
    return (
        "not stated"
        if row["mean_feeling"] is None
        else f"{format_signed(row['mean_feeling'])} ({format_number(row['feeling_count'])})"
    )
