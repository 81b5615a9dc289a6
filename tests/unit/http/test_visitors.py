"""Headers that name a person count from proxies of this server alone."""

from typing import Any

import pytest
from starlette.datastructures import Headers

from cxdata.access.identity import Identity
from cxdata.access.roles import Role
from cxdata.http.gate.visitors import PROXIES, Visitors

NAMED = {"X-Auth-Request-Email": "email"}
VISITORS = Visitors(
    lambda headers: {key: headers.get(name) for name, key in NAMED.items()}, NAMED, lambda _: False, lambda _: False
)
FORGED = [(b"x-auth-request-email", b"ada@example.org"), (b"x-other", b"kept")]


def identify(client: tuple[str, int] | None, headers: list[tuple[bytes, bytes]] = FORGED) -> Identity | None:
    scope: dict[str, Any] = {"type": "http", "headers": headers, "client": client}
    passed = VISITORS.drop_forged(scope)
    assert Headers(scope=passed).get("x-other", "kept") == "kept"
    return VISITORS.identify(passed)


@pytest.mark.parametrize(
    ("proxies", "client", "is_trusted"),
    [
        (None, ("127.0.0.1", 4711), True),
        (None, ("::1", 4711), True),
        (None, ("203.0.113.9", 4711), False),
        (None, ("203.0.113.9", 0), True),  # the server has read X-Forwarded-For of a proxy on this machine
        (None, None, False),
        (None, ("testclient", 50000), False),
        ("10.0.0.0/8", ("10.1.2.3", 4711), True),
        ("10.0.0.0/8", ("127.0.0.1", 4711), False),
        ("10.0.0.5, 10.0.0.6", ("10.0.0.6", 4711), True),
        ("10.0.0.5, 10.0.0.6", ("10.0.0.60", 4711), False),
        # the server would believe everybody's X-Forwarded-For
        ("*", ("127.0.0.1", 4711), False),
        ("*", ("203.0.113.9", 0), False),
        ("10.0.0.5, *", ("10.0.0.5", 4711), False),
        ("proxy.internal", ("203.0.113.9", 0), False),
        ("", ("127.0.0.1", 4711), False),
    ],
)
def test_proxies_of_ours_name_people_and_nobody_else_does(
    monkeypatch: pytest.MonkeyPatch, proxies: str | None, client: tuple[str, int] | None, is_trusted: bool
) -> None:
    if proxies is None:
        monkeypatch.delenv(PROXIES, raising=False)
    else:
        monkeypatch.setenv(PROXIES, proxies)
    assert identify(client) == (Identity("ada@example.org", True) if is_trusted else None)


@pytest.mark.parametrize("name", [b"X-AUTH-REQUEST-EMAIL", b"X-Auth-Request-Email"])
def test_spelling_of_a_header_does_not_matter(name: bytes) -> None:
    assert identify(("203.0.113.9", 4711), [(name, b"ada@example.org")]) is None


def test_a_second_header_of_a_stranger_is_dropped_too() -> None:
    assert identify(("203.0.113.9", 4711), FORGED + FORGED) is None


def test_printed_link_gives_the_role_of_an_administrator_where_no_list_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    holder = Visitors(lambda _: {}, {}, lambda _: False, lambda cookies: cookies.get("key") == "right")
    monkeypatch.setenv("CXDATA_EDITING", "local")
    assert holder.role(None, {"key": "right"}) == Role.ADMINISTRATOR
    assert holder.role(None, {"key": "wrong"}) == Role.READER
    monkeypatch.setenv("CXDATA_READERS", "ray@example.org")
    assert holder.role(None, {"key": "right"}) == Role.STRANGER
