"""Cost of failure: the cost of avoidable contacts, extra parcels and orders at risk, from and to."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import layers, ranges
from cxdata.charts.kit.declaration import Declaration, Drawing, known
from cxdata.charts.kit.rows import group_rows
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.fixes import Cost, claim_cost
from cxdata.text.formatting import format_count, format_pounds, join_parts

if TYPE_CHECKING:
    from cxdata.questions.rows import CostOfFailureRow

Rows: TypeAlias = "list[CostOfFailureRow]"

CHART = Declaration(
    title="Cost of failures",
    question="cost_of_failure",
    rows=("company", "item", "touchpoint", "outcome"),
    drill_down={
        "company": "company",
        "touchpoint": "touchpoint",
        "demand": "demand",
        "driver": "driver",
        "outcome": "outcome",
    },
    measure="cost",
    when_empty="No avoidable contact, extra parcel or order at risk was found",
    leaves_out_complaints=True,
)

MOST = 60  # rows in a picture; beyond it rows without a price are left out
NOUNS = {"contact": "avoidable contact", "parcel": "extra parcel", "order": "order"}


def headline(rows: Rows) -> Claim:
    """Give the cost at the reader's prices of the company that comes first, and of all with the same cost."""
    return claim_cost(
        [
            Cost(
                company,
                own[0]["company_low"],
                own[0]["company_high"],
                own[0]["company_stories"],
                any(row["high"] is None for row in own),
            )
            for company, own in group_rows(rows, "company").items()
        ]
    )


def subtitle(rows: Rows) -> str:
    """Name the measure, and say that prices are assumptions."""
    left_out = len(rows) - len(_shown(rows))
    unpriced = f"{format_count(left_out, 'row')} without a price only in the table" if left_out else ""
    scaled = "per 10,000 orders: at the rate that you entered" if any(map(_scaled, rows)) else ""
    return join_parts(["What failures cost the company in GBP per story, from and to", scaled, unpriced])


def describe(rows: Rows) -> str:
    """Say every figure, company by company and item by item."""
    parts = [join_parts([f"{row['company']}, {_head(row)}: {_figure(row)}", _scaled(row)]) for row in rows]
    return f"Bars of what failures cost per story, from and to, highest cost first. {'. '.join(parts)}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a bar for each item: solid to the lower end, pale from there to the higher."""
    rows = _shown(rows)
    drawn = [
        row
        | {
            "row": layers.row_key(row, CHART.rows),
            "head": _head(row),
            "detail": join_parts([row["company"], _scaled(row)]),
            "figure": _figure(row),
            "none": None if row["low"] is None else 0,
        }
        for row in rows
    ]
    x = alt.X(
        type="quantitative",
        title="GBP per story: solid at least, pale at most",
        scale=alt.Scale(zero=True, nice=False),
        axis=alt.Axis(grid=True, tickCount=5),
    )
    return ranges.draw_ranges(
        drawn,
        theme,
        "row",
        x,
        [ranges.Range("low", "high", theme.felt, 12), ranges.Range("none", "low", theme.context, 12)],
        None,
        tuple(CHART.drill_down),
        layers.tooltip(company="company", what="head", least="low:q", most="high:q", source="source"),
    )


def _shown(rows: Rows) -> Rows:
    """Choose all rows, or of more than `MOST` only those with a price, if any has one."""
    priced = [row for row in rows if row["high"] is not None]
    return rows if len(rows) <= MOST or not priced else priced


def _head(row: "CostOfFailureRow") -> str:
    counted = format_count(row["counted"], NOUNS[row["basis"]])
    if row["basis"] == "order":
        return f"{counted} that may be refunded"
    return f"{counted} by {row['item_label'].lower()}" if row["basis"] == "contact" else counted


def _figure(row: "CostOfFailureRow") -> str:
    priced = "not priced" if row["low"] is None else format_pounds(row["low"], known(row["high"]))
    return f"{priced} · {format_count(row['story_count'], 'story')}"


def _scaled(row: "CostOfFailureRow") -> str:
    if row["scaled_low"] is None:
        return ""
    return f"{format_pounds(row['scaled_low'], known(row['scaled_high']))} per 10,000 orders"
