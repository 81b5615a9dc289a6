"""Embeds while one reader asks for 50 bundles, and the memory of the server once every bundle has been made.

A server of its own is started over the shipped stories. Times are in seconds, memory in MB.
"""

import http.client
import os
import re
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from cxdata.charts import CHARTS
from cxdata.questions.ask import find_question
from tests.fixtures.browser import run_server
from tests.fixtures.question_parameters import NEEDED

ZIPS = 50
EMBEDS = 60
PAUSE = 0.1  # s between two embeds


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with run_server(place / "stories.duckdb", place / "log") as address:
            time.sleep(3)  # what the server loads in the background
            print(f"memory at start: {_memory()}")
            _flood(address)
            print(f"memory after the flood: {_memory()}")
            made = Counter(_make_zip(address, chart) for chart in CHARTS)
            print(f"bundles of every chart in turn: {dict(made)}; memory after them: {_memory()}")


def _flood(address: str) -> None:
    """Ask for many bundles at once, and meanwhile for one embed after another."""
    with ThreadPoolExecutor(ZIPS) as readers:
        asked = [readers.submit(_get, address, f"/chart/effort.zip?preset={900 + n}x500") for n in range(ZIPS)]
        time.sleep(0.5)
        times, statuses = [], Counter[int]()
        for number in range(EMBEDS):
            started = time.perf_counter()
            statuses[_get(address, f"/embed/effort?preset={600 + number}x400")] += 1
            times.append(time.perf_counter() - started)
            time.sleep(PAUSE)
        waiting = sum(not each.done() for each in asked)
        zips = Counter(each.result() for each in asked)
    times.sort()
    print(
        f"embeds: median {times[len(times) // 2]:.2f}, p95 {times[int(len(times) * 0.95)]:.2f}, {dict(statuses)}; "
        f"bundles: {dict(zips)}, {waiting} still waiting after the last embed"
    )


def _make_zip(address: str, chart: str) -> int:
    """Ask for a bundle until the server takes the request."""
    needs = find_question(CHARTS[chart].CHART.question).needs
    query = "&".join(f"{key}={NEEDED[chart][key]}".replace(" ", "+") for key in needs)
    for _ in range(30):
        status = _get(address, f"/chart/{chart}.zip?{query}")
        if status < 500:
            break
        time.sleep(2)
    return status


def _get(address: str, path: str) -> int:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=180)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _memory() -> str:
    """Describe the memory of the processes that this one has started, and of theirs, the largest first."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    family = {os.getpid()}
    while more := {process for process, parent in parents.items() if parent in family} - family:
        family |= more
    found = []
    for process in family - {os.getpid()}:
        with suppress(OSError):
            text = Path(f"/proc/{process}/smaps_rollup").read_text()
            found.append([int(re.search(rf"^{name}:\s+(\d+)", text, re.M)[1]) * 1024 / 1e6 for name in ("Rss", "Pss")])  # type: ignore[index]
    resident, shared = (sum(column) for column in zip(*found, strict=True))
    parts = " + ".join(f"{each:.0f}" for each, _ in sorted(found, reverse=True))
    return f"{resident:.0f} ({shared:.0f}), {parts}"


if __name__ == "__main__":
    main()
