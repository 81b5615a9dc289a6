"""Many readers who think between two reruns: times, errors and memory of one server; or a rolling restart under load.

    .venv/bin/python benchmarks/load_test.py [--readers 200] [--think 10] [--minutes 10]
    .venv/bin/python benchmarks/load_test.py --restart

The second runs two processes behind deploy/nginx.conf and restarts them one by one, while clients ask for pages and
embeds. It counts the answers that a browser would show as an error. Times are in milliseconds, memory in MB.
"""

import argparse
import asyncio
import os
import random
import ssl
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack, suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from session import Reader

from cxdata.resources import ROOT
from cxdata.store import build_database
from tests.fixtures.browser import ServerProcess, run_process
from tests.fixtures.hosting.deployment import DEPLOY, NAME, SERVE, read_environment, site_files
from tests.fixtures.hosting.http import request
from tests.fixtures.hosting.nginx import free_port, run_shipped

PAGES = ["", "fame-and-shame", "head-to-head", "touchpoints", "effort", "stories", "playbook", "method"]
SEED = 1
PATHS = ("/cx/", "/cx/effort", "/cx/embed/effort", "/cx/chart/effort.csv", "/cx/app/static/icon.png")
PAUSE = 0.05  # s of a client between two requests of the rolling restart


async def read(address: str, think: float, end: float, times: list[float], errors: Counter[str]) -> None:
    """Open a page and rerun it until the end, with a pause of `think` seconds in the mean."""
    choose = random.Random(f"{SEED} {id(times)} {random.random()}")
    await asyncio.sleep(choose.uniform(0, think))
    while time.monotonic() < end:
        reader = Reader(address, choose.choice(PAGES))
        try:
            await reader.connect()
            await reader.rerun()
            for _ in range(choose.randint(3, 20)):  # then another page, in a session of its own
                await asyncio.sleep(choose.uniform(0.5 * think, 1.5 * think))
                if time.monotonic() > end:
                    break
                times.append(await reader.rerun())
            errors["exceptions on pages"] += reader.exceptions
        except Exception as error:
            errors[type(error).__name__] += 1
        with suppress(Exception):
            await reader.socket.close()


async def load(server: ServerProcess, readers: int, think: float, minutes: float) -> None:
    """Let readers read, and print what they met every minute."""
    end = time.monotonic() + minutes * 60
    times: list[float] = []
    errors: Counter[str] = Counter()
    tasks = [asyncio.create_task(read(server.address, think, end, times, errors)) for _ in range(readers)]
    seen, spent = 0, _processor(server)
    while time.monotonic() < end:
        await asyncio.sleep(min(60, max(end - time.monotonic(), 0.1)))
        processor = _processor(server)
        each = (processor - spent) * 1000 / max(len(times) - seen, 1)
        print(
            f"{_summary(times[seen:])}; processor {each:.0f} a rerun; memory {_memory(server):.0f}; "
            f"errors {dict(+errors)}; load of the machine {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        seen, spent = len(times), processor
    await asyncio.gather(*tasks)
    print(f"all: {_summary(times)}; errors {dict(+errors)}")


def _summary(times: list[float]) -> str:
    ordered = sorted(times)
    if not ordered:
        return "no rerun"
    middle, high = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    return f"{len(ordered)} reruns, median {middle * 1000:.0f}, p95 {high * 1000:.0f}"


def _memory(server: ServerProcess) -> float:
    pages = int(Path(f"/proc/{server.process.pid}/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def _processor(server: ServerProcess) -> float:
    """Return the processor time of the server in seconds."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def restart(folder: Path) -> None:
    """Restart two processes one by one while clients ask; print their answers by status."""
    settings = read_environment() | {"CXDATA_DATABASE": str(folder / "stories.duckdb"), "CXDATA_METRICS_TOKEN": ""}
    settings["STREAMLIT_SERVER_COOKIE_SECRET"] = "of both processes"
    with ExitStack() as last:

        def start(number: int, stack: ExitStack, port: int | None = None) -> ServerProcess:
            log = folder / f"log-{number}-{time.monotonic():.0f}"
            options = ("--host", "--port")
            return stack.enter_context(
                run_process(folder / "stories.duckdb", log, SERVE, options, ROOT, port, **settings)
            )

        stacks = [last.enter_context(ExitStack()) for _ in range(2)]
        processes = [start(number, stack) for number, stack in enumerate(stacks)]
        port = free_port()
        last.enter_context(run_shipped(DEPLOY / "nginx.conf", site_files(folder, port, processes), folder, port))
        tls = ssl.create_default_context(cafile=str(folder / "certificate.pem"))
        answers: Counter[str] = Counter()
        stop = threading.Event()
        clients = [threading.Thread(target=_ask, args=(port, tls, n, answers, stop)) for n in range(4)]
        for client in clients:
            client.start()
        time.sleep(3)
        for number, stack in enumerate(stacks):
            stack.close()  # SIGTERM, and its end
            start(number, stack, processes[number].port)
            print(f"process {number + 1} is back: {dict(answers)}", flush=True)
            time.sleep(3)
        stop.set()
        for client in clients:
            client.join()
    lost = {answer: count for answer, count in answers.items() if not answer.startswith(("2", "3"))}
    print(f"answers: {dict(answers)}; lost: {lost}")


def _ask(port: int, tls: ssl.SSLContext, number: int, answers: Counter[str], stop: threading.Event) -> None:
    count = 0
    while not stop.is_set():
        count += 1
        path = PATHS[count % len(PATHS)]
        # nginx limits what one address may ask for: every client has several
        source = f"127.0.{number + 1}.{count % 200 + 1}"
        try:
            found = request(
                f"https://{NAME}:{port}{path}", tls=tls, source=source, cookie=f"cx_process={count % 2 + 1}"
            )
            answers[str(found.status)] += 1
        except Exception as error:
            answers[type(error).__name__] += 1
        time.sleep(PAUSE)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--think", type=float, default=10.0)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--restart", action="store_true")
    chosen = parser.parse_args()
    random.seed(SEED)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build_database(folder / "stories.duckdb")
        if chosen.restart:
            restart(folder)
            return
        with run_process(folder / "stories.duckdb", folder / "log", SERVE, ("--host", "--port"), ROOT) as server:
            time.sleep(5)
            print(f"memory at start {_memory(server):.0f}")
            asyncio.run(load(server, chosen.readers, chosen.think, chosen.minutes))


if __name__ == "__main__":
    main()
