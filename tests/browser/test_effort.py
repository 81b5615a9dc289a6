"""The effort page in a browser: weights and prices change every chart and are kept in the URL."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

OWN = ".st-key-own_weights"
RANKING = ".st-key-chart-what-if"
STABLE = ".st-key-chart-rank_stability"


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_weight_moves_every_chart_and_a_link_shows_the_same(open_window):
    window = open_window()
    page = window.open("/effort?part=what_if")
    expect(page.locator(RANKING)).to_contain_text("29.5 points")
    page.locator(f"{OWN} summary").click()
    slider = page.locator(".st-key-weight_disputing input[type=range]")
    slider.focus()
    slider.press("Home")  # × 0
    expect(page.locator(RANKING)).to_contain_text("Disputing × 0")
    expect(page.locator(STABLE)).to_contain_text("Disputing × 0")
    window.wait_until_idle()
    assert asked(page)["weights"] == ["disputing:0"]
    said = page.locator(f"{RANKING} .cx-headline").inner_text()
    assert "29.5 points" not in said
    again = open_window()
    fresh = again.open(page.url.removeprefix(again.address))
    expect(fresh.locator(f"{RANKING} .cx-headline")).to_have_text(said)
    expect(fresh.locator(f"{OWN} summary")).to_contain_text("1 changed")
    fresh.locator(f"{OWN} summary").click()
    fresh.get_by_role("button", name="Reset to the weighting").click()
    expect(fresh.locator(RANKING)).to_contain_text("29.5 points")
    again.wait_until_idle()
    assert "weights" not in asked(fresh)
    assert window.console_errors == again.console_errors == []


def test_a_weighting_applies_to_other_sections_and_the_studio(open_window):
    window = open_window()
    page = window.open("/effort?part=what_if&weighting=equal")
    expect(page.locator(RANKING)).to_contain_text("weighted equal")
    page.get_by_role("radio", name="How sure").or_(page.get_by_role("button", name="How sure")).first.click()
    expect(page.locator(".st-key-chart-how_sure")).to_contain_text("weighted equal")
    page.locator(".st-key-chart-how_sure").get_by_role("link", name="Use this chart").click()
    page.wait_for_url("**/studio?*")
    page.wait_for_selector(".st-key-studio-preview img")
    assert asked(page)["weighting"] == ["equal"]
    assert "weighted equal" in page.locator(".st-key-studio-subtitle textarea").input_value()


def test_an_own_price_is_counted_and_kept_in_the_url(open_window):
    window = open_window()
    page = window.open("/effort?part=cost")
    expect(page.locator(".st-key-chart-cost_of_failure")).to_contain_text("£6.55")
    page.locator(".st-key-own_costs summary").click()
    worth = page.get_by_label("To (GBP), refund at risk")
    worth.fill("400")
    worth.press("Enter")
    expect(page.locator(".st-key-chart-cost_of_failure")).to_contain_text("refund at risk £400")
    window.wait_until_idle()
    assert asked(page)["costs"] == ["refund:400:400"]
    assert window.console_errors == []


def test_unknown_weights_and_costs_in_the_url_are_ignored(open_window):
    window = open_window()
    page = window.open("/effort?part=what_if&weighting=none&weights=foo:bar&weights=worry:many&costs=phone:9:1")
    expect(page.locator(RANKING)).to_contain_text("29.5 points")
    assert page.locator("[data-testid=stException]").count() == 0


def test_no_section_is_wider_than_a_phone(open_window):
    window = open_window(width=390)
    for part in ("what_if", "how_sure", "cost", "fix"):
        window.open(f"/effort?part={part}")
        assert window.overflow() <= 0, part
