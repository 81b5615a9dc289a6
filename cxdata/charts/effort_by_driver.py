"""Effort by driver: company by company, of what kind the work is; what is done above, what is felt below."""

import altair as alt

from cxdata.charts import grid, parts
from cxdata.charts.theme import TEXT, Look
from cxdata.charts.types import Rows
from cxdata.words import count, listed, number, points

QUESTION = "effort_by_driver"
OPENS = ("company", "driver")
ROWS: tuple[str, ...] = ()
LARGEST = 28**2  # px²; the largest disc just fits its row and a phone's column


def headline(rows: Rows) -> str:
    """What the hardest company's work is made of."""
    first = [row for row in rows if row["company_order"] == 1]
    top = [row["driver_label"].lower() for row in first if row["points"] == first[0]["points"]]
    if first[0]["company_points"] == 0:
        return "No story here tells of work that the job did not need"
    alike = "alike" if len(top) > 1 else f"{first[0]['share']:.0%} of it"
    return f"At {first[0]['company']} most work is {listed(top, 3)}, {alike}"


def subtitle(_: Rows) -> str:
    """The measure and its unit."""
    return "Effort points a story by driver, to do above, to feel below (felt); blank: none found"


def describe(rows: Rows) -> str:
    """Company by company."""
    companies: dict[str, list[str]] = {}
    for row in rows:
        told = f"{row['driver_label']} {points(row['points_per_story'])} ({count(row['story_count'], 'story')})"
        companies.setdefault(row["company"], []).append(told)
    cells = "; ".join(f"{company}: {', '.join(told)}" for company, told in companies.items())
    return f"A grid of companies and drivers with a disc as large as the effort points of each cell. {cells}."


def draw(rows: Rows, look: Look) -> alt.LayerChart:
    """A disc a cell by its area, the number on it; felt effort lighter, and named so."""
    labelled = [
        row
        | {
            "driver_label": row["driver_label"] + (" (felt)" if row["kind"] == "feel" else ""),
            "label": number(row["points_per_story"]),
        }
        for row in rows
    ]
    x, y = grid.company(labelled), grid.row(labelled, look, "driver")
    most = max(row["points_per_story"] for row in rows)
    names = ("company", "driver", "driver_label", "points_per_story")
    discs = (
        alt.Chart(parts.data(labelled, *names, "kind", "events", "story_count"))
        .mark_circle(opacity=0.6, cursor="pointer")
        .encode(
            x=x,
            y=y,
            color=parts.kind_colour("kind", look),
            size=alt.Size(
                field="points_per_story",
                type="quantitative",
                legend=None,
                # area from zero, so that twice the work is twice the ink
                scale=alt.Scale(domain=[0, most or 1], range=[0, LARGEST]),
            ),
            tooltip=parts.tooltip(
                company="company",
                driver="driver_label",
                points_per_story="points_per_story:q",
                events="events:q",
                stories="story_count:q",
            ),
        )
        .add_params(parts.opens(OPENS))
    )
    numbers = (
        alt.Chart(parts.data(labelled, "company", "driver_label", "label"))
        .mark_text(fontSize=TEXT - 1, color=look.ink, opacity=grid.number_opacity(labelled), cursor="pointer")
        .encode(x=x, y=y, text=alt.Text(field="label", type="nominal"))
    )
    return parts.layered(discs, numbers, grid.company_heads(labelled, look), height=grid.height(labelled, "driver"))
