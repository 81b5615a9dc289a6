"""The decisions of the gate, for each role: who gets which address, who is refused how, and what a cache may keep."""

from collections.abc import Mapping
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from cxdata.access.roles import Role
from cxdata.http.gate.addresses import NEEDED, needed_role
from cxdata.http.gate.gate import Gate
from cxdata.http.gate.visitors import Visitors
from tests.fixtures.chart_server import Answer, ask_app, run
from tests.fixtures.hosting.people import EMAILS, LISTS

NAMED = {"X-Auth-Request-Email": "email"}
PUBLIC = "public, max-age=300"


def read_user(headers: Headers) -> Mapping[str, Any]:
    """Return whom the headers name; `unverified` stands for a provider that has not verified the address."""
    return {
        "email": headers.get("x-auth-request-email"),
        "email_verified": "false" if headers.get("unverified") else "true",
    }


async def answer_all(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer every request as an address does that everybody may see."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    headers = {"Cache-Control": PUBLIC, "Access-Control-Allow-Origin": "*"}
    await PlainTextResponse("secret", headers=headers)(scope, receive, send)


def make_gate(providers: tuple[str, ...] = ()) -> Gate:
    named = NAMED | {"X-Verified": "email_verified"}
    visitors = Visitors(read_user, named, lambda _: False, lambda _: False)
    return Gate(answer_all, visitors, lambda: [*providers], b"", lambda _: False, "/cx")


@pytest.fixture(autouse=True)
def lists(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, people in LISTS.items():
        monkeypatch.setenv(variable, people)


def ask(path: str, role: Role | None, method: str = "GET", providers: tuple[str, ...] = (), **headers: str) -> Answer:
    if role is not None:
        headers["x_auth_request_email"] = EMAILS[role]
    return run(ask_app(make_gate(providers), f"/cx{path}", method, **headers))


FOR_READERS = (
    *("/", "/stories", "/chart", "/chart/effort.png", "/embed/effort", "/pack.pdf", "/feed.atom"),
    *("/media/x", "/_stcore/stream", "/new"),
)


@pytest.mark.parametrize("role", [None, *Role])
def test_each_role_gets_its_addresses(role: Role | None) -> None:
    refusal = 401 if role is None else 403
    for path in FOR_READERS:
        found = ask(path, role)
        assert (found.status, b"secret" in found.content) == ((200, True) if role else (refusal, False)), path
    assert ask("/audit-log.csv", role).status == (200 if role == Role.ADMINISTRATOR else refusal)
    for path, needed in NEEDED.items():
        if needed == Role.STRANGER:
            assert ask(path, role).status == 200, path


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR, Role.REVIEWER, Role.ADMINISTRATOR])
def test_what_readers_get_is_kept_by_no_cache_of_others(role: Role) -> None:
    for path in FOR_READERS:
        headers = ask(path, role).headers
        is_asked_again = path.startswith(("/chart/", "/embed/", "/pack.", "/feed"))
        assert headers["cache-control"] == ("private, no-cache" if is_asked_again else "no-store"), path
        assert "access-control-allow-origin" not in headers
    assert ask("/public/x", role).headers["cache-control"] == PUBLIC


def test_without_a_list_of_readers_every_cache_may_keep_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CXDATA_READERS")
    assert ask("/chart/effort.png", None).headers["cache-control"] == PUBLIC
    assert ask("/audit-log.csv", None).status == 401


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_no_method_leads_round_the_gate(method: str) -> None:
    assert ask("/chart", None, method).status == 401


@pytest.mark.parametrize("path", ["/chart", "/cxchart", "/cx2/healthz", "/healthz"])
def test_address_beside_the_base_path_is_no_listed_one(path: str) -> None:
    assert run(ask_app(make_gate(), path)).status == 401


@pytest.mark.parametrize(
    "path",
    [
        "/static/../chart",
        "/healthz/../chart",
        "/static/..\\chart",
        "/healthz/x",
        "/HEALTHZ",
        "//healthz",
        "",
        "/publicx",
    ],
)
def test_no_spelling_makes_an_address_open(path: str) -> None:
    assert needed_role(path) == Role.READER


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({}, "Sign in to read this"),
        ({"x_auth_request_email": EMAILS[Role.STRANGER]}, "not on the list of readers"),
        ({"x_auth_request_email": EMAILS[Role.ADMINISTRATOR], "unverified": "1"}, "your provider has not verified"),
    ],
)
def test_refused_person_reads_why_and_what_to_do(headers: dict[str, str], words: str) -> None:
    page = run(ask_app(make_gate(("default",)), "/cx/stories?company=AO.com", accept="text/html", **headers))
    assert (page.status, words in page.text) == (403 if headers else 401, True)
    way = "/cx/auth/logout" if headers else "/cx/sign-in?next=%2Fcx%2Fstories%3Fcompany%3DAO.com&amp;with=default"
    assert f'href="{way}"' in page.text


def test_page_offers_no_sign_in_that_is_not_there() -> None:
    page = ask("/stories", None, accept="text/html")
    assert "Open it by the address of your organisation" in page.text
    assert "sign-in?" not in page.text


@pytest.mark.parametrize("role", [None, *Role])
def test_session_is_for_readers(role: Role | None) -> None:
    named = [(b"x-auth-request-email", EMAILS[role].encode())] if role is not None else []
    scope = {"type": "websocket", "path": "/cx/_stcore/stream", "headers": named, "client": ("127.0.0.1", 1)}
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    run(make_gate()(scope, receive, send))
    assert sent == [{"type": "websocket.accept"} if role else {"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize("also", [{}, {"x_forwarded_for": "127.0.0.1"}, {"forwarded": "for=127.0.0.1"}])
def test_headers_of_strangers_name_nobody(also: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "10.0.0.1")
    assert ask("/chart", Role.ADMINISTRATOR, **also).status == 401
