"""How long questions take: the questions report every answer, and a server says who listens.

The command line has no listener and pays nothing.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Listener = Callable[[str, float], None]
"""Takes the name of a question and its seconds."""

log = logging.getLogger("cxdata.questions")

_LISTENERS: list[Listener] = []


def listen(listener: Listener) -> None:
    """Report every later answer to this listener too."""
    _LISTENERS.append(listener)


def stop_listening(listener: Listener) -> None:
    """Report to this listener no longer."""
    _LISTENERS.remove(listener)


@contextmanager
def time_question(name: str) -> Iterator[None]:
    """Report how long the body takes, also if it raises. `name` is that of a question file, never a reader's text."""
    started = time.perf_counter()
    try:
        yield
    finally:
        report(name, time.perf_counter() - started)


def report(name: str, seconds: float) -> None:
    """Tell the listeners how long a question took, here or in a process that answers for this one."""
    for listener in _LISTENERS:
        listener(name, seconds)


def warn_of_slow(limit_ms: float) -> Listener:
    """Return a listener that logs the name and the time of every question that takes longer.

    It logs no parameter: searches and company names are readers' own words.
    """

    def warn(name: str, seconds: float) -> None:
        if (taken := seconds * 1000) > limit_ms:
            log.warning("slow question", extra={"question": name, "ms": round(taken)})

    return warn
