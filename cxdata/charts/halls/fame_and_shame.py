"""Fame and shame: the experience of each story as a dot, by company."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.rows import first_rows, range_rows
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.halls import COMPANY_PLACES, Rating, SingleStory, claim_halls
from cxdata.text.formatting import format_count, format_signed, join_parts

if TYPE_CHECKING:
    from cxdata.questions.rows import FameAndShameRow

Rows: TypeAlias = "list[FameAndShameRow]"

CHART = Declaration(
    title="Experience by company",
    question="fame_and_shame",
    rows=("company",),
    drill_down={"story": "story"},
    measure="experience",
    when_empty="These stories do not say how the customer felt",
)


def headline(rows: Rows) -> Claim:
    """Name the companies of each hall, or describe single stories where no company is rated."""
    ratings = [
        Rating(row["company"], row["company_experience"], row["story_count"], row["company_hall"])
        for row in first_rows(rows, "company")
    ]
    singles = [SingleStory(row["company"], row["experience"]) for row in rows if row["story"] is not None]
    return claim_halls(ratings, singles)


def subtitle(rows: Rows) -> str:
    """Name the measure, explain the lines if there are any, and say from when companies are rated."""
    lines = "lines: from the worst story to the best" if range_rows(rows) else ""
    unrated = sum(row["company_hall"] is None for row in first_rows(rows, "company"))
    few = f"{format_count(unrated, 'company')} not rated: under 5 stories" if unrated else ""
    if any(row["hall_reason"] == "chosen by hall" for row in rows):
        few = "companies not rated: these stories were chosen by their hall"
    return join_parts(["Experience of each story, −5 to +5: mean of its strongest and last feeling", lines, few])


def describe(rows: Rows) -> str:
    """Say every figure, company by company."""
    parts = [_describe(row) for row in first_rows(rows, "company")]
    marks = (
        "Dots on a scale from −5 to +5, one per story" if len(rows) > len(range_rows(rows)) else "Lines from −5 to +5"
    )
    return f"{marks}. {'. '.join(parts)}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw dots on the scale of feeling, with the two halls as bands."""
    order = list(dict.fromkeys(row["company"] for row in rows))
    labelled = [
        row
        | {
            "figure": f"{format_signed(row['company_experience'])} · {format_count(row['story_count'], 'story')}",
            "company_hall": row["company_hall"] or layers.UNRATED,
        }
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
        x=layers.feeling_axis("experience", "worse  ←  experience  →  better"),
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


def _describe(row: "FameAndShameRow") -> str:
    place = COMPANY_PLACES[row["company_hall"]]
    mean = format_signed(row["company_experience"])
    return f"{row['company']}: {mean} over {format_count(row['story_count'], 'story')} ({place})"
