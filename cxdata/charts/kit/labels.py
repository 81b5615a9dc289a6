"""Names beside the dots of a scatter: no name on a dot, on another name, or beyond the plot."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from unicodedata import east_asian_width

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.theme import TEXT

LETTER = 0.56 * TEXT  # px, the mean advance of CX Sans; letters of double width take two
LONGEST = 190  # px of a name; Vega cuts what is longer
GAP = 11  # px from the middle of a dot to its name
SPREAD = 14  # px up or down
RADIUS = 8  # px of a dot with its edge


@dataclass(frozen=True)
class Box:
    """A rectangle in px, y down."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Whether two boxes share any area."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True)
class Side:
    """A side of a dot: how the name is aligned there, and how far from the dot in px."""

    align: Literal["left", "right", "center"]
    dx: float
    dy: float


SIDES = {
    "right": Side("left", GAP, 0),
    "left": Side("right", -GAP, 0),
    "above": Side("center", 0, -SPREAD - 2),
    "below": Side("center", 0, SPREAD + 2),
    "above, to the right": Side("left", 0, -SPREAD - 2),
    "below, to the right": Side("left", 0, SPREAD + 2),
    "above, to the left": Side("right", 0, -SPREAD - 2),
    "below, to the left": Side("right", 0, SPREAD + 2),
}


def text_width(name: str) -> float:
    """Estimate the width of a name in px, as wide as it is drawn at most."""
    letters = sum(2 if east_asian_width(letter) in "WF" else 1.25 if letter.isupper() else 1 for letter in name)
    return min(letters * LETTER, LONGEST)


def label_box(x: float, y: float, name: str, side: str) -> Box:
    """Give the box of a name on one side of a dot at x, y, all in px."""
    width, placed = text_width(name), SIDES[side]
    left = x + placed.dx - {"left": 0, "right": width, "center": width / 2}[placed.align]
    return Box(left, y + placed.dy - TEXT * 0.6, left + width, y + placed.dy + TEXT * 0.6)


def dot_box(x: float, y: float) -> Box:
    """Give the box of a dot at x, y in px."""
    return Box(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS)


def place_labels(
    dots: Sequence[tuple[float, float, str]],
    width: float,
    height: float,
    taken: Iterable[Box] = (),
    avoided: Sequence[Box] = (),
) -> list[str | None]:
    """Choose a side for the name of each dot (x, y in px, name), None where it has no room; the first go first.

    A name keeps clear of what is `avoided` if it can. What has room in the smallest plot has it in every larger one:
    dots move apart, and names keep their size.
    """
    fixed = [*taken, *(dot_box(x, y) for x, y, _ in dots)]
    sides: list[str | None] = []
    for x, y, name in dots:
        free = [side for side in SIDES if _is_free(label_box(x, y, name, side), fixed, width, height)]
        clear = [side for side in free if _is_free(label_box(x, y, name, side), avoided, width, height)]
        side = next(iter(clear + free), None)
        if side:
            fixed.append(label_box(x, y, name, side))
        sides.append(side)
    return sides


def _is_free(box: Box, fixed: Iterable[Box], width: float, height: float) -> bool:
    is_inside = box.left >= 0 and box.right <= width and box.top >= 0 and box.bottom <= height
    return is_inside and not any(box.overlaps(other) for other in fixed)


def draw_names(
    placed: Sequence[Mapping[str, Any]],
    side_field: str,
    columns: Sequence[str],
    x: alt.X,
    y: alt.Y,
    *looks: Mapping[str, Any],
) -> list[alt.Chart]:
    """Write the company of each row on the side that `side_field` names, None for no name, in each look in turn.

    `columns` are those of the row that the axes take.
    """
    return [
        alt.Chart(layers.data((row for row in placed if row[side_field] == name), "company", *columns))
        .mark_text(align=side.align, dx=side.dx, dy=side.dy, baseline="middle", fontSize=TEXT, limit=LONGEST, **look)
        .encode(x=x, y=y, text=alt.Text(field="company", type="nominal"))
        for name, side in SIDES.items()
        if any(row[side_field] == name for row in placed)
        for look in looks
    ]
