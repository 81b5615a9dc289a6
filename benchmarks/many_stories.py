"""Benchmark of many stories: the time of pages, against the same pages with the shipped stories.

Serves both databases, and a reader of each requests reruns in turn. Then times the first answer to every unfiltered
question of the pages, and searches. The database of many stories comes from import_time.py. --few replaces the shipped
stories: a database of as many companies and few stories separates the cost of stories from that of companies.

    .venv/bin/python benchmarks/many_stories.py DATABASE [--few DATABASE] [--rounds 40] [--sessions 100]
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from page_rerun import PAGES, served
from session import Reader

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cxdata.questions.ask import ask_rows, find_question, list_questions
from cxdata.store.duckdb_file import DuckDBFile

GOAL = 1.25
GOAL_SEARCH = 0.3  # s
GOAL_P95 = 0.25  # s
THINK = 10.0  # s, the mean
BREATH = 0.03  # s between two reruns: Streamlit collects garbage after each, which would slow the other
SEARCHES = ("garden street", "synthetic company 017", "nowhere to be found")


async def compare(many: str, few: str, rounds: int) -> None:
    """Print the medians of reruns, page by page, in turn."""
    print(f"reruns, median of {rounds}; goal {GOAL} times")
    for page in PAGES:
        readers = {name: Reader(address, page) for name, address in (("many", many), ("few", few))}
        first = {}
        for name, reader in readers.items():
            await reader.connect()
            first[name] = await reader.rerun()
        taken: dict[str, list[float]] = {name: [] for name in readers}
        for _ in range(rounds):
            for name, reader in readers.items():
                await asyncio.sleep(BREATH)
                taken[name].append(await reader.rerun())
        medians = {name: statistics.median(times) for name, times in taken.items()}
        ratio = medians["many"] / medians["few"]
        print(
            f"  /{page:<20} {medians['few'] * 1000:6.1f} -> {medians['many'] * 1000:6.1f} ms  {ratio:4.2f} times"
            f"{'  over' if ratio > GOAL else ''}   (first: {first['few']:.2f} -> {first['many']:.2f} s)",
            flush=True,
        )
        for reader in readers.values():
            await reader.socket.close()


async def crowd(address: str, sessions: int, reruns: int = 4) -> None:
    """Print how long reruns take while many readers think ten seconds between two of them."""
    readers = [Reader(address, PAGES[place % len(PAGES)]) for place in range(sessions)]
    for reader in readers:
        await reader.connect()
        await reader.rerun()
    drawing = random.Random(1)

    async def read(reader: Reader) -> list[float]:
        taken = []
        for _ in range(reruns):
            await asyncio.sleep(drawing.expovariate(1 / THINK))
            taken.append(await reader.rerun())
        return taken

    taken = sorted(time for times in await asyncio.gather(*map(read, readers)) for time in times)
    p95 = taken[int(len(taken) * 0.95)]
    print(
        f"{sessions} sessions, {THINK:g} s of thought: p50 {statistics.median(taken) * 1000:.0f} ms, "
        f"p95 {p95 * 1000:.0f} ms (goal {GOAL_P95 * 1000:.0f}){'  over' if p95 > GOAL_P95 else ''}"
    )


def questions_of(path: Path) -> None:
    """Print how long each question takes that needs nothing, and searches."""
    connection = DuckDBFile(path).read()
    print("questions unfiltered, the best of three")
    for name in list_questions():
        if not find_question(name).needs:
            print(f"  {name:<24} {best(lambda name=name: ask_rows(connection, name)) * 1000:8.1f} ms")
    for words in SEARCHES:
        taken = best(lambda words=words: ask_rows(connection, "stories_behind", {"search": words, "most": 50}))
        over = "  over" if taken > GOAL_SEARCH else ""
        print(f"  search {words!r:<28} {taken * 1000:8.1f} ms (goal {GOAL_SEARCH * 1000:.0f}){over}")


def best(do: object) -> float:
    """Seconds of the quickest of three."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        do()  # type: ignore[operator]
        times.append(time.perf_counter() - began)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--few", type=Path)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--sessions", type=int, default=100)
    asked = parser.parse_args()
    questions_of(asked.database)
    with tempfile.TemporaryDirectory() as folder, served(asked.database) as many:
        with served(asked.few or Path(folder) / "few.duckdb") as few:
            asyncio.run(compare(many, few, asked.rounds))
        asyncio.run(crowd(many, asked.sessions))


if __name__ == "__main__":
    main()
