"""Files made on demand: each once, few at a time, none waited for too long, the latest kept in memory."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import anyio

AT_ONCE = 2
WAITING = 48  # two readers who meet a cold gallery ask for so many at once
WAIT_LIMIT = 25.0  # s
BUDGET = 64 * 2**20  # bytes


class BusyError(Exception):
    """More is asked for than can be made; ask again later."""


@dataclass(frozen=True)
class RenderedFile:
    """A file, and the name it goes by."""

    content: bytes
    file_name: str
    policy: str | None = None
    """The content security policy of a page; None for what is no page."""


class RenderQueue:
    """Made files by tag. All state of the live addresses; used from the event loop alone."""

    def __init__(
        self, at_once: int = AT_ONCE, waiting: int = WAITING, patience: float = WAIT_LIMIT, budget: int = BUDGET
    ) -> None:
        self._at_once = at_once
        self._waiting = waiting
        self._patience = patience
        self._budget = budget
        self._kept: OrderedDict[str, RenderedFile] = OrderedDict()
        self._size = 0
        self._under_way: dict[str, asyncio.Task[RenderedFile]] = {}
        self._limiter: anyio.CapacityLimiter | None = None

    async def get(self, tag: str, make: Callable[[], RenderedFile]) -> RenderedFile:
        """The file of this tag: kept, under way for somebody else, or made now in a thread.

        Raises BusyError, TimeoutError, and what `make` raises. A file that took too long is finished and kept all the
        same: a thread cannot be stopped, and whoever asks again has it.
        """
        if tag in self._kept:
            self._kept.move_to_end(tag)
            return self._kept[tag]
        if tag not in self._under_way:
            if len(self._under_way) >= self._at_once + self._waiting:
                raise BusyError
            task = asyncio.create_task(self._make(tag, make))
            task.add_done_callback(_log_failure)
            self._under_way[tag] = task
        async with asyncio.timeout(self._patience):
            # one who leaves must not take the file from those who wait for it too
            return await asyncio.shield(self._under_way[tag])

    async def _make(self, tag: str, make: Callable[[], RenderedFile]) -> RenderedFile:
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(self._at_once)
        try:
            made = await anyio.to_thread.run_sync(make, limiter=self._limiter)
            self._keep(tag, made)
            return made
        finally:
            del self._under_way[tag]

    def _keep(self, tag: str, made: RenderedFile) -> None:
        if len(made.content) > self._budget // 4:
            return
        self._kept[tag] = made
        self._size += len(made.content)
        while self._size > self._budget:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest.content)


def _log_failure(task: asyncio.Task[RenderedFile]) -> None:
    """Take note of how it ended: an error that nobody waited for any longer is no news."""
    if not task.cancelled():
        task.exception()
