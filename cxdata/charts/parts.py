"""Pieces that charts share: a band scale of labelled rows, the line at zero, the click that opens stories."""

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt

from cxdata.charts.theme import TEXT, Look

ROW = 46  # px for a row that carries its label above its marks: nothing to cut on a phone
FEELING = alt.Scale(domain=[-5, 5], nice=False)


def data(rows: Iterable[dict[str, Any]], *names: str) -> alt.InlineData:
    """The named columns alone: what is not plotted does not leave with the chart."""
    return alt.InlineData(values=[{name: row[name] for name in names} for row in rows])


def row_axis(field: str, order: Sequence[str], title: str | None = None) -> alt.Y:
    """Rows in the given order, without an axis: `row_heads` writes their names above the marks."""
    return alt.Y(field=field, type="nominal", sort=list(order), axis=None, title=title, scale=alt.Scale(padding=0))


def row_heads(rows: Iterable[dict[str, Any]], field: str, order: Sequence[str], look: Look) -> list[alt.Chart]:
    """Above each row's marks its name from the left edge and its `figure` from the right: room for both on a phone."""
    heads = {row[field]: {field: row[field], "figure": row["figure"]} for row in rows}
    base = alt.Chart(alt.InlineData(values=list(heads.values()))).encode(y=row_axis(field, order))
    return [
        base.mark_text(align="left", baseline="middle", dy=-14, color=look.ink, fontWeight="bold", fontSize=TEXT).encode(
            x=alt.value(0), text=alt.Text(field=field, type="nominal")
        ),
        base.mark_text(align="right", baseline="middle", dy=-14, color=look.quiet, fontSize=TEXT).encode(
            x=alt.value("width"), text=alt.Text(field="figure", type="nominal")
        ),
    ]


def feeling_axis(field: str, title: str) -> alt.X:
    """The feeling scale, -5 to +5, with its ends in words."""
    return alt.X(
        field=field,
        type="quantitative",
        scale=FEELING,
        title=title,
        axis=alt.Axis(
            values=[-5, -2, 0, 2, 5],
            labelExpr="datum.value > 0 ? '+' + datum.value : datum.value < 0 ? '−' + (-datum.value) : '0'",
            grid=True,
            labelFlush=True,
        ),
    )


def hall_colour(field: str, look: Look) -> alt.Color:
    """Colour by hall, without a legend: position and words say it too."""
    return alt.Color(
        field=field,
        type="nominal",
        scale=alt.Scale(domain=["fame", "mixed", "shame"], range=[look.fame, look.context, look.shame]),
        legend=None,
    )


def opens(fields: Sequence[str], name: str = "opened") -> alt.Parameter:
    """The selection that a click on a mark makes: the page shows the stories behind these fields."""
    return alt.selection_point(name=name, fields=list(fields), on="click", empty=False)


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


def kind_colour(field: str, look: Look) -> alt.Color:
    """Effort to do is solid, effort to feel lighter; the figures say which in words."""
    return alt.Color(
        field=field,
        type="nominal",
        scale=alt.Scale(domain=["do", "feel"], range=[look.context, look.felt]),
        legend=None,
    )
