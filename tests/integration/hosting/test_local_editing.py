"""Local editing belongs to the browser that has opened the printed link, also behind a proxy that names nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdata.http.local_key import LocalKey
from tests.fixtures.browser import printed_link, run_server
from tests.fixtures.hosting.http import request
from tests.fixtures.hosting.nginx import free_port, run_nginx
from tests.fixtures.hosting.session import read_page

EDITING = "You edit as"
PLAIN_PROXY = """
    map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass {address};
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
        }}
    }}
"""


@pytest.fixture(scope="module")
def desk(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server with local editing: its address and its log."""
    folder = tmp_path_factory.mktemp("desk")
    path = folder / "stories.duckdb"
    path.write_bytes(built.read_bytes())
    with run_server(path, folder / "log", CXDATA_EDITING="local", CXDATA_EDITOR="Reader B") as address:
        yield address, folder / "log"


@pytest.fixture(scope="module")
def proxied(desk: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a proxy before the same server, as short as people write them."""
    port = free_port()
    with run_nginx(PLAIN_PROXY.format(port=port, address=desk[0]), tmp_path_factory.mktemp("proxy"), port):
        yield f"http://127.0.0.1:{port}"


def open_link(address: str, log: Path) -> str:
    """Open the printed link and return the cookie that it gives."""
    found = request(address + printed_link(log))
    assert (found.status, found.headers["location"]) == (303, "/add")
    assert "HttpOnly" in found.headers["set-cookie"]
    assert "SameSite=strict" in found.headers["set-cookie"]
    return str(found.headers["set-cookie"]).partition(";")[0]


def test_nobody_edits_through_a_plain_proxy(proxied: str) -> None:
    for headers in ({}, {"host": "localhost"}, {"x_forwarded_for": "127.0.0.1"}, {"host": "localhost:8501"}):
        page = read_page(proxied, "add", "http://localhost", **headers)
        assert "may not edit yet" in page
        assert EDITING not in page
    assert EDITING not in read_page(proxied, "add")


def test_nobody_edits_from_this_machine_without_the_link(desk: tuple[str, Path]) -> None:
    address, _ = desk
    assert EDITING not in read_page(address, "add")
    assert EDITING not in read_page(address, "add", cookie="cxdata-editor-00000000=; cxdata-editor=guess")


def test_the_printed_link_works_once_and_permits_its_browser_alone(desk: tuple[str, Path], proxied: str) -> None:
    address, log = desk
    link = printed_link(log)
    cookie = open_link(address, log)
    assert EDITING in read_page(address, "add", cookie=cookie)
    again = request(address + link)
    assert (again.status, "set-cookie" in again.headers) == (403, False)
    assert EDITING not in read_page(address, "add", cookie=cookie[:-1])
    # a page with another name, of those that Streamlit takes for its own, that has the cookie nevertheless
    assert EDITING not in read_page(proxied, "add", "http://0.0.0.0", cookie=cookie)


def test_a_second_browser_has_a_link_of_its_own(desk: tuple[str, Path]) -> None:
    address, log = desk
    first, second = open_link(address, log), open_link(address, log)
    assert first != second
    assert EDITING in read_page(address, "add", cookie=first)
    assert EDITING in read_page(address, "add", cookie=second)


@pytest.mark.parametrize(
    ("origin", "is_here"),
    [
        ("http://localhost:8501", True),
        ("http://127.0.0.1:8501", True),
        ("https://[::1]", True),
        ("http://evil.example", False),
        ("http://localhost.evil.example", False),
        ("http://10.0.0.5:8501", False),
        ("null", False),
        ("", False),
        (None, False),
    ],
)
def test_a_cookie_opens_for_pages_of_this_machine_alone(origin: str | None, is_here: bool) -> None:
    key = LocalKey()
    cookie = key.exchange(key.path().partition("=")[2])
    assert cookie
    assert key.opens({key.cookie_name: cookie}, origin) == is_here
    assert not key.opens({key.cookie_name: ""}, "http://localhost")
    assert not LocalKey().opens({key.cookie_name: cookie}, "http://localhost")
