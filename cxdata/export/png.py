"""A picture as PNG: exact pixels, a fifth of the size that the renderer gives, and where it comes from inside.

vl-convert multiplies the colours of half-transparent pixels by their alpha twice. A transparent picture is therefore
drawn on black and on white, and what differs between the two is what shines through.
"""

import io
from collections.abc import Mapping

import vl_convert
from PIL import Image, ImageChops, PngImagePlugin

from cxdata.export.body import register_fonts

COLOURS = 256
TIGHT = 6  # of zlib's 9: the last three take four times as long for a tenth


def draw_png(svg: str, scale: int, is_transparent: bool, about: Mapping[str, str]) -> bytes:
    """The SVG as PNG, `scale` pixels for each of its own; `about` goes into iTXt chunks."""
    register_fonts()
    picture = _transparent(svg, scale) if is_transparent else _reduced(_drawn(svg, scale))
    told = PngImagePlugin.PngInfo()
    for name, text in about.items():
        told.add_itxt(name, text, zip=len(text) > 2000)
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=TIGHT, pnginfo=told)
    return file.getvalue()


def _drawn(svg: str, scale: int) -> Image.Image:
    return Image.open(io.BytesIO(vl_convert.svg_to_png(svg, scale=scale))).convert("RGB")


def _reduced(picture: Image.Image) -> Image.Image:
    """In 256 colours: a chart has some 400, most of them the edges of letters, so that the eye sees no difference.

    The median cut gives every large area its very own colour.
    """
    return picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _transparent(svg: str, scale: int) -> Image.Image:
    """The SVG without a ground, in all its colours: a palette would shift alpha."""
    black, white = (_drawn(_on(svg, ground), scale) for ground in ("#000", "#fff"))
    shining = ImageChops.subtract(white, black)
    bands = shining.split()
    alpha = ImageChops.invert(ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2]))
    return Image.merge("RGBa", (*black.split(), alpha)).convert("RGBA")


def _on(svg: str, ground: str) -> str:
    end = svg.index(">") + 1
    return f'{svg[:end]}<rect width="100%" height="100%" fill="{ground}"/>{svg[end:]}'
