"""The body of a picture: a specification drawn by Vega as SVG of exact size.

Drawing is the slow part of a picture, so its results are cached.
"""

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import vl_convert

from cxdata.charts.kit.theme import FONTS

Spec = dict[str, Any]

SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')
PLOT = re.compile(r'class="background"[^>]*d="M[^"]*?h([\d.]+)v([\d.]+)')  # the first background belongs to the plot

KEPT = 64  # bodies: a new headline, or a bundle of many formats, reuses a body
CLOSE = 1.5  # px, as Vega rounds the size of axes
TRIES = 3
WIDE = 560  # px


@dataclass(frozen=True)
class Margins:
    """The pixels around a plot for axes, legends, headings and padding: both sides, and above and below."""

    across: float
    along: float


def measure_margins(spec: Spec, width: float = WIDE) -> Margins:
    """Measure the margins around the plot of a spec at about this width."""
    return _margins_of(_to_svg(json.dumps(spec | {"width": width, "autosize": "pad"})))


def _margins_of(svg: str) -> Margins:
    plot, whole = PLOT.search(svg), SIZE.search(svg)
    if plot is None or whole is None:
        raise ValueError(f"this is no drawing by Vega: {svg[:200]}")
    return Margins(float(whole[1]) - float(plot[1]), float(whole[2]) - float(plot[2]))


def draw_plot(spec: Spec, width: float, height: float, around: Margins) -> str:
    """Draw a spec as SVG of this size; `around` is the expected margins.

    If the margins come out different, for example because names slant in narrower columns, draw again with the new
    ones. Vega's own fitting is the last resort: it chooses such layouts before it knows the width of the plot.
    """
    for _ in range(TRIES):
        plot = {"width": width - around.across, "height": height - around.along}
        svg = _to_svg(json.dumps(spec | plot | {"autosize": "pad"}))
        came_out = _margins_of(svg)
        if max(abs(came_out.across - around.across), abs(came_out.along - around.along)) < CLOSE:
            return svg
        around = came_out
    fitted = {"width": width, "height": height, "autosize": {"type": "fit", "contains": "padding"}}
    return _to_svg(json.dumps(spec | fitted))


@cache
def register_fonts() -> bool:
    """Register our fonts with vl-convert, once a process."""
    vl_convert.register_font_directory(str(FONTS))
    return True


@lru_cache(maxsize=KEPT)
def _to_svg(spec: str) -> str:
    register_fonts()
    return str(vl_convert.vegalite_to_svg(spec))
