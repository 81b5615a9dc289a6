"""How many lines a text takes on a slide, whose fonts are those of the reader's machine or of a template."""

from collections.abc import Sequence

from cxdata.export.picture.text_metrics import wrap_text

WIDER = 1.2  # Arial and Verdana-like fonts are wider than ours, and no slide says which of them a machine has
LINE = 1.22  # of the size
SANS, BOLD, SERIF = "Sans-Regular", "Sans-Bold", "Serif-Semibold"


def count_lines(text: str, size: float, width: float, face: str = SANS) -> int:
    """Count the lines of a text in points of size and width."""
    return len(wrap_text(text, face, size * WIDER, width)) if text else 0


def text_height(lines: int, size: float) -> float:
    """Return the height of lines in points."""
    return lines * size * LINE


def largest_size(text: str, sizes: Sequence[int], width: float, height: float, face: str = SERIF) -> int:
    """Return the largest size at which a text fits its box; the smallest if none does."""
    return next(
        (size for size in sizes if text_height(count_lines(text, size, width, face), size) <= height), sizes[-1]
    )
