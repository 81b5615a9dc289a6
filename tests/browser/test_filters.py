"""The filters in a browser: chips by keyboard, what stays from page to page, and saved views."""

import json
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def chips(page: Page) -> list[str]:
    return [text.split("\n")[-1] for text in page.locator(".st-key-chips button:visible").all_inner_texts()]


def test_filters_stay_over_the_navigation_and_leave_by_keyboard(open_window):
    window = open_window()
    page = window.open("/effort?company=AO.com&touchpoint=phone")
    page.get_by_role("link", name="Method", exact=True).click()
    page.wait_for_url("**/method?*")
    window.wait_until_idle()
    assert asked(page) == {"company": ["AO.com"], "touchpoint": ["phone"]}
    assert chips(page) == ["Company: AO.com", "Touchpoint: Phone call", "Remove all"]
    page.locator(".st-key-chips button:visible", has_text="Company: AO.com").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/method?touchpoint=phone")
    window.wait_until_idle()
    page.get_by_role("link", name="Overview", exact=True).click()
    page.wait_for_url("**/?touchpoint=phone")
    window.wait_until_idle()
    assert chips(page) == ["Touchpoint: Phone call"]
    page.go_back()
    page.wait_for_url("**/method?touchpoint=phone")
    assert window.console_errors == []


def test_view_is_saved_by_name_opened_exported_and_imported(open_window, tmp_path):
    window = open_window()
    page = window.open("/effort?company=AO.com")
    panel = page.locator(".cx-views")
    panel.locator("summary").click()
    panel.get_by_label("Name of this view").fill("AO <b>effort</b>")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("status")).to_have_text("AO <b>effort</b> is saved.")
    page = window.open("/method")
    page.locator(".cx-views summary").click()
    page.get_by_role("link", name="AO <b>effort</b>").click()
    page.wait_for_url("**/effort?company=AO.com")
    window.wait_until_idle()
    assert chips(page) == ["Company: AO.com"]

    page.locator(".cx-views summary").click()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Export").click()
    file = tmp_path / "views.json"
    downloading.value.save_as(file)
    views = [{"name": "AO <b>effort</b>", "page": "effort", "query": "?company=AO.com"}]
    assert json.loads(file.read_text()) == {"format": "cxdata-views", "views": views}
    # an address of another site is no view
    views.append({"name": "Elsewhere", "page": "//example.org", "query": ""})
    file.write_text(json.dumps({"views": views}))

    other = open_window()
    page = other.open("/")
    panel = page.locator(".cx-views")
    panel.locator("summary").click()
    panel.locator("input[type=file]").set_input_files(file)
    expect(panel.get_by_role("status")).to_have_text("Views imported: 1.")
    assert panel.locator("li a").all_inner_texts() == ["AO <b>effort</b>"]
    panel.get_by_role("button", name="Delete the view AO <b>effort</b>").click()
    expect(panel.locator("li")).to_have_count(0)
    assert window.console_errors + other.console_errors == []
