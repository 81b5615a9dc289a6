"""Sessions over a websocket: each ends at the first message after its person has lost the role.

A proxy names the person of a session once, when it begins. Such a session connects again after a while, so that the
proxy is asked again. A browser does that by itself, and its page keeps what was typed.
"""

import asyncio
import time
from collections.abc import Callable

from starlette.types import Message, Receive, Send

from cxdata.http.limits import PROXY_SESSION_SECONDS, RUN_SECONDS

GOING_AWAY = 1001
POLICY_VIOLATION = 1008
PAUSE = 0.25  # s between two looks at a page that runs


class Session:
    """The two ways of a session, watched. `is_permitted` is asked at each message of the browser.

    `farewell` sends the browser away whose person has lost the role, and `ends_run` knows the message that ends a run
    of a page. `is_asked_again` limits the session to `seconds`, and to `patience` more while a page runs.
    """

    def __init__(
        self,
        receive: Receive,
        send: Send,
        is_permitted: Callable[[], bool],
        farewell: bytes,
        ends_run: Callable[[bytes], bool],
        is_asked_again: bool,
        seconds: float = PROXY_SESSION_SECONDS,
        patience: float = RUN_SECONDS,
    ) -> None:
        self._receive = receive
        self._send = send
        self._is_permitted = is_permitted
        self._farewell = farewell
        self._ends_run = ends_run
        self._last = time.monotonic() + seconds if is_asked_again else None
        self._patience = patience
        self._is_running = False
        self._is_over = False

    async def receive(self) -> Message:
        """Return the next message of the browser, or the end of the session."""
        message = await self._next()
        if message is None:
            return await self._end(GOING_AWAY)
        if message["type"] != "websocket.receive":
            return message
        if self._is_permitted():
            self._is_running = True
            return message
        await self._send({"type": "websocket.send", "bytes": self._farewell})
        return await self._end(POLICY_VIOLATION)

    async def send(self, message: Message) -> None:
        """Send a message to the browser, unless the session is over."""
        if self._is_over:
            return
        if self._is_running and self._ends_run(message.get("bytes") or b""):
            self._is_running = False
        await self._send(message)

    async def _next(self) -> Message | None:
        """Return the next message, or None once the proxy is to be asked again."""
        if self._last is None:
            return await self._receive()
        waiting = asyncio.ensure_future(self._receive())
        while not waiting.done():
            left = self._last - time.monotonic()
            if left <= 0 and (not self._is_running or left <= -self._patience):
                waiting.cancel()
                return None
            await asyncio.wait({waiting}, timeout=left if left > 0 else PAUSE)
        return waiting.result()

    async def _end(self, code: int) -> Message:
        self._is_over = True
        await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}
