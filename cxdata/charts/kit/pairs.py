"""The claim and the axis that charts of two companies share."""

from typing import TYPE_CHECKING

import altair as alt

from cxdata.charts.kit.declaration import known
from cxdata.claims.claim import Claim
from cxdata.claims.pairs import Side, Step, claim_pair

if TYPE_CHECKING:
    from cxdata.questions.rows import HeadToHeadRow


def pair_claim(rows: "list[HeadToHeadRow]") -> Claim:
    """State the difference, and the effort types that make it."""
    row = rows[0]
    steps = [
        Step(known(each["driver_label"]).lower(), known(each["difference"])) for each in rows if each["difference"]
    ]
    return claim_pair(
        Side(row["left_company"], row["left_total"], row["left_stories"] or 0, row["left_variance"]),
        Side(row["right_company"], row["right_total"], row["right_stories"] or 0, row["right_variance"]),
        steps,
    )


def effort_axis(field: str) -> alt.X:
    """Build the axis of effort points per story, from zero."""
    return alt.X(
        field=field,
        type="quantitative",
        title="effort points per story",
        scale=alt.Scale(zero=True, nice=False),
        axis=alt.Axis(grid=True, tickCount=6),
    )
