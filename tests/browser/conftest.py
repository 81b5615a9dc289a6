"""Fixtures of browser tests: servers and browser windows that reach this machine only."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from cxdata.store import build_database
from tests.fixtures.browser import BROWSER_NAMES, CHROMIUM_FLAGS, BrowserWindow, run_server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server with the shipped stories for all browser tests."""
    folder = tmp_path_factory.mktemp("server")
    with run_server(folder / "stories.duckdb", folder / "log") as address:
        yield address


@pytest.fixture
def cold_server(tmp_path: Path) -> Iterator[str]:
    """A server that has answered no request yet."""
    build_database(tmp_path / "stories.duckdb")
    with run_server(tmp_path / "stories.duckdb", tmp_path / "log") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium or an installed Chrome."""
    found = next((path for name in BROWSER_NAMES if (path := shutil.which(name))), None)
    if found is None:
        reason = "no Chromium or Chrome on this machine; on Debian: apt-get install chromium"
        # on CI a missing browser is a failure, so that these tests never skip unnoticed
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        yield chrome
        chrome.close()


@pytest.fixture
def open_window(browser: Browser, server: str) -> Iterator[Callable[..., BrowserWindow]]:
    """Open browser windows: open_window(), open_window(width=390, dark=True), open_window(address=...)."""
    contexts = []

    def make(width: int = 1280, dark: bool = False, address: str = server) -> BrowserWindow:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        return BrowserWindow(context, address)

    yield make
    for context in contexts:
        context.close()
