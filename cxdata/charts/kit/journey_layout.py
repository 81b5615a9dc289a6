"""The steps of a journey laid out downwards: each with its dot, its words, and the bend of the line between."""

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
    """Where a step's dot stands (y in px), and its words: on which side of zero, line by line."""

    row: "JourneyRow"
    y: float
    side: int
    words: list[dict[str, Any]]


def lay_out(rows: "list[JourneyRow]") -> list[Step]:
    """Each step below the one before, with room for its words."""
    steps: list[Step] = []
    top, last_told = HEAD + AIR / 2, 0
    for row in rows:
        # the words keep clear of the dot, and at a silent step of the line that passes
        feeling = row["feeling"] if row["feeling"] is not None else last_told
        last_told = feeling
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
    """As few lines as the width allows, as even as they can be: no word stands alone."""
    fewest = len(wrap(text, width))
    return next(lines for narrow in range(1, width + 1) if len(lines := wrap(text, narrow)) <= fewest)


def _joined(asides: list[str]) -> list[str]:
    """Asides that fit share a line."""
    lines: list[str] = []
    for words in asides:
        if lines and len(lines[-1]) + 3 + len(words) <= WIDEST + 3:
            lines[-1] += f" · {words}"
        else:
            lines.append(words)
    return lines


def format_aside(row: "JourneyRow") -> list[str]:
    """What else is to be said of a step: its effort, and what is not the usual case."""
    return [
        *([format_points(row["effort_points"])] if row["effort_points"] else []),
        *(["failure demand"] if row["demand"] == "failure" else []),
        *(["company's move"] if row["started_by"] == "company" else []),
    ]


def connect_steps(steps: list[Step], dashed: bool) -> list[dict[str, Any]]:
    """The bends from told step to told step: down beside the words, across in the air before the next step."""
    told = [number for number, step in enumerate(steps) if step.row["feeling"] is not None]
    line = []
    for stretch, (start, end) in enumerate(pairwise(told)):
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
    """The feeling told at a step; silence is not 0."""
    return "feeling not told" if row["feeling"] is None else f"feeling {format_signed(row['feeling'])}"


def text_height(words: list[dict[str, Any]]) -> float:
    """The height of a step's words in px."""
    return len(words) * LINE
