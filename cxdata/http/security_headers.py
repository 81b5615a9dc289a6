"""The security headers of every answer the server gives."""

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Who may show the dashboard in a frame. Open, so that a blog can embed a chart; this line is the one place to
# close it ("frame-ancestors 'self'").
FRAME_ANCESTORS = "frame-ancestors *"


def hash_inline_scripts() -> list[str]:
    """Hash the inline scripts of the installed Streamlit's index.html, so that no other inline script may run."""
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    return _hash_scripts(index.read_text("utf-8"))


def page_csp(page: str, *sources: str) -> str:
    """The policy of a page of our own: its inline scripts and no others, and nothing loaded but from these sources."""
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src", *(_hash_scripts(page) or ["'none'"])]),
            "style-src 'unsafe-inline'",
            *sources,
            "base-uri 'none'",
            "form-action 'none'",
            FRAME_ANCESTORS,
        ]
    )


def _hash_scripts(page: str) -> list[str]:
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts if script]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        # No 'unsafe-eval': Streamlit has Vega interpret its expressions.
        " ".join(["script-src 'self'", *hash_inline_scripts()]),
        # Emotion and Vega write their styles at run time.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        FRAME_ANCESTORS,
    ]
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}


class SecurityHeaders:
    """Add HEADERS to every HTTP answer; plain ASGI, so that streams and websockets pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    # 'not modified' brings no page: a browser would put this policy in the place of the page's own
                    if message["status"] != 304 or name != "Content-Security-Policy":
                        headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)
