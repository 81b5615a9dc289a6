"""Benchmark of reruns: the time of each page on the server, as a multiple of an empty page in the same run.

Serves a copy of the project with an additional empty page. Readers request reruns in turn, so that a slow moment of
the machine affects all pages equally. Prints the medians and the ratios.

    .venv/bin/python benchmarks/page_rerun.py [--rounds 40] [--sessions 1,20]
"""

import argparse
import asyncio
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from session import Reader

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    "",
    "fame-and-shame",
    "head-to-head",
    "touchpoints",
    "effort",
    "company?company=AO.com",
    "stories",
    "playbook",
    "studio",
    "studio?chart=effort",
    "method",
]
EMPTY = "empty"
GOAL = 3


@contextmanager
def served(database: Path | None = None) -> Iterator[str]:
    """Serve the project and an empty page, over the shipped stories or this database; yield the address."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("app.py", "pages", "cxdata", "sql", ".streamlit"):
            source = ROOT / part
            if source.is_dir():
                shutil.copytree(source, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, copy / part)
        (copy / "pages" / EMPTY).mkdir()
        (copy / "pages" / EMPTY / "page.py").write_text('"""An empty page."""\n', encoding="utf-8")
        main = copy / "pages" / "__main__.py"
        method = 'PageEntry("method"'
        text = main.read_text(encoding="utf-8")
        if method not in text:
            raise SystemExit(f"{main}: no {method} to put the empty page beside")
        main.write_text(text.replace(method, f'PageEntry("{EMPTY}", "Empty", "check"),\n        {method}'), "utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = os.environ | {"CXDATA_DATABASE": str(database or copy / "stories.duckdb")}
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.port",
            str(port),
            "--server.headless",
            "true",
        ]
        with subprocess.Popen(command, cwd=copy, env=environment, stdout=subprocess.DEVNULL) as server:
            try:
                address = f"http://127.0.0.1:{port}"
                wait_for(f"{address}/healthz")
                yield address
            finally:
                server.terminate()


def wait_for(address: str) -> None:
    """Wait until the server answers."""
    for _ in range(1200):  # two minutes: a loaded machine starts slowly
        try:
            with urllib.request.urlopen(address) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{address} does not answer")


async def measure(address: str, rounds: int, idle: int) -> dict[str, float]:
    """Measure the median seconds of a rerun by page, while `idle` other sessions are open."""
    others = [Reader(address, PAGES[place % len(PAGES)]) for place in range(idle)]
    readers = {page: Reader(address, page) for page in [*PAGES, EMPTY]}
    for reader in [*others, *readers.values()]:
        await reader.connect()
        await reader.rerun()
    taken: dict[str, list[float]] = {page: [] for page in readers}
    for _ in range(rounds):
        for page, reader in readers.items():
            taken[page].append(await reader.rerun())
    for page, reader in readers.items():
        if reader.exceptions:
            raise SystemExit(f"/{page} raised an exception: its time means nothing")
    for reader in [*others, *readers.values()]:
        await reader.socket.close()
    return {page: statistics.median(times) for page, times in taken.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--sessions", default="1,20", help="sessions open at once, comma-separated")
    asked = parser.parse_args()
    with served() as address:
        for sessions in map(int, asked.sessions.split(",")):
            medians = asyncio.run(measure(address, asked.rounds, sessions - 1))
            floor = medians[EMPTY]
            print(f"{sessions} open; an empty page {floor * 1000:.1f} ms, median of {asked.rounds} reruns")
            for page in PAGES:
                ratio = medians[page] / floor
                over = "" if ratio <= GOAL else "  over"
                print(f"  /{page:<20} {medians[page] * 1000:6.1f} ms  {ratio:4.1f} times {over}")


if __name__ == "__main__":
    main()
