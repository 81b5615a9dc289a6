"""Files made on demand: each once, few at a time, none waited for too long, the latest kept in memory."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import anyio

AT_ONCE = 2
WAITING = 48  # two readers who meet a cold gallery ask for so many at once
PATIENCE = 25.0  # s
BUDGET = 64 * 2**20  # bytes


class BusyError(Exception):
    """More is asked for than can be made; ask again later."""


@dataclass(frozen=True)
class Made:
    """A file, and the name it goes by."""

    content: bytes
    file_name: str
    policy: str | None = None
    """The content security policy of a page; None for what is no page."""


class Renderings:
    """Made files by tag. All state of the live addresses; used from the event loop alone."""

    def __init__(
        self, at_once: int = AT_ONCE, waiting: int = WAITING, patience: float = PATIENCE, budget: int = BUDGET
    ) -> None:
        self._at_once = at_once
        self._waiting = waiting
        self._patience = patience
        self._budget = budget
        self._kept: OrderedDict[str, Made] = OrderedDict()
        self._size = 0
        self._under_way: dict[str, asyncio.Task[Made]] = {}
        self._limiter: anyio.CapacityLimiter | None = None

    async def get(self, tag: str, make: Callable[[], Made]) -> Made:
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
            task.add_done_callback(_look_at)
            self._under_way[tag] = task
        async with asyncio.timeout(self._patience):
            # one who leaves must not take the file from those who wait for it too
            return await asyncio.shield(self._under_way[tag])

    async def _make(self, tag: str, make: Callable[[], Made]) -> Made:
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(self._at_once)
        try:
            made = await anyio.to_thread.run_sync(make, limiter=self._limiter)
            self._keep(tag, made)
            return made
        finally:
            del self._under_way[tag]

    def _keep(self, tag: str, made: Made) -> None:
        if len(made.content) > self._budget // 4:
            return
        self._kept[tag] = made
        self._size += len(made.content)
        while self._size > self._budget:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest.content)


def _look_at(task: asyncio.Task[Made]) -> None:
    """Take note of how it ended: an error that nobody waited for any longer is no news."""
    if not task.cancelled():
        task.exception()
