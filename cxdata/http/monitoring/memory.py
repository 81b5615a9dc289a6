"""The memory of this process and of those that it has started."""

import math
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

OWN = Path("/proc/self/statm")  # pages, the resident ones second


def own_memory() -> float:
    """Return the resident bytes of this process, NaN where the system does not say."""
    return float(_resident_pages(OWN) * os.sysconf("SC_PAGE_SIZE")) if OWN.exists() else math.nan


def memory_of_children() -> float:
    """Return the resident bytes of the direct children, NaN where the system does not say."""
    lists = list(Path("/proc/self/task").glob("*/children"))
    if not lists:
        return math.nan
    pages = 0
    for children in lists:
        with suppress(OSError):  # a thread or a process has ended meanwhile
            for child in children.read_text().split():
                pages += _resident_pages(Path(f"/proc/{child}/statm"))
    return float(pages * os.sysconf("SC_PAGE_SIZE"))


def has_room(limit: float | None, release: Callable[[], None]) -> bool:
    """Return whether this process and its children hold at most `limit` bytes; if not, `release` is tried once.

    Without a limit, and where the system does not say, there is room.
    """
    if limit is None or not _is_above(limit):
        return True
    release()
    return not _is_above(limit)


def _is_above(limit: float) -> bool:
    return own_memory() + memory_of_children() > limit  # never, of NaN


def _resident_pages(statm: Path) -> int:
    return int(statm.read_text().split()[1])
