"""A pack as a paper (PDF/UA): tagged, with the project's fonts inside, A4 across, one page for each finding."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from cxdata.charts.kit.theme import FONTS
from cxdata.errors import ExportError
from cxdata.export.pack.model import Pack, Page
from cxdata.export.pack.pictures import draw_chart

TEMPLATE = Path(__file__).with_name("paper.typ")
WIDE = 740.0  # pt between the margins
HEIGHTS = (360, 330, 300, 270, 240, 210, 180, 150)  # pt of a chart, the largest first
SIZES = (16.0, 14.0, 12.5, 11.0, 10.0)  # pt of text, the largest first
SMALLEST = 10.0  # pt of text in a chart
FIRST_DAY = "1980-01-01"  # of a pack whose stories have no day


def write_paper(pack: Pack, base: str = "") -> bytes:
    """Write a pack as PDF; links begin with `base`, the address of the dashboard, and without one there are none."""
    made = _compile(pack, [_fit(pack, page, base) for page in pack.pages])
    if _count_pages(made) != len(pack.pages):
        raise ExportError("the pages of the pack do not fit their sheets")
    return made


def _fit(pack: Pack, page: Page, base: str) -> dict[str, Any]:
    """Describe a page with the largest type, and then the highest chart, with which it is one sheet."""
    described = _describe(page, base)
    for size, height in product(SIZES, HEIGHTS if page.chart else (0,)):
        described |= {"size": size, "room": height, "left_out": " " if page.chart else ""}
        if _count_pages(_compile(pack, [described])) == 1:
            break
    if page.chart:
        picture = draw_chart(page.chart, WIDE, described["room"], SMALLEST)
        described |= {"svg": picture.svg, "left_out": picture.left_out}
    return described


def _compile(pack: Pack, pages: Sequence[Mapping[str, Any]]) -> bytes:
    day = [int(part) for part in pack.day.split("-")] if pack.day else None
    named = {"title": pack.title, "author": pack.author, "description": pack.description, "day": day}
    # typst reads a point in time, so that the same pack has the same bytes
    moment = datetime.fromisoformat(pack.day or FIRST_DAY).replace(tzinfo=UTC)
    made, _ = _compiler().compile_with_warnings(
        input=str(TEMPLATE),
        format="pdf",
        sys_inputs={"data": json.dumps(named | {"pages": pages}, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=moment,
    )
    return bytes(made)


@cache
def _compiler() -> Any:
    """Load the compiler once: it reads our fonts, and none of the machine's."""
    import typst  # noqa: PLC0415 - most of the program makes no paper

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts)


def _describe(page: Page, base: str) -> dict[str, Any]:
    return {
        "title": page.title,
        "subtitle": page.subtitle,
        "figures": [
            {"figure": each.figure, "words": ", ".join(part for part in (each.words, each.more) if part)}
            for each in page.figures
        ],
        "svg": None,
        "alt": page.chart.alt_text if page.chart else "",
        "items": [vars(item) for item in page.items],
        "foot": page.foot,
        "notes": [note for note in page.notes if note],
        "url": f"{base.rstrip('/')}/{page.path}" if base else "",
    }


def _count_pages(pdf: bytes) -> int:
    """Count the pages of a file of typst, which never packs the tree of pages that names their number."""
    return max(int(found) for found in re.findall(rb"/Count (\d+)", pdf))
