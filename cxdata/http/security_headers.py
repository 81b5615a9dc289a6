"""The security headers of every response of the server."""

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# any site may frame a chart, which has no button; a page in a foreign frame could have its buttons clicked unseen
FRAMED_ANYWHERE = "frame-ancestors *"
FRAMED_BY_ITSELF = "frame-ancestors 'self'"  # as Streamlit Community Cloud does


def page_csp(page: str, *sources: str) -> str:
    """Return the content security policy of an exported page.

    It allows the inline scripts of the page and no others, and loads nothing except from `sources`.
    """
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src", *(hash_inline_scripts(page) or ["'none'"])]),
            "style-src 'unsafe-inline'",
            *sources,
            "base-uri 'none'",
            "form-action 'none'",
            FRAMED_ANYWHERE,
        ]
    )


def dashboard_csp(index: str) -> str:
    """Return the content security policy of the dashboard whose index page is this HTML."""
    return "; ".join(
        [
            "default-src 'self'",
            # No 'unsafe-eval': Streamlit has Vega interpret its expressions.
            " ".join(["script-src 'self'", *hash_inline_scripts(index)]),
            # Emotion and Vega write their styles at run time.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            FRAMED_BY_ITSELF,
        ]
    )


def hash_inline_scripts(page: str) -> list[str]:
    """Return the hash of each inline script of an HTML page as a policy names it."""
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts if script]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


class SecurityHeaders:
    """Middleware that adds the headers to every HTTP response, errors too; streams and websockets pass untouched.

    `index` is the HTML of the dashboard's index page, and `scripts` the HTML of the scripts that its pages add. A
    response that brings its own policy keeps it.
    """

    def __init__(self, app: ASGIApp, index: str, scripts: str = "") -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": dashboard_csp(index + scripts),
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "X-Content-Type-Options": "nosniff",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal is_started
            if message["type"] == "http.response.start":
                is_started = True
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    # 'not modified' has no page: a browser would replace the page's own policy by this one
                    if message["status"] != 304 or name != "Content-Security-Policy":
                        headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception:
            if not is_started:  # the framework would answer outside of every middleware, without the headers
                answer = PlainTextResponse("Internal Server Error", 500, {"Cache-Control": "no-store"})
                await answer(scope, receive, send_with_headers)
            raise
