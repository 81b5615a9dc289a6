"""The paper of a pack, read back: tags, alternative texts, fonts, bookmarks and pages."""

import io
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from pypdf import PdfReader

from cxdata.export.pack.model import Pack
from cxdata.export.pack.pages import build_pack
from cxdata.export.pack.paper import write_paper
from cxdata.export.pack.scope import parse_scope

BASE = "https://stories.example.org"


@pytest.fixture(scope="module")
def pack(database: duckdb.DuckDBPyConnection) -> Pack:
    return build_pack(database, parse_scope({}))


@pytest.fixture(scope="module")
def written(pack: Pack) -> bytes:
    return write_paper(pack, BASE)


@pytest.fixture(scope="module")
def paper(written: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(written))


def elements(node: Any) -> Iterator[Any]:
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from elements(each)
    elif hasattr(node, "get"):
        yield node
        if "/K" in node:
            yield from elements(node["/K"])


def test_paper_is_tagged_and_names_itself(pack: Pack, paper: PdfReader) -> None:
    root = paper.root_object
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF object
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in paper.xmp_metadata.stream.get_data()
    about = paper.metadata
    assert (about.title, about.author) == (pack.title, "Hall of fame, hall of shame")
    assert about.creation_date.date().isoformat() == pack.day


def test_each_finding_is_one_page_with_a_heading_and_a_bookmark(pack: Pack, paper: PdfReader) -> None:
    assert len(paper.pages) == len(pack.pages)
    assert [bookmark.title for bookmark in paper.outline] == [page.title for page in pack.pages]
    tags = [str(each.get("/S")) for each in elements(paper.root_object["/StructTreeRoot"]["/K"])]
    assert tags.count("/H1") == len(pack.pages)
    for page, sheet in zip(pack.pages, paper.pages, strict=True):
        text = " ".join(sheet.extract_text().split())
        assert page.foot in text, page.name
        assert "Source: customer stories by Maz Iqbal" in text, page.name


def test_each_picture_has_the_alternative_text_of_its_chart(pack: Pack, paper: PdfReader) -> None:
    told = [str(each["/Alt"]) for each in elements(paper.root_object["/StructTreeRoot"]["/K"]) if "/Alt" in each]
    for page in pack.pages:
        assert page.chart is None or page.chart.alt_text in told, page.name


def test_fonts_are_ours_and_inside(paper: PdfReader) -> None:
    fonts = {}
    for sheet in paper.pages:
        fonts |= {name: font.get_object() for name, font in sheet["/Resources"]["/Font"].items()}
    assert fonts
    for font in fonts.values():
        inner = font["/DescendantFonts"][0].get_object()
        assert "+CX" in inner["/BaseFont"]
        assert {"/FontFile2", "/FontFile3"} & {*inner["/FontDescriptor"]}


def test_links_lead_to_the_same_view(pack: Pack, paper: PdfReader) -> None:
    found = [annotation.get_object()["/A"]["/URI"] for sheet in paper.pages for annotation in sheet.get("/Annots", [])]
    assert found == [f"{BASE}/{page.path}" for page in pack.pages]


def test_same_pack_has_the_same_bytes(pack: Pack, written: bytes) -> None:
    assert write_paper(pack, BASE) == written
