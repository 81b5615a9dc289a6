"""Touchpoint effort: company by touchpoint, where the work comes from."""

import altair as alt

from cxdata.charts import grid, parts
from cxdata.charts.theme import TEXT, Look
from cxdata.charts.types import Rows
from cxdata.words import count, listed, number, points, work_time

QUESTION = "touchpoint_feeling"
OPENS = ("company", "touchpoint")
ROWS: tuple[str, ...] = ()
LARGEST = 28**2  # px²; the disc of the cell with most work just fits its row and a phone's column


def headline(rows: Rows) -> str:
    """The cell with most work, with ties said."""
    most = max(row["points_per_story"] for row in rows)
    if most == 0:
        return "At no touchpoint did these accounts tell of needless work"
    top = [row for row in rows if row["points_per_story"] == most]
    where = listed([f"{row['touchpoint_label'].lower()} ({row['company']})" for row in top], 2)
    each = " each" if len(top) > 1 else ""
    return f"Most needless work comes at {where}: {work_time(most)} worth{each}"


def subtitle(_: Rows) -> str:
    """The measure and its unit."""
    return "Effort points a story, 1 point about five minutes of needless work; 0: none found; blank: not met"


def describe(rows: Rows) -> str:
    """Company by company."""
    companies: dict[str, list[str]] = {}
    for row in rows:
        told = f"{row['touchpoint_label']} {points(row['points_per_story'])}"
        companies.setdefault(row["company"], []).append(f"{told} ({count(row['story_count'], 'story')})")
    cells = "; ".join(f"{company}: {', '.join(told)}" for company, told in companies.items())
    return f"A grid of companies and touchpoints with a disc as large as the effort points of each cell. {cells}."


def draw(rows: Rows, look: Look) -> alt.LayerChart:
    """A disc a cell by its area, the number on it; a bare 0 where the touchpoint made no work."""
    x, y = grid.company(rows), grid.row(rows, look)
    labelled = [row | {"label": number(row["points_per_story"])} for row in rows]
    names = ("company", "touchpoint", "touchpoint_label", "points_per_story")
    most = max(row["points_per_story"] for row in rows)
    discs = (
        alt.Chart(parts.data(rows, *names, "encounter_count", "story_count"))
        .mark_circle(color=look.context, opacity=0.45, cursor="pointer")
        .encode(
            x=x,
            y=y,
            size=alt.Size(
                field="points_per_story",
                type="quantitative",
                legend=None,
                # area from zero, so that twice the work is twice the ink; a grid without work has no discs at all
                scale=alt.Scale(domain=[0, most or 1], range=[0, LARGEST]),
            ),
            tooltip=parts.tooltip(
                company="company",
                touchpoint="touchpoint_label",
                points_per_story="points_per_story:q",
                encounters="encounter_count:q",
                stories="story_count:q",
            ),
        )
        .add_params(parts.opens(OPENS))
    )
    numbers = (
        alt.Chart(parts.data(labelled, *names, "label"))
        .mark_text(fontSize=TEXT - 1, opacity=grid.number_opacity(rows), cursor="pointer")
        .encode(
            x=x,
            y=y,
            text=alt.Text(field="label", type="nominal"),
            color=alt.condition("datum.points_per_story > 0", alt.value(look.ink), alt.value(look.quiet)),
        )
    )
    return parts.layered(discs, numbers, grid.company_heads(rows, look), height=grid.height(rows))
