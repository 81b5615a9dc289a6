"""People whom a proxy names in headers, and strangers who send the same headers themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from cxdata.access.roles import Role
from tests.fixtures.browser import run_server
from tests.fixtures.hosting.http import request
from tests.fixtures.hosting.people import EMAILS, LISTS
from tests.fixtures.hosting.session import open_tab

PROXY = "127.0.0.2"  # this machine has all addresses that begin with 127
HEADER = "x_auth_request_email"


@pytest.fixture(scope="module")
def proxied(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that takes names of people from one proxy."""
    folder = tmp_path_factory.mktemp("proxied")
    path = folder / "stories.duckdb"
    path.write_bytes(built.read_bytes())
    named = '{"X-Auth-Request-Email": "email"}'
    with run_server(
        path, folder / "log", FORWARDED_ALLOW_IPS=PROXY, STREAMLIT_SERVER_TRUSTED_USER_HEADERS=named, **LISTS
    ) as address:
        yield address


@pytest.mark.parametrize("role", Role)
def test_proxy_names_people(proxied: str, role: Role) -> None:
    found = request(f"{proxied}/chart", source=PROXY, **{HEADER: EMAILS[role]})
    assert found.status == (403 if role == Role.STRANGER else 200)
    if role >= Role.EDITOR:
        with open_tab(proxied, source=PROXY, **{HEADER: EMAILS[role]}) as tab:
            assert f"You edit as {EMAILS[role]}, {role.words}" in tab.run("add").replace("\\", "")


def test_proxy_that_names_nobody_lets_nobody_in(proxied: str) -> None:
    assert request(f"{proxied}/chart", source=PROXY).status == 401


@pytest.mark.parametrize(
    "also", [{}, {"x_forwarded_for": PROXY}, {"x_forwarded_for": f"{PROXY}, {PROXY}"}, {"forwarded": f"for={PROXY}"}]
)
def test_headers_of_strangers_name_nobody(proxied: str, also: dict[str, str]) -> None:
    headers = {HEADER: EMAILS[Role.ADMINISTRATOR], **also}
    assert request(f"{proxied}/chart", **headers).status == 401
    with pytest.raises(InvalidStatus, match="403"), open_tab(proxied, **headers) as tab:
        tab.run("add")


def test_page_offers_no_sign_in_that_is_not_there(proxied: str) -> None:
    found = request(f"{proxied}/stories", accept="text/html")
    assert (found.status, "Open it by the address of your organisation" in found.text) == (401, True)
    assert request(f"{proxied}/sign-in?with=default").status == 404
