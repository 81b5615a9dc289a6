"""Views of charts for tests: any chart by its name, with what it cannot do without."""

import io

from PIL import Image

from cxdata.export.view import View, parse_view

NEEDED = {
    "journey": {"story": "ao-laptop"},
    "head_to_head": {"job": "return_a_laptop", "left": "AO.com", "right": "Argos"},
    "difference_by_driver": {"job": "return_a_laptop", "left": "AO.com", "right": "Argos"},
    "matched_pairs": {"left": "AO.com", "right": "Argos"},
}
SVG = "{http://www.w3.org/2000/svg}"


def view_of(chart: str, **asked: str) -> View:
    return parse_view(chart, NEEDED.get(chart, {}) | asked)


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))
