"""A grid of discs by the effort points of each cell, for effort_by_driver and touchpoint_effort."""

import altair as alt

from cxdata.charts.kit import grid, layers
from cxdata.charts.kit.declaration import Drawing, Row, Rows
from cxdata.charts.kit.rows import group_rows
from cxdata.charts.kit.theme import TEXT, Theme
from cxdata.text.formatting import format_count, format_number, format_points

NAMES = {"driver": "effort_type"}  # what readers call a column
DIGIT = 6.5  # px; the widest digit of a number
WIDEST = 28  # px; the largest disc just fits its row and a column on a phone


def describe_grid(rows: Rows, name: str, noun: str) -> str:
    """Say every figure, company by company; the column `{name}_label` names a row of the grid."""

    def cell(row: Row) -> str:
        points = f"{row[f'{name}_label']} {format_points(row['points_per_story'])}"
        return f"{points} ({format_count(row['story_count'], 'story')})"

    cells = ". ".join(
        f"{company}: {', '.join(map(cell, group))}" for company, group in group_rows(rows, "company").items()
    )
    return f"A grid of companies and {noun} with a disc as large as the effort points of each cell. {cells}."


def draw_discs(rows: Rows, theme: Theme, name: str, counted: str | None = None) -> Drawing:
    """Draw a disc for each cell, by its area, with the number on it, or beside a disc that is too small for it.

    A cell without effort has only a 0.

    The column `name` identifies a row of the grid; `counted` is the column with the number of events, if there is one.
    If rows have a `kind`, discs of effort to feel are lighter.
    """
    labelled = [{**row, "label": format_number(row["points_per_story"])} for row in rows]
    x, y = grid.company_axis(rows), grid.row_axis(rows, theme, name)
    most = max(row["points_per_story"] for row in rows)
    # in a low picture rows are closer and discs smaller
    widest = f"min({WIDEST}, 0.94 * height / {grid.grid_height(rows, name) // grid.CELL}{grid.column_of_many(rows)})"
    diameter = f"(sqrt(datum.points_per_story / {most or 1}) * {widest})"
    wide = f"({DIGIT} * length(datum.label))"
    beside = f"datum.points_per_story > 0 && {diameter} < {wide} + 2 ? {diameter} / 2 + 2 + {wide} / 2 : 0"
    columns = ("company", name, f"{name}_label", "points_per_story")
    kind = ("kind",) if "kind" in rows[0] else ()
    count = (counted,) if counted else ()
    discs = (
        alt.Chart(layers.data(rows, *columns, *kind, *count, "story_count"))
        .mark_circle(color=theme.context, opacity=0.5, cursor="pointer")
        .encode(
            x=x,
            y=y,
            size=alt.Size(
                field="points_per_story",
                type="quantitative",
                legend=None,
                # area from zero: twice the effort is twice the ink; a grid without effort has no discs
                scale=alt.Scale(domain=[0, most or 1], range=[0, alt.ExprRef(f"pow({widest}, 2)")]),
            ),
            tooltip=layers.tooltip(
                company="company",
                **{NAMES.get(name, name): f"{name}_label", "points_per_story": "points_per_story:q"},
                **{each: f"{each}:q" for each in count},
                stories="story_count:q",
            ),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    if kind:
        discs = discs.encode(color=layers.kind_colour("kind", theme))
    numbers = (
        alt.Chart(layers.data(labelled, *columns, "label"))
        .mark_text(fontSize=TEXT - 1, opacity=grid.number_opacity(rows), cursor="pointer", dx=alt.ExprRef(beside))
        .encode(
            x=x,
            y=y,
            text=alt.Text(field="label", type="nominal"),
            color=alt.condition("datum.points_per_story > 0", alt.value(theme.ink), alt.value(theme.quiet)),
        )
    )
    return layers.new_layer(discs, numbers, grid.company_heads(rows, theme), height=grid.grid_height(rows, name))
