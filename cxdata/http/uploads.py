"""Uploads: taken from sessions that a page has permitted, and so many bytes from each.

Streamlit itself takes a file from anybody with a session, on any page, and keeps it in memory.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cxdata.http.base_path import normalise_base
from cxdata.http.limits import SESSIONS_PERMITTED

ADDRESS = "/_stcore/upload_file/"
REFUSED = "You cannot upload files on this page.\n"
TOO_MUCH = "Your files are too large together. Remove some of them, or use the command line.\n"


@dataclass
class _Allowance:
    """The bytes that a session may upload, and those of each of its files."""

    most: int
    files: dict[str, int] = field(default_factory=dict)


class UploadPermits:
    """What each session may upload. Pages permit it in threads of their own, while the event loop asks."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._sessions: OrderedDict[str, _Allowance] = OrderedDict()

    def permit(self, session: str, most: int) -> None:
        """Let a session keep files of at most `most` bytes together; 0 refuses every file."""
        with self._lock:
            allowance = self._sessions.setdefault(session, _Allowance(most))
            allowance.most = most
            self._sessions.move_to_end(session)
            while len(self._sessions) > SESSIONS_PERMITTED:
                self._sessions.popitem(last=False)

    def is_permitted(self, session: str) -> bool:
        """Return whether a session may upload anything."""
        with self._lock:
            return session in self._sessions and self._sessions[session].most > 0

    def add(self, session: str, file: str, size: int) -> bool:
        """Count further bytes of a file; return whether the session's files are still within its allowance."""
        with self._lock:
            allowance = self._sessions.get(session)
            if allowance is None:
                return False
            allowance.files[file] = allowance.files.get(file, 0) + size
            return sum(allowance.files.values()) <= allowance.most

    def forget(self, session: str, file: str) -> None:
        """Forget a file that was deleted or not taken."""
        with self._lock:
            if allowance := self._sessions.get(session):
                allowance.files.pop(file, None)


PERMITS = UploadPermits()
"""The permits of this process."""


class UploadGate:
    """Middleware that refuses uploads beyond the permits. `base` is the base path."""

    def __init__(self, app: ASGIApp, base: str = "", permits: UploadPermits = PERMITS) -> None:
        self._app = app
        self._address = f"{normalise_base(base)}{ADDRESS}"
        self._permits = permits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not scope["path"].startswith(self._address):
            await self._app(scope, receive, send)
            return
        session, _, file = scope["path"].removeprefix(self._address).partition("/")
        if scope["method"] == "PUT":
            await self._take(scope, receive, send, session, file)
            return
        await self._app(scope, receive, send)
        if scope["method"] == "DELETE":
            self._permits.forget(session, file)

    async def _take(self, scope: Scope, receive: Receive, send: Send, session: str, file: str) -> None:
        if not self._permits.is_permitted(session):
            await PlainTextResponse(REFUSED, 403)(scope, receive, send)
            return
        self._permits.forget(session, file)  # it takes the place of the file of this name
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and not self._permits.add(session, file, int(announced)):
            self._permits.forget(session, file)
            await PlainTextResponse(TOO_MUCH, 413)(scope, receive, send)
            return
        is_taken = False

        async def count_received() -> Message:
            message = await receive()
            size = 0 if announced.isdecimal() else len(message.get("body", b""))
            if not self._permits.add(session, file, size):
                raise HTTPException(413, TOO_MUCH)
            return message

        async def watch(message: Message) -> None:
            nonlocal is_taken
            if message["type"] == "http.response.start":
                is_taken = message["status"] < 400
            await send(message)

        try:
            await self._app(scope, count_received, watch)
        finally:
            if not is_taken:
                self._permits.forget(session, file)
