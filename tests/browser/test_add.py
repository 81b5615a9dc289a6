"""The Add page in a browser: a file is checked, imported, published and undone; a foreign table is mapped."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from cxdata.codebook.codes import load_codebook
from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.flat_table.template import flat_rows
from cxdata.ingest.mapping.manual import ColumnChoice, Origin, build_mapping
from cxdata.stories import parse_story
from tests.fixtures import DATA
from tests.fixtures.browser import TIMEOUT, EditingServer, run_server

DROPPED = "[data-testid=stFileUploaderDropzoneInput]"  # the sidebar has a file field of its own
GOOD = (DATA / "good-story.toml").read_text("utf-8")


@pytest.fixture(scope="module")
def editing_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EditingServer]:
    """A server whose user at this machine may edit, over a database of its own."""
    told = {"CXDATA_EDITING": "local", "CXDATA_EDITOR": "Reader B"}
    folder = tmp_path_factory.mktemp("desk")
    with run_server(folder / "stories.duckdb", folder / "log", **told) as address:
        yield EditingServer(address, folder / "log")


def table() -> bytes:
    """Return a flat table of two invented drafts; the second has an unknown touchpoint."""
    rows = [list(FLAT_COLUMNS)]
    for name, words in (("invented-one", "An invented kettle"), ("invented-two", "Another invented kettle")):
        text = GOOD.replace("good-story", name).replace("A kettle is ordered", words)
        story = parse_story(text.encode(), load_codebook(), f"{name}.toml")
        draft = story.model_copy(update={"status": "draft", "reviewer": None, "reviewed_on": None})
        rows += flat_rows(draft)
    place = FLAT_COLUMNS.index("touchpoint")
    rows[-1][place] = "fone"
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def test_a_file_is_checked_imported_published_and_undone(
    browser: Browser, editing_server: EditingServer, tmp_path: Path
) -> None:
    file = tmp_path / "invented.csv"
    file.write_bytes(table())
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        window = editing_server.open_window(context)
        page = window.open("/add")
        page.set_input_files(DROPPED, file)
        expect(page.get_by_text("invented.csv: 4 rows, 49 columns, UTF-8.")).to_be_visible(timeout=TIMEOUT)
        page.get_by_text("Try it without changes").click()
        expect(page.get_by_text("1 fault: nothing would be imported.")).to_be_visible(timeout=TIMEOUT)
        page.get_by_text("Import the good rows, and give me the others").click()
        window.wait_until_idle()
        page.get_by_text("Import them", exact=True).click()
        expect(page.get_by_text(": 1 story, with 1 new company. 1 story to be read and published.")).to_be_visible(
            timeout=TIMEOUT
        )
        expect(page.get_by_text("Faulty rows of invented.csv (CSV)")).to_be_visible()
        listed = window.open("/stories?search=invented")
        expect(listed.get_by_text("No story matches all of this")).to_be_visible()
        page = window.open("/add?part=review")
        expect(page.get_by_text("A preview: this is on no page yet.")).to_be_visible()
        page.get_by_text("The whole batch …").click()
        page.get_by_text("Read and publish: the whole batch").click()
        expect(page.get_by_text("1 story of", exact=False).first).to_be_visible(timeout=TIMEOUT)
        expect(page.get_by_text("Every story in the database is published.")).to_be_visible(timeout=TIMEOUT)
        listed = window.open("/stories?search=invented")
        expect(listed.get_by_role("link", name="A kettle that came cold")).to_be_visible()
        page = window.open("/add?part=batches")
        page.get_by_text(re.compile(r"^Delete .* …$")).first.click()
        page.get_by_text("Delete the batch", exact=True).click()
        expect(page.get_by_text("is deleted: 1 story.").first).to_be_visible(timeout=TIMEOUT)
        listed = window.open("/stories?search=invented")
        expect(listed.get_by_text("No story matches all of this")).to_be_visible()
        assert window.console_errors == []
        assert window.foreign_requests == []


def test_no_section_is_wider_than_a_phone(browser: Browser, editing_server: EditingServer) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        window = editing_server.open_window(context)
        for part in ("file", "write", "review", "batches", "companies"):
            window.open(f"/add?part={part}")
            assert window.overflow() <= 0, part
        assert window.console_errors == []


def test_faults_fit_a_phone_and_stay_a_table_for_screen_readers(
    browser: Browser, editing_server: EditingServer, tmp_path: Path
) -> None:
    file = tmp_path / "invented.csv"
    file.write_bytes(table())
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        window = editing_server.open_window(context)
        page = window.open("/add")
        page.set_input_files(DROPPED, file)
        page.get_by_text("Try it without changes").click()
        faults = page.get_by_role("region", name="Faults")
        expect(faults.get_by_role("rowheader", name="row 5")).to_be_visible(timeout=TIMEOUT)
        # laid out as blocks, it stays a table for a screen reader
        assert faults.get_by_role("columnheader").all_inner_texts() == ["where", "story", "column", "value", "why",
                                                                       "nearest choice"]  # fmt: skip
        row = faults.get_by_role("row").last
        assert row.get_by_role("cell").all_inner_texts()[:3] == ["invented-two", "touchpoint", "fone"]
        why = row.get_by_role("cell").nth(3)
        assert why.inner_text().startswith("is unknown. The codebook has: phone, ")
        box = why.bounding_box()
        assert box is not None
        assert (box["x"] >= 0, box["x"] + box["width"] <= 390) == (True, True)
        assert why.evaluate("cell => cell.scrollWidth <= cell.clientWidth")
        window.wait_until_idle()
        assert window.overflow() <= 0
        assert window.console_errors == []


def test_a_foreign_table_is_mapped_by_keyboard(browser: Browser, editing_server: EditingServer, tmp_path: Path) -> None:
    file = tmp_path / "invented-export.csv"
    file.write_text("Shop,Said,Result\nInvented Shop,Invented: it came late.,Refunded\n", "utf-8")
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        window = editing_server.open_window(context)
        page = window.open("/add")

        def choose(label: str, words: str) -> None:
            page.get_by_label(label, exact=True).focus()
            page.keyboard.type(words)
            page.keyboard.press("Enter")
            window.wait_until_idle()

        page.set_input_files(DROPPED, file)
        expect(page.get_by_text("Still to say: what each row is")).to_be_visible(timeout=TIMEOUT)
        page.get_by_text("A customer’s own report").click()
        page.get_by_label("Who collected them, as pages will show it").fill("An invented desk")
        page.keyboard.press("Enter")
        page.get_by_label("Sector of the company or companies").fill("Retail")
        page.keyboard.press("Enter")
        choose("The channel or touchpoint, for every row", "Delivery")
        choose("What the customer wanted done, for every row", "Buy something")
        choose("Result: Refunded", "Resolved")
        expect(page.get_by_text("Still to say")).to_have_count(0, timeout=TIMEOUT)
        page.get_by_text("Published: I have read them").click()
        page.get_by_text("Try it without changes").click()
        # the editor who maps the columns counts as coder
        expect(page.get_by_text("also coded the story")).to_be_visible(timeout=TIMEOUT)
        page.get_by_text("Draft: somebody else reviews").click()
        expect(page.get_by_text("also coded the story")).to_have_count(0, timeout=TIMEOUT)
        page.get_by_text("Try it without changes").click()
        expect(page.get_by_text("Would be imported: 1 story, with 1 new company.")).to_be_visible(timeout=TIMEOUT)
        assert window.console_errors == []


def test_a_saved_mapping_file_is_applied(browser: Browser, editing_server: EditingServer, tmp_path: Path) -> None:
    file, kept = tmp_path / "invented-later.csv", tmp_path / "mapping.toml"
    file.write_text("Shop,Said\nInvented Shop,Invented: it came late again.\n", "utf-8")
    said = {
        "company": ColumnChoice("Shop"),
        "account": ColumnChoice("Said"),
        "touchpoint": ColumnChoice(value="delivery"),
        "outcome": ColumnChoice(value="resolved"),
        "job": ColumnChoice(value="buy_a_product"),
    }
    kept.write_text(build_mapping(said, "Retail", "later", "later", Origin("An invented desk", False)), "utf-8")
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        window = editing_server.open_window(context)
        page = window.open("/add")
        page.set_input_files(DROPPED, file)
        page.get_by_label("What the columns are", exact=True).focus()
        page.keyboard.type("I have its mapping")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Still needed: the mapping")).to_be_visible(timeout=TIMEOUT)
        page.locator(DROPPED).nth(1).set_input_files(kept)
        expect(page.get_by_text("Still needed")).to_have_count(0, timeout=TIMEOUT)
        page.get_by_text("Try it without changes").click()
        expect(page.get_by_text("Would be imported: 1 story")).to_be_visible(timeout=TIMEOUT)
        assert window.console_errors == []
