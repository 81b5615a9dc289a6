"""The gate before every page and address: nobody passes it without the role that the address needs.

It stands before the framework of the pages, so that an address that anybody adds is closed until it is listed as open.
"""

from collections.abc import Callable
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cxdata.access.identity import Identity
from cxdata.access.roles import Role
from cxdata.http.base_path import normalise_base
from cxdata.http.gate.addresses import REVALIDATED, needed_role
from cxdata.http.gate.sessions import POLICY_VIOLATION, Session
from cxdata.http.gate.sign_in_page import write_refusal
from cxdata.http.gate.visitors import Visitors
from cxdata.http.responses import FILE_CSP
from cxdata.settings import get_settings

FRAMED = ("/chart", "/embed")  # programs and frames ask for these, and read a line
PRIVATE = "private, no-cache"
UNKEPT = "no-store"


class Gate:
    """Middleware that refuses requests and sessions without the role that they need.

    `providers` names the ways to sign in. `farewell` and `ends_run` are those of a `Session`.
    """

    def __init__(
        self,
        app: ASGIApp,
        visitors: Visitors,
        providers: Callable[[], list[str]],
        farewell: bytes,
        ends_run: Callable[[bytes], bool],
        base: str = "",
    ) -> None:
        self._app = app
        self._visitors = visitors
        self._providers = providers
        self._farewell = farewell
        self._ends_run = ends_run
        self._base = normalise_base(base)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or watch over one session."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        scope = self._visitors.drop_forged(scope)
        person = self._visitors.identify(scope)
        needed = needed_role(self._below_base(scope["path"]))
        if self._role(scope, person) < needed:
            await self._refuse(scope, receive, send, person)
        elif scope["type"] == "websocket":
            session = Session(
                receive,
                send,
                lambda: self._role(scope, self._visitors.identify(scope)) >= needed,
                self._farewell,
                self._ends_run,
                is_asked_again=person is not None and "email" in self._visitors.user_headers.values(),
            )
            await self._app(scope, session.receive, session.send)
        elif needed > Role.STRANGER and get_settings().readers:
            await self._app(scope, receive, self._keep_private(scope, send))
        else:
            await self._app(scope, receive, send)

    def _role(self, scope: Scope, person: Identity | None) -> Role:
        return self._visitors.role(person, cookie_parser(Headers(scope=scope).get("cookie", "")))

    def _below_base(self, path: str) -> str:
        """Return a path below the base path; one beside it is no listed address."""
        if not self._base:
            return path
        return path[len(self._base) :] or "/" if f"{path}/".startswith(f"{self._base}/") else ""

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, person: Identity | None) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        await self._answer(scope, person)(scope, receive, send)

    def _answer(self, scope: Scope, person: Identity | None) -> Response:
        """Return the refusal: a page for people who open a page, and a line for programs and frames."""
        status = 401 if person is None else 403
        headers = {"Cache-Control": UNKEPT}
        path = self._below_base(scope["path"])
        if path.startswith(FRAMED) or "text/html" not in Headers(scope=scope).get("accept", ""):
            words = "Sign in to read this.\n" if person is None else "You may not read this.\n"
            policy = {"Content-Security-Policy": FILE_CSP} if path.startswith(FRAMED) else {}
            return PlainTextResponse(words, status, headers | policy)
        query = scope["query_string"].decode("latin-1")
        asked = quote(f"{scope['path']}{f'?{query}' if query else ''}", safe="")
        links = {name: f"{self._base}/sign-in?next={asked}&with={quote(name, safe='')}" for name in self._providers()}
        return HTMLResponse(write_refusal(person, links, f"{self._base}/auth/logout", self._base), status, headers)

    def _keep_private(self, scope: Scope, send: Send) -> Send:
        """Return a `send` that keeps answers out of shared caches, and most of them out of every cache."""
        caching = PRIVATE if self._below_base(scope["path"]).startswith(REVALIDATED) else UNKEPT

        async def send_private(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Cache-Control"] = caching
                if "access-control-allow-origin" in headers:
                    del headers["access-control-allow-origin"]
            await send(message)

        return send_private
