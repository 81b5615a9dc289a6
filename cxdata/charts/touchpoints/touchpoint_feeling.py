"""Touchpoint feeling: the mean feeling of each company at each touchpoint."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import grid, layers
from cxdata.charts.kit.declaration import Declaration, Drawing, known
from cxdata.charts.kit.rows import group_rows
from cxdata.charts.kit.theme import TEXT, Theme
from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree, capitalise, name_all, shown, these_stories
from cxdata.text.formatting import format_count, format_signed

if TYPE_CHECKING:
    from cxdata.questions.rows import TouchpointFeelingRow

Rows: TypeAlias = "list[TouchpointFeelingRow]"

CHART = Declaration(
    question="touchpoint_feeling",
    rows=("touchpoint",),
    drill_down={"company": "company", "touchpoint": "touchpoint"},
    measure="feeling",
    when_empty="No touchpoint found in these stories",
)
REACH = 9  # colours are full at ±9, so that the number on them is readable at ±5, in light and dark


def headline(rows: Rows) -> Claim:
    """Give the range of feelings, with the cells at its ends; it describes these stories."""
    stated = [row for row in rows if row["mean_feeling"] is not None]
    stories = sum(max(row["story_count"] for row in group) for group in group_rows(rows, "company").values())
    if not stated:
        return Claim(
            "unknown", f"{capitalise(these_stories(stories))} {agree(stories, 'does', 'do')} not record feelings"
        )
    low, high = (end(shown(known(row["mean_feeling"])) for row in stated) for end in (min, max))
    if low == high:
        sentence = f"Feeling is {format_signed(high)} at every touchpoint that says"
        return Claim("described", sentence, (), (high,), stories)
    best, worst = ([row for row in stated if shown(known(row["mean_feeling"])) == end] for end in (high, low))
    sentence = f"Feelings range from {format_signed(low)} at {_named(worst)} to {format_signed(high)} at {_named(best)}"
    return Claim("described", sentence, tuple(row["company"] for row in (*worst, *best)), (low, high), stories)


def subtitle(rows: Rows) -> str:
    """Name the measure, and explain cells without a number."""
    silent = any(row["mean_feeling"] is None for row in rows)
    return "Mean feeling at each touchpoint, −5 to +5; " + (
        "dashed: feeling not stated; blank: no story has it" if silent else "blank: no story has it"
    )


def describe(rows: Rows) -> str:
    """Say every figure, company by company."""
    cells = "; ".join(
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
        "encounters": "encounter_count:q",
        "of_these_tell_a_feeling": "feeling_count:q",
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
    return f"{figure} ({format_count(row['encounter_count'], 'encounter')})"


def _named(cells: Rows) -> str:
    """Name one cell by touchpoint and company, of several the touchpoints, and of many their number."""
    if len(cells) == 1:
        return f"{cells[0]['touchpoint_label'].lower()} ({cells[0]['company']})"
    labels = list(dict.fromkeys(row["touchpoint_label"].lower() for row in cells))
    return name_all(labels) if len(labels) <= 2 else format_count(len(cells), "place")
