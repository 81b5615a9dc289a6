"""A view that an editor makes public: strangers see it alone, also in a frame, until it is closed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdata.access.public_views import PublicView, close_view, list_views, open_view
from cxdata.access.roles import Role
from cxdata.store.duckdb_file import DuckDBFile
from tests.fixtures.hosting.http import request
from tests.fixtures.hosting.people import EMAILS, cookies_of
from tests.fixtures.words.canary import CANARY

QUERY = "companies=AO.com&headline=Ours+is+&preset=blog"


@pytest.fixture
def engine(gated_database: Path) -> DuckDBFile:
    return DuckDBFile(gated_database)


@pytest.fixture
def public(engine: DuckDBFile) -> Iterator[PublicView]:
    """A view that another process has made public."""
    yield open_view(engine, "effort", QUERY, "ed@example.org")
    for view in list_views(engine):
        close_view(engine, view.token, "ed@example.org")


def test_strangers_see_the_view_and_its_picture_without_a_cookie(gated: str, public: PublicView) -> None:
    page = request(f"{gated}/public/{public.token}")
    assert page.status == 200
    assert "Ours is" in page.text
    assert "frame-ancestors *" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "public, no-cache"
    assert "set-cookie" not in page.headers
    assert "studio?" not in page.text, "strangers cannot open the studio"
    pictures = set(re.findall(r'(?:src|srcset)="([^"]+)"', page.text))
    assert len(pictures) > 3
    for picture in (min(pictures), max(pictures)):  # each is drawn
        found = request(f"{gated}/public/{picture.replace('&amp;', '&')}")
        assert (found.status, found.headers["content-type"]) == (200, "image/svg+xml"), picture
    for form in ("png", "svg", "csv"):
        found = request(f"{gated}/public/{public.token}.{form}")
        assert (found.status, found.headers["cache-control"]) == (200, "public, no-cache")
        assert found.headers["access-control-allow-origin"] == "*"


def test_view_is_asked_for_again_and_not_sent_twice(gated: str, public: PublicView) -> None:
    address = f"{gated}/public/{public.token}.svg"
    tag = request(address).headers["etag"]
    found = request(address, if_none_match=tag)
    assert (found.status, found.headers["cache-control"]) == (304, "public, no-cache")


@pytest.mark.parametrize(
    "rest",
    [
        ".svg?companies=Zappos",
        ".svg?headline=False+words",
        ".svg?look=dark&highlight=AO.com",
        ".json",
        ".zip",
        ".html",
        ".svg.csv",
        "/../../chart/effort.csv",
        "x",
        "",
    ],
)
def test_address_of_a_view_gives_nothing_else(gated: str, public: PublicView, rest: str) -> None:
    token = public.token if rest else ""
    found = request(f"{gated}/public/{token}{rest}")
    assert found.status in (400, 401, 404)
    assert "False words" not in found.text
    assert CANARY not in found.text.casefold()


def test_everything_else_stays_closed(gated: str, public: PublicView) -> None:
    for path in ("/chart/effort.svg?companies=AO.com", "/embed/effort", "/studio", "/access?part=public", "/public"):
        assert request(gated + path).status == 401, path
    assert public.token not in request(f"{gated}/stories", accept="text/html").text


def test_closed_view_is_gone_at_once_and_its_address_never_comes_back(
    gated: str, engine: DuckDBFile, public: PublicView
) -> None:
    address = f"{gated}/public/{public.token}"
    tag = request(f"{address}.svg").headers["etag"]
    close_view(engine, public.token, "rev@example.org")
    for rest in ("", ".png", ".svg", ".csv"):
        assert request(address + rest, if_none_match=tag).status == 404
    again = open_view(engine, "effort", QUERY, "ed@example.org")
    assert again.token != public.token
    assert request(address).status == 404


def test_view_that_is_public_keeps_its_address(engine: DuckDBFile, public: PublicView) -> None:
    assert open_view(engine, "effort", QUERY, "rev@example.org") == public


@pytest.mark.parametrize("role", [None, *Role])
def test_editors_find_who_made_it_public_and_when(gated: str, public: PublicView, role: Role | None) -> None:
    log = request(f"{gated}/audit-log.csv", **cookies_of(gated, EMAILS[role] if role is not None else None))
    assert ("make a view public,effort" in log.text) == (role == Role.ADMINISTRATOR)
