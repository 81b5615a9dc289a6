"""Effort and experience: each story by its effort points and its experience."""

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing, known
from cxdata.charts.kit.theme import TEXT, Theme
from cxdata.text.formatting import format_count, format_number, format_percent, format_points, format_signed

if TYPE_CHECKING:
    from cxdata.questions.rows import EffortAndExperienceRow

Rows: TypeAlias = "list[EffortAndExperienceRow]"

CHART = Declaration(
    question="effort_and_experience",
    rows=(),
    drill_down={"story": "story"},
    measure="experience",
    when_empty="These stories tell of nothing of the kind",
    # without a feeling there is no dot, only two empty bands
    is_blank=lambda rows: all(row["experience"] is None for row in rows),
)
HEIGHT = 380
MOST_DESCRIBED = 200  # dots that the alternative text lists; the table has all
SIDES: tuple[tuple[str, Literal["left", "right"], int], ...] = (("right", "left", 11), ("left", "right", -11))
APART = 0.45  # least distance of two labels on one side, in steps of feeling


def headline(rows: Rows) -> str:
    """State the finding of the corners of the plot, in counts."""
    stated = [row for row in rows if row["experience"] is not None]
    hard = max(stated, key=lambda row: row["effort_points"], default=None)
    if hard is None:
        return "No story here tells a feeling to set beside its effort"
    if any(row["story"] is None for row in stated):
        return _headline_of_fields(stated)
    if len(stated) > 1 and known(hard["experience"]) == min(known(row["experience"]) for row in stated) < 0:
        return f"The story that asked for most work, of {hard['company']}, also left the worst memory"
    liked = [row for row in stated if row["hall"] == "fame" and row["effort_points"] > 0]
    if liked:
        return (
            f"Work need not spoil the memory: {format_count(len(liked), 'story')} with some of it still earned"
            " gratitude"
        )
    return "How much work each story made, and how it is remembered"


def subtitle(rows: Rows) -> str:
    """Name the measures, and count the stories without a stated feeling."""
    silent = sum(row["story_count"] for row in rows if row["experience"] is None)
    fields = any(row["story"] is None and row["experience"] is not None for row in rows)
    kept = f"; {format_count(silent, 'story')} without a told feeling not drawn" if silent else ""
    dots = "a dot for all stories of a field, as large as their number" if fields else "a dot a story"
    return f"Effort points (across) and experience, −5 to +5 (up), {dots}{kept}"


def describe(rows: Rows) -> str:
    """Say every figure, story by story."""
    parts = [
        f"{row['company'] or format_count(row['story_count'], 'story')} {format_points(row['effort_points'])}, "
        f"experience {format_signed(row['experience'])}"
        for row in rows[:MOST_DESCRIBED]
    ]
    more = f"; and {format_number(len(rows) - MOST_DESCRIBED)} more" if len(rows) > MOST_DESCRIBED else ""
    return f"A scatter of stories, effort across and experience up. {'; '.join(parts)}{more}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw dots with the company's name beside them, on the inner side at the right edge."""
    stated = [row for row in rows if row["experience"] is not None]
    most = max((row["effort_points"] for row in stated), default=0) or 1
    placed = _placed(stated, most)
    x = alt.X(
        field="effort_points",
        type="quantitative",
        title="effort points: less work ← → more work",
        scale=alt.Scale(domain=[0, most * 1.08], nice=False),
        axis=alt.Axis(grid=False, tickCount=6),
    )
    y = alt.Y(
        field="experience",
        type="quantitative",
        title=None,
        scale=alt.Scale(domain=[-5.4, 5.4], nice=False),
        axis=alt.Axis(values=[-5, -2, 0, 2, 5], grid=True, labelExpr=layers.SIGNED),
    )
    bands = [
        alt.Chart(layers.values([{"from": start, "to": end}]))
        .mark_rect(color=colour)
        .encode(y=alt.Y(field="from", type="quantitative"), y2=alt.Y2(field="to"))
        for start, end, colour in ((-5.4, -2, theme.shame_band), (2, 5.4, theme.fame_band))
    ]
    words = (
        alt.Chart(layers.values([{"at": 4.9, "said": "hall of fame"}, {"at": -4.9, "said": "hall of shame"}]))
        .mark_text(align="right", color=theme.quiet, fontSize=TEXT, dx=-4)
        .encode(
            y=alt.Y(field="at", type="quantitative"),
            x=alt.XValue("width"),
            text=alt.Text(field="said", type="nominal"),
        )
    )
    if any(row["story"] is None for row in stated):
        return layers.new_layer(*bands, words, _fields(stated, x, y, theme), height=HEIGHT)
    base = alt.Chart(layers.data(placed, "story", "title", "company", "effort_points", "experience", "hall"))
    dots = (
        base.mark_circle(size=170, opacity=0.95, stroke=theme.background, strokeWidth=1.5, cursor="pointer")
        .encode(
            x=x,
            y=y,
            color=layers.hall_colour("hall", theme),
            tooltip=layers.tooltip(
                story="title", company="company", points="effort_points:q", experience="experience:q"
            ),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    names = [
        alt.Chart(layers.data((row for row in placed if row["side"] == side), "company", "effort_points", "experience"))
        .mark_text(align=align, dx=gap, color=theme.ink, fontSize=TEXT)
        .encode(x=x, y=y, text=alt.Text(field="company", type="nominal"))
        for side, align, gap in SIDES
        if any(row["side"] == side for row in placed)
    ]
    return layers.new_layer(*bands, words, dots, *names, height=HEIGHT)


def _headline_of_fields(stated: Rows) -> str:
    """Compare stories above the mean effort with the others, where there are too many to name one."""
    stories = sum(row["story_count"] for row in stated)
    middle = sum(row["effort_points"] * row["story_count"] for row in stated) / stories
    hard = [row for row in stated if row["effort_points"] > middle]
    easy = [row for row in stated if row["effort_points"] <= middle]
    if not hard:
        return "All these stories made the same work, and are remembered differently"
    contempt = [
        sum(row["story_count"] for row in side if row["hall"] == "shame") / sum(row["story_count"] for row in side)
        for side in (hard, easy)
    ]
    return (
        f"Of stories with more work than the mean {format_percent(contempt[0])} earn contempt, "
        f"of the others {format_percent(contempt[1])}"
    )


def _fields(stated: Rows, x: alt.X, y: alt.Y, theme: Theme) -> alt.Chart:
    """Draw a disc for each field, by its area. It is no single story, so a click opens none."""
    discs: alt.Chart = (
        alt.Chart(layers.data(stated, "story", "effort_points", "experience", "hall", "story_count"))
        .mark_circle(opacity=0.7)
        .encode(
            x=x,
            y=y,
            size=alt.Size(
                field="story_count", type="quantitative", legend=None, scale=alt.Scale(rangeMin=6, rangeMax=400)
            ),
            color=layers.hall_colour("hall", theme),
            tooltip=layers.tooltip(points="effort_points:q", experience="experience:q", stories="story_count:q"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    return discs


def _placed(rows: Rows, most: float) -> list[dict[str, Any]]:
    """Choose the side of its dot for each name; `none` where it would cover another name."""
    taken: list[tuple[str, float]] = []
    placed: list[dict[str, Any]] = []
    for row in rows:
        experience = known(row["experience"])
        side = "left" if row["effort_points"] > most / 2 else "right"
        if any(side == other and abs(experience - height) < APART for other, height in taken):
            side = "none"
        else:
            taken.append((side, experience))
        placed.append(row | {"side": side})
    return placed
