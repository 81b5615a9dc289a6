"""What a story was read for, in a browser: the form asks, the review queue says it, and pages show coverage."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from cxdata.editing.review import sign_off
from cxdata.store import build_database
from cxdata.store.duckdb_file import DuckDBFile
from tests.fixtures.browser import TIMEOUT, EditingServer, run_server
from tests.fixtures.imports import brought, table
from tests.fixtures.legacy_databases import COMPLAINT

BANK = COMPLAINT | {"Consumer disputed?": "N/A"}


@pytest.fixture(scope="module")
def complaint_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EditingServer]:
    """A server over the shipped stories, a published complaint and a draft of one; its user may edit."""
    folder = tmp_path_factory.mktemp("complaints") / "data"
    folder.mkdir()
    file = folder / "stories.duckdb"
    build_database(file)
    told = [BANK | {"Complaint ID": 511}, COMPLAINT | {"Complaint ID": 512}]
    assert brought(file, table(folder / "complaints.csv", told)).added == ("cfpb-511", "cfpb-512")
    sign_off(DuckDBFile(file), "cfpb-512", "published", "Reader C")
    with run_server(file, folder / "log", CXDATA_EDITING="local", CXDATA_EDITOR="Reader B") as address:
        yield EditingServer(address, folder / "log")


def test_a_complaint_is_read_whole_in_the_form(browser: Browser, complaint_server: EditingServer) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        window = complaint_server.open_window(context)
        page = window.open("/add?part=write&edit=cfpb-511")
        effort = page.get_by_role("radiogroup", name="Effort", exact=True)
        expect(effort.get_by_role("radio", name="Only some effort types")).to_be_checked(timeout=TIMEOUT)
        expect(page.get_by_role("heading", name="Effort: read for some types only")).to_be_visible()
        effort.get_by_text("Not read").click()
        expect(page.get_by_text("Effort “Not read”: step 1 has effort. The choices are: Whole story")).to_be_visible(
            timeout=TIMEOUT
        )
        expect(page.get_by_role("button", name="Save to the database")).to_be_disabled()
        effort.get_by_text("Whole story").click()
        expect(page.get_by_text("Nothing: the story can be saved.")).to_be_visible(timeout=TIMEOUT)
        window.wait_until_idle()
        page.get_by_role("button", name="Save to the database").click()
        expect(page.get_by_text("is saved as a draft").first).to_be_visible(timeout=TIMEOUT)
        page = window.open("/add?part=review")
        expect(page.get_by_text("Effort: read whole in 1 story, some types in 0, not read in 0.")).to_be_visible(
            timeout=TIMEOUT
        )
        expect(
            page.get_by_text("Mapped from a form, edited by Reader B. Read for: effort. Feelings, promises and signs of"
                             " care: not read.")
        ).to_be_visible(timeout=TIMEOUT)  # fmt: skip
        assert window.console_errors == []
        assert window.foreign_requests == []


def test_effort_page_shows_coverage_and_the_types_asked(browser: Browser, complaint_server: EditingServer) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        window = complaint_server.open_window(context)
        page = window.open("/effort?story_kind=complaint&company=Invented+Bank")
        expect(page.get_by_text("is known for 0 of 1 story.")).to_be_visible(timeout=TIMEOUT)
        types = page.get_by_role("region", name="How often each type is found")
        row = types.get_by_role("row", name="Disputing")
        assert row.get_by_role("cell").all_inner_texts() == ["100%: 1 of 1", "0 of 1 story", "1 story"]
        assert window.overflow() <= 0
        row.get_by_role("link", name="1 story").click()
        expect(page.locator(".cx-story")).to_contain_text("Invented Bank", timeout=TIMEOUT)
        window.open("/effort?story_kind=complaint&company=Invented+Bank")
        page.get_by_role("link", name="What stories are read for").first.click()
        expect(page.get_by_role("heading", name="What stories are read for")).to_be_visible(timeout=TIMEOUT)
        assert window.console_errors == []
