"""The axes of a grid: touchpoints or drivers down, companies across, with names that fit a phone."""

from textwrap import wrap

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Rows
from cxdata.charts.kit.theme import TEXT, Theme

CELL = 30  # px high
UPRIGHT = 104  # px; names above narrower columns are slanted
FEW = 8  # columns with room for a disc and a slanted name on a phone
STEEP = 17  # px; names above narrower columns are vertical, and smaller
NUMBERED = 25  # px; narrower cells have no number; the tooltip and the table have it


def company_axis(rows: Rows) -> alt.X:
    """Build the scale of columns: a company each, in the question's order."""
    return alt.X(
        field="company",
        type="nominal",
        title=None,
        axis=None,
        scale=alt.Scale(domain=_companies(rows), paddingInner=0.06, paddingOuter=0),
    )


def row_axis(rows: Rows, theme: Theme, name: str = "touchpoint") -> alt.Y:
    """Build the axis of rows by the column `name`, in the question's order, with labels on the left."""
    return alt.Y(
        field=f"{name}_label",
        type="nominal",
        title=None,
        axis=alt.Axis(grid=False, labelColor=theme.ink, labelLimit=200, labelPadding=8),
        scale=alt.Scale(domain=_labels(rows, name), paddingInner=0.12, paddingOuter=0),
    )


def company_heads(rows: Rows, theme: Theme) -> alt.Chart:
    """Write the companies' names above their columns: upright in two lines where they fit, else slanted."""
    names = _companies(rows)
    is_wide = f"width / {len(names)} > {UPRIGHT}"
    steep, is_many = f"width / {len(names)} < {STEEP}", len(names) > FEW
    heads: alt.Chart = (
        alt.Chart(
            layers.values(
                [{"company": name, "lines": wrap(name, 15, break_long_words=False) or [name]} for name in names]
            )
        )
        .mark_text(
            text=alt.ExprRef(f"{is_wide} ? datum.lines : datum.company"),
            angle=alt.ExprRef(f"{is_wide} ? 0 : {steep} ? 90 : 45" if is_many else f"{is_wide} ? 0 : 45"),
            align=alt.ExprRef(f"{is_wide} ? 'center' : 'right'"),
            limit=alt.ExprRef(f"{is_wide} ? {UPRIGHT} : 230"),
            baseline=alt.ExprRef(f"{steep} ? 'middle' : 'bottom'") if is_many else "bottom",
            lineHeight=TEXT + 3,
            color=theme.ink,
            fontSize=alt.ExprRef(f"{steep} ? {TEXT - 3} : {TEXT}") if is_many else TEXT,
        )
        .encode(x=company_axis(rows), y=alt.YValue(-7))
    )
    return heads


def number_opacity(rows: Rows) -> alt.ExprRef:
    """Hide the numbers where a column is too narrow for them."""
    return alt.ExprRef(f"width / {len(_companies(rows))} >= {NUMBERED} ? 1 : 0")


def column_of_many(rows: Rows) -> str:
    """Give the width of a column as another argument of min(), if there are more columns than fit a phone."""
    columns = len(_companies(rows))
    return f", 0.94 * width / {columns}" if columns > FEW else ""


def grid_height(rows: Rows, name: str = "touchpoint") -> int:
    """Return the height of the grid in px."""
    return CELL * len(_labels(rows, name))


def _companies(rows: Rows) -> list[str]:
    return list(dict.fromkeys(row["company"] for row in sorted(rows, key=lambda row: row["company_order"])))


def _labels(rows: Rows, name: str) -> list[str]:
    ordered = sorted(rows, key=lambda row: row[f"{name}_order"])
    return list(dict.fromkeys(row[f"{name}_label"] for row in ordered))
