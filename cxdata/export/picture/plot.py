"""The body of a picture: a specification drawn by Vega as SVG of exact size.

The slow part of a picture: drawn as rarely as can be.
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
PLOT = re.compile(r'class="background"[^>]*d="M[^"]*?h([\d.]+)v([\d.]+)')  # the first background is the plot's

KEPT = 64  # bodies; a writer who changes the headline, or a bundle of many formats, draws the same body again
CLOSE = 1.5  # px; Vega rounds what axes take
TRIES = 3
WIDE = 560  # px


@dataclass(frozen=True)
class Margins:
    """The pixels beside the plot, and above and below it, that axes, legends, names of columns and the padding take."""

    across: float
    along: float


def measure_margins(spec: Spec, width: float = WIDE) -> Margins:
    """What stands around the plot of a spec where it is about this wide."""
    return _surround_of(_to_svg(json.dumps(spec | {"width": width, "autosize": "pad"})))


def _surround_of(svg: str) -> Margins:
    plot, whole = PLOT.search(svg), SIZE.search(svg)
    if plot is None or whole is None:
        raise ValueError(f"not a drawing of Vega: {svg[:200]}")
    return Margins(float(whole[1]) - float(plot[1]), float(whole[2]) - float(plot[2]))


def draw_plot(spec: Spec, width: float, height: float, around: Margins) -> str:
    """The spec as SVG of this size. `around` is what will stand around its plot.

    Where that comes out otherwise (names that were upright stand slanted in narrower columns) it is drawn again with
    what did. Vega's own fitting is the last resort: it decides such things before it knows the width of the plot.
    """
    for _ in range(TRIES):
        plot = {"width": width - around.across, "height": height - around.along}
        svg = _to_svg(json.dumps(spec | plot | {"autosize": "pad"}))
        came_out = _surround_of(svg)
        if max(abs(came_out.across - around.across), abs(came_out.along - around.along)) < CLOSE:
            return svg
        around = came_out
    fitted = {"width": width, "height": height, "autosize": {"type": "fit", "contains": "padding"}}
    return _to_svg(json.dumps(spec | fitted))


@cache
def register_fonts() -> bool:
    """Make our fonts known to what draws; once is enough."""
    vl_convert.register_font_directory(str(FONTS))
    return True


@lru_cache(maxsize=KEPT)
def _to_svg(spec: str) -> str:
    register_fonts()
    return str(vl_convert.vegalite_to_svg(spec))
