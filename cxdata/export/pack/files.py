"""A pack as a file: the one way from choices to bytes, for pages, addresses and the command line."""

from pathlib import Path

from cxdata.errors import ExportError
from cxdata.export.pack.pages import build_pack
from cxdata.export.pack.paper import write_paper
from cxdata.export.pack.scope import Scope
from cxdata.export.pack.slides import write_slides
from cxdata.store.engine import Connection
from cxdata.text.suggestions import format_choices

MEDIA = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
}
"""The media type of each format."""


def make_pack(
    connection: Connection, scope: Scope, form: str, base: str = "", template: Path | None = None
) -> tuple[str, bytes]:
    """Make a pack in a format, and return the name of its file and its bytes.

    `base` is the address of the dashboard, `template` a PPTX or POTX whose layouts the slides use. The same choices,
    data and code give the same bytes. Raises ExportError, and QuestionError for an unknown company or code.
    """
    if form not in MEDIA:
        raise ExportError(f"format {format_choices(form, MEDIA, 'the pack')}")
    layouts = _read_template(template) if form == "pptx" and template else None
    pack = build_pack(connection, scope)
    content = write_paper(pack, base) if form == "pdf" else write_slides(pack, base, layouts)
    return f"{pack.file_name}.{form}", content


def _read_template(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ExportError(f"the template {path} cannot be read: {error.strerror or error}") from None
