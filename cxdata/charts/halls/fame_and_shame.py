"""Fame and shame: the experience of each story as a dot, by company."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.rows import first_rows, range_rows
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree, name_all
from cxdata.text.formatting import format_count, format_signed

if TYPE_CHECKING:
    from cxdata.questions.rows import FameAndShameRow

Rows: TypeAlias = "list[FameAndShameRow]"

CHART = Declaration(
    question="fame_and_shame",
    rows=("company",),
    drill_down={"story": "story"},
    measure="experience",
    when_empty="These stories do not say how the customer felt",
)


def headline(rows: Rows) -> Claim:
    """Name the companies of each hall, in no order within a hall."""
    halls = {hall: tuple(_companies(rows, hall)) for hall in ("fame", "shame")}
    stories = sum(row["story_count"] for row in first_rows(rows, "company"))
    named = [
        f"{name_all(names)} {agree(len(names), 'is', 'are')} in the hall of {hall}"
        for hall, names in halls.items()
        if names
    ]
    sentence = ", ".join(named) or "No company here is in a hall: experiences stay near neutral"
    return Claim("described", sentence, (*halls["fame"], *halls["shame"]), (), stories)


def subtitle(rows: Rows) -> str:
    """Name the measure, and explain the lines if there are any."""
    lines = "; a line: from the worst story to the best" if range_rows(rows) else ""
    return f"Experience of each story, mean of its peak and end feeling, −5 to +5{lines}"


def describe(rows: Rows) -> str:
    """Say every figure, company by company."""
    seen: dict[str, str] = {}
    for row in rows:
        seen[row["company"]] = (
            f"{row['company']} {format_signed(row['company_experience'])} over"
            f" {format_count(row['story_count'], 'story')} ({row['company_hall']})"
        )
    marks = "Dots on a scale from −5 to +5, one a story" if len(rows) > len(range_rows(rows)) else "Lines from −5 to +5"
    return f"{marks}. {'; '.join(seen.values())}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw dots on the scale of feeling, with the two halls as bands."""
    order = list(dict.fromkeys(row["company"] for row in rows))
    labelled = [
        row | {"figure": f"{format_signed(row['company_experience'])} · {format_count(row['story_count'], 'story')}"}
        for row in rows
    ]
    base = alt.Chart(
        layers.data(labelled, "company", "story", "title", "experience", "hall", "company_experience", "company_hall")
    ).encode(y=layers.row_axis("company", order))
    bands = [
        alt.Chart(layers.values([{"from": start, "to": end}]))
        .mark_rect(color=colour)
        .encode(x=alt.X(field="from", type="quantitative"), x2=alt.X2(field="to"))
        for start, end, colour in ((-5, -2, theme.shame_band), (2, 5, theme.fame_band))
    ]
    single = [row for row in labelled if row["story"] is not None]
    stem = base.mark_rule(strokeWidth=2).encode(
        x=alt.X(field="company_experience", type="quantitative"),
        x2=alt.X2Datum(0),
        color=layers.hall_colour("company_hall", theme),
    )
    dots = base.mark_circle(size=170, opacity=0.95, stroke=theme.background, strokeWidth=1.5, cursor="pointer").encode(
        x=layers.feeling_axis("experience", "contempt  ←  experience  →  gratitude"),
        color=layers.hall_colour("hall", theme),
        tooltip=layers.tooltip(story="title", company="company", experience="experience:q"),
    )
    zero = alt.Chart(layers.values([{}])).mark_rule(color=theme.context).encode(x=alt.XDatum(0))
    y = layers.row_axis("company", order)
    spans = (
        [layers.range_line(range_rows(rows), "worst_experience", "best_experience", y, theme)]
        if range_rows(rows)
        else []
    )
    if single:
        dots = dots.properties(name=layers.CLICKABLE_LAYER)
    else:
        spans = [span.properties(name=layers.CLICKABLE_LAYER) for span in spans]
    heads = layers.row_heads(labelled, "company", order, theme)
    return layers.new_layer(*bands, zero, stem, *spans, *heads, dots, height=layers.ROW * len(order))


def _companies(rows: Rows, hall: str) -> list[str]:
    return list(dict.fromkeys(row["company"] for row in rows if row["company_hall"] == hall))
