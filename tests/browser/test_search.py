"""The search in a browser: by keyboard, on a desk and on a phone."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("width", [1280, 390])
def test_search_is_reached_by_a_shortcut_and_opens_a_result_by_keyboard(open_window, width):
    window = open_window(width=width)
    page = window.open("/effort?touchpoint=phone")
    page.keyboard.press("Control+k")
    expect(page.locator(".st-key-search-field input")).to_be_focused()
    page.keyboard.type("margins of")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    window.wait_until_idle()
    assert "q=margins" in page.url
    assert "touchpoint=phone" in page.url
    result = page.get_by_role("link", name="Margins of error")
    box = page.locator("[data-testid=stSidebar]").bounding_box()
    if width == 390:
        assert box is None or box["x"] + box["width"] <= 0, "the sidebar covers the results"
    result.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/studio?chart=how_sure*")
    assert window.console_errors == []
