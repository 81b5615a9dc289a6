"""Links between pages: filters in the URL, from a mark to its stories, to a story."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect


def test_a_filter_enters_the_url_and_a_fresh_browser_shows_the_same_view(open_window):
    first = open_window()
    page = first.open("/effort")
    page.locator(".st-key-filters button").first.click()
    # while the filters unfold, an opened list closes again
    page.evaluate("Promise.allSettled(document.getAnimations().map(each => each.finished))")
    page.locator(".st-key-company input").fill("Argos")
    page.get_by_role("option", name="Argos").click()
    page.wait_for_url("**/effort?company=*")
    first.wait_until_idle()
    assert parse_qs(urlsplit(page.url).query)["company"] == ["Argos"]
    said = page.locator("[data-testid=stCaptionContainer]", has_text="Showing").inner_text()
    link = page.url.removeprefix(first.address)

    second = open_window()
    again = second.open(link)
    assert again.locator("[data-testid=stCaptionContainer]", has_text="Showing").inner_text() == said
    assert again.locator(".st-key-chart-effort h2").inner_text() == page.locator(".st-key-chart-effort h2").inner_text()


def test_a_filter_without_stories_suggests_a_wider_one(open_window):
    page = open_window().open("/effort?company=Argos&hall=shame")
    alert = page.locator("[data-testid=stAlert]")
    assert "Remove one" in alert.inner_text()
    assert "without" in alert.inner_text()


def test_an_unknown_value_in_the_url_is_ignored(open_window):
    window = open_window()
    page = window.open("/effort?company=Nobody")
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator(".st-key-chart-effort h2").count() == 1


def test_a_click_on_a_mark_lists_its_stories(open_window):
    window = open_window()
    page = window.open("/fame-and-shame")
    page.locator(".st-key-chart-fame_and_shame .mark-symbol path").first.click()
    behind = page.locator(".st-key-chart-fame_and_shame", has_text="behind this mark")
    behind.wait_for()
    behind.locator("[data-testid=stPageLink] a").first.click()
    page.wait_for_url("**/stories?story=*")
    window.wait_until_idle()
    assert page.locator("h1").inner_text()
    assert window.console_errors == []


def test_the_figures_of_a_chart_link_to_stories_by_keyboard(open_window):
    window = open_window()
    page = window.open("/effort")
    figures = page.locator(".st-key-chart-effort details")
    figures.locator("summary").focus()
    page.keyboard.press("Enter")
    link = figures.locator("tbody td:last-child a").first
    assert "stories?" in link.get_attribute("href")
    link.click()
    page.wait_for_url("**/stories?*")
    window.wait_until_idle()
    assert page.locator("[data-testid=stException]").count() == 0


def test_an_unknown_story_suggests_the_nearest_id(open_window):
    page = open_window().open("/stories?story=ao-laptpo")
    assert "ao-laptop" in page.locator("[data-testid=stMain]").inner_text()
    assert page.locator("[data-testid=stException]").count() == 0


def test_a_link_with_a_code_selects_its_choice(open_window):
    window = open_window()
    page = window.open("/effort?job=return_a_laptop")
    said = page.locator("[data-testid=stCaptionContainer]", has_text="Showing").inner_text()
    assert "Send a laptop back" in said


def asked(page):
    return parse_qs(urlsplit(page.url).query)


def test_url_keeps_a_choice_that_is_the_default(open_window):
    window = open_window()
    page = window.open("/effort")
    assert asked(page) == {}
    for name in ("What if", "How much"):  # the first section is the default
        page.locator(".st-key-part").get_by_role("radio", name=name).click()
        window.wait_until_idle()
        page.wait_for_url(f"**/effort?part={name.replace(' ', '+')}")
    window.open("/effort?part=How+much")
    assert asked(page) == {"part": ["How much"]}
    page.locator(".st-key-part").get_by_role("radio", name="How much").click()
    window.wait_until_idle()
    assert asked(page) == {"part": ["How much"]}, "a section stays chosen"


def test_url_names_both_companies_once_one_is_chosen(open_window):
    window = open_window()
    page = window.open("/head-to-head")
    assert asked(page) == {}
    headline = page.locator("h1").inner_text()
    page.get_by_role("button", name="Swap").click()
    page.wait_for_url("**/head-to-head?*")
    window.wait_until_idle()
    assert asked(page) == {"same_job": ["return_a_laptop"], "left": ["Argos"], "right": ["AO.com"]}
    page.get_by_role("button", name="Swap").click()
    page.wait_for_url("**left=AO.com*")
    window.wait_until_idle()
    assert asked(page) == {"same_job": ["return_a_laptop"], "left": ["AO.com"], "right": ["Argos"]}
    assert page.locator("h1").inner_text() == headline
    page.go_back()
    page.wait_for_url("**left=Argos*")
    # the address changes before the page runs again
    expect(page.locator(".cx-sides h2")).to_have_text(["Argos", "AO.com"])
    page.get_by_role("link", name="Effort", exact=True).click()
    page.wait_for_url("**/effort")
