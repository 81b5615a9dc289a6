"""People sign in at a real provider with a real browser, and open the page that they asked for."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cxdata.access.roles import Role
from cxdata.resources import ROOT
from tests.fixtures.browser import BrowserWindow, run_server
from tests.fixtures.hosting.people import EMAILS, LISTS, write_secrets
from tests.fixtures.hosting.provider import run_provider

ASKED = "/stories?company=AO.com&touchpoint=Phone%20call"


@pytest.fixture(scope="module")
def gated(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server for people on lists, and the provider at which they sign in."""
    folder = tmp_path_factory.mktemp("sign-in")
    path = folder / "stories.duckdb"
    path.write_bytes(built.read_bytes())
    people = [{"sub": email, "email": email, "email_verified": True} for email in EMAILS.values()]
    command = (sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.headless", "true")
    with run_provider(people) as provider:
        write_secrets(folder, "http://127.0.0.1:{port}", provider)
        with run_server(path, folder / "log", command, cwd=folder, PYTHONPATH=str(ROOT), **LISTS) as address:
            yield address


def sign_in(page: Page, name: str) -> None:
    page.get_by_role("link", name="Sign in").click()
    page.locator("input[name=sub]").fill(name)
    page.get_by_role("button", name="Authorize").click()


def test_reader_sees_the_page_that_was_asked_for_until_they_sign_out_in_another_tab(
    open_window: Callable[..., BrowserWindow], gated: str
) -> None:
    window = open_window(address=gated)
    page = window.page
    page.goto(gated + ASKED)
    expect(page.get_by_role("heading", name="Sign in to read this")).to_be_visible()
    sign_in(page, "ray@readers.example")
    window.wait_until_idle()
    expect(page.get_by_role("heading", name="Stories", exact=True)).to_be_visible()
    assert page.url.startswith(f"{gated}/stories?")
    assert "company=AO.com" in page.url
    assert "touchpoint=" in page.url
    expect(page.get_by_text("ray@readers.example, a reader.")).to_be_visible()
    other = page.context.new_page()
    other.goto(gated + "/method")
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/end_session**")
    page.get_by_role("textbox", name="Search the stories").fill("phone")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sign in to read this")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("AO.com")
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("AO.com")


def test_view_made_public_shows_on_another_site_until_it_is_closed(
    open_window: Callable[..., BrowserWindow], gated: str, tmp_path: Path
) -> None:
    editor = open_window(address=gated)
    editor.page.goto(gated + "/studio?chart=effort&companies=AO.com")
    sign_in(editor.page, EMAILS[Role.EDITOR])
    editor.wait_until_idle()
    editor.page.get_by_role("button", name="Make this view public").click()
    address = editor.page.locator(".st-key-studio-public code").inner_text()
    (tmp_path / "blog.html").write_text(f'<h1>A blog</h1><iframe src="{address}" width="700" height="600"></iframe>')
    with serve(tmp_path) as blog:
        stranger = open_window(address=blog).page
        stranger.goto(f"{blog}/blog.html")
        frame = stranger.frame_locator("iframe")
        expect(frame.get_by_role("heading", name="AO.com")).to_be_visible()
        drawn = "image => image.complete && image.naturalWidth > 0"
        assert frame.locator("img").evaluate(f"async image => {{ await image.decode(); return ({drawn})(image) }}")
        assert stranger.context.cookies() == []
        editor.page.goto(gated + "/access")
        editor.wait_until_idle()
        expect(editor.page.get_by_text(EMAILS[Role.EDITOR]).first).to_be_visible()
        editor.page.get_by_role("button", name="Close it").click()
        expect(editor.page.get_by_text("No view is public.")).to_be_visible()
        stranger.reload()
        expect(frame.get_by_text("no public view has this address")).to_be_visible()


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder as another site: under another name of this machine."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_person_on_no_list_learns_why_they_may_not_read(open_window: Callable[..., BrowserWindow], gated: str) -> None:
    page = open_window(address=gated, width=390).page
    page.goto(gated + ASKED)
    sign_in(page, "eve@elsewhere.example")
    expect(page.get_by_text("not on the list of readers")).to_be_visible()
    page.get_by_role("link", name="Sign in as somebody else").click()
    page.wait_for_url("**/end_session**")
