"""Layers, scales and axes that charts share: labelled rows, ranges, the feeling scale, tooltips."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, cast

import altair as alt

from cxdata.charts.kit.declaration import Drawing, Row, Rows
from cxdata.charts.kit.theme import TEXT, Theme

ROOM = f"width - {TEXT * 0.5} * length(datum.figure) - 14"  # px that a row's figure leaves for its name
NARROW = 420  # px; a narrower plot takes the short form of a figure, if there is one
ROW_HEADS = ("head", "figure", "short", "detail")
SHORTER = f"(width < {NARROW} && datum.short ? datum.short : datum.figure)"
DETAILED = 70  # px for a row whose label has a second line
ROW = 46  # px for a row with its label above its marks, so that a phone cuts nothing
FEELING = alt.Scale(domain=[-5, 5], nice=False)
CLICKABLE_LAYER = "view_1"  # layer whose marks open stories on a click, see cxdata/publish/charts.py
SIGNED = "datum.value > 0 ? '+' + datum.value : datum.value < 0 ? '−' + (-datum.value) : '0'"


def new_layer(*layers: alt.Chart, height: float) -> Drawing:
    """Build a drawing from the layers of one view."""
    return Drawing(layers, height)


class Values:
    """Rows that Altair leaves whole; it copies and checks any other list cell by cell, several times."""

    _schema: ClassVar[dict[str, str]] = {"type": "array"}

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def to_dict(self, *_: Any, **__: Any) -> Rows:
        """Return the rows."""
        return self._rows


def values(rows: Rows) -> alt.InlineData:
    """Wrap rows as the data of one layer."""
    return alt.InlineData(values=cast(Any, Values(rows)))


def data(rows: Iterable[Row], *names: str) -> alt.InlineData:
    """Wrap the named columns of the rows as data; other columns do not leave with the chart."""
    return values([{name: row[name] for name in names} for row in rows])


def row_key(row: Row, names: Iterable[str]) -> str:
    """Name a row by several columns, for a scale that takes one."""
    return "|".join(str(row[name]) for name in names)


def name_literal(name: object) -> str:
    """Write a name as a literal of a Vega expression, with "=" before it.

    Vega looks every text in an expression up among its signals, and would find what JavaScript has under the bare
    name `constructor`.
    """
    return json.dumps(f"={name}")


def row_axis(field: str, order: Sequence[str], title: str | None = None) -> alt.Y:
    """Build a scale of rows in the given order. It has no axis: `row_heads` writes the names above the marks."""
    # the domain says the order: for a sort, or a domain of its own, Vega groups rows in an object keyed by their names,
    # and fails at a company named `constructor`
    scale = alt.Scale(type="band", padding=0, domain=list(order))
    return alt.Y(field=field, type="nominal", axis=None, title=title, scale=scale)


def on_field(x: alt.X, field: str) -> alt.X:
    """Place a field on an axis that several marks share; the axis itself has no field."""
    placed: alt.X = x.copy(deep=False)
    placed["field"] = field
    return placed


def range_line(rows: Rows, low: str, high: str, y: alt.Y, theme: Theme) -> alt.Chart:
    """Draw a line from the least to the most of a company with too many stories for a dot each."""
    tips = tooltip(company="company", least=f"{low}:q", most=f"{high}:q", stories="story_count:q")
    return _rule(rows, low, high, y, tips, color=theme.ink, strokeWidth=2)


def middle_half(rows: Rows, low: str, high: str, y: alt.Y, theme: Theme) -> alt.Chart:
    """Draw the middle half of those stories as a thick line on top of `range_line`."""
    tips = tooltip(company="company", a_quarter_at_most=f"{low}:q", three_quarters_at_most=f"{high}:q")
    return _rule(rows, low, high, y, tips, color=theme.ink, strokeWidth=5)


def _rule(rows: Rows, low: str, high: str, y: alt.Y, tips: list[alt.Tooltip], **mark: Any) -> alt.Chart:
    rule: alt.Chart = (
        alt.Chart(data(rows, "company", low, high, "story_count"))
        .mark_rule(**mark)
        .encode(y=y, x=alt.X(field=low, type="quantitative"), x2=alt.X2(field=high), tooltip=tips)
    )
    return rule


def row_heads(rows: Iterable[Row], field: str, order: Sequence[str], theme: Theme) -> list[alt.Chart]:
    """Write each row's name (left) and `figure` (right) above its marks; both fit on a phone.

    A row may have `head`, its name in words, and `short`, a figure for a narrow plot. A row may have `detail`, a line
    below its name; give it DETAILED px.
    """
    heads = {
        row[field]: {"head": row[field]} | {key: row[key] for key in (field, *ROW_HEADS) if key in row} for row in rows
    }
    base = alt.Chart(values(list(heads.values()))).encode(y=row_axis(field, order))
    is_detailed = any("detail" in head for head in heads.values())
    above = -30 if is_detailed else -14

    def line(column: str, at: str | int, rise: int, **kind: Any) -> alt.Chart:
        text: alt.Chart = base.mark_text(baseline="middle", dy=rise, fontSize=TEXT, **kind)
        return text.encode(x=alt.XValue(at), text=alt.Text(field=column, type="nominal"))

    figure, room = line("figure", "width", above, align="right", color=theme.quiet), ROOM
    if any("short" in head for head in heads.values()):
        figure = base.mark_text(
            baseline="middle", dy=above, fontSize=TEXT, align="right", color=theme.quiet, text=alt.ExprRef(SHORTER)
        ).encode(x=alt.XValue("width"))
        room = ROOM.replace("datum.figure", SHORTER)
    lines = [
        # a long name gives way to the figure beside it
        line("head", 0, above, align="left", color=theme.ink, fontWeight="bold", limit=alt.ExprRef(room)),
        figure,
    ]
    return [*lines, line("detail", 0, above + 16, align="left", color=theme.quiet)] if is_detailed else lines


def feeling_axis(field: str, title: str) -> alt.X:
    """Build the axis of feeling, -5 to +5, with its ends in words."""
    return alt.X(
        field=field,
        type="quantitative",
        scale=FEELING,
        title=title,
        axis=alt.Axis(
            values=[-5, -2, 0, 2, 5],
            labelExpr=SIGNED,
            grid=True,
            labelFlush=True,
        ),
    )


UNRATED = "mixed"  # the hall whose colour a company without a rating has: a mark without a hall is not drawn


def hall_colour(field: str, theme: Theme) -> alt.Color:
    """Colour by hall, without a legend: position and words say it too."""
    return alt.Color(
        field=field,
        type="nominal",
        scale=alt.Scale(domain=["fame", "mixed", "shame"], range=[theme.fame, theme.context, theme.shame]),
        legend=None,
    )


def tooltip(**fields: str) -> list[alt.Tooltip]:
    """Build tooltips from title=field; a field that ends in :q is a number."""
    return [
        alt.Tooltip(
            field=field.removesuffix(":q"),
            type="quantitative" if field.endswith(":q") else "nominal",
            title=title.replace("_", " "),
        )
        for title, field in fields.items()
    ]


def kind_colour(field: str, theme: Theme) -> alt.Color:
    """Colour effort to do solid and effort to feel lighter; the figures say it in words too."""
    return alt.Color(
        field=field,
        type="nominal",
        scale=alt.Scale(domain=["do", "feel"], range=[theme.context, theme.felt]),
        legend=None,
    )
