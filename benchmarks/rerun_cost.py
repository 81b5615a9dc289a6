"""Benchmark of reruns in two checkouts: the processor time and the calls of each page, asked in turn.

A rerun is measured in its own thread, so that other processes change it little; the number of calls they do not change
at all. Print both for each page, the other checkout first, and the ratio of this one to it.

    git worktree add ../before COMMIT
    .venv/bin/python benchmarks/rerun_cost.py ../before [--rounds 15]
"""

import argparse
import asyncio
import cProfile
import os
import pstats
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from page_rerun import PAGES, ROOT, wait_for
from session import Reader

LOG, PROFILING = "RERUN_LOG", "RERUN_PROFILING"  # where the server writes the cost, and the file that makes it profile
PATIENCE = 500  # hundredths of a second that the server may take to write a cost after its answer


def serve(port: str) -> None:
    """Serve the checkout of the working folder; write the seconds and the calls of every rerun to a file."""
    sys.path.insert(0, str(Path.cwd()))
    from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
    from streamlit.web.cli import main

    log, profiling = Path(os.environ[LOG]), Path(os.environ[PROFILING])
    run_script = ScriptRunner._run_script

    def measured(self: ScriptRunner, *arguments: Any, **more: Any) -> None:
        profile = cProfile.Profile() if profiling.exists() else None
        started = time.thread_time()
        try:
            if profile:
                profile.runcall(run_script, self, *arguments, **more)
            else:
                run_script(self, *arguments, **more)
        finally:
            seconds = time.thread_time() - started
            calls = pstats.Stats(profile).total_calls if profile else 0
            with log.open("a") as written:
                written.write(f"{seconds} {calls}\n")

    ScriptRunner._run_script = measured
    sys.argv = ["streamlit", "run", "app.py", "--server.port", port, "--server.headless", "true"]
    main()


class Served:
    """A checkout that is being served, with a reader on each page."""

    def __init__(self, address: str, folder: Path) -> None:
        self.log, self.profiling = folder / "log", folder / "profiling"
        self.readers = {page: Reader(address, page) for page in PAGES}

    async def open(self) -> None:
        """Open every page, and run it twice: the caches are warm then."""
        for page, reader in self.readers.items():
            await reader.connect()
            await self.rerun(page)
            await self.rerun(page)

    async def rerun(self, page: str) -> tuple[float, int]:
        """Return the processor seconds of a rerun, and its calls where calls are counted."""
        written = self.log.stat().st_size
        await self.readers[page].rerun()
        for _ in range(PATIENCE):
            if self.log.stat().st_size > written:
                break
            await asyncio.sleep(0.01)
        if self.readers[page].exceptions:
            raise SystemExit(f"/{page} raised an exception: its cost means nothing")
        seconds, calls = self.log.read_text().splitlines()[-1].split()
        return float(seconds), int(calls)

    async def count_calls(self) -> dict[str, int]:
        """Return the calls of a rerun by page."""
        self.profiling.touch()
        try:
            return {page: (await self.rerun(page))[1] for page in self.readers}
        finally:
            self.profiling.unlink()


@contextmanager
def served(checkout: Path) -> Iterator[Served]:
    """Serve a checkout over the stories that it ships."""
    with tempfile.TemporaryDirectory() as name, socket.socket() as free:
        folder = Path(name)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        shown = Served(f"http://127.0.0.1:{port}", folder)
        shown.log.touch()
        environment = {
            "CXDATA_DATABASE": str(folder / "stories.duckdb"),
            LOG: str(shown.log),
            PROFILING: str(shown.profiling),
        }
        command = [sys.executable, str(Path(__file__).resolve()), "--serve", str(port)]
        with subprocess.Popen(command, cwd=checkout, env=os.environ | environment, stdout=subprocess.DEVNULL) as server:
            try:
                wait_for(f"http://127.0.0.1:{port}/healthz")
                yield shown
            finally:
                server.terminate()


async def compare(before: Served, now: Served, rounds: int) -> None:
    """Print a line a page."""
    both = (before, now)
    for shown in both:
        await shown.open()
    seconds: dict[str, list[tuple[float, float]]] = {page: [] for page in PAGES}
    for _ in range(rounds):
        for page in PAGES:
            seconds[page].append(((await before.rerun(page))[0], (await now.rerun(page))[0]))
    calls = [await shown.count_calls() for shown in both]
    for page, pairs in seconds.items():
        first, second = (statistics.median(one) * 1000 for one in zip(*pairs, strict=True))
        ratio = statistics.median(new / old for old, new in pairs)
        old, new = (counted[page] for counted in calls)
        print(
            f"  /{page:<20} {first:6.1f} ms {second:6.1f} ms, ratio of pairs {ratio:.3f}; "
            f"{old:6,} calls {new:6,}, ratio {new / old:.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--serve", metavar="PORT", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        serve(asked.serve)
    elif asked.before is None:
        parser.error("name the other checkout")
    else:
        with served(asked.before) as before, served(ROOT) as now:
            asyncio.run(compare(before, now, asked.rounds))


if __name__ == "__main__":
    main()
