"""A real server and a real browser. Nothing but this machine may be reached."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from cxdata.store import build_database
from tests.fixtures.browser import CHROMES, QUIET, Reader, serving


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server of the shipped stories for all browser tests."""
    folder = tmp_path_factory.mktemp("server")
    with serving(folder / "stories.duckdb", folder / "log") as address:
        yield address


@pytest.fixture
def cold_server(tmp_path: Path) -> Iterator[str]:
    """A server that has answered nobody yet."""
    build_database(tmp_path / "stories.duckdb")
    with serving(tmp_path / "stories.duckdb", tmp_path / "log") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium or an installed Chrome, started afresh."""
    found = next((path for name in CHROMES if (path := shutil.which(name))), None)
    if found is None:
        reason = "no Chromium or Chrome on this machine; on Debian: apt-get install chromium"
        # on CI a missing browser is a failure, so that these tests never skip unseen
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield chrome
        chrome.close()


@pytest.fixture
def window(browser: Browser, server: str) -> Iterator[Callable[..., Reader]]:
    """Opens browser windows: window(), window(width=390, dark=True), window(address=...)."""
    contexts = []

    def make(width: int = 1280, dark: bool = False, address: str = server) -> Reader:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        return Reader(context, address)

    yield make
    for context in contexts:
        context.close()
