"""The exported page in a browser: from a file, without a network, under its own policy."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page

from cxdata.export.formats import publish_view, render_file
from tests.fixtures.question_parameters import view_of


@dataclass
class Opened:
    """A page of a file, and what the browser complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def opened(browser: Browser, database: duckdb.DuckDBPyConnection, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    contexts = []

    def make(chart: str, width: int = 900, dark: bool = False, **asked: str) -> Opened:
        path = tmp_path / f"{chart}.html"
        path.write_bytes(render_file(database, view_of(chart, **asked), "html"))
        scheme = "dark" if dark else "light"
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True, service_workers="block"
        )
        contexts.append(context)
        made = Opened(context.new_page())
        made.page.on("console", lambda said: made.complaints.append(said.text))
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        made.page.on("request", lambda asked: asked.url.startswith("http") and made.complaints.append(asked.url))
        made.page.goto(path.as_uri())
        made.page.wait_for_selector("#chart svg .mark-text")
        return made

    yield make
    for context in contexts:
        context.close()


@pytest.mark.parametrize("chart", ["fame_and_shame", "touchpoint_feeling", "head_to_head", "journey"])
@pytest.mark.parametrize("width", [320, 900])
def test_an_exported_page_works_offline_and_fits(
    opened: Callable[..., Opened], database: duckdb.DuckDBPyConnection, chart: str, width: int
) -> None:
    made = opened(chart, width)
    published = publish_view(database, view_of(chart))
    assert made.page.locator("h1").inner_text() == published.headline
    assert published.source_line in made.page.locator("figcaption").inner_text()
    assert made.page.locator("#chart").get_attribute("aria-label") == published.alt_text
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width
    assert made.page.evaluate("[...document.fonts].every(font => font.status === 'loaded')")
    assert made.complaints == []


def test_an_exported_page_answers_the_mouse(opened: Callable[..., Opened]) -> None:
    made = opened("effort")
    made.page.locator("#chart .mark-symbol path").first.hover()
    tooltip = made.page.locator("#vg-tooltip-element.visible")
    tooltip.wait_for()
    assert re.search(r"points\s+25.5", tooltip.inner_text())
    assert made.complaints == []


def test_an_exported_page_is_dark_for_who_wants_it_dark(opened: Callable[..., Opened]) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    assert opened("effort").page.evaluate(ground) == "rgb(251, 250, 247)"
    assert opened("effort", dark=True).page.evaluate(ground) == "rgb(22, 21, 18)"
    assert opened("effort", look="dark").page.evaluate(ground) == "rgb(22, 21, 18)"


def test_the_policy_of_an_exported_page_forbids_network_and_eval(opened: Callable[..., Opened]) -> None:
    made = opened("effort")
    policy = made.page.locator("meta[http-equiv]").get_attribute("content") or ""
    assert re.match(r"default-src 'none'; script-src ('sha256-[^']+' ?)+;", policy)
    # in a task of the page's own: what a debugger runs may do more than the page
    made.page.evaluate(
        """() => setTimeout(async () => {
            const tries = {fetch: () => fetch("https://example.com"), eval: () => eval("1"),
                           code: () => new Function("return 1")()};
            const outcome = {};
            for (const [name, attempt] of Object.entries(tries))
                try { await attempt(); outcome[name] = "done" } catch (error) { outcome[name] = "refused" }
            document.body.dataset.tried = JSON.stringify(outcome);
        }, 10)"""
    )
    # waiting for a value would need the very eval that is forbidden
    tried = json.loads(made.page.locator("body[data-tried]").get_attribute("data-tried") or "{}")
    assert tried == {"fetch": "refused", "eval": "refused", "code": "refused"}
    assert any("Content Security Policy" in said for said in made.complaints)
