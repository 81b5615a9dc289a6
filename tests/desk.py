"""An app of the live addresses alone, that counts what it makes; asked without a server or a client library."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

import duckdb
import pytest
from starlette.applications import Starlette

from cxdata.http import chart_routes
from cxdata.http.chart_routes import ChartRoutes
from cxdata.http.render_queue import RenderedFile, RenderQueue

T = TypeVar("T")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


def run(asked: Coroutine[Any, Any, T]) -> T:
    """As asyncio.run, in a thread of its own: after browser tests Playwright's loop still runs in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asked).result()


async def ask_app(app: Any, address: str, method: str = "GET", **headers: str) -> Answer:
    """The answer to 'path?query'; headers by name with underscores, such as if_none_match."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": quote(path).encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = sent[0]
    return Answer(
        start["status"],
        {name.decode(): value.decode() for name, value in start["headers"]},
        b"".join(message.get("body", b"") for message in sent[1:]),
    )


class Desk:
    """An app of the live addresses alone, and how many files it has made, and how many of them at once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, **bounds: float) -> None:
        self.app = Starlette(routes=ChartRoutes(lambda: connection, RenderQueue(**bounds)).routes())  # type: ignore[arg-type]
        self.made = self.at_once = self.most_at_once = 0
        self.gate = threading.Event()
        self.gate.set()
        lock, make = threading.Lock(), chart_routes._make

        def counted(*told: object) -> RenderedFile:
            with lock:
                self.made += 1
                self.at_once += 1
                self.most_at_once = max(self.at_once, self.most_at_once)
            try:
                assert self.gate.wait(20)
                return make(*told)  # type: ignore[arg-type]
            finally:
                with lock:
                    self.at_once -= 1

        monkeypatch.setattr(chart_routes, "_make", counted)

    def ask(self, address: str, method: str = "GET", **headers: str) -> Answer:
        return run(ask_app(self.app, address, method, **headers))
