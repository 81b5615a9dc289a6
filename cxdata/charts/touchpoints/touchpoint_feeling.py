"""Touchpoint feeling: the mean feeling of each company at each touchpoint."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import grid, layers
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.rows import first_rows, group_rows
from cxdata.charts.kit.theme import TEXT, Theme
from cxdata.claims.claim import Claim
from cxdata.claims.touchpoints import Cell, claim_feeling_cells
from cxdata.text.formatting import format_count, format_signed, join_parts

if TYPE_CHECKING:
    from cxdata.questions.rows import TouchpointFeelingRow

Rows: TypeAlias = "list[TouchpointFeelingRow]"

CHART = Declaration(
    title="Feelings by touchpoint",
    question="touchpoint_feeling",
    rows=("touchpoint",),
    drill_down={"company": "company", "touchpoint": "touchpoint"},
    measure="feeling",
    when_empty="These stories name no touchpoint",
    is_blank=lambda rows: not any(row["feeling_count"] for row in rows),
)
REACH = 9  # colours are full at ±9, so that the number on them is readable at ±5, in light and dark


def headline(rows: Rows) -> Claim:
    """Give the range of feelings, with the cells at its ends."""
    cells = [Cell(row["company"], row["touchpoint_label"], row["mean_feeling"], row["feeling_count"]) for row in rows]
    companies = first_rows(rows, "company")
    stories, read = (sum(row[column] for row in companies) for column in ("company_stories", "company_read"))
    return claim_feeling_cells(cells, stories, read)


def subtitle(rows: Rows) -> str:
    """Name the measure, and explain cells without a number."""
    silent = any(row["mean_feeling"] is None for row in rows)
    return join_parts(
        [
            "Mean feeling at each touchpoint, −5 to +5",
            "dashed: feeling not stated" if silent else "",
            "blank: no story has it",
        ]
    )


def describe(rows: Rows) -> str:
    """Say every figure, company by company."""
    cells = ". ".join(
        f"{company}: {', '.join(_cell(row) for row in group)}" for company, group in group_rows(rows, "company").items()
    )
    return f"A grid of companies and touchpoints with the mean feeling in each cell. {cells}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Colour cells from vermilion to blue. A neutral cell has a 0, a cell without a feeling a dashed edge."""
    x, y = grid.company_axis(rows), grid.row_axis(rows, theme)
    labelled = [row | {"label": format_signed(row["mean_feeling"], "")} for row in rows]
    names = ("company", "touchpoint", "touchpoint_label")
    stated = [row for row in rows if row["mean_feeling"] is not None]
    counted = (*names, "encounter_count", "feeling_count", "story_count")
    tips = {
        "company": "company",
        "touchpoint": "touchpoint_label",
        "steps": "encounter_count:q",
        "steps_with_a_stated_feeling": "feeling_count:q",
        "stories": "story_count:q",
    }
    cells = (
        alt.Chart(layers.data(stated, *counted, "mean_feeling"))
        .mark_rect(cursor="pointer", strokeWidth=1, stroke=theme.grid)
        .encode(
            x=x,
            y=y,
            fill=alt.Fill(
                field="mean_feeling",
                type="quantitative",
                legend=None,
                scale=alt.Scale(
                    domain=[-REACH, 0, REACH],
                    range=[theme.shame, theme.background, theme.fame],
                    interpolate="rgb",
                    clamp=True,
                ),
            ),
            tooltip=layers.tooltip(**tips, mean_feeling="mean_feeling:q"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    # a separate layer: Vega-Lite drops marks whose colour has no value
    silent = (
        alt.Chart(layers.data([row for row in rows if row["mean_feeling"] is None], *counted))
        .mark_rect(fill="transparent", stroke=theme.context, strokeDash=[3, 3], strokeWidth=1, cursor="pointer")
        .encode(x=x, y=y, tooltip=layers.tooltip(**tips))
    )
    numbers = (
        alt.Chart(layers.data([row for row in labelled if row["label"]], *names, "label"))
        .mark_text(fontSize=TEXT - 1, color=theme.ink, opacity=grid.number_opacity(rows), cursor="pointer")
        .encode(x=x, y=y, text=alt.Text(field="label", type="nominal"))
    )
    return layers.new_layer(cells, silent, numbers, grid.company_heads(rows, theme), height=grid.grid_height(rows))


def _cell(row: "TouchpointFeelingRow") -> str:
    figure = f"{row['touchpoint_label']} {format_signed(row['mean_feeling'], 'not stated')}"
    return f"{figure} ({format_count(row['encounter_count'], 'step')})"
