"""Failure demand: the avoidable share of the contacts that customers started."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.rows import first_rows
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.fixes import claim_contacts
from cxdata.text.formatting import format_count, format_number

if TYPE_CHECKING:
    from cxdata.questions.rows import FailureDemandRow

Rows: TypeAlias = "list[FailureDemandRow]"

CHART = Declaration(
    title="Avoidable contacts",
    question="failure_demand",
    rows=("company",),
    drill_down={"company": "company", "demand": "demand"},
    measure="contacts",
    when_empty="No contact with staff was found in these stories",
    leaves_out_complaints=True,
)

KINDS = {"failure": "avoidable", "value": "needed"}
WHOLE = "datum.value == floor(datum.value) ? datum.label : ''"  # contacts are whole


def headline(rows: Rows) -> Claim:
    """Count the avoidable contacts over all companies."""
    companies = first_rows(rows, "company")
    avoidable, contacts, stories = (
        sum(row[name] for row in companies) for name in ("avoidable_contacts", "company_contacts", "company_stories")
    )
    return claim_contacts(avoidable, contacts, stories)


def subtitle(_: Rows) -> str:
    """Define a contact."""
    return "Contacts that customers started with staff, answered or not, by whether they were needed"


def describe(rows: Rows) -> str:
    """Say every figure, company by company."""
    parts = [
        f"{row['company']}: {_share(row)} avoidable, {_resolved(row)}, {_hours(row)}"
        for row in first_rows(rows, "company")
    ]
    return f"Bars of contacts, avoidable and needed, largest avoidable share first. {'. '.join(parts)}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a bar for each company, split into avoidable and needed."""
    order = list(dict.fromkeys(row["company"] for row in rows))
    bars = [
        row
        | {
            "kind": KINDS[row["demand"]],
            "from": 0 if row["demand"] == "failure" else row["avoidable_contacts"],
            "to": row["avoidable_contacts"] if row["demand"] == "failure" else row["company_contacts"],
        }
        for row in rows
    ]
    heads = [
        {
            "company": row["company"],
            "figure": f"{_share(row)} avoidable · {format_count(row['company_stories'], 'story')}",
            "detail": _resolved(row)
            + (
                ""
                if row["hours_per_story"] is None
                else f" · {_in_hours(row['hours_per_story'])} of effort per story (our estimate)"
            ),
        }
        for row in first_rows(rows, "company")
    ]
    marks = (
        alt.Chart(layers.data(bars, *CHART.drill_down, "kind", "contacts", "from", "to"))
        .mark_bar(height=12, cursor="pointer")
        .encode(
            y=layers.row_axis("company", order),
            x=alt.X(
                field="from",
                type="quantitative",
                title="contacts",
                scale=alt.Scale(zero=True, nice=False),
                axis=alt.Axis(grid=True, labelExpr=WHOLE, format="d", tickCount=6),
            ),
            x2=alt.X2(field="to"),
            color=alt.Color(
                field="kind",
                type="nominal",
                scale=alt.Scale(domain=["avoidable", "needed"], range=[theme.context, theme.felt]),
                legend=alt.Legend(orient="top", title=None, symbolType="square"),
            ),
            tooltip=layers.tooltip(company="company", contacts="contacts:q", demand="kind"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    return layers.new_layer(
        marks, *layers.row_heads(heads, "company", order, theme), height=layers.DETAILED * len(order)
    )


def _share(row: "FailureDemandRow") -> str:
    return f"{row['avoidable_contacts']} of {row['company_contacts']}"


def _hours(row: "FailureDemandRow") -> str:
    if row["hours"] is None:
        return "total effort unknown"
    return f"{_in_hours(row['hours'])} of effort in all (our estimate)"


def _in_hours(hours: float) -> str:
    figure = format_number(hours)
    return f"{figure} {'hour' if figure == '1' else 'hours'}"


def _resolved(row: "FailureDemandRow") -> str:
    if row["contacts_per_resolved"] is None:
        return "no request resolved"
    return f"{format_number(row['contacts_per_resolved'])} per resolved request"
