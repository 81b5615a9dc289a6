"""Add stories in a real browser: a file with a fault tried, its good story brought in, published, and taken out."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PATIENCE, Reader, serving
from playwright.sync_api import Browser, expect

from cxdata.codebook import shipped_codebook
from cxdata.intake.columns import FLAT_COLUMNS
from cxdata.intake.template import flat_rows
from cxdata.places import ROOT
from cxdata.stories import read_story

GOOD = (ROOT / "tests" / "good-story.toml").read_text("utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server for whoever sits at the machine, over a database of its own."""
    told = {"CXDATA_EDITING": "local", "CXDATA_EDITOR": "Reader B"}
    folder = tmp_path_factory.mktemp("desk")
    with serving(folder / "stories.duckdb", folder / "log", **told) as address:
        yield address


def table() -> bytes:
    """Two invented stories as our own table, drafts; the second has a touchpoint that the codebook does not."""
    rows = [list(FLAT_COLUMNS)]
    for name, words in (("invented-one", "An invented kettle"), ("invented-two", "Another invented kettle")):
        text = GOOD.replace("good-story", name).replace("A kettle is ordered", words)
        story = read_story(text.encode(), shipped_codebook(), f"{name}.toml")
        draft = story.model_copy(update={"status": "draft", "reviewer": None, "reviewed_on": None})
        rows += flat_rows(draft)
    place = FLAT_COLUMNS.index("touchpoint")
    rows[-1][place] = "fone"
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def test_a_file_is_tried_brought_in_published_and_taken_out(browser: Browser, desk: str, tmp_path: Path) -> None:
    file = tmp_path / "invented.csv"
    file.write_bytes(table())
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        reader = Reader(context, desk)
        page = reader.open("/add")
        page.set_input_files("input[type=file]", file)
        expect(page.get_by_text("invented.csv: 4 rows, 43 columns, UTF-8.")).to_be_visible(timeout=PATIENCE)
        page.get_by_text("Try it: nothing is changed").click()
        expect(page.get_by_text("1 fault: nothing was brought in.")).to_be_visible(timeout=PATIENCE)
        page.get_by_text("Bring in what is right, and give me the rest").click()
        reader.settle()
        page.get_by_text("Bring them in", exact=True).click()
        expect(page.get_by_text("1 story of 1 new company are in, as batch")).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_text("Faulty rows of invented.csv (CSV)")).to_be_visible()
        listed = reader.open("/stories?search=invented")
        expect(listed.get_by_text("No story matches all of this")).to_be_visible()
        page = reader.open("/add?part=review")
        expect(page.get_by_text("A preview: this is on no page yet.")).to_be_visible()
        page.get_by_text("Read and publish: the whole batch").click()
        expect(page.get_by_text("1 story of", exact=False).first).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_text("Every story in the database is published.")).to_be_visible(timeout=PATIENCE)
        listed = reader.open("/stories?search=invented")
        expect(listed.get_by_role("link", name="A kettle that came cold")).to_be_visible()
        page = reader.open("/add?part=batches")
        page.get_by_text("Take it out …").click()
        page.get_by_text("Take it out", exact=True).click()
        expect(page.get_by_text("is taken out: 1 story.")).to_be_visible(timeout=PATIENCE)
        listed = reader.open("/stories?search=invented")
        expect(listed.get_by_text("No story matches all of this")).to_be_visible()
        assert reader.complaints == []
        assert reader.strangers == []


def test_no_part_is_wider_than_a_phone(browser: Browser, desk: str) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        reader = Reader(context, desk)
        for part in ("file", "write", "review", "batches", "companies"):
            reader.open(f"/add?part={part}")
            assert reader.sideways() <= 0, part
        assert reader.complaints == []
