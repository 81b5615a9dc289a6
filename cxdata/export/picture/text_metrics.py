"""Text metrics of our fonts: the width of a text, line breaks, and missing characters."""

import re
import unicodedata
from functools import cache, lru_cache

from PIL import ImageFont

from cxdata.charts.kit.theme import FONTS

MEASURED_AT = 200  # px; widths are proportional to the size


@cache
def _font(face: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"CX{face}.ttf"), MEASURED_AT)


@lru_cache(maxsize=8192)
def _length(text: str, face: str) -> float:
    # cached, since a layout tries the same words at several sizes
    return float(_font(face).getlength(text))


def text_width(text: str, face: str, size: float) -> float:
    """Measure a line of text in pixels; `face` is a font in cxdata/fonts without CX and .ttf, such as Sans-Regular."""
    return _length(text, face) * size / MEASURED_AT


def wrap_text(text: str, face: str, size: float, room: float) -> list[str]:
    """Break text into lines of at most `room` pixels; split a word wider than a line, and lose no character."""
    lines: list[str] = []
    line = ""
    # only breaking spaces: a no-break space holds a number together
    for word in re.split(r"[ \t\r\n]+", text.strip()):
        longer = f"{line} {word}" if line else word
        if text_width(longer, face, size) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, face, size, room)
        lines += whole
    return [*lines, line] if line else lines


def balance_lines(text: str, face: str, size: float, room: float) -> list[str]:
    """Break text into as few lines as `wrap_text` does, of about equal length."""
    lines = wrap_text(text, face, size, room)
    narrow, wide = room / 2, room
    while wide - narrow > 2:
        middle = (narrow + wide) / 2
        if len(wrap_text(text, face, size, middle)) == len(lines):
            wide = middle
        else:
            narrow = middle
    return wrap_text(text, face, size, wide) if len(lines) > 1 else lines


def _broken(word: str, face: str, size: float, room: float) -> list[str]:
    pieces = [""]
    for mark in word:
        if pieces[-1] and text_width(pieces[-1] + mark, face, size) > room:
            pieces.append("")
        pieces[-1] += mark
    return pieces


@cache
def _glyphs(face: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only the check of missing glyphs needs it

    with TTFont(FONTS / f"CX{face}.ttf") as font:
        return frozenset(font.getBestCmap())


def missing_glyphs(text: str, face: str) -> list[str]:
    """List the characters of a text that the font lacks, in order, each once."""
    known = _glyphs(face)
    return list(dict.fromkeys(mark for mark in text if ord(mark) not in known and not mark.isspace()))


def is_right_to_left(text: str) -> bool:
    """Return whether any of the text runs from right to left."""
    return any(unicodedata.bidirectional(mark) in ("R", "AL") for mark in text)
