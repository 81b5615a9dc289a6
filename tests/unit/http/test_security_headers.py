"""The content security policies, and the headers of a failure."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Route

from cxdata.http.security_headers import SecurityHeaders, dashboard_csp, hash_inline_scripts, page_csp
from tests.fixtures.chart_server import ask_app, run

INDEX = "<script>boot()</script><script src='app.js'></script>"


def test_dashboard_policy_allows_only_its_own_inline_scripts() -> None:
    (digest,) = hash_inline_scripts(INDEX)
    scripts = dashboard_csp(INDEX).split("script-src ")[1].split(";")[0]
    assert scripts == f"'self' {digest}"


def test_policy_of_a_page_without_scripts_allows_none() -> None:
    assert "script-src 'none'" in page_csp("<p>Words</p>")
    assert "script-src 'none'" not in page_csp(INDEX)


def test_a_bug_answers_500_with_the_headers_and_is_raised_to_the_server() -> None:
    seen: list[int] = []

    async def fail(_: Request) -> None:
        raise ZeroDivisionError("a bug")

    app = Starlette(routes=[Route("/bug", fail)], middleware=[Middleware(SecurityHeaders, index=INDEX)])

    async def keep_answer(scope: dict, receive: object, send: object) -> None:  # type: ignore[type-arg]
        with pytest.raises(ZeroDivisionError):
            await app(scope, receive, send)  # type: ignore[arg-type]
        seen.append(1)

    answer = run(ask_app(keep_answer, "/bug"))
    assert (answer.status, answer.text, seen) == (500, "Internal Server Error", [1])
    assert answer.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
