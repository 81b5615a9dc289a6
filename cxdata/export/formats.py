"""A view as bytes: the one way from a view to any file, for the studio, the addresses and the command line alike."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import vl_convert

from cxdata.errors import ExportError, name_choices
from cxdata.export.frame import draw_picture
from cxdata.export.provenance import pack
from cxdata.export.view import View
from cxdata.publish import Published, publish


@dataclass(frozen=True)
class Format:
    """A kind of file."""

    name: str
    media_type: str
    use: str


FORMATS: Mapping[str, Format] = {
    made.name: made
    for made in (
        Format("png", "image/png", "a picture for any page"),
        Format("svg", "image/svg+xml", "a picture that stays sharp at any size"),
    )
}


def publish_view(connection: duckdb.DuckDBPyConnection, view: View) -> Published:
    """The published chart of a view."""
    return publish(connection, view.chart, view.choices, view.picture.look)


def render(connection: duckdb.DuckDBPyConnection, view: View, form: str) -> bytes:
    """The view as a file of this format. The same view, data and code give the same bytes (PDF excepted)."""
    if form not in FORMATS:
        raise ExportError(f"format {name_choices(form, FORMATS, 'the studio')}")
    published = publish_view(connection, view)
    svg = draw_picture(published, view.picture, pack(view.chart, view.choices))
    if form == "svg":
        return svg.encode()
    return bytes(vl_convert.svg_to_png(svg, scale=view.scale))
