"""A pool of processes that make pictures. Each is replaced after many pictures, or when it holds much memory.

Drawing keeps memory and a core busy; in processes of their own, pictures slow down no page, and their memory goes back.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from cxdata import errors
from cxdata.errors import Unavailable
from cxdata.export.view import View, format_query
from cxdata.http.bundle_worker import parse_memory
from cxdata.http.limits import PICTURES_OF_PROCESS, RENDER_SECONDS
from cxdata.http.render_queue import RenderedFile
from cxdata.observability.request_id import current_id
from cxdata.observability.timing import report
from cxdata.resources import module_path


class ProcessEnded(Exception):
    """A process has ended without an answer."""


class Worker:
    """One process. One thread at a time may ask it."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": module_path()}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "cxdata.http.pictures.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self.made = 0
        self.memory = 0.0

    def wait_until_ready(self) -> bool:
        """Wait until the process has loaded what it needs; return False if it has ended instead."""
        assert self._process.stdout is not None
        return bool(self._process.stdout.readline())

    def ask(self, request: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        """Return the head and the content of an answer. Raises ProcessEnded, also after so many seconds."""
        timer = threading.Timer(seconds, self._process.kill)
        timer.start()
        try:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
            head = json.loads(line) if line.endswith(b"\n") else {"size": -1}
            content = self._process.stdout.read(head["size"]) if head["size"] > 0 else b""
        except BrokenPipeError:
            raise ProcessEnded from None
        finally:
            timer.cancel()
        if len(content) != head["size"]:
            raise ProcessEnded
        self.made, self.memory = self.made + 1, head["memory"]
        return head, content

    def end(self) -> None:
        """End the process now; it has nothing to keep."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                try:
                    pipe.close()
                except BrokenPipeError:  # a request that nobody took
                    continue


class PicturePool:
    """Idle processes, and how to replace them. It has at most `size`, and starts them when they are needed.

    `memory` is the most that a process may hold after a picture, such as '600MB'; `most` the pictures that it makes.
    """

    def __init__(
        self, memory: str, size: int = 1, most: int = PICTURES_OF_PROCESS, seconds: float = RENDER_SECONDS
    ) -> None:
        self._size = size
        self._count = 0
        self._memory = parse_memory(memory)
        self._most = most
        self._seconds = seconds
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        self._is_closed = False

    def warm_up(self) -> None:
        """Start the processes that are missing; each is there for requests once it has loaded what it needs."""
        with self._lock:
            missing = 0 if self._is_closed else self._size - self._count
            self._count += missing
        for _ in range(missing):
            threading.Thread(target=self._start, name="start a process for pictures", daemon=True).start()

    def render(self, view: View, form: str, here: Callable[[], RenderedFile]) -> RenderedFile:
        """Make a view's file of this format; runs in a thread. Where no process is ready, `here` makes it.

        A start takes seconds, and nobody is to wait for one. Raises the error of the view by its cause, and Unavailable
        if a process takes too long.
        """
        request = {"chart": view.chart, "choices": format_query(view), "form": form, "id": current_id()}
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        if worker is None:
            self.warm_up()
            return here()
        started = time.monotonic()
        try:
            head, content = worker.ask(request, self._seconds)
        except ProcessEnded:
            self._drop(worker)
            if time.monotonic() - started < self._seconds / 2:
                return here()  # it had ended before, by itself or for its memory
            raise Unavailable(f"a picture of {view.chart} took more than {self._seconds:g} s") from None
        except BaseException:
            self._drop(worker)
            raise
        self._give_back(worker)
        for name, seconds in head["questions"]:
            report(name, seconds)
        if "error" in head:
            raise getattr(errors, head["cause"])(head["error"])
        return RenderedFile(content, head["file_name"], head["policy"])

    def release(self) -> None:
        """End the idle processes; the next picture starts another."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            self._drop(worker)

    def close(self) -> None:
        """End all processes, those that are busy as soon as they are given back."""
        self._is_closed = True
        self.release()

    def _start(self) -> None:
        worker = Worker()
        if worker.wait_until_ready():
            self._give_back(worker)
        else:
            self._drop(worker)

    def _give_back(self, worker: Worker) -> None:
        if worker.made >= self._most or worker.memory > self._memory:
            self._drop(worker)
            self.warm_up()
            return
        with self._lock:
            if not self._is_closed:
                self._idle.append(worker)
                return
        self._drop(worker)

    def _drop(self, worker: Worker) -> None:
        worker.end()
        with self._lock:
            self._count -= 1
