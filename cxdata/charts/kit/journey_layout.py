"""The layout of a journey from top to bottom: the dot and words of each step, and the lines between steps."""

from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from cxdata.charts.kit.declaration import known
from cxdata.text.formatting import format_points, format_signed

if TYPE_CHECKING:
    from cxdata.questions.rows import JourneyRow

LINE = 16  # px a line of words
AIR = 20  # px between two steps
HEAD = 48  # px for the scale above the first step
WIDEST = 24  # characters a line: half of a phone's width, beside the line at zero
BEND = 10  # points that bend the line from one step to the next
LEFT, RIGHT = -1, 1


@dataclass(frozen=True)
class Step:
    """The place of a step's dot (`y` in px) and its lines of words, left (-1) or right (1) of zero."""

    row: "JourneyRow"
    y: float
    side: int
    words: list[dict[str, Any]]


def lay_out(rows: "list[JourneyRow]") -> list[Step]:
    """Place each step below the one before, with room for its words."""
    steps: list[Step] = []
    top, last_stated = HEAD + AIR / 2, 0
    for row in rows:
        # words keep clear of the dot; at a step without a feeling, of the line that passes
        feeling = row["feeling"] if row["feeling"] is not None else last_stated
        last_stated = feeling
        side = LEFT if feeling > 0 else RIGHT
        words = [{"role": role, "text": text, "side": side, "x": 0} for role, text in _words(row)]
        middle = top + text_height(words) / 2
        for number, word in enumerate(words):
            word["y"] = top + LINE * (number + 0.5)
        steps.append(Step(row, middle, side, words))
        top += text_height(words) + AIR
    return steps


def _words(row: "JourneyRow") -> list[tuple[str, str]]:
    silent = [feeling_words(row)] if row["feeling"] is None else []
    asides = [line for words in (*silent, *format_aside(row)) for line in wrap(words, WIDEST + 2)]
    return [
        *(("touchpoint", line) for line in _wrap(row["touchpoint_label"], WIDEST - 2)),
        *(("short", line) for line in _wrap(row["short"], WIDEST)),
        *(("aside", line) for line in _joined(asides)),
    ]


def _wrap(text: str, width: int) -> list[str]:
    """Break text into as few lines as the width allows, and as even as they can be."""
    fewest = len(wrap(text, width))
    return next(lines for narrow in range(1, width + 1) if len(lines := wrap(text, narrow)) <= fewest)


def _joined(asides: list[str]) -> list[str]:
    """Join asides that fit on one line."""
    lines: list[str] = []
    for words in asides:
        if lines and len(lines[-1]) + 3 + len(words) <= WIDEST + 3:
            lines[-1] += f" · {words}"
        else:
            lines.append(words)
    return lines


def format_aside(row: "JourneyRow") -> list[str]:
    """List the remarks on a step: its effort, failure demand, the company's move."""
    return [
        *([format_points(row["effort_points"])] if row["effort_points"] else []),
        *(["failure demand"] if row["demand"] == "failure" else []),
        *(["company acted"] if row["started_by"] == "company" else []),
    ]


def connect_steps(steps: list[Step], dashed: bool) -> list[dict[str, Any]]:
    """Compute the lines between steps with a stated feeling: down beside the words, across below them."""
    stated = [number for number, step in enumerate(steps) if step.row["feeling"] is not None]
    line = []
    for stretch, (start, end) in enumerate(pairwise(stated)):
        if (end - start > 1) != dashed:
            continue
        before, after = steps[end - 1], steps[end]
        crossing = (before.y + text_height(before.words) / 2 + after.y - text_height(after.words) / 2) / 2
        from_x, to_x = known(steps[start].row["feeling"]), known(after.row["feeling"])
        path = [(from_x, steps[start].y), *_bend(from_x, to_x, crossing), (to_x, after.y)]
        line += [{"stretch": stretch, "order": order, "x": x, "y": y} for order, (x, y) in enumerate(path)]
    return line


def _bend(from_x: float, to_x: float, crossing: float) -> list[tuple[float, float]]:
    smooth = [(number / BEND, (number / BEND) ** 2 * (3 - 2 * number / BEND)) for number in range(BEND + 1)]
    return [(from_x + (to_x - from_x) * across, crossing + (down - 0.5) * 1.6 * AIR) for down, across in smooth]


def feeling_words(row: "JourneyRow") -> str:
    """Say the feeling at a step; unknown is not 0."""
    if row["feeling"] is None:
        return "feeling not read" if row["read_feeling"] == "none" else "feeling not stated"
    return f"feeling {format_signed(row['feeling'])}"


def text_height(words: list[dict[str, Any]]) -> float:
    """Return the height of a step's words in px."""
    return len(words) * LINE
