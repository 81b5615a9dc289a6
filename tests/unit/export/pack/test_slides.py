"""The slides of a pack, read back: titles, alt texts, notes, sizes of type, and a company's own layouts."""

import io
import zipfile
from typing import Any

import duckdb
import pytest
from pptx import Presentation
from pptx.util import Pt

from cxdata.errors import ExportError
from cxdata.export.pack.deck import DECK_TYPE, TEMPLATE_TYPE
from cxdata.export.pack.model import Pack
from cxdata.export.pack.pages import build_pack
from cxdata.export.pack.scope import parse_scope
from cxdata.export.pack.slides import write_slides

BASE = "https://stories.example.org"


@pytest.fixture(scope="module")
def pack(database: duckdb.DuckDBPyConnection) -> Pack:
    return build_pack(database, parse_scope({"left": "AO.com", "right": "Argos"}))


@pytest.fixture(scope="module")
def written(pack: Pack) -> bytes:
    return write_slides(pack, BASE)


def read(file: bytes) -> Any:
    return Presentation(io.BytesIO(file))


def test_slides_have_real_titles_alt_texts_and_notes(pack: Pack, written: bytes) -> None:
    deck = read(written)
    slides = list(deck.slides)
    assert [slide.shapes.title.text_frame.text for slide in slides] == [page.title for page in pack.pages]
    for slide, page in zip(slides, pack.pages, strict=True):
        drawn = [shape for shape in slide.shapes if shape.has_chart or shape.shape_type == 13]  # 13 is a picture
        assert len(drawn) == (page.chart is not None), page.name
        for shape in drawn:
            alt = shape._element.xpath(".//p:cNvPr/@descr")
            assert len(alt[0]) > 30, page.name
        notes = slide.notes_slide.notes_text_frame.text
        for note in page.notes:
            assert note in notes, page.name
        assert f"{BASE}/{page.path}" in notes
        empty = [shape for shape in slide.placeholders if not shape.has_text_frame or not shape.text_frame.text]
        assert empty == [], "an empty place asks for text"


def test_no_text_is_smaller_than_eighteen_points_or_outside_its_slide(written: bytes) -> None:
    deck = read(written)
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height, shape.name
            if shape.has_text_frame:
                sizes = [run.font.size for each in shape.text_frame.paragraphs for run in each.runs]
                assert all(size is None or size >= Pt(18) for size in sizes), shape.text_frame.text
            if shape.has_chart:
                assert shape.chart.font.size >= Pt(18)


def test_bars_are_figures_that_people_can_edit(database: duckdb.DuckDBPyConnection, written: bytes) -> None:
    slide = read(written).slides[1]
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    assert [series.name for series in chart.plots[0].series] == ["AO.com", "Argos"]
    assert list(chart.plots[0].categories)[:2] == ["Waiting on hold", "Disputing"]
    assert list(chart.plots[0].series[0].values)[:2] == [6.0, 4.0]
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    rows = len(list(chart.plots[0].categories))
    assert any(f"Shown: {rows} first rows of 10." in text for text in texts), "rows that do not fit are counted"


def test_file_names_its_title_author_and_language_and_no_other_program(pack: Pack, written: bytes) -> None:
    about = read(written).core_properties
    assert (about.title, about.author, about.language) == (pack.title, "Hall of fame, hall of shame", "en-GB")
    assert (str(about.created.date()), str(about.modified.date())) == (pack.day, pack.day)
    with zipfile.ZipFile(io.BytesIO(written)) as file:
        slide = file.read("ppt/slides/slide1.xml")
    assert b'lang="en-GB"' in slide


def test_same_pack_has_the_same_bytes(pack: Pack, written: bytes) -> None:
    assert write_slides(pack, BASE) == written


def template(change: Any = None) -> bytes:
    """A company's deck: 4 to 3, with an example slide, and layouts of its own names."""
    deck = Presentation()
    for layout in deck.slide_layouts:
        layout.name = f"Acme {layout.name}"
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text_frame.text = "Example"
    if change:
        change(deck)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def as_potx(deck: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck)) as given, zipfile.ZipFile(made, "w") as into:
        for entry in given.infolist():
            into.writestr(entry.filename, given.read(entry).replace(DECK_TYPE, TEMPLATE_TYPE))
    return made.getvalue()


@pytest.mark.parametrize("form", ["pptx", "potx"])
def test_template_gives_the_layouts(pack: Pack, form: str) -> None:
    given = template()
    deck = read(write_slides(pack, "", as_potx(given) if form == "potx" else given))
    assert (deck.slide_width, deck.slide_height) == (read(given).slide_width, read(given).slide_height)
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == [page.title for page in pack.pages]
    used = {page.name: slide.slide_layout.name for slide, page in zip(deck.slides, pack.pages, strict=True)}
    assert used["Evidence"] == "Acme Title Only"
    assert used["Stories"] == "Acme Title and Content"


def drop_titles(deck: Any) -> None:
    for layout in deck.slide_layouts:
        for shape in list(layout.placeholders):
            if "TITLE" in str(shape.placeholder_format.type):
                shape._element.getparent().remove(shape._element)


def flatten(deck: Any) -> None:
    for layout in (deck.slide_master, *deck.slide_layouts):
        for shape in layout.placeholders:
            if "TITLE" not in str(shape.placeholder_format.type):
                shape.left, shape.top, shape.width, shape.height = 0, 0, Pt(600), Pt(40)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (b"%PDF-1.7", "no PowerPoint file that can be read"),
        (b"", "no PowerPoint file that can be read"),
        (template()[:5000], "no PowerPoint file that can be read"),
        (template(drop_titles), "no layout with a title"),
        (template(flatten), "leaves 600 by 40 points below the title"),
    ],
)
def test_template_that_cannot_serve_says_why(pack: Pack, given: bytes, why: str) -> None:
    with pytest.raises(ExportError, match=why):
        write_slides(pack, "", given)
