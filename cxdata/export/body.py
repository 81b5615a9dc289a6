"""The body of a picture: a specification drawn by Vega as SVG of exact size.

The slow part of a picture: drawn as rarely as can be.
"""

import json
import re
from functools import cache, lru_cache
from typing import Any

import vl_convert

from cxdata.charts.theme import FONTS

Spec = dict[str, Any]

TALL = 2000.0  # px, more than any body: what is left of it is axes, legends and names of columns
KEPT = 64  # bodies; a writer who changes the headline, or a bundle of many formats, draws the same body again
CLOSE = 1.5  # px; Vega rounds what axes take


def draw_body(spec: Spec, width: float, height: float) -> str:
    """The spec as SVG of this size."""
    return _to_svg(json.dumps(_sized(spec, width, height)))


def draw_lower_body(spec: Spec, width: float, plot: float, axes: float) -> str:
    """The spec as SVG with a plot of this height: a column with fewer rows, each as high as in the column beside it.

    `axes` is what the axes of that column take; a column whose own take more or less is drawn again.
    """
    svg = draw_body(spec, width, plot + axes)
    own = plot + axes - plot_height(svg, plot + axes)
    return svg if abs(own - axes) < CLOSE else draw_body(spec, width, plot + own)


def plot_height(svg: str, height: float) -> float:
    """The height of the plot within a rendered chart: Vega draws its background path first."""
    found = re.search(r'class="background"[^>]*d="M[^"]*?h[\d.]+v([\d.]+)', svg)
    return float(found[1]) if found else height


def overhead(spec: Spec, width: float = 560) -> float:
    """The pixels above and below the plot that axes, legends and names of columns take."""
    return TALL - plot_height(draw_body(spec, width, TALL), TALL)


def _sized(spec: Spec, width: float, height: float) -> Spec:
    return spec | {"width": width, "height": height, "autosize": {"type": "fit", "contains": "padding"}}


@cache
def register_fonts() -> bool:
    vl_convert.register_font_directory(str(FONTS))
    return True


@lru_cache(maxsize=KEPT)
def _to_svg(spec: str) -> str:
    register_fonts()
    return str(vl_convert.vegalite_to_svg(spec))
