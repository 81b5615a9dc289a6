"""A picture as PNG: exact pixels, metadata, and a fifth of the renderer's file size.

vl-convert multiplies the colours of half-transparent pixels by their alpha twice. A transparent picture is therefore
drawn on black and on white; the difference between the two gives the transparency.
"""

import io
from collections.abc import Mapping
from typing import cast

import numpy as np
import vl_convert
from PIL import Image, ImageChops, PngImagePlugin

from cxdata.export.picture.plot import register_fonts

Colour = tuple[int, int, int]

COLOURS = 256
EXACT = 128  # of COLOURS
MOST_COLOURS = 65_536  # more than any chart has; a picture with more gets one median cut
TIGHT = 6  # of zlib's 9 levels: the last three take four times as long to save a tenth


def draw_png(svg: str, scale: int, is_transparent: bool, about: Mapping[str, str]) -> bytes:
    """Draw an SVG as PNG with `scale` pixels for each of its own; `about` goes into iTXt chunks."""
    register_fonts()
    picture = _transparent(svg, scale) if is_transparent else _reduced(_drawn(svg, scale))
    info = PngImagePlugin.PngInfo()
    for name, text in about.items():
        info.add_itxt(name, text, zip=len(text) > 2000)
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=TIGHT, pnginfo=info)
    return file.getvalue()


def _drawn(svg: str, scale: int) -> Image.Image:
    return Image.open(io.BytesIO(vl_convert.svg_to_png(svg, scale=scale))).convert("RGB")


def _reduced(picture: Image.Image) -> Image.Image:
    """Reduce a picture to 256 colours. A chart has about 400, mostly on the edges of letters, so no difference is seen.

    The EXACT most common colours stay, so every area keeps its colour; a median cut maps the others. Pillow's cut of
    the whole picture takes ten times as long, and its mapping to a given palette confuses similar colours.
    """
    counted = picture.getcolors(MOST_COLOURS)
    if counted is None:
        return picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    colours = [cast(Colour, colour) for _, colour in sorted(counted, reverse=True)]
    kept, rest = colours[:EXACT], colours[EXACT:]
    palette, places = list(kept), list(range(len(kept)))
    if rest:
        strip = Image.new("RGB", (len(rest), 1))
        strip.putdata(rest)
        cut = strip.quantize(COLOURS - EXACT, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        shades = cut.getpalette() or []
        palette += zip(shades[0::3], shades[1::3], shades[2::3], strict=True)
        places += [EXACT + place for place in cut.tobytes()]
    place_of = np.zeros(1 << 24, np.uint8)
    place_of[[red | green << 8 | blue << 16 for red, green, blue in colours]] = places
    pixels = np.frombuffer(picture.tobytes("raw", "RGBX"), "<u4") & 0xFFFFFF
    reduced = Image.frombytes("P", picture.size, place_of[pixels].tobytes())
    reduced.putpalette([band for colour in palette for band in colour])
    return reduced


def _transparent(svg: str, scale: int) -> Image.Image:
    """Draw an SVG without a background, in all its colours: a palette would change alpha."""
    black, white = (_drawn(drawn, scale) for drawn in (_composite(svg, "#000"), on_white(svg)))
    shining = ImageChops.subtract(white, black)
    bands = shining.split()
    alpha = ImageChops.invert(ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2]))
    return Image.merge("RGBa", (*black.split(), alpha)).convert("RGBA")


def on_white(svg: str) -> str:
    """Return an SVG without a background on white."""
    return _composite(svg, "#fff")


def _composite(svg: str, ground: str) -> str:
    end = svg.index(">") + 1
    return f'{svg[:end]}<rect width="100%" height="100%" fill="{ground}"/>{svg[end:]}'
