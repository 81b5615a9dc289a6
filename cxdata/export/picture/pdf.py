"""A picture as PDF: embedded fonts, title and metadata, and the same bytes every time.

The converter numbers and orders the objects of a file at random; here they are in order of first reference.
"""

import re
from collections.abc import Mapping

import vl_convert

from cxdata.errors import ExportError
from cxdata.export.origin.metadata import serialise_metadata
from cxdata.export.picture.plot import register_fonts

REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
ENTRIES = re.compile(rb"(?:^ +/\w+ \d+ 0 R\n)+", flags=re.MULTILINE)


def draw_pdf(svg: str, about: Mapping[str, str]) -> bytes:
    """Draw an SVG as one page."""
    register_fonts()
    return normalise_pdf(bytes(vl_convert.svg_to_pdf(svg)), about)


def normalise_pdf(pdf: bytes, about: Mapping[str, str]) -> bytes:
    """Order the objects of a file, and add its metadata."""
    objects = _objects(pdf)
    root = re.search(rb"/Root (\d+) 0 R", pdf)
    if not root or int(root[1]) not in objects:
        raise ExportError("the new PDF cannot be read")
    order = _walk_objects(objects, int(root[1]))
    numbers = {old: new for new, old in enumerate(order, 1)}
    info = len(order) + 1
    made = [_renumbered(objects[old], numbers) for old in order]
    made[0] = made[0].replace(b"<<", b"<<\n  /Lang (en-GB)\n  /ViewerPreferences << /DisplayDocTitle true >>", 1)
    made.append(_info(about))
    file = bytearray(b"%PDF-1.7\n%\x80\x80\x80\x80\n\n")
    places = []
    for number, content in enumerate(made, 1):
        places.append(len(file))
        file += b"%d 0 obj\n" % number + content + b"\nendobj\n\n"
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f\r\n" % (info + 1)
    file += b"".join(b"%010d 00000 n\r\n" % place for place in places)
    file += b"trailer\n<<\n  /Size %d\n  /Root 1 0 R\n  /Info %d 0 R\n>>\n" % (info + 1, info)
    file += b"startxref\n%d\n%%%%EOF" % start
    return bytes(file)


def _objects(pdf: bytes) -> dict[int, bytes]:
    """Find every object by its number, through the table at the end: a stream may hold any bytes."""
    start = int(pdf[pdf.rindex(b"startxref") + len(b"startxref") :].split()[0])
    places = {
        number: int(line[:10])
        for number, line in enumerate(re.findall(rb"\d{10} \d{5} [nf]", pdf[start:]))
        if line.endswith(b"n")
    }
    ends = [*sorted(places.values()), start]
    return {
        number: _sorted(pdf[place : ends[ends.index(place) + 1]].split(b" 0 obj\n", 1)[1].rpartition(b"\nendobj")[0])
        for number, place in places.items()
    }


def _sorted(content: bytes) -> bytes:
    """Sort the references in an object by name."""
    words, stream, rest = content.partition(b"\nstream\n")
    return ENTRIES.sub(lambda run: b"".join(sorted(run[0].splitlines(keepends=True))), words) + stream + rest


def _walk_objects(objects: dict[int, bytes], root: int) -> list[int]:
    """List the numbers of all objects that the root reaches, in order of first reference."""
    order = [root]
    for number in order:
        for found in REFERENCE.findall(objects[number].partition(b"\nstream\n")[0]):
            if int(found) not in order:
                order.append(int(found))
    return order


def _renumbered(content: bytes, numbers: dict[int, int]) -> bytes:
    words, stream, rest = content.partition(b"\nstream\n")
    return REFERENCE.sub(lambda found: b"%d 0 R" % numbers[int(found[1])], words) + stream + rest


def _info(about: Mapping[str, str]) -> bytes:
    named = {
        "Title": about["Title"],
        "Subject": about["Description"],
        "Author": about["Source"],
        "Producer": "cxdata",
    }
    lines = [f"  /{name} <{_hex(text)}>" for name, text in named.items()]
    return "\n".join(["<<", *lines, f"  /CXdata <{serialise_metadata(about).encode().hex().upper()}>", ">>"]).encode()


def _hex(text: str) -> str:
    return "FEFF" + text.encode("utf-16-be").hex().upper()
