"""The chart studio in a browser: from a chart to a picture and from the picture back to the chart."""

import io
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from PIL import Image
from playwright.sync_api import Page, expect

from cxdata.export.origin.metadata import read_metadata
from cxdata.export.origin.view_id import encode_view_id

PREVIEW = ".st-key-studio-preview img"
HEADLINE = ".st-key-studio-headline textarea"
ID = "[class*=st-key-studio-id] input"
FILE = "[class*=st-key-studio-file] input[type=file]"


def address(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def write(window, headline: str) -> None:
    """Enter a headline and wait for the new picture."""
    before = window.page.locator(PREVIEW).get_attribute("src")
    window.page.locator(HEADLINE).fill(headline)
    window.page.locator(HEADLINE).blur()
    expect(window.page.locator(PREVIEW)).not_to_have_attribute("src", before)
    window.wait_until_idle()


def download(page: Page, form: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.locator(f".st-key-studio-file-{form} button").first.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def test_the_studio_takes_the_filters_of_the_page(open_window):
    window = open_window()
    page = window.open("/effort?company=Apple")
    page.locator(".st-key-chart-effort").get_by_role("link", name="Use this chart").click()
    page.wait_for_url("**/studio?*")
    page.wait_for_selector(PREVIEW)
    window.wait_until_idle()
    assert address(page) == {"chart": ["effort"], "companies": ["Apple"], "story_kind": ["customer_story"]}
    page.locator(".st-key-studio-stories summary").click()
    expect(page.locator(".st-key-studio-companies")).to_contain_text("Apple")
    assert "Apple" in page.locator(PREVIEW).get_attribute("alt")
    assert window.console_errors == []


def test_the_preview_is_the_downloaded_file(open_window):
    window = open_window()
    page = window.open("/studio?chart=effort&scale=1&preset=wide")
    page.wait_for_selector(PREVIEW)
    write(window, "One customer did two hours of needless work")
    name, picture = download(page, "png")
    assert name.startswith("effort")
    assert name.endswith(".png")
    assert Image.open(io.BytesIO(picture)).size == (1600, 900)
    assert read_metadata(picture)["Title"] == "One customer did two hours of needless work"
    seen = page.request.get(page.evaluate(f"document.querySelector('{PREVIEW}').src")).body()
    assert seen == picture


def test_a_link_shows_a_fresh_browser_the_same_view(open_window):
    first = open_window()
    page = first.open("/studio?chart=fame_and_shame")
    page.wait_for_selector(PREVIEW)
    write(first, "Mine")
    page.locator(".st-key-studio-preset").locator("button", has_text="Square").click()
    page.wait_for_url("**preset=square*")
    first.wait_until_idle()
    _, picture = download(page, "png")
    again = open_window().open(page.url.removeprefix(first.address))
    again.wait_for_selector(PREVIEW)
    assert again.locator(HEADLINE).input_value() == "Mine"
    assert download(again, "png")[1] == picture


def test_two_changes_at_once_are_kept_and_back_undoes_them(open_window):
    window = open_window()
    page = window.open("/studio?chart=effort")
    page.wait_for_selector(PREVIEW)
    proposed = page.locator(HEADLINE).input_value()
    page.locator(HEADLINE).fill("Mine")
    # the click moves the focus, so both changes go out together
    page.locator(".st-key-studio-preset").locator("button", has_text="Square").click()
    page.wait_for_url("**headline=Mine&preset=square*")
    window.wait_until_idle()
    assert page.locator(HEADLINE).input_value() == "Mine"
    while "headline" in page.url:
        page.go_back()
        window.wait_until_idle()
    expect(page.locator(HEADLINE)).to_have_value(proposed)


def test_an_id_opens_its_view_from_any_page(open_window):
    window = open_window()
    page = window.open("/")
    page.locator("[data-testid=stSidebarNav] a", has_text="Chart studio").click()
    page.wait_for_url("**/studio")
    window.wait_until_idle()
    page.locator(".st-key-studio-open summary").click()
    page.locator(ID).fill(encode_view_id("effort", {"companies": ("Argos", "AO.com"), "since": "2011-01-01"}))
    page.locator(ID).press("Enter")
    page.wait_for_selector(PREVIEW)
    window.wait_until_idle()
    assert address(page) == {"chart": ["effort"], "companies": ["Argos", "AO.com"], "since": ["2011-01-01"]}
    assert page.locator("h1").inner_text() == "Chart studio: effort by company"


def test_a_picture_opens_its_view_and_a_foreign_file_is_refused(open_window):
    window = open_window()
    page = window.open("/studio?chart=signs&headline=Mine&look=dark&scale=1")
    page.wait_for_selector(PREVIEW)
    _, picture = download(page, "png")
    page = window.open("/studio")
    page.locator(".st-key-studio-open summary").click()
    foreign = io.BytesIO()
    Image.new("RGB", (9, 9)).save(foreign, "PNG")
    page.locator(FILE).set_input_files({"name": "x.png", "mimeType": "image/png", "buffer": foreign.getvalue()})
    expect(page.locator("[data-testid=stAlertContentError]")).to_contain_text("Another program made it", timeout=60_000)
    page.locator(FILE).set_input_files({"name": "y.png", "mimeType": "image/png", "buffer": picture})
    page.wait_for_selector(PREVIEW)
    window.wait_until_idle()
    assert address(page) == {
        "chart": ["signs"],
        "story_kind": ["customer_story"],
        "headline": ["Mine"],
        "look": ["dark"],
        "scale": ["1"],
    }


def test_on_a_phone_the_preview_comes_first_and_fits(open_window):
    window = open_window(width=390, dark=True)
    page = window.open("/studio?chart=journey")
    page.wait_for_selector(PREVIEW)
    preview, size = (page.locator(place).bounding_box() for place in (PREVIEW, ".st-key-studio-preset"))
    assert preview["y"] + preview["height"] < size["y"]
    assert preview["width"] > 330
    assert window.overflow() <= 0


def test_the_gallery_loads_its_pictures(open_window):
    window = open_window()
    page = window.open("/studio")
    for picture in page.locator(".cx-gallery img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True, timeout=60_000)
        assert picture.evaluate("img => img.naturalWidth") == 900
    assert window.console_errors == []


def test_on_a_wide_screen_the_preview_stays_in_view(open_window):
    window = open_window()
    page = window.open("/studio?chart=effort")
    page.wait_for_selector(PREVIEW)
    page.locator(".st-key-studio-stories summary").click()
    page.locator(".st-key-studio-until").scroll_into_view_if_needed()
    expect(page.locator(PREVIEW)).to_be_in_viewport(ratio=1)


def test_the_html_snippet_names_a_working_address(open_window):
    window = open_window()
    page = window.open("/studio?chart=effort&headline=Mine&scale=1")
    page.wait_for_selector(PREVIEW)
    page.locator(".st-key-studio-snippets summary").click()
    pasted = page.locator(".st-key-studio-snippets code").first
    expect(pasted).to_contain_text("<figure>")
    picture = re.search(r'src="([^"]+)"', pasted.text_content())[1]
    answer = page.request.get(unescape(picture))
    assert answer.status == 200
    assert read_metadata(answer.body())["Title"] == "Mine"
    forged = page.request.get(unescape(picture).replace("headline=Mine", "headline=AO.com+is+a+fraud"))
    assert forged.status == 403
    assert answer.body() == download(page, "png")[1]
