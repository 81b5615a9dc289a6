"""The exported HTML page in a browser: from a file, offline, under its own policy."""

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
class ExportedPage:
    """A page opened from a file, and the errors in its console."""

    page: Page
    console_errors: list[str] = field(default_factory=list)

    def keep_request(self, url: str) -> None:
        """Count a request over the network as an error."""
        if url.startswith("http"):
            self.console_errors.append(url)


@pytest.fixture
def open_export(
    browser: Browser, database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> Iterator[Callable[..., ExportedPage]]:
    contexts = []

    def make(chart: str, width: int = 900, dark: bool = False, **choices: str) -> ExportedPage:
        path = tmp_path / f"{chart}.html"
        path.write_bytes(render_file(database, view_of(chart, **choices), "html"))
        scheme = "dark" if dark else "light"
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True, service_workers="block"
        )
        contexts.append(context)
        exported = ExportedPage(context.new_page())
        exported.page.on("console", lambda message: exported.console_errors.append(message.text))
        exported.page.on("pageerror", lambda error: exported.console_errors.append(str(error)))
        exported.page.on(
            "request", lambda request: request.url.startswith("http") and exported.console_errors.append(request.url)
        )
        exported.page.goto(path.as_uri())
        exported.page.wait_for_selector("#chart svg .mark-text")
        return exported

    yield make
    for context in contexts:
        context.close()


@pytest.mark.parametrize("chart", ["fame_and_shame", "touchpoint_feeling", "head_to_head", "journey"])
@pytest.mark.parametrize("width", [320, 900])
def test_an_exported_page_works_offline_and_fits(
    open_export: Callable[..., ExportedPage], database: duckdb.DuckDBPyConnection, chart: str, width: int
) -> None:
    exported = open_export(chart, width)
    published = publish_view(database, view_of(chart))
    assert exported.page.locator("h1").inner_text() == published.headline
    assert published.source_line in exported.page.locator("figcaption").inner_text()
    assert exported.page.locator("#chart").get_attribute("aria-label") == published.alt_text
    assert exported.page.evaluate("document.documentElement.scrollWidth") <= width
    assert exported.page.evaluate("[...document.fonts].every(font => font.status === 'loaded')")
    assert exported.console_errors == []


def test_an_exported_page_shows_tooltips(open_export: Callable[..., ExportedPage]) -> None:
    exported = open_export("effort")
    exported.page.locator("#chart .mark-symbol path").first.hover()
    tooltip = exported.page.locator("#vg-tooltip-element.visible")
    tooltip.wait_for()
    assert re.search(r"points\s+29.5", tooltip.inner_text())
    assert exported.console_errors == []


def test_an_exported_page_follows_the_color_scheme_and_the_look(open_export: Callable[..., ExportedPage]) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    assert open_export("effort").page.evaluate(ground) == "rgb(251, 250, 247)"
    assert open_export("effort", dark=True).page.evaluate(ground) == "rgb(22, 21, 18)"
    assert open_export("effort", look="dark").page.evaluate(ground) == "rgb(22, 21, 18)"


def test_the_policy_of_an_exported_page_forbids_network_and_eval(open_export: Callable[..., ExportedPage]) -> None:
    exported = open_export("effort")
    policy = exported.page.locator("meta[http-equiv]").get_attribute("content") or ""
    assert re.match(r"default-src 'none'; script-src ('sha256-[^']+' ?)+;", policy)
    # in a task of the page: code run by a debugger may do more
    exported.page.evaluate(
        """() => setTimeout(async () => {
            const tries = {fetch: () => fetch("https://example.com"), eval: () => eval("1"),
                           code: () => new Function("return 1")()};
            const outcome = {};
            for (const [name, attempt] of Object.entries(tries))
                try { await attempt(); outcome[name] = "done" } catch (error) { outcome[name] = "refused" }
            document.body.dataset.tried = JSON.stringify(outcome);
        }, 10)"""
    )
    # waiting for a value would need the forbidden eval
    tried = json.loads(exported.page.locator("body[data-tried]").get_attribute("data-tried") or "{}")
    assert tried == {"fetch": "refused", "eval": "refused", "code": "refused"}
    assert any("Content Security Policy" in error for error in exported.console_errors)
