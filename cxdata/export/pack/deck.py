"""The deck that slides go into: our own, or a company's template, with the layouts for charts and for text.

A template decides colours, fonts and places.
"""

import io
import re
import zipfile
from functools import cache
from typing import Any, NamedTuple

from cxdata.errors import ExportError

POINT = 12_700  # EMU
TEXT = 18  # pt of the smallest text
GAP = 10.0  # pt
LEAST = 150.0  # pt of height that a chart needs
NARROWEST = 360.0  # pt
WIDE = (960.0, 540.0)  # pt of our own slides
TITLE_BOX = (40.0, 26.0, 880.0, 84.0)
BODY_BOX = (40.0, 116.0, 880.0, 388.0)
NUMBER_BOX = (820.0, 506.0, 100.0, 26.0)
FONTS = {"major": "Georgia", "minor": "Arial"}  # on Windows and macOS
COLOURS = {"dk1": "1B1A17", "dk2": "5E5A52", "accent1": "7D796F", "accent2": "1B1A17", "hlink": "00639C"}
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest in a zip
TODAY = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
TEMPLATE_TYPE = b"presentationml.template.main+xml"
DECK_TYPE = b"presentationml.presentation.main+xml"
LARGEST = 50_000_000  # bytes of a template
UNPACKED = 10 * LARGEST


class Box(NamedTuple):
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float


class Layouts(NamedTuple):
    """The layouts of a deck for pages with a chart and for pages of text, and the room below their titles."""

    chart: Any
    text: Any
    room: Box


def open_deck(template: bytes | None) -> Any:
    """Open a PPTX or POTX without its slides, or our own deck. Raises ExportError for a file that cannot be read."""
    return _open_template(template) if template is not None else _own_deck()


def _open_template(template: bytes) -> Any:
    from pptx import Presentation  # noqa: PLC0415 - most of the program makes no slides
    from pptx.exc import PythonPptxError  # noqa: PLC0415

    if len(template) > LARGEST:
        raise ExportError(f"the template is larger than {LARGEST // 1_000_000} MB")
    try:
        deck = Presentation(io.BytesIO(_as_deck(template)))
        _drop_slides(deck)
    except (PythonPptxError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, OSError) as error:
        why = str(error) or type(error).__name__
        raise ExportError(f"the template is no PowerPoint file that can be read (PPTX or POTX): {why}") from None
    return deck


def _as_deck(template: bytes) -> bytes:
    """Return a template as a presentation, the only kind of file that the library opens."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        if sum(entry.file_size for entry in given.infolist()) > UNPACKED:
            raise ExportError("the template is too large once it is unpacked")
        for entry in given.infolist():
            content = given.read(entry)
            if entry.filename == "[Content_Types].xml":
                content = content.replace(TEMPLATE_TYPE, DECK_TYPE)
            into.writestr(entry.filename, content)
    return made.getvalue()


def _drop_slides(deck: Any) -> None:
    """Drop the slides that a template brings: its layouts are wanted, and its examples are not."""
    listed = deck.slides._sldIdLst
    for entry in list(listed):
        deck.part.drop_rel(entry.rId)
        listed.remove(entry)


@cache
def _own_template() -> bytes:
    """Build our own deck: 16 to 9, white, a title and one box of text."""
    from pptx import Presentation  # noqa: PLC0415
    from pptx.enum.shapes import PP_PLACEHOLDER  # noqa: PLC0415
    from pptx.util import Pt  # noqa: PLC0415

    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDE[0]), Pt(WIDE[1])
    kept = [layout for layout in deck.slide_layouts if layout.name in ("Title Only", "Title and Content")]
    for layout in list(deck.slide_layouts):
        if layout not in kept:
            deck.slide_layouts.remove(layout)
    boxes = {
        PP_PLACEHOLDER.TITLE: TITLE_BOX,
        PP_PLACEHOLDER.BODY: BODY_BOX,
        PP_PLACEHOLDER.OBJECT: BODY_BOX,
        PP_PLACEHOLDER.SLIDE_NUMBER: NUMBER_BOX,
    }
    for part in (deck.slide_master, *kept):
        for shape in list(part.placeholders):
            if shape.placeholder_format.type in boxes:
                place_shape(shape, Box(*boxes[shape.placeholder_format.type]))
            else:
                shape._element.getparent().remove(shape._element)
    for part in (deck.slide_master, *kept):
        for size in part._element.xpath(".//p:sp[.//p:ph[@type='sldNum']]//@sz/.."):
            size.set("sz", str(TEXT * 100))
    _style_master(deck.slide_master)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _own_deck() -> Any:
    from pptx import Presentation  # noqa: PLC0415

    return Presentation(io.BytesIO(_own_template()))


def _style_master(master: Any) -> None:
    """Set our fonts and colours, titles on the left, and paragraphs without bullets."""
    from lxml import etree  # noqa: PLC0415
    from pptx.enum.text import MSO_ANCHOR  # noqa: PLC0415

    theme_part = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    theme = theme_part.blob
    for kind, font in FONTS.items():
        theme = re.sub(
            rf'(<a:{kind}Font>\s*<a:latin typeface=")[^"]*'.encode(), rb"\g<1>" + font.encode(), theme, count=1
        )
    for name, colour in {
        "dk1": "1B1A17",
        "dk2": "5E5A52",
        "accent1": "7D796F",
        "accent2": "1B1A17",
        "hlink": "00639C",
    }.items():
        theme = re.sub(
            rf"(<a:{name}>)\s*<a:\w+Clr [^>]*/>".encode(), rf'\g<1><a:srgbClr val="{colour}"/>'.encode(), theme, count=1
        )
    theme_part._blob = theme
    space = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    styles = master._element.find("{http://schemas.openxmlformats.org/presentationml/2006/main}txStyles")
    title, body = styles[0], styles[1]
    title.find(f"{space}lvl1pPr").set("algn", "l")
    level = body.find(f"{space}lvl1pPr")
    level.set("marL", "0")
    level.set("indent", "0")
    for bullet in [part for part in level if etree.QName(part).localname in ("buFont", "buChar", "buAutoNum")]:
        level.replace(bullet, etree.SubElement(level, f"{space}buNone"))
    for shape in master.placeholders:
        shape.text_frame.margin_left = shape.text_frame.margin_right = 0
        if "TITLE" in str(shape.placeholder_format.type):
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM


def find_layouts(deck: Any) -> Layouts:
    """Find a layout of a title alone, and one of a title and one box of text. Raises ExportError without a title."""
    from pptx.enum.shapes import PP_PLACEHOLDER as KINDS  # noqa: PLC0415

    aside = (KINDS.DATE, KINDS.FOOTER, KINDS.SLIDE_NUMBER, KINDS.HEADER)
    with_title: list[tuple[Any, list[Any]]] = []
    for layout in deck.slide_layouts:
        shapes = {shape.placeholder_format.type: shape for shape in layout.placeholders}
        others = [shape for shape in layout.placeholders if shape.placeholder_format.type not in (*aside, KINDS.TITLE)]
        if KINDS.TITLE in shapes:
            with_title.append((layout, others))
    if not with_title:
        raise ExportError("the template has no layout with a title, so its slides could not be found by their titles")
    alone = next((layout for layout, others in with_title if not others), None)
    bodies = [
        (layout, others[0])
        for layout, others in with_title
        if len(others) == 1 and others[0].placeholder_format.type in (KINDS.OBJECT, KINDS.BODY)
    ]
    text = bodies[0][0] if bodies else None
    chart = alone or text or with_title[0][0]
    room = box_of(bodies[0][1]) if bodies else _below_title(deck, chart)
    if room.height < LEAST + 4 * TEXT or room.width < NARROWEST:
        raise ExportError(
            f"the template leaves {room.width:.0f} by {room.height:.0f} points below the title. A pack needs"
            f" {NARROWEST:.0f} by {LEAST + 4 * TEXT:.0f}"
        )
    return Layouts(chart, text or chart, room)


def _below_title(deck: Any, layout: Any) -> Box:
    title = next(shape for shape in layout.placeholders if "TITLE" in str(shape.placeholder_format.type))
    box = box_of(title)
    bottom = deck.slide_height / POINT * 0.93
    return Box(box.left, box.top + box.height + GAP, box.width, bottom - box.top - box.height - GAP)


def box_of(shape: Any) -> Box:
    """Return the place of a shape; one that a layout inherits from its master has it from there."""
    return Box(*(each / POINT for each in (shape.left, shape.top, shape.width, shape.height)))


def place_shape(shape: Any, box: Box) -> None:
    """Move a shape to a place."""
    shape.left, shape.top, shape.width, shape.height = (round(each * POINT) for each in box)


def repack(file: bytes, day: str) -> bytes:
    """Write a file of Office again with the times of a day, so that the same pack has the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as given, zipfile.ZipFile(made, "w") as into:
        for part in given.infolist():
            entry = zipfile.ZipInfo(part.filename, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_STORED if part.filename.endswith(".png") else zipfile.ZIP_DEFLATED
            content = given.read(part)
            if part.filename.endswith(".xlsx"):  # the figures of a chart
                content = repack(content, day)
            elif part.filename == "docProps/core.xml":
                content = TODAY.sub(rb"\g<1>" + day.encode() + b"T00:00:00Z", content)
            into.writestr(entry, content)
    return made.getvalue()
