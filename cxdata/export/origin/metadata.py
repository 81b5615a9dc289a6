"""Metadata in exported files, written and read: title, alternative text, source, chart and data version."""

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from html import unescape
from urllib.parse import urlencode

from PIL import Image, PngImagePlugin

from cxdata.errors import ExportError
from cxdata.export.origin.own_words import SENTENCES, cite_source, credit_words
from cxdata.export.origin.view_id import identify_view
from cxdata.export.view import View, complete_view, format_query
from cxdata.publish.charts import PublishedChart
from cxdata.version import __version__

KEYS = ("id", "chart", "choices", "data version", "code version")
"""The keys that identify a view; a file without all of them is not one of our exports."""
LARGEST = 100_000_000  # bytes of a file
LARGEST_TEXT = 1_000_000  # bytes of its metadata
BEGINNINGS = {
    "png": b"\x89PNG\r\n\x1a\n",
    "pdf": b"%PDF-",
    "zip": b"PK\x03\x04",
    "svg": b"<svg",
    "html": b"<!doctype html>",
    "json": b"{",
}
HELD = {
    "svg": re.compile(rb"<metadata[^>]*>([^<]*)</metadata>"),
    "html": re.compile(rb'<script type="application/json" id="metadata">([^<]*)</script>'),
    "pdf": re.compile(rb"/CXdata <([0-9A-F]*)>"),
}
DESCRIPTION = re.compile(r"<dc:description>(.*?)</dc:description>", flags=re.DOTALL)
BROKEN: tuple[type[Exception], ...] = (
    *(OSError, SyntaxError, ValueError, KeyError, TypeError, RuntimeError, struct.error, zlib.error),
    *(zipfile.BadZipFile, Image.DecompressionBombError, Image.DecompressionBombWarning),
)
"""The errors of Pillow, zipfile and json for a damaged file."""


def chart_alt_text(published: PublishedChart, view: View) -> str:
    """Return the writer's own alternative text, or that of the chart."""
    return view.picture.alt or published.alt_text


def chart_title(published: PublishedChart, view: View) -> str:
    """Return the writer's own headline, or that of the chart."""
    return view.picture.headline or published.headline


def subtitle_of(published: PublishedChart, view: View) -> str:
    """Return the writer's own subtitle, or that of the chart."""
    return view.picture.subtitle or published.subtitle


def source_of(published: PublishedChart, view: View) -> str:
    """Return whose words a file has, and the source, as in the footer."""
    return cite_source(published, view.picture)


def query_text(view: View) -> str:
    """Write the choices of a view as the query of an address."""
    return urlencode(sorted(format_query(view).items()), doseq=True)


def metadata_of(published: PublishedChart, view: View) -> dict[str, str]:
    """Collect the metadata of a file; its choices name the kind of story."""
    view = complete_view(published, view)
    credit = credit_words(view.picture, SENTENCES)
    return {
        "Title": chart_title(published, view),
        "Description": chart_alt_text(published, view),
        "Source": source_of(published, view),
        **({"Words": credit} if credit else {}),
        "id": identify_view(view),
        "chart": view.chart,
        "choices": query_text(view),
        "data version": published.data_version,
        "code version": __version__,
    }


def serialise_metadata(about: Mapping[str, str]) -> str:
    """Write metadata as one text."""
    return json.dumps(about, ensure_ascii=False, separators=(",", ":"))


def detect_format(data: bytes) -> str | None:
    """Detect the format by the first bytes; None for any other."""
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    start = start.lower() if start[:1] == b"<" else start
    kind = next((kind for kind, beginning in BEGINNINGS.items() if start.startswith(beginning)), None)
    return "xlsx" if kind == "zip" and _is_workbook(data) else kind


def _is_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return "xl/workbook.xml" in file.namelist()
    except BROKEN:
        return False


def read_metadata(data: bytes) -> dict[str, str]:
    """Read the metadata of a file. Raises ExportError for a damaged file, and for one without our metadata."""
    kind = detect_format(data)
    if kind is None or len(data) > LARGEST:
        raise ExportError("this is no exported chart. The choices are: PNG, SVG, PDF, HTML, JSON, XLSX or a zip")
    try:
        about = _read(kind, data)
    except BROKEN as error:
        raise ExportError(f"the {kind.upper()} is damaged: {error}") from None
    if not all(isinstance(about.get(key), str) for key in KEYS):
        raise ExportError(
            f"this {kind.upper()} has no id of a chart. Another program made it, or saved it without the id"
        )
    return {key: str(value) for key, value in about.items()}


def _read(kind: str, data: bytes) -> Mapping[str, object]:
    if kind == "png":
        return _of_png(data)
    if kind == "zip":
        return _of_zip(data)
    if kind == "xlsx":
        return _of_workbook(data)
    if kind == "json":
        usermeta = _parsed(data.decode("utf-8-sig")).get("usermeta")
        return usermeta if isinstance(usermeta, dict) else {}
    found = HELD[kind].search(data)
    held = found[1].decode() if found and len(found[1]) <= LARGEST_TEXT else "{}"
    if kind == "svg":
        held = unescape(held)
    elif kind == "pdf" and found:
        held = bytes.fromhex(held).decode()
    return _parsed(held)


def _of_png(data: bytes) -> Mapping[str, object]:
    with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
        assert isinstance(picture, PngImagePlugin.PngImageFile)
        return dict(picture.text)


def _of_zip(data: bytes) -> Mapping[str, object]:
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        if "metadata.json" not in bundle.namelist():
            return {}
        if bundle.getinfo("metadata.json").file_size > LARGEST_TEXT:
            raise ValueError("its metadata is too long")
        return _parsed(bundle.read("metadata.json").decode())


def _of_workbook(data: bytes) -> Mapping[str, object]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        if file.getinfo("docProps/core.xml").file_size > LARGEST_TEXT:
            raise ValueError("its metadata is too long")
        found = DESCRIPTION.search(file.read("docProps/core.xml").decode())
    return _parsed(unescape(found[1])) if found else {}


def _parsed(text: str) -> dict[str, object]:
    parsed = json.loads(text)
    return parsed if isinstance(parsed, dict) else {}
