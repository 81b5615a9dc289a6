"""The key to local editing: a link that works once, printed at start, gives the browser that opens it a cookie.

Anybody who reads the terminal of the server may edit, as with Jupyter. The address of a request shows nothing: behind a
proxy on the same machine every request comes from there.
"""

import secrets
import threading
from collections.abc import Callable, Mapping
from hmac import compare_digest
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from cxdata.http.base_path import normalise_base

ADDRESS = "/edit-here"
USED_UP = "This link has been used, or the server has been restarted. Use the newest link in the server’s terminal.\n"


class LocalKey:
    """The links and cookies of one process, for one browser a link; a restart ends them all."""

    def __init__(self) -> None:
        self.cookie_name = f"cxdata-editor-{secrets.token_hex(4)}"  # browsers share cookies among the ports of a host
        self._cookies: set[str] = set()
        self._token = secrets.token_urlsafe(32)
        self._lock = threading.Lock()

    def path(self) -> str:
        """Return the path and query of the link that works now."""
        return f"{ADDRESS}?token={self._token}"

    def exchange(self, token: str) -> str | None:
        """Return a cookie for the token of the present link, which is used up; None for any other."""
        with self._lock:
            if not compare_digest(token.encode(), self._token.encode()):
                return None
            self._token = secrets.token_urlsafe(32)
            cookie = secrets.token_urlsafe(32)
            self._cookies.add(cookie)
            return cookie

    def opens(self, cookies: Mapping[str, str], origin: str | None) -> bool:
        """Return whether a request has a cookie of ours, and its page comes from this machine by name."""
        return _is_loopback(origin) and self.holds(cookies)

    def holds(self, cookies: Mapping[str, str]) -> bool:
        """Return whether a request has a cookie of ours, which a browser sends with no request of another site."""
        given = cookies.get(self.cookie_name, "").encode()
        return any(compare_digest(given, cookie.encode()) for cookie in self._cookies)


LOCAL_KEY = LocalKey()
"""The key of this process: the route gives it out, and the pages ask for it."""


def _is_loopback(origin: str | None) -> bool:
    host = urlsplit(origin or "").hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def print_link(base_url: str) -> None:
    """Print the link that works now, for the person at the terminal."""
    print(f"\n  To edit on this machine, open this link. It works once: {base_url}{LOCAL_KEY.path()}\n", flush=True)


def local_key_route(base_url: Callable[[], str], base: str = "") -> Route:
    """Return the route that exchanges a link for a cookie and leads to the page Add stories.

    `base_url` gives the address of the dashboard on this machine, `base` is its base path.
    """
    base = normalise_base(base)

    async def answer(request: Request) -> Response:
        cookie = LOCAL_KEY.exchange(request.query_params.get("token", ""))
        if cookie is None:
            return PlainTextResponse(USED_UP, 403, {"Cache-Control": "no-store"})
        print_link(base_url())
        response = RedirectResponse(f"{base}/add", 303, {"Cache-Control": "no-store"})
        response.set_cookie(LOCAL_KEY.cookie_name, cookie, path=base or "/", httponly=True, samesite="strict")
        return response

    return Route(f"{base}{ADDRESS}", answer)
