"""Signs: the share of stories in each hall that show each of the six signs of care."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.rows import first_rows
from cxdata.charts.kit.theme import TEXT, Theme
from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree, uncapitalise
from cxdata.claims.halls import SignCount, claim_signs
from cxdata.text.formatting import format_number

if TYPE_CHECKING:
    from cxdata.questions.rows import SignsRow

Rows: TypeAlias = "list[SignsRow]"

CHART = Declaration(
    title="Signs of care",
    question="signs",
    rows=("sign",),
    drill_down={"sign": "sign", "hall": "hall"},
    measure="signs",
    when_empty="No story here is in a hall, so nothing can be compared",
)
LINE = 24  # px for a line; a sign takes one for its name and one for each hall
BAR = 15


def headline(rows: Rows) -> Claim:
    """Say how many stories of each hall mention signs, and how many of these signs the companies showed."""
    counts = {
        row["hall"]: SignCount(
            sum(each["shown_count"] for each in rows if each["hall"] == row["hall"]),
            sum(each["told_count"] for each in rows if each["hall"] == row["hall"]),
            row["mentioning_count"],
            row["story_count"],
            tuple(
                uncapitalise(each["sign_label"]) for each in rows if each["hall"] == row["hall"] and each["told_count"]
            ),
        )
        for row in first_rows(rows, "hall")
    }
    return claim_signs(counts)


def subtitle(_: Rows) -> str:
    """Explain the bars."""
    return "Share of the stories in each hall · filled: shown · pale: not shown · dashed: unknown"


def describe(rows: Rows) -> str:
    """Say every figure, sign by sign and hall by hall."""
    parts = [f"{row['sign_label']}, hall of {row['hall']}: {_described(row)}" for row in rows]
    return f"Bars of stories in which the company showed each sign, by hall. {'. '.join(parts)}."


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
            ("unknown", row["told_of_all"], 1, row["not_told_count"]),
        )
        if stories
    ]
    halls = alt.Scale(domain=["fame", "shame"], range=[theme.fame, theme.shame])
    unknown = "datum.state == 'unknown'"
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
                unknown, alt.value(theme.context), alt.Stroke(field="hall", type="nominal", scale=halls, legend=None)
            ),
            strokeDash=alt.condition(unknown, alt.value([3, 3]), alt.value([1, 0])),
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
    """Format as '3 of 3 · 1 unknown': the stories that mention the sign, and the number of others."""
    shown = f"{format_number(row['shown_count'])} of {format_number(row['told_count'])}" if row["told_count"] else ""
    unknown = f"{format_number(row['not_told_count'])} unknown" if row["not_told_count"] else ""
    return " · ".join(part for part in (shown, unknown) if part)


def _described(row: "SignsRow") -> str:
    if not row["told_count"]:
        return f"no story of {format_number(row['story_count'])} mentions it"
    mentioning = f"{format_number(row['told_count'])} that {agree(row['told_count'], 'mentions', 'mention')} it"
    unknown = f", unknown in {format_number(row['not_told_count'])}" if row["not_told_count"] else ""
    return f"shown in {format_number(row['shown_count'])} of {mentioning}{unknown}"
