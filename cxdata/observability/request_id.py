"""The id of a request or of a rerun of a page; every line that it logs carries it."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# enough for a UUID and the ids of nginx; short and plain, so that no id can forge or flood a line of the log
VALID = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")

_ID: ContextVar[str] = ContextVar("cxdata_request_id", default="")


def current_id() -> str:
    """Return the id of what runs here; '' outside of requests and reruns."""
    return _ID.get()


def new_id() -> str:
    """Return a new id: 16 hexadecimal digits."""
    return secrets.token_hex(8)


def is_valid_id(text: bytes) -> bool:
    """Return whether an id from elsewhere may be taken: 8 to 64 letters, digits, dots, hyphens and underscores."""
    return VALID.fullmatch(text) is not None


@contextmanager
def use_id(identity: str) -> Iterator[str]:
    """Give the body, and the threads that copy its context, this id."""
    token = _ID.set(identity)
    try:
        yield identity
    finally:
        _ID.reset(token)
