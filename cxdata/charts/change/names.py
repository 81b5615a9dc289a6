"""Names in charts over time: the newest figure, what stands out, and the dated notes of editors with their lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.labels import text_width
from cxdata.charts.kit.theme import TEXT, Theme
from cxdata.claims.change import Course, count_run, format_plain

Row: TypeAlias = Mapping[str, Any]
Align: TypeAlias = Literal["left", "center", "right"]

NARROWEST = 300  # px of the plot on a phone: names that have room there have it everywhere
BOLD = 1.05  # times the width of a name
TOP_LINES, LINE = 3, 16  # lines of names at the upper edge, and px of each


@dataclass(frozen=True)
class Note:
    """A dated note: its place on the time axis, its words, and its day as readers write it."""

    x: float
    words: str
    day: str


def read_notes(rows: Sequence[Row]) -> list[Note]:
    """Read the notes of the rows, the oldest first; each is its day and its words."""
    notes = []
    for text in [note for row in rows for note in row["notes"] or ()]:
        day, _, words = text.partition(" ")
        on = date.fromisoformat(day)
        x = on.year + (on.month - 1) / 12 + (on.day - 1) / 372  # a month has up to 31 days
        notes.append(Note(round(x, 4), words, f"{on.day} {on:%B %Y}"))
    return notes


def draw_notes(notes: Sequence[Note], x: alt.X, theme: Theme) -> list[alt.Chart]:
    """Draw a dashed line where an editor noted that something happened."""
    if not notes:
        return []
    lines = [{"x": note.x, "words": note.words, "day": note.day} for note in notes]
    return [
        alt.Chart(layers.values(lines))
        .mark_rule(color=theme.ink, strokeDash=[3, 3], strokeWidth=1.2)
        .encode(
            x=x,
            y=alt.YValue(0),
            y2=alt.Y2Value(alt.ExprRef("height")),
            tooltip=layers.tooltip(note="words", day="day"),
        )
    ]


def draw_names(
    points: Sequence[Row],
    course: Course,
    notes: Sequence[Note],
    span: tuple[float, float],
    x: alt.X,
    y: alt.Y,
    theme: Theme,
) -> list[alt.Chart]:
    """Name the newest figure beside its dot; at the edges the notes, and what stands out on its side, newest first."""
    newest, before = points[-1], points[-2] if len(points) > 1 else points[-1]
    # the line comes from the other side
    rises = newest["value"] >= before["value"]
    own = {"x": newest["x"], "value": newest["value"], "name": format_plain(course.measure, newest["value"])}
    names: list[alt.Chart] = [
        alt.Chart(layers.values([own]))
        .mark_text(
            align="right", dx=6, dy=-15 if rises else 16, baseline="middle", fontSize=TEXT, fontWeight="bold", **look
        )
        .encode(x=x, y=y, text=alt.Text(field="name", type="nominal"))
        for look in ({"color": theme.ink, "stroke": theme.background, "strokeWidth": 4}, {"color": theme.ink})
    ]
    looks: list[dict[str, Any]] = [{}]
    if notes:  # a dashed line may pass behind
        looks.insert(0, {"stroke": theme.background, "strokeWidth": 4})
    taken: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for label in [*_name_notes(notes), *_name_signals(course, points)]:
        left, align = _spread(label, span)
        reach = (left, left + text_width(label.name) * BOLD)
        lines = range(TOP_LINES if label.side == "above" else 1)
        line = next((each for each in lines if _is_free(reach, taken.get((label.side, each), []))), None)
        if line is None:
            continue  # the alt text names it
        taken.setdefault((label.side, line), []).append(reach)
        at = {"left": span[0], "right": span[1], "center": label.x}[align] if not label.is_beside else label.x
        names += [
            alt.Chart(layers.values([{"x": at, "name": label.name}]))
            .mark_text(
                align=align,
                dx={"left": 6, "right": -6, "center": 0}[align] if label.is_beside else 0,
                baseline="middle",
                fontSize=TEXT,
                fontWeight="bold",
                color=theme.ink,
                **look,
            )
            .encode(
                x=x,
                y=alt.YValue(8 + LINE * line if label.side == "above" else alt.ExprRef("height - 8")),
                text=alt.Text(field="name", type="nominal"),
            )
            for look in looks
        ]
    return names


@dataclass(frozen=True)
class Label:
    """A name at the upper or lower edge of the plot: at a place on the time axis, or beside a line there."""

    x: float
    name: str
    side: str
    is_beside: bool = False


def _spread(label: Label, span: tuple[float, float]) -> tuple[float, Align]:
    """Give where a name begins in the narrowest plot, in px, and how it is aligned there."""
    width = text_width(label.name) * BOLD
    right = (label.x - span[0]) / (span[1] - span[0]) * NARROWEST
    if label.is_beside:
        return (right - 6 - width, "right") if right - 6 - width >= 0 else (right + 6, "left")
    left = min(max(right - width / 2, 0.0), NARROWEST - width)
    return left, "left" if left == 0.0 else "right" if left == NARROWEST - width else "center"


def _is_free(reach: tuple[float, float], taken: Sequence[tuple[float, float]]) -> bool:
    return reach[1] <= NARROWEST + 1 and not any(reach[0] < other[1] and other[0] < reach[1] for other in taken)


def _name_notes(notes: Sequence[Note]) -> Iterator[Label]:
    """Yield the names of the notes, the newest first."""
    for note in reversed(notes):
        yield Label(note.x, note.words, "above", is_beside=True)


def _name_signals(course: Course, points: Sequence[Row]) -> Iterator[Label]:
    """Yield the names of what stands out in its middle, the newest first."""
    place = len(points) - 1
    while place >= 0:
        row = points[place]
        first = place
        if row["signal"] == "seven_one_side":
            run = count_run(course.points, place)
            first = place - run + 1
            name = f"{run} in a row {row['side']} average"
        elif row["signal"] == "outside":
            name = f"{row['period_label']}: {format_plain(course.measure, row['value'])}"
        else:
            name = f"{row['period_label']}: near the limit"
        if row["signal"]:
            yield Label((points[first]["x"] + row["x"]) / 2, name, row["side"])
        place = first - 1
