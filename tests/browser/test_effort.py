"""The effort lab in a real browser: weights and prices move every chart, stand in the address, and go with a file."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

OWN = ".st-key-own_weights"
RANKING = ".st-key-chart-what-if"
STABLE = ".st-key-chart-rank_stability"


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_weight_moves_every_chart_and_a_link_shows_the_same(window):
    reader = window()
    page = reader.open("/effort?part=what_if")
    expect(page.locator(RANKING)).to_contain_text("2 h 10 min")
    page.locator(f"{OWN} summary").click()
    slider = page.locator(".st-key-weight_disputing input[type=range]")
    slider.focus()
    slider.press("Home")  # × 0
    expect(page.locator(RANKING)).to_contain_text("Disputing × 0")
    expect(page.locator(STABLE)).to_contain_text("Disputing × 0")
    reader.settle()
    assert asked(page)["weights"] == ["disputing:0"]
    said = page.locator(f"{RANKING} .cx-headline").inner_text()
    assert "2 h 10 min" not in said
    again = window()
    fresh = again.open(page.url.removeprefix(again.address))
    expect(fresh.locator(f"{RANKING} .cx-headline")).to_have_text(said)
    expect(fresh.locator(f"{OWN} summary")).to_contain_text("1 changed")
    fresh.locator(f"{OWN} summary").click()
    fresh.get_by_role("button", name="Back to the weighting as it is").click()
    expect(fresh.locator(RANKING)).to_contain_text("2 h 10 min")
    again.settle()
    assert "weights" not in asked(fresh)
    assert reader.complaints == again.complaints == []


def test_a_weighting_is_followed_by_the_other_parts_and_by_the_studio(window):
    reader = window()
    page = reader.open("/effort?part=what_if&weighting=equal")
    expect(page.locator(RANKING)).to_contain_text("weighted equal")
    page.get_by_role("radio", name="How sure").or_(page.get_by_role("button", name="How sure")).first.click()
    expect(page.locator(".st-key-chart-how_sure")).to_contain_text("weighted equal")
    page.locator(".st-key-chart-how_sure").get_by_role("link", name="Use this chart").click()
    page.wait_for_url("**/studio?*")
    page.wait_for_selector(".st-key-studio-preview img")
    assert asked(page)["weighting"] == ["equal"]
    assert "weighted equal" in page.locator(".st-key-studio-subtitle textarea").input_value()


def test_a_price_of_ones_own_is_counted_and_stands_in_the_address(window):
    reader = window()
    page = reader.open("/effort?part=cost")
    expect(page.locator(".st-key-chart-cost_of_failure")).to_contain_text("£6.55")
    page.locator(".st-key-own_costs summary").click()
    worth = page.get_by_label("To (GBP), refund at risk")
    worth.fill("400")
    worth.press("Enter")
    expect(page.locator(".st-key-chart-cost_of_failure")).to_contain_text("refund at risk £400")
    reader.settle()
    assert asked(page)["costs"] == ["refund:400:400"]
    assert reader.complaints == []


def test_an_address_that_asks_for_what_is_not_there_is_passed_over(window):
    reader = window()
    page = reader.open("/effort?part=what_if&weighting=none&weights=foo:bar&weights=worry:many&costs=phone:9:1")
    expect(page.locator(RANKING)).to_contain_text("2 h 10 min")
    assert page.locator("[data-testid=stException]").count() == 0


def test_on_a_phone_nothing_runs_off_sideways(window):
    reader = window(width=390)
    for part in ("what_if", "how_sure", "cost", "fix"):
        reader.open(f"/effort?part={part}")
        assert reader.sideways() <= 0, part
