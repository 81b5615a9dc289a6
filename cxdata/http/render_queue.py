"""A queue that renders files on demand: each once, few at a time, none with an endless wait, the latest in memory."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import anyio

from cxdata.http.limits import KEPT_BYTES, RENDER_SECONDS, RENDERS_AT_ONCE, RENDERS_WAITING


class BusyError(Exception):
    """Too many renders wait already; ask again later."""


@dataclass(frozen=True)
class RenderedFile:
    """A file and its name. `policy` is the content security policy of a page, None for that of any other file."""

    content: bytes
    file_name: str
    policy: str | None = None


class RenderQueue:
    """Rendered files by ETag. Holds all state of the addresses; only the event loop may use it.

    `wait_limit` is in seconds, `budget` in bytes.
    """

    def __init__(
        self,
        at_once: int = RENDERS_AT_ONCE,
        waiting: int = RENDERS_WAITING,
        wait_limit: float = RENDER_SECONDS,
        budget: int = KEPT_BYTES,
    ) -> None:
        self._at_once = at_once
        self._waiting = waiting
        self._wait_limit = wait_limit
        self._budget = budget
        self._kept: OrderedDict[str, RenderedFile] = OrderedDict()
        self._size = 0
        self._tasks: dict[str, asyncio.Task[RenderedFile]] = {}
        self._limiter: anyio.CapacityLimiter | None = None

    def count(self) -> int:
        """Return how many files are being made or wait; any thread may ask."""
        return len(self._tasks)

    async def get(self, tag: str, render: Callable[[], RenderedFile]) -> RenderedFile:
        """Return the file with this ETag: a kept one, one that another request waits for, or a new one.

        `render` runs in a thread. Raises BusyError, TimeoutError and the errors of `render`. A render that exceeds the
        limit goes on and is kept, because a thread cannot be stopped; the next request gets its file.
        """
        if tag in self._kept:
            self._kept.move_to_end(tag)
            return self._kept[tag]
        if tag not in self._tasks:
            if len(self._tasks) >= self._at_once + self._waiting:
                raise BusyError
            task = asyncio.create_task(self._render(tag, render))
            task.add_done_callback(_retrieve_error)
            self._tasks[tag] = task
        async with asyncio.timeout(self._wait_limit):
            # a request that ends early must not cancel the render for the others
            return await asyncio.shield(self._tasks[tag])

    async def _render(self, tag: str, render: Callable[[], RenderedFile]) -> RenderedFile:
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(self._at_once)
        try:
            rendered = await anyio.to_thread.run_sync(render, limiter=self._limiter)
            self._keep(tag, rendered)
            return rendered
        finally:
            del self._tasks[tag]

    def _keep(self, tag: str, rendered: RenderedFile) -> None:
        if len(rendered.content) > self._budget // 4:
            return
        self._kept[tag] = rendered
        self._size += len(rendered.content)
        while self._size > self._budget:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest.content)


def _retrieve_error(task: asyncio.Task[RenderedFile]) -> None:
    """Mark the error of a task as seen, so that asyncio does not log one that no request waits for."""
    if not task.cancelled():
        task.exception()
