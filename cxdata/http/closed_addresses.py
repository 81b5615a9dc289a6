"""The addresses of Streamlit that this server does not answer."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from cxdata.http.base_path import normalise_base

# who reads, how often and with how much memory is for the operator; the agent API runs pages without a browser
CLOSED = ("/_stcore/metrics", "/_stcore/agent")


class ClosedAddresses:
    """Middleware that answers 404 to the addresses of CLOSED, and to all below them. `base` is the base path."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self._app = app
        self._closed = tuple(f"{normalise_base(base)}{address}/" for address in CLOSED)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and f"{scope['path']}/".startswith(self._closed):
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
            return
        await self._app(scope, receive, send)
