"""Touchpoint halls: the mean feeling of the halls of fame and shame at each touchpoint."""

from typing import TYPE_CHECKING, Any, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing, known
from cxdata.charts.kit.rows import group_rows
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.grammar import name_all, shown
from cxdata.text.formatting import format_count, format_number, format_signed

if TYPE_CHECKING:
    from cxdata.questions.rows import TouchpointHallsRow

Rows: TypeAlias = "list[TouchpointHallsRow]"

CHART = Declaration(
    question="touchpoint_halls",
    rows=("touchpoint",),
    drill_down={"touchpoint": "touchpoint", "hall": "hall"},
    measure="feeling",
    when_empty="No story here is in a hall, so there is nothing to compare",
)
HALLS = ("fame", "shame")


def headline(rows: Rows) -> Claim:
    """Name the touchpoint with the largest difference between the halls, and all touchpoints of a tie."""
    stories = max(row["story_count"] for row in rows)
    compared = [row for row in rows if row["difference"] is not None]
    if not compared:
        return Claim("unknown", _not_compared(rows), stories=stories)
    most = max(shown(abs(known(row["difference"]))) for row in compared)
    if not most:
        return Claim("tied", "The best and the worst rated feel alike at every touchpoint", (), (0.0,), stories)
    widest = [row for row in compared if shown(abs(known(row["difference"]))) == most]
    labels = tuple(dict.fromkeys(row["touchpoint_label"] for row in widest))
    if len(labels) > 1:
        sentence = f"{name_all(labels)} differ most: {format_number(most)} steps each"
        return Claim("tied", sentence, labels, (most,), stories)
    fame, shame = (format_signed(_of(widest, hall)["mean_feeling"]) for hall in HALLS)
    sentence = f"{labels[0]} differs most: {fame} at the best, {shame} at the worst"
    return Claim("described", sentence, labels, (most,), stories)


def subtitle(_: Rows) -> str:
    """Name the measure, and explain the n in brackets."""
    return "Mean feeling at each touchpoint, −5 to +5, by hall; in brackets the steps that state a feeling"


def describe(rows: Rows) -> str:
    """Say every figure, touchpoint by touchpoint; unknown and absent differ."""
    touchpoints = group_rows(rows, "touchpoint_label")
    parts = "; ".join(f"{label}: {_figure(pair)}" for label, pair in touchpoints.items())
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
            x=layers.feeling_axis("mean_feeling", "lost  ←  feeling  →  won"),
            color=_by_hall(alt.Color, [theme.fame, theme.shame]),
            shape=_by_hall(alt.Shape, ["circle", "diamond"]),
            tooltip=layers.tooltip(
                touchpoint="touchpoint_label",
                hall="hall",
                mean_feeling="mean_feeling:q",
                encounters_that_tell="feeling_count:q",
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


def _figure(pair: Rows) -> str:
    """Format as 'fame +4 (2) · shame −5 (1)', with words for a hall that is absent or unknown there."""
    met = {row["hall"]: row for row in pair}
    return " · ".join(
        f"{hall} {_format_feeling(met[hall]) if hall in met else 'not used in these stories'}" for hall in HALLS
    )


def _format_feeling(row: "TouchpointHallsRow") -> str:
    return (
        "silent"
        if row["mean_feeling"] is None
        else f"{format_signed(row['mean_feeling'])} ({format_number(row['feeling_count'])})"
    )


def _not_compared(rows: Rows) -> str:
    halls = {row["hall"] for row in rows}
    touchpoints = format_count(len({row["touchpoint"] for row in rows}), "touchpoint")
    if len(halls) == 1:
        return f"Only the hall of {halls.pop()} is here, over {touchpoints}: there is nothing to compare"
    return "No touchpoint here has stated feelings in both halls"
