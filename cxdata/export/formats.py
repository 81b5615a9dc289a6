"""File formats: the one way from a view to bytes, for the studio, addresses and the command line."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pyarrow as pa

from cxdata.errors import ExportError
from cxdata.export.bundle import build_bundle
from cxdata.export.file_names import file_name
from cxdata.export.origin.metadata import metadata_of, serialise_metadata
from cxdata.export.origin.view_id import identify_view
from cxdata.export.picture.layout import draw_picture
from cxdata.export.picture.pdf import draw_pdf
from cxdata.export.picture.png import draw_png
from cxdata.export.picture.svg import finish_svg
from cxdata.export.picture.text_metrics import missing_glyphs
from cxdata.export.tables import to_csv
from cxdata.export.view import View, complete_view
from cxdata.export.web.html_page import render_html
from cxdata.export.web.vega_lite import render_vega_lite
from cxdata.export.workbook import write_workbook
from cxdata.publish.charts import PublishedChart, publish_chart
from cxdata.store.engine import Connection
from cxdata.text.suggestions import format_choices

__all__ = ["FORMATS", "Format", "file_name", "make_file", "publish_view", "render_file"]

PAINTED = ("png", "pdf", "zip")  # letters become shapes; other formats keep text, for the reader's own fonts
SET_IN = {"headline": "Serif-Semibold", "subtitle": "Sans-Regular", "byline": "Sans-Regular", "notes": "Sans-Regular"}
MOST_PIXELS = 20_000_000  # of a PNG; the largest preset at scale 3 has 19 million


@dataclass(frozen=True)
class Format:
    """A kind of file."""

    name: str
    media_type: str
    use: str


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Mapping[str, Format] = {
    made.name: made
    for made in (
        Format("png", "image/png", "a picture for any page"),
        Format("svg", "image/svg+xml", "a picture that stays sharp at any size"),
        Format("pdf", "application/pdf", "a picture for print"),
        Format("html", "text/html; charset=utf-8", "an interactive page that works without a network"),
        Format("json", "application/json", "the Vega-Lite specification, to draw the chart again"),
        Format("csv", "text/csv; charset=utf-8", "the rows of the chart, for a spreadsheet"),
        Format("xlsx", XLSX, "the figures under headings in words, and what each means"),
        Format("zip", "application/zip", "all sizes and formats, texts to paste, and the data"),
    )
}


def publish_view(connection: Connection, view: View) -> PublishedChart:
    """Publish the chart of a view."""
    return publish_chart(connection, view.chart, view.choices, view.picture.theme, view.picture.language)


def render_file(connection: Connection, view: View, form: str) -> bytes:
    """Make a view's file of this format. The same view, data and code give the same bytes.

    Raises ExportError for an unknown format, too large a picture, and a chart without stories.
    """
    check_format(view, form)
    return make_file(publish_view(connection, view), view, form)


def make_file(published: PublishedChart, view: View, form: str) -> bytes:
    """Make a file as `render_file` does, from a chart that is published already."""
    check_format(view, form)
    # a signature belongs to an address: the file is the same without one
    return _MADE[form](published, replace(complete_view(published, view), signature=""))


def check_format(view: View, form: str) -> None:
    """Check that a file of this format is possible, before any query. Raises ExportError if not."""
    if form not in FORMATS:
        raise ExportError(f"format {format_choices(form, FORMATS, 'the studio')}")
    preset = view.picture.preset
    pixels = preset.width * preset.height * view.scale**2
    if form == "png" and pixels > MOST_PIXELS:
        raise ExportError(
            f"{preset.name} at {view.scale}x has {pixels // 1_000_000} million pixels. At most "
            f"{MOST_PIXELS // 1_000_000} million are possible. Choose a smaller scale or box, or SVG."
        )
    if form in PAINTED:
        _check_letters(view, form)


def explain_refusal(view: View, form: str) -> str | None:
    """Explain why a file of this format is not possible; None if it is."""
    try:
        check_format(view, form)
    except ExportError as error:
        return str(error)
    return None


def _check_letters(view: View, form: str) -> None:
    for name, face in SET_IN.items():
        missing = missing_glyphs(getattr(view.picture, name) or "", face)
        if missing:
            named = ", ".join(f"{mark} (U+{ord(mark):04X})" for mark in missing[:5])
            more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
            raise ExportError(
                f"{name}: our fonts do not have {named}{more}, so a {form} would show boxes. "
                "Choose svg, html or json, which keep them as text."
            )


def _drawn(published: PublishedChart, view: View) -> str:
    return draw_picture(published, view.picture, identify_view(view))


def _png(published: PublishedChart, view: View) -> bytes:
    about = metadata_of(published, view)
    return draw_png(_drawn(published, view), view.scale, view.picture.is_transparent, about)


def _svg(published: PublishedChart, view: View) -> bytes:
    about = metadata_of(published, view)
    packed = serialise_metadata(about)
    # ids differ between two views on one page, and are the same for the same view
    prefix = f"cx-{hashlib.sha256(packed.encode()).hexdigest()[:10]}"
    words = {"title": about["Title"], "description": about["Description"]}
    return finish_svg(_drawn(published, view), words, packed, prefix).encode()


def _pdf(published: PublishedChart, view: View) -> bytes:
    return draw_pdf(_drawn(published, view), metadata_of(published, view))


def _csv(published: PublishedChart, _: View) -> bytes:
    shown = {name: [row[name] for row in published.rows] for name in published.columns}
    return to_csv(pa.table(shown))


def _zip(published: PublishedChart, view: View) -> bytes:
    return build_bundle(published, view, make_file)


_MADE: Mapping[str, Callable[[PublishedChart, View], bytes]] = {
    "png": _png,
    "svg": _svg,
    "pdf": _pdf,
    "html": render_html,
    "json": render_vega_lite,
    "csv": _csv,
    "xlsx": write_workbook,
    "zip": _zip,
}
