"""The ways through the product: a filter into the URL and back, a mark to its stories, a link to a story."""

from urllib.parse import parse_qs, urlsplit


def test_a_filter_goes_into_the_url_and_a_fresh_browser_shows_the_same_view(window):
    first = window()
    page = first.open("/effort")
    page.locator(".st-key-filters summary").click()
    # while the filters unfold, a list that opens is closed again
    page.evaluate("Promise.allSettled(document.getAnimations().map(each => each.finished))")
    page.locator(".st-key-company input").fill("Argos")
    page.get_by_role("option", name="Argos").click()
    page.wait_for_url("**/effort?company=*")
    first.settle()
    assert parse_qs(urlsplit(page.url).query)["company"] == ["Argos"]
    said = page.locator("[data-testid=stCaptionContainer]", has_text="Showing").inner_text()
    link = page.url.removeprefix(first.address)

    second = window()
    again = second.open(link)
    assert again.locator("[data-testid=stCaptionContainer]", has_text="Showing").inner_text() == said
    assert again.locator(".st-key-chart-effort h2").inner_text() == page.locator(".st-key-chart-effort h2").inner_text()


def test_an_impossible_filter_says_what_to_loosen(window):
    page = window().open("/effort?company=Argos&hall=shame")
    alert = page.locator("[data-testid=stAlert]")
    assert "Loosen one" in alert.inner_text()
    assert "without" in alert.inner_text()


def test_an_unknown_value_in_the_url_is_passed_over(window):
    reader = window()
    page = reader.open("/effort?company=Nobody")
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator(".st-key-chart-effort h2").count() == 1


def test_a_click_on_a_mark_lists_its_stories_and_leads_to_one(window):
    reader = window()
    page = reader.open("/fame-and-shame")
    page.locator(".st-key-chart-fame_and_shame .mark-symbol path").first.click()
    behind = page.locator(".st-key-chart-fame_and_shame", has_text="behind this mark")
    behind.wait_for()
    behind.locator("[data-testid=stPageLink] a").first.click()
    page.wait_for_url("**/stories?story=*")
    reader.settle()
    assert page.locator("h1").inner_text()
    assert reader.complaints == []


def test_the_figures_of_a_chart_lead_to_the_stories_without_a_mouse(window):
    reader = window()
    page = reader.open("/effort")
    figures = page.locator(".st-key-chart-effort details")
    figures.locator("summary").focus()
    page.keyboard.press("Enter")
    link = figures.locator("tbody a").first
    assert "stories?" in link.get_attribute("href")
    link.click()
    page.wait_for_url("**/stories?*")
    reader.settle()
    assert page.locator("[data-testid=stException]").count() == 0


def test_an_unknown_story_is_answered_with_the_nearest(window):
    page = window().open("/stories?story=ao-laptpo")
    assert "ao-laptop" in page.locator("[data-testid=stMain]").inner_text()
    assert page.locator("[data-testid=stException]").count() == 0


def test_a_link_with_a_code_stands_for_the_choice_it_names(window):
    reader = window()
    page = reader.open("/effort?job=return_a_laptop")
    said = page.locator("[data-testid=stCaptionContainer]", has_text="Showing").inner_text()
    assert "Send a laptop back" in said
