"""Every request gets an id, is counted by its route, and is a line of the log."""

import logging
import time
from typing import Literal

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cxdata.http.base_path import normalise_base
from cxdata.http.gate.visitors import comes_from_proxy
from cxdata.http.monitoring.health import LIVE, READY
from cxdata.http.monitoring.metrics import ADDRESS, METRICS, Metrics
from cxdata.observability.request_id import is_valid_id, new_id, use_id

HEADER = "X-Request-ID"
UNKNOWN = "unknown"
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")
QUIET = (LIVE, *READY, ADDRESS, "/_stcore/health")  # asked every few seconds
FAILED = 500

log = logging.getLogger("cxdata.requests")


class RequestWatch:
    """The outermost middleware. `ids` says where ids come from, `base` is the base path."""

    def __init__(
        self, app: ASGIApp, base: str = "", ids: Literal["own", "proxy"] = "own", metrics: Metrics = METRICS
    ) -> None:
        self._app = app
        self._base = normalise_base(base)
        self._ids = ids
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. A websocket has an id; its reruns are counted where they run."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = identity
            await send(message)

        with use_id(self._choose_id(scope)) as identity:
            try:
                await self._app(scope, receive, send_with_id)
            finally:
                if scope["type"] == "http":
                    self._report(scope, status or FAILED, time.perf_counter() - started)

    def _choose_id(self, scope: Scope) -> str:
        """Return the proxy's id of a request, if it is to be trusted and is one, else a new one."""
        if self._ids == "proxy" and comes_from_proxy(scope):
            given = [value for name, value in scope["headers"] if name == HEADER.lower().encode()]
            if len(given) == 1 and is_valid_id(given[0]):
                return str(given[0].decode("ascii"))
        return new_id()

    def _report(self, scope: Scope, status: int, seconds: float) -> None:
        route = self._name_route(scope)
        method = scope["method"] if scope["method"] in METHODS else UNKNOWN
        self._metrics.count_request(route, method, status, seconds)
        if route not in QUIET or status >= FAILED:
            # the template and not the path: a path or its query may hold a reader's words or a token
            fields = {"route": route, "method": method, "status": status, "ms": round(seconds * 1000)}
            log.log(logging.ERROR if status >= FAILED else logging.INFO, "request", extra=fields)

    def _name_route(self, scope: Scope) -> str:
        """Return the template of the route that answered, without the base path; all others are one."""
        path = getattr(scope.get("route"), "path", None)
        if path is None:
            return UNKNOWN
        # Streamlit answers every address that it does not know with its index page
        return str(path).removeprefix(self._base) or "/"
