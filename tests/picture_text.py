"""Where the texts of a picture stand, measured from its SVG with our own fonts: nothing is left to the eye."""

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from cxdata.export.picture.text_metrics import text_width

SVG = "{http://www.w3.org/2000/svg}"
ASCENT, DESCENT = 0.72, 0.2  # of the size: from the top of a capital to the foot of a p
SLACK = 1.5  # px, what rounding in the renderer comes to


@dataclass(frozen=True)
class Text:
    """A line of text: its corners in the picture's own pixels, its size, and whether it stands upright."""

    words: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    is_level: bool


def texts(svg: str) -> tuple[float, float, list[Text]]:
    """Width and height of the picture in its own pixels, and every visible line of text in it."""
    root = ET.fromstring(svg)
    _, _, wide, high = (float(part) for part in root.attrib["viewBox"].split())
    return wide, high, list(_walk(root, root, 0.0, 0.0, 0.0))


def clipped(svg: str) -> list[str]:
    """Texts that reach over the edge of the picture."""
    wide, high, found = texts(svg)
    return [
        text.words
        for text in found
        if min(text.left, text.top) < -SLACK or text.right > wide + SLACK or text.bottom > high + SLACK
    ]


def overlapping(svg: str) -> list[tuple[str, str]]:
    """Pairs of level texts that stand on each other."""
    level = [text for text in texts(svg)[2] if text.is_level]
    return [
        (one.words, other.words)
        for one, other in combinations(level, 2)
        if min(one.right, other.right) - max(one.left, other.left) > SLACK
        and min(one.bottom, other.bottom) - max(one.top, other.top) > SLACK
    ]


def _walk(node: ET.Element, root: ET.Element, x: float, y: float, turn: float) -> Iterator[Text]:
    for kind, listed in re.findall(r"(translate|rotate)\(([^)]*)\)", node.get("transform") or ""):
        numbers = [float(number) for number in re.split(r"[ ,]+", listed.strip())]
        if kind == "rotate":
            turn += numbers[0]
        else:
            across, down = numbers[0], numbers[1] if len(numbers) > 1 else 0.0
            x, y = x + _turned(across, down, turn)[0], y + _turned(across, down, turn)[1]
    if node.tag == f"{SVG}svg" and node is not root:
        x, y = x + float(node.get("x", 0)), y + float(node.get("y", 0))
    if node.tag == f"{SVG}text" and float(node.get("opacity", 1)) > 0:
        yield from _lines(node, x, y, turn)
    for child in node:
        yield from _walk(child, root, x, y, turn)


def _lines(node: ET.Element, x: float, y: float, turn: float) -> Iterator[Text]:
    size = float(str(node.get("font-size", "13")).removesuffix("px"))
    face = "Serif-Semibold" if "Serif" in node.get("font-family", "") else "Sans-Regular"
    if face == "Sans-Regular" and node.get("font-weight") in ("bold", "600", "700"):
        face = "Sans-Bold"
    base = float(node.get("y", 0))
    for line in [part for part in node if part.tag == f"{SVG}tspan"] or [node]:
        words = line.text or ""
        if line is not node:
            base += float(str(line.get("dy", "0")).removesuffix("px"))
        if not words.strip():
            continue
        wide = text_width(words, face, size)
        start = (
            float(node.get("x", 0)) - {"start": 0, "middle": wide / 2, "end": wide}[node.get("text-anchor", "start")]
        )
        corners = [
            _turned(across, down, turn)
            for across in (start, start + wide)
            for down in (base - ASCENT * size, base + DESCENT * size)
        ]
        across, down = [x + corner[0] for corner in corners], [y + corner[1] for corner in corners]
        yield Text(words, min(across), min(down), max(across), max(down), size, is_level=not turn)


def _turned(across: float, down: float, turn: float) -> tuple[float, float]:
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return across * cos - down * sin, across * sin + down * cos
