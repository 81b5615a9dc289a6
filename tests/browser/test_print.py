"""A page on paper: light on a dark screen too, without controls, each chart with its heading."""

import re

CONTROLS = "button, input, [role=radio], [data-testid=stSidebar], .cx-use, .cx-figures"


def luminance(colour: str) -> float:
    red, green, blue = (int(each) for each in re.findall(r"\d+", colour)[:3])
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


def test_page_of_a_dark_screen_prints_light_and_without_controls(open_window):
    window = open_window(dark=True)
    page = window.open("/touchpoints?company=AO.com&company=Argos")
    visible = f"[...document.querySelectorAll('{CONTROLS}')].filter(each => each.checkVisibility()).length"
    assert page.evaluate(visible) > 0
    page.emulate_media(media="print", color_scheme="dark")
    # terms are buttons that look like text
    assert page.evaluate(visible.replace(CONTROLS, CONTROLS.replace("button", "button:not(.cx-term)"))) == 0
    assert "company AO.com and Argos" in page.locator("[data-testid=stMain]").inner_text()
    style = "getComputedStyle(each)"
    for selector, what in (("h1", "color"), (".cx-subtitle", "color"), (".stVegaLiteChart text", "fill")):
        found = page.eval_on_selector_all(
            selector, f"all => all.filter(each => each.textContent.trim()).map(each => {style}.{what})"
        )
        assert found
        assert max(map(luminance, found)) < 0.45, selector
    assert luminance(page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")) > 0.99
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.st-key-chart-touchpoint_effort')).breakInside")
        == "avoid"
    )
    # a page that scrolls within itself would print its first screen alone
    pages = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert pages >= 2
