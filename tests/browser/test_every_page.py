"""Every page in a browser: wide and narrow, light and dark, from a cold server, without a foreign request."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from cxdata.access.roles import Role
from pages.__main__ import SECTIONS

ENTRIES = [entry for entries in SECTIONS.values() for entry in entries]
PATHS = [f"/{entry.address}" for entry in ENTRIES]
LISTED = [entry for entry in ENTRIES if entry.needs <= Role.READER]  # in the navigation of a reader
STORY = "/stories?story=ao-laptop"
STUDIO = "/studio?chart=effort"


@pytest.mark.parametrize("path", [*PATHS, STORY, STUDIO])
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_every_page_opens_without_error_or_foreign_request(open_window, path, width, dark):
    window = open_window(width=width, dark=dark)
    page = window.open(path)
    assert page.locator("[data-testid=stException]").count() == 0
    # one first-level heading, and no skipped level
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(heading => +heading.tagName[1])")
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    # every chart has a description
    labels = [chart.get_attribute("aria-label") for chart in page.locator("[data-testid=stVegaLiteChart]").all()]
    assert all(label and len(label) > 40 for label in labels)
    assert page.locator("[data-testid=stAlertContentError]").count() == 0
    assert window.console_errors == []
    assert window.foreign_requests == []
    assert window.overflow() <= 0
    assert list_violations(page) == []


def list_violations(page: Page) -> list[str]:
    """List what axe finds against WCAG and good practice: the rule and the places."""
    # Streamlit's navigation has headings and rows beside the items of its list
    found = Axe().run(page, context={"exclude": [["[data-testid=stSidebarNav]"]]}).response["violations"]
    return [f"{each['id']}: {[node['html'][:120] for node in each['nodes'][:3]]}" for each in found]


@pytest.mark.parametrize("dark", [False, True])
def test_the_theme_follows_the_color_scheme(open_window, dark):
    page = open_window(dark=dark).open("/")
    background = page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    red = int(background.removeprefix("rgb(").split(",")[0])
    assert (red < 60) is dark


def test_headlines_use_the_shipped_serif(open_window):
    page = open_window().open("/")
    assert "CX Serif" in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    assert page.evaluate("document.fonts.check('600 30px \"CX Serif\"')")


def test_a_deep_link_to_a_cold_server_shows_the_whole_frame(open_window, cold_server):
    page = open_window(address=cold_server).open("/effort")
    assert page.locator("[data-testid=stSidebarNav] a").count() == len(LISTED)
    assert page.locator("h1").inner_text()
    assert page.title() == "Effort"


def test_an_unknown_path_opens_the_first_page(open_window):
    window = open_window()
    page = window.open("/no-such-page")
    assert page.locator("[data-testid=stSidebarNav] a").count() == len(LISTED)
    assert page.locator("h1").count() == 1
