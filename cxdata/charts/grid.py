"""A grid of companies by touchpoints, that charts fill: touchpoints down, companies across, names that fit a phone."""

from textwrap import wrap

import altair as alt

from cxdata.charts.theme import TEXT, Look
from cxdata.charts.types import Rows

CELL = 30  # px high
NARROW = 118  # px; narrower columns have their company's name slanted
WITH_NUMBER = 25  # px; still narrower cells go without their number: the tooltip and the table have it


def company(rows: Rows) -> alt.X:
    """A column a company, in the question's order."""
    order = [row["company"] for row in sorted(rows, key=lambda row: row["company_order"])]
    return alt.X(
        field="company",
        type="nominal",
        title=None,
        axis=None,
        scale=alt.Scale(domain=list(dict.fromkeys(order)), paddingInner=0.06, paddingOuter=0),
    )


def touchpoint(rows: Rows) -> alt.Y:
    """A row a touchpoint, in the question's order, its name on the left."""
    order = [row["touchpoint_label"] for row in sorted(rows, key=lambda row: row["touchpoint_order"])]
    return alt.Y(
        field="touchpoint_label",
        type="nominal",
        title=None,
        axis=alt.Axis(grid=False, labelColor=look_free_ink(), labelLimit=200, labelPadding=8),
        scale=alt.Scale(domain=list(dict.fromkeys(order)), paddingInner=0.12, paddingOuter=0),
    )
