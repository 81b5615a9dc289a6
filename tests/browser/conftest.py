"""A real server and a real browser. Nothing but this machine may be reached."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from cxdata.store import build_database

ROOT = Path(__file__).resolve().parent.parent.parent
PROBE = re.compile(r"/[^/]+/_stcore/(health|host-config)$")
PATIENCE = 20_000  # ms
CHROMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def serving(database: Path, log: Path, **settings: str) -> Iterator[str]:
    """`streamlit run app.py` on a free port, over a database of its own; the address of its pages."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    with log.open("w") as output:
        server = subprocess.Popen(
            [*command, "--server.port", str(port), "--server.address", "127.0.0.1"],
            cwd=ROOT,
            env=os.environ
            | {"CXDATA_DATABASE": str(database), "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "full"}
            | settings,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_up(f"http://127.0.0.1:{port}/healthz", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_until_up(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not come up:\n{log.read_text()}")


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


class Reader:
    """One browser window: what it shows, what it complained of, what it asked of others."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda asked: self._note(asked.url))

    def _hear(self, said: ConsoleMessage) -> None:
        # on a deep link Streamlit first asks whether the server is mounted there, and takes the 404 for a no
        if said.type == "error" and not PROBE.search(said.location.get("url", "")):
            self.complaints.append(f"{said.text} ({said.location.get('url')})")

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.strangers.append(url)

    def open(self, path: str = "/") -> Page:
        """Go to a page and wait until it stands."""
        self.page.goto(self.address + path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the script has run and nothing is still to be drawn."""
        self.page.wait_for_selector("[data-testid=stApp][data-test-connection-state=CONNECTED]")
        self.page.wait_for_selector("[data-test-script-state=notRunning]")
        expect(self.page.locator("[data-testid=stSkeleton]")).to_have_count(0, timeout=PATIENCE)

    def sideways(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(
            self.page.evaluate(
                "Math.max(document.documentElement.scrollWidth,"
                " document.querySelector('[data-testid=stMain]').scrollWidth) - window.innerWidth"
            )
        )


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
