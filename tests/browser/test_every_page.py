"""Every page in a real browser: wide and narrow, light and dark, from a cold server, without a word to anybody else."""

import itertools

import pytest

PATHS = [
    "/",
    "/fame-and-shame",
    "/head-to-head",
    "/touchpoints",
    "/effort",
    "/stories",
    "/playbook",
    "/studio",
    "/add",
    "/method",
]
STORY = "/stories?story=ao-laptop"
STUDIO = "/studio?chart=effort"


@pytest.mark.parametrize("path", [*PATHS, STORY, STUDIO])
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_every_page_opens_without_error_and_stays_on_this_machine(window, path, width, dark):
    reader = window(width=width, dark=dark)
    page = reader.open(path)
    assert page.locator("[data-testid=stException]").count() == 0
    # one first-level heading, and no level skipped on the way down
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(heading => +heading.tagName[1])")
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    # every chart says in words what it shows
    labels = [chart.get_attribute("aria-label") for chart in page.locator("[data-testid=stVegaLiteChart]").all()]
    assert all(label and len(label) > 40 for label in labels)
    assert page.locator("[data-testid=stAlertContentError]").count() == 0
    assert reader.complaints == []
    assert reader.strangers == []
    assert reader.sideways() <= 0


@pytest.mark.parametrize("dark", [False, True])
def test_the_theme_follows_the_reader(window, dark):
    page = window(dark=dark).open("/")
    background = page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    red = int(background.removeprefix("rgb(").split(",")[0])
    assert (red < 60) is dark


def test_the_headlines_are_set_in_our_own_serif(window):
    page = window().open("/")
    assert "CX Serif" in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    assert page.evaluate("document.fonts.check('600 30px \"CX Serif\"')")


def test_a_deep_link_as_the_first_request_of_a_cold_server_shows_the_whole_frame(window, cold_server):
    page = window(address=cold_server).open("/effort")
    assert page.locator("[data-testid=stSidebarNav] a").count() == len(PATHS)
    assert page.locator("h1").inner_text()
    assert page.title() == "Effort"


def test_an_unknown_path_leads_home_with_a_message(window):
    reader = window()
    page = reader.open("/no-such-page")
    assert page.locator("[data-testid=stSidebarNav] a").count() == len(PATHS)
    assert page.locator("h1").count() == 1
