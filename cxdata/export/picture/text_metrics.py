"""How wide a text is in our fonts, how it wraps, and whether the fonts can show it at all."""

import re
import unicodedata
from functools import cache, lru_cache

from PIL import ImageFont

from cxdata.charts.kit.theme import FONTS

MEASURED_AT = 200  # px; widths scale with the size


@cache
def _font(face: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"CX{face}.ttf"), MEASURED_AT)


@lru_cache(maxsize=8192)
def _length(text: str, face: str) -> float:
    # a layout is tried at several sizes, each time with the same words
    return float(_font(face).getlength(text))


def text_width(text: str, face: str, size: float) -> float:
    """Pixels that a line of text takes; `face` is a file of cxdata/fonts without CX and .ttf, such as Sans-Regular."""
    return _length(text, face) * size / MEASURED_AT


def wrap_text(text: str, face: str, size: float, room: float) -> list[str]:
    """The text in lines no wider than `room` pixels; a word wider than a line is broken, never cut."""
    lines: list[str] = []
    line = ""
    # a space that does not break holds a number together
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
    """The text in as few lines as `wrap` gives, of about one length: no word stands alone on the last."""
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
    """The characters of a text that the font has no picture for, in order, each once."""
    known = _glyphs(face)
    return list(dict.fromkeys(mark for mark in text if ord(mark) not in known and not mark.isspace()))


def is_right_to_left(text: str) -> bool:
    """Whether any of the text runs from right to left."""
    return any(unicodedata.bidirectional(mark) in ("R", "AL") for mark in text)
