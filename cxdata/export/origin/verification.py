"""Verification of exported files: read the view from a file, make it again, and compare byte for byte.

It vouches for figures alone: words of a writer are named as such.
"""

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

from PIL import Image, ImageChops

from cxdata.errors import CxdataError, ExportError
from cxdata.export.formats import make_file, publish_view
from cxdata.export.origin.metadata import BROKEN, LARGEST, detect_format, read_metadata
from cxdata.export.origin.own_words import SENTENCES, credit_words
from cxdata.export.origin.view_id import is_id_of
from cxdata.export.view import parse_view
from cxdata.store import data_version
from cxdata.store.engine import Connection
from cxdata.version import __version__

ENDINGS = {"svg": b"</svg>", "html": b"</html>", "pdf": b"%%EOF"}


@dataclass(frozen=True)
class Verification:
    """The result.

    `kind` is one of: same, same figures (with words of a writer), same picture, altered, other version, other data,
    unknown file, damaged.
    """

    kind: str
    text: str

    @property
    def is_same(self) -> bool:
        """Return whether the file is, byte for byte, the export of this data."""
        return self.kind in ("same", "same figures")


def verify_file(connection: Connection, path: Path) -> Verification:
    """Compare the file at `path` with this database. No content of a file raises an error."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    except OSError as error:
        return Verification("damaged", f"cannot be read: {error.strerror or error}")
    kind = detect_format(data)
    if kind is None:
        return Verification(
            "unknown file",
            "this is no exported PNG, SVG, PDF, HTML, XLSX, Vega-Lite file or bundle. A CSV has no id to check.",
        )
    fault = _damage(kind, data)
    try:
        about = read_metadata(data)
    except ExportError as error:
        return Verification("damaged" if fault else "unknown file", fault or str(error))
    if fault:
        return Verification("damaged", f"{fault}. It calls itself chart {about['id']}.")
    try:
        return _compare(connection, kind, data, about)
    except (CxdataError, ValueError) as error:
        return Verification("damaged", f"its chart cannot be made again: {error}")


def _compare(connection: Connection, kind: str, data: bytes, about: dict[str, str]) -> Verification:
    view = parse_view(about["chart"], parse_qs(about["choices"], max_num_fields=200))
    if not is_id_of(about["id"], view):
        return Verification("damaged", f"its id {about['id']} and its choices belong to different charts")
    older, current = about["data version"], data_version(connection)
    if older != current:
        return Verification("other data", f"it was made from data {older}, and this database has data {current}")
    origin = f"chart {about['id']}, data {current}"
    made = make_file(publish_view(connection, view), view, kind)
    credit = credit_words(view.picture, SENTENCES)
    words = f". {credit}: this program checked no word of it" if credit else ""
    if made == data:
        kind, equal = ("same figures", "its figures equal") if credit else ("same", "it equals, byte for byte,")
        return Verification(kind, f"{equal} the export of this data ({origin}){words}")
    if about["code version"] != __version__:
        drawn = f"version {about['code version']} of this program drew it, and this is {__version__}"
        return Verification("other version", f"the data is the same, but {drawn} ({origin})")
    if kind == "png" and _same_pixels(data, made):
        return Verification(
            "same picture", f"the picture is the same, but another program saved the file again ({origin}){words}"
        )
    return Verification(
        "altered", f"it calls itself {origin}, but differs from the export of this data{_where(kind, data, made)}"
    )


def _damage(kind: str, data: bytes) -> str:
    """Describe damage to the file itself; empty if there is none."""
    try:
        if kind == "png":
            with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
                picture.load()
        elif kind in ("zip", "xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as bundle:
                if sum(entry.file_size for entry in bundle.infolist()) > LARGEST:
                    return "the ZIP is larger than any exported bundle"
                broken = bundle.testzip()
                if broken:
                    return f"the file {broken} in it is damaged"
        elif kind == "json":
            json.loads(data.decode("utf-8-sig"))
        elif kind in ENDINGS and not data.rstrip().endswith(ENDINGS[kind]):
            return f"the {kind.upper()} is cut short"
    except BROKEN as error:
        return f"the {kind.upper()} is damaged: {error}"
    return ""


def _same_pixels(one: bytes, other: bytes) -> bool:
    with Image.open(io.BytesIO(one)) as left, Image.open(io.BytesIO(other)) as right:
        if left.size != right.size:
            return False
        apart = ImageChops.difference(left.convert("RGBA"), right.convert("RGBA"))
        # getbbox() misses differences in colour where alpha is equal
        return not any(any(band.tobytes()) for band in apart.split())


def _where(kind: str, data: bytes, made: bytes) -> str:
    """Name the files of a bundle that differ."""
    if kind != "zip":
        return ""
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(io.BytesIO(made)) as expected:
        ours, theirs = ({name: bundle.read(name) for name in bundle.namelist()} for bundle in (expected, given))
    apart = [name for name in sorted(ours.keys() | theirs.keys()) if ours.get(name) != theirs.get(name)]
    return f": {', '.join(apart[:5])}" if apart else " in its compression"
