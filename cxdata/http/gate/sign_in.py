"""The way in: sign-in begins at /sign-in, and leads back to the page that was asked for."""

import re
from collections.abc import Callable
from http.cookies import SimpleCookie
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cxdata.access.identity import Identity
from cxdata.http.base_path import normalise_base
from cxdata.http.gate.visitors import Visitors

NEXT = "cxdata-next"  # the cookie with the page that was asked for
PATIENCE = 600  # s that it is kept: people look for their password
LONGEST = 3000  # characters of it; a longer query is dropped
PLAIN = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")  # a path of this server: no scheme, host, blank or backslash


class SignIn:
    """Middleware for the addresses of sign-in. The framework of the pages talks to the provider.

    `begin` returns the address that begins a sign-in with a provider, and None for an unknown one. `signed_in` and
    `signed_out` hear of a person who has done so.
    """

    def __init__(
        self,
        app: ASGIApp,
        visitors: Visitors,
        begin: Callable[[str], str | None],
        signed_in: Callable[[Identity], None],
        signed_out: Callable[[Identity], None],
        base: str = "",
    ) -> None:
        self._app = app
        self._visitors = visitors
        self._begin = begin
        self._signed_in = signed_in
        self._signed_out = signed_out
        self._base = normalise_base(base)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope["path"] if scope["type"] == "http" else ""
        if path == f"{self._base}/sign-in":
            await self._start(scope)(scope, receive, send)
        elif path == f"{self._base}/oauth2callback":
            await self._app(scope, receive, self._return(scope, send))
        else:
            if path == f"{self._base}/auth/logout" and (person := self._visitors.identify(scope)):
                self._signed_out(person)
            await self._app(scope, receive, send)

    def _start(self, scope: Scope) -> Response:
        query = QueryParams(scope["query_string"].decode("latin-1"))
        address = self._begin(query.get("with", ""))
        if address is None:
            return PlainTextResponse("There is no such way to sign in.\n", 404, {"Cache-Control": "no-store"})
        response = RedirectResponse(address, 303, {"Cache-Control": "no-store"})
        asked = read_next(query.get("next", ""), self._base)
        response.set_cookie(
            NEXT, quote(asked, safe=""), PATIENCE, path=self._base or "/", httponly=True, samesite="lax"
        )
        return response

    def _return(self, scope: Scope, send: Send) -> Send:
        """Return a `send` that leads from a sign-in that succeeded to the page that was asked for."""
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        asked = read_next(unquote(cookies.get(NEXT, "")), self._base)

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                person = self._visitors.identify_by(_as_sent_back(headers))
                if person is not None:
                    self._signed_in(person)
                    headers["location"] = asked
                    gone = Response()
                    gone.delete_cookie(NEXT, path=self._base or "/")
                    headers.append("set-cookie", gone.headers["set-cookie"])
            await send(message)

        return send_on


def read_next(asked: str, base: str = "") -> str:
    """Return the page to open after sign-in: a path of this dashboard with its query, or its first page.

    An address that leads elsewhere would let a foreign page send people on with our name.
    """
    home = f"{base}/"
    if len(asked) > LONGEST:
        asked = asked.partition("?")[0]
    if not PLAIN.fullmatch(asked) or len(asked) > LONGEST:
        return home
    path = urlsplit(asked).path
    is_ours = path == base or path.startswith(home)
    is_way = path.removeprefix(base).startswith(("/auth/", "/oauth2callback", "/sign-in", "/_stcore/"))
    return asked if is_ours and not is_way and ".." not in unquote(path) else home


def _as_sent_back(headers: MutableHeaders) -> Headers:
    """Return the cookies that a response sets as the browser will send them."""
    jar: SimpleCookie = SimpleCookie()
    for each in headers.getlist("set-cookie"):
        jar.load(each)
    cookies = "; ".join(f"{name}={morsel.coded_value}" for name, morsel in jar.items() if morsel.value)
    return Headers({"cookie": cookies})
