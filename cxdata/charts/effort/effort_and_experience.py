"""Effort and experience: each story by its effort points and its experience."""

from typing import TYPE_CHECKING, Any, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing, known
from cxdata.charts.kit.labels import Box, draw_names, label_box, place_labels
from cxdata.charts.kit.theme import TEXT, Theme
from cxdata.claims.claim import Claim
from cxdata.claims.sources import Impression, claim_impressions
from cxdata.text.formatting import format_count, format_number, format_points, format_signed

if TYPE_CHECKING:
    from cxdata.questions.rows import EffortAndExperienceRow

Rows: TypeAlias = "list[EffortAndExperienceRow]"

CHART = Declaration(
    title="Effort and experience",
    question="effort_and_experience",
    rows=(),
    drill_down={"story": "story", "box": "box"},
    measure="experience",
    when_empty="The effort of these stories is unknown",
    # without a feeling there is no dot, only two empty bands
    is_blank=lambda rows: all(row["experience"] is None for row in rows),
)
HEIGHT = 380
SMALLEST = (300, 220)  # px of the plot on a phone and in a low picture: names that have room there have it everywhere
REACH = 5.6  # of the scale of experience, either way: a box is a step high
HALLS = (("hall of fame", 5.1), ("hall of shame", -5.1))
STEPS = (("1", 1), ("2–5", 5), ("6–10", 10), ("11–20", 20), ("21–40", 40), ("41+", None))
"""Stories in a box: the words of the legend, and the most that a step counts."""


def headline(rows: Rows) -> Claim:
    """Name the story that took most effort and left the worst impression if it is one; else compare in counts."""
    stated = [row for row in rows if row["experience"] is not None]
    width = next((row["box_width"] for row in stated if row["box"] is not None), None)
    impressions = [
        Impression(
            row["company"] if row["story"] else None,
            row["effort_points"],
            known(row["experience"]),
            row["story_count"],
            row["hall"] == "shame",
        )
        for row in stated
    ]
    return claim_impressions(impressions, width)


def subtitle(rows: Rows) -> str:
    """Name the measures and the marks; publishing says of how many stories the feeling is known."""
    fields = any(row["story"] is None and row["experience"] is not None for row in rows)
    dots = "darker boxes hold more stories" if fields else "one dot per story"
    return f"Effort points (across) and experience, −5 to +5 (up) · {dots}"


def describe(rows: Rows) -> str:
    """Say every figure, story by story; of boxes, how many stories each row of them holds, and the outliers."""
    if any(row["box"] for row in rows):
        return _describe_boxes([row for row in rows if row["experience"] is not None])
    parts = [
        f"{row['company'] or format_count(row['story_count'], 'story')}: {format_points(row['effort_points'])}, "
        f"experience {format_signed(row['experience'], 'not stated')}"
        for row in rows
    ]
    return f"A scatter of stories, effort across and experience up. {'. '.join(parts)}."


def _describe_boxes(stated: Rows) -> str:
    parts = []
    for level in sorted({row["box_experience"] for row in stated if row["box_experience"] is not None}, reverse=True):
        boxes = [row for row in stated if row["box_experience"] == level]
        fullest = max(boxes, key=lambda row: row["story_count"])
        start, width = known(fullest["box_points"]), known(fullest["box_width"])
        parts.append(
            f"Experience {format_signed(level)}: {format_count(sum(row['story_count'] for row in boxes), 'story')}, "
            f"the fullest box from {format_number(start)} to under {format_points(start + width)}"
            if len(boxes) > 1
            else f"Experience {format_signed(level)}: {format_count(fullest['story_count'], 'story')}, "
            f"from {format_number(start)} to under {format_points(start + width)}"
        )
    alone = [
        f"{row['company']}: {format_points(row['effort_points'])}, experience {format_signed(row['experience'])}"
        for row in stated
        if row["story"] is not None
    ]
    far = f". Far from the rest: {'. '.join(alone)}" if alone else ""
    return (
        "Boxes that count stories, effort across and experience up. Half steps count with the whole step nearer to 0. "
        f"{'. '.join(parts)}{far}."
    )


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a dot a story with its company's name, or boxes that count stories with a dot for each outlier."""
    stated = [row for row in rows if row["experience"] is not None]
    boxes = [row for row in stated if row["box"] is not None]
    widest = _widest(stated)
    x = alt.X(
        field="effort_points",
        type="quantitative",
        title="effort points: less effort ← → more effort",
        scale=alt.Scale(domain=[0, widest], nice=False),
        axis=alt.Axis(grid=False, tickCount=6),
    )
    y = alt.Y(
        field="experience",
        type="quantitative",
        title=None,
        scale=alt.Scale(domain=[-REACH, REACH], nice=False),
        axis=alt.Axis(values=[-5, -2, 0, 2, 5], grid=True, labelExpr=layers.SIGNED, labelPadding=14),
    )
    edge = 1.5 if boxes else 2  # the row of boxes at 2 lies in the hall whole
    bands = [
        alt.Chart(layers.values([{"from": start, "to": end}]))
        .mark_rect(color=colour)
        .encode(y=alt.Y(field="from", type="quantitative"), y2=alt.Y2(field="to"))
        for start, end, colour in ((-REACH, -edge, theme.shame_band), (edge, REACH, theme.fame_band))
    ]
    words = (
        alt.Chart(layers.values([{"at": at, "said": said} for said, at in HALLS]))
        .mark_text(align="right", color=theme.quiet, fontSize=TEXT, dx=-4)
        .encode(
            y=alt.Y(field="at", type="quantitative"),
            x=alt.XValue("width"),
            text=alt.Text(field="said", type="nominal"),
        )
    )
    dots = [row for row in stated if row["box"] is None]
    drawn = [*bands, *([_boxes(boxes, x, y, theme)] if boxes else []), words]
    if dots:
        drawn += [_dots(dots, x, y, theme, bool(boxes)), *_names(dots, boxes, x, y, theme)]
    return layers.new_layer(*drawn, height=HEIGHT)


def _dots(dots: Rows, x: alt.X, y: alt.Y, theme: Theme, are_outliers: bool) -> alt.Chart:
    columns = ("story", "title", "company", "effort_points", "experience", "hall")
    base = alt.Chart(layers.data(({**row} for row in dots), *columns))
    marks: alt.Chart = (
        base.mark_circle(size=90 if are_outliers else 170, opacity=0.95, cursor="pointer")
        .encode(
            x=x,
            y=y,
            color=layers.hall_colour("hall", theme),
            stroke=alt.value(theme.background),
            strokeWidth=alt.value(1.5),
            tooltip=layers.tooltip(
                story="title", company="company", points="effort_points:q", experience="experience:q"
            ),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    return marks


def _widest(stated: Rows) -> float:
    """Give the end of the scale of points: beyond the last dot, or where the last box ends."""
    most = max((row["effort_points"] for row in stated), default=0)
    width = next((row["box_width"] for row in stated if row["box_width"]), None)
    return (most // width + 1) * width if width else (most or 1) * 1.08


def _names(dots: Rows, boxes: Rows, x: alt.X, y: alt.Y, theme: Theme) -> list[alt.Chart]:
    """Write names beside dots; over boxes on a halo, where no side is clear of them."""
    placed = place_names(dots, boxes)
    looks: tuple[dict[str, Any], ...] = ({"color": theme.ink},)
    if boxes:
        looks = ({"color": theme.background, "stroke": theme.background, "strokeWidth": 4, "opacity": 0.85}, *looks)
    return draw_names(placed, "side", ("effort_points", "experience"), x, y, *looks)


def place_names(dots: Rows, boxes: Rows) -> list[dict[str, Any]]:
    """Give each dot the side of its name, None where it has no room."""
    width, height = SMALLEST
    across = width / _widest([*dots, *boxes])

    def down(experience: float) -> float:
        return (REACH - experience) / (2 * REACH) * height

    halls: list[Box] = [label_box(width + 7, down(at), said, "left") for said, at in HALLS]
    spots = [(row["effort_points"] * across, down(known(row["experience"])), row["company"] or "") for row in dots]
    cells = [
        Box(
            known(row["box_points"]) * across,
            down(known(row["box_experience"]) + 0.5),
            (known(row["box_points"]) + known(row["box_width"])) * across,
            down(known(row["box_experience"]) - 0.5),
        )
        for row in boxes
    ]
    sides = place_labels(spots, width, height, halls, cells)
    return [{**row, "side": side} for row, side in zip(dots, sides, strict=True)]


def _boxes(boxes: Rows, x: alt.X, y: alt.Y, theme: Theme) -> alt.Chart:
    """Draw a box for the stories of a cell, its colour by how many; a click opens them."""
    cells = [
        {
            **row,
            "from": row["box_points"],
            "to": known(row["box_points"]) + known(row["box_width"]),
            "low": known(row["box_experience"]) - 0.5,
            "high": known(row["box_experience"]) + 0.5,
            "stories": next(words for words, most in STEPS if most is None or row["story_count"] <= most),
            "spread": f"{format_number(known(row['box_points']))} to under "
            f"{format_points(known(row['box_points']) + known(row['box_width']))}",
        }
        for row in boxes
    ]
    across, up = x.copy(deep=False), y.copy(deep=False)
    across["field"], up["field"] = "from", "low"
    steps = [words for words, _ in STEPS]
    marks: alt.Chart = (
        alt.Chart(
            layers.data(cells, "box", "from", "to", "low", "high", "stories", "story_count", "spread", "experience")
        )
        .mark_rect(stroke=theme.background, strokeWidth=1, cursor="pointer")
        .encode(
            x=across,
            x2=alt.X2(field="to"),
            y=up,
            y2=alt.Y2(field="high"),
            fill=alt.Fill(
                field="stories",
                type="nominal",
                scale=alt.Scale(domain=steps, range=list(theme.density)),
                legend=alt.Legend(
                    orient="top", title="stories per box", titleFontWeight="normal", symbolType="square", columns=6
                ),
            ),
            tooltip=layers.tooltip(effort="spread", mean_experience="experience:q", stories="story_count:q"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    return marks
