"""Pieces that charts share: a band scale of labelled rows, the line at zero, the click that opens stories."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, cast

import altair as alt

from cxdata.charts.kit.declaration import Drawing, Row, Rows
from cxdata.charts.kit.theme import TEXT, Theme

ROOM = f"width - {TEXT * 0.5} * length(datum.figure) - 14"  # px that a row's figure leaves for its name
NARROW = 420  # px of a plot, as on a phone or in a column of a picture: a figure that has a shorter form takes it
ROW_HEADS = ("head", "figure", "short", "detail")
SHORTER = f"(width < {NARROW} && datum.short ? datum.short : datum.figure)"
DETAILED = 70  # px for a row whose label has a second line
ROW = 46  # px for a row that carries its label above its marks: nothing to cut on a phone
FEELING = alt.Scale(domain=[-5, 5], nice=False)
CLICKABLE_LAYER = "view_1"  # the name of the layer whose marks open stories on a click, see cxdata/publish/charts.py
SIGNED = "datum.value > 0 ? '+' + datum.value : datum.value < 0 ? '−' + (-datum.value) : '0'"


def new_layer(*layers: alt.Chart, height: float) -> Drawing:
    """The layers of one view, as every chart is drawn."""
    return Drawing(layers, height)


class Values:
    """Rows that Altair takes as one thing, for it copies and looks through all else, cell by cell, several times."""

    _schema: ClassVar[dict[str, str]] = {"type": "array"}

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def to_dict(self, *_: Any, **__: Any) -> Rows:
        """The rows."""
        return self._rows


def values(rows: Rows) -> alt.InlineData:
    """Rows as the data of one layer."""
    return alt.InlineData(values=cast(Any, Values(rows)))


def data(rows: Iterable[Row], *names: str) -> alt.InlineData:
    """The named columns alone: what is not plotted does not leave with the chart."""
    return values([{name: row[name] for name in names} for row in rows])


def row_key(row: Row, names: Iterable[str]) -> str:
    """Name a row by several columns, for a scale that takes one."""
    return "|".join(str(row[name]) for name in names)


def row_axis(field: str, order: Sequence[str], title: str | None = None) -> alt.Y:
    """Rows in the given order, without an axis: `row_heads` writes their names above the marks."""
    return alt.Y(
        field=field, type="nominal", sort=list(order), axis=None, title=title, scale=alt.Scale(type="band", padding=0)
    )


def range_line(rows: Rows, low: str, high: str, y: alt.Y, theme: Theme) -> alt.Chart:
    """Where the stories of a company lie that has too many for a dot each: a line from the least to the most."""
    line: alt.Chart = (
        alt.Chart(data(rows, "company", low, high, "story_count"))
        .mark_rule(color=theme.ink, strokeWidth=2)
        .encode(
            y=y,
            x=alt.X(field=low, type="quantitative"),
            x2=alt.X2(field=high),
            tooltip=tooltip(company="company", least=f"{low}:q", most=f"{high}:q", stories="story_count:q"),
        )
    )
    return line


def middle_half(rows: Rows, low: str, high: str, y: alt.Y, theme: Theme) -> alt.Chart:
    """Upon a `span`, where the middle half of those stories lies: the line grows thick."""
    bar: alt.Chart = (
        alt.Chart(data(rows, "company", low, high, "story_count"))
        .mark_rule(color=theme.ink, strokeWidth=5)
        .encode(
            y=y,
            x=alt.X(field=low, type="quantitative"),
            x2=alt.X2(field=high),
            tooltip=tooltip(company="company", a_quarter_at_most=f"{low}:q", three_quarters_at_most=f"{high}:q"),
        )
    )
    return bar


def row_heads(rows: Iterable[Row], field: str, order: Sequence[str], theme: Theme) -> list[alt.Chart]:
    """Above each row's marks its name from the left edge and its `figure` from the right: room for both on a phone.

    `head`, if there, is written for the name; `short`, if there, for the figure where there is little room. Rows with a
    `detail` have it on a line below; give them DETAILED px.
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
    """The feeling scale, -5 to +5, with its ends in words."""
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


def hall_colour(field: str, theme: Theme) -> alt.Color:
    """Colour by hall, without a legend: position and words say it too."""
    return alt.Color(
        field=field,
        type="nominal",
        scale=alt.Scale(domain=["fame", "mixed", "shame"], range=[theme.fame, theme.context, theme.shame]),
        legend=None,
    )


def tooltip(**fields: str) -> list[alt.Tooltip]:
    """Tooltips: title=field; a field that ends in :q is a number."""
    return [
        alt.Tooltip(
            field=field.removesuffix(":q"),
            type="quantitative" if field.endswith(":q") else "nominal",
            title=title.replace("_", " "),
        )
        for title, field in fields.items()
    ]


def kind_colour(field: str, theme: Theme) -> alt.Color:
    """Effort to do is solid, effort to feel lighter; the figures say which in words."""
    return alt.Color(
        field=field,
        type="nominal",
        scale=alt.Scale(domain=["do", "feel"], range=[theme.context, theme.felt]),
        legend=None,
    )
