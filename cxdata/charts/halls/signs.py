"""Signs: the share of stories in each hall that show each of the six signs of care."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.rows import first_rows
from cxdata.charts.kit.theme import TEXT, Theme
from cxdata.claims.claim import Claim
from cxdata.claims.grammar import name_all
from cxdata.text.formatting import format_count, format_number

if TYPE_CHECKING:
    from cxdata.questions.rows import SignsRow

Rows: TypeAlias = "list[SignsRow]"

CHART = Declaration(
    question="signs",
    rows=("sign",),
    drill_down={"sign": "sign", "hall": "hall"},
    measure="signs",
    when_empty="No story here is in a hall, so there is nothing to compare",
)
LINE = 24  # px for a line; a sign takes one for its name and one for each hall
BAR = 15


def headline(rows: Rows) -> Claim:
    """Count the signs that the best rated showed more often, of those that stories of both halls mention."""
    share = {(row["sign"], row["hall"]): row["shown_share"] for row in rows if row["told_count"]}
    both = [sign for sign in _labels(rows) if (sign, "fame") in share and (sign, "shame") in share]
    stories = sum(row["story_count"] for row in first_rows(rows, "hall"))
    if not both:
        return Claim("unknown", _not_compared(rows), stories=stories)
    more = [sign for sign in both if share[sign, "fame"] > share[sign, "shame"]]
    told = {hall: max(row["told_count"] for row in rows if row["hall"] == hall) for hall in ("fame", "shame")}
    resting = f"({format_count(told['fame'], 'story')} and {format_count(told['shame'], 'story')} mention one)"
    labels = [_labels(rows)[sign].lower() for sign in more]
    if not more:
        sentence = f"The best rated showed no sign of care more often than the worst {resting}"
    elif len(more) <= 2:
        sentence = f"The best rated more often showed {name_all(labels)} {resting}"
    else:
        sentence = (
            f"The best rated more often showed {format_number(len(more))} of {format_count(len(both), 'sign')} of care"
            f" {resting}"
        )
    return Claim("counted", sentence, (), (len(more), len(both)), stories)


def subtitle(_: Rows) -> str:
    """Explain the bars."""
    return "Share of each hall's stories: filled, the sign is shown; pale, it is not; dashed, unknown"


def describe(rows: Rows) -> str:
    """Say every figure, sign by sign and hall by hall."""
    parts = [f"{row['sign_label']}, {row['hall']}: shown in {_figure(row)}" for row in rows]
    return f"Bars of stories that show each sign, by hall. {'; '.join(parts)}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a bar for each sign and hall, of all stories of the hall: shown, not shown, unknown."""
    labels = _labels(rows)
    order = [line for sign in labels for line in (_line(sign, "name"), _line(sign, "fame"), _line(sign, "shame"))]
    y = alt.Y(
        field="line",
        type="nominal",
        title=None,
        scale=alt.Scale(domain=order, padding=0),
        axis=alt.Axis(
            labelExpr="split(datum.label, '/')[1] == 'name' ? '' : split(datum.label, '/')[1]",
            grid=False,
            labelPadding=8,
        ),
    )
    names = alt.Chart(
        layers.values([{"line": _line(sign, "name"), "sign_label": label} for sign, label in labels.items()])
    )
    figures = alt.Chart(
        layers.values(
            [
                {
                    "line": _line(row["sign"], row["hall"]),
                    "sign": row["sign"],
                    "hall": row["hall"],
                    "figure": _figure(row),
                }
                for row in rows
            ]
        )
    )
    return layers.new_layer(
        _bars(rows, y, theme),
        names.mark_text(
            align="left", baseline="middle", dy=3, color=theme.ink, fontWeight="bold", fontSize=TEXT
        ).encode(y=y, x=alt.XValue(0), text=alt.Text(field="sign_label", type="nominal")),
        figures.mark_text(align="left", baseline="middle", dx=10, color=theme.quiet, fontSize=TEXT).encode(
            y=y, x=alt.XValue("width"), text=alt.Text(field="figure", type="nominal")
        ),
        height=LINE * len(order),
    )


def _bars(rows: Rows, y: alt.Y, theme: Theme) -> alt.Chart:
    values = [
        {"line": _line(row["sign"], row["hall"]), "state": state, "from": start, "to": end, "stories": stories}
        | {name: row[name] for name in ("sign", "sign_label", "hall")}
        for row in rows
        for state, start, end, stories in (
            ("shown", 0, row["shown_of_all"], row["shown_count"]),
            ("not shown", row["shown_of_all"], row["told_of_all"], row["not_shown_count"]),
            ("not told", row["told_of_all"], 1, row["not_told_count"]),
        )
        if stories
    ]
    halls = alt.Scale(domain=["fame", "shame"], range=[theme.fame, theme.shame])
    silent = "datum.state == 'not told'"
    bars: alt.Chart = (
        alt.Chart(layers.values(values))
        .mark_bar(
            height=BAR,
            cursor="pointer",
            strokeWidth=1,
            fillOpacity=alt.ExprRef("datum.state == 'shown' ? 1 : datum.state == 'not shown' ? 0.16 : 0"),
        )
        .encode(
            y=y,
            x=alt.X(field="from", type="quantitative", axis=None, scale=alt.Scale(domain=[0, 1])),
            x2=alt.X2(field="to"),
            fill=alt.Fill(field="hall", type="nominal", scale=halls, legend=None),
            stroke=alt.condition(
                silent, alt.value(theme.context), alt.Stroke(field="hall", type="nominal", scale=halls, legend=None)
            ),
            strokeDash=alt.condition(silent, alt.value([3, 3]), alt.value([1, 0])),
            tooltip=layers.tooltip(sign="sign_label", hall="hall", sign_is="state", stories="stories:q"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    return bars


def _labels(rows: Rows) -> dict[str, str]:
    return {row["sign"]: row["sign_label"] for row in rows}


def _line(sign: str, part: str) -> str:
    return f"{sign}/{part}"


def _figure(row: "SignsRow") -> str:
    """Format as '3 of 3 · 1 silent': the stories that mention the sign, and the number of others."""
    shown = f"{format_number(row['shown_count'])} of {format_number(row['told_count'])}" if row["told_count"] else ""
    silent = f"{format_number(row['not_told_count'])} unknown" if row["not_told_count"] else ""
    return " · ".join(part for part in (shown, silent) if part)


def _not_compared(rows: Rows) -> str:
    halls = {row["hall"] for row in rows}
    if len(halls) == 1:
        hall = halls.pop()
        shown = len({row["sign"] for row in rows if row["shown_count"]})
        return (
            f"Only the hall of {hall} is here: its stories show {shown} of {format_count(len(_labels(rows)), 'sign')}"
        )
    return "No sign is mentioned by stories of both halls"
