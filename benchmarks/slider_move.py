"""Benchmark of a slider: from the move of a weight to the last new chart, beside a rerun of an empty page.

Every move sets a new weight, so that no cache has its charts. Moves and reruns of the empty page alternate, so that a
slow moment of the machine affects both equally.

    .venv/bin/python benchmarks/slider_move.py [--rounds 40]
"""

import argparse
import asyncio
import itertools
import statistics

from page_rerun import EMPTY, served
from session import Reader

PAGE = "effort?part=what_if"
SLIDERS = ("weight_worry", "weight_disputing", "weight_repeat_contact")
OPTIONS = [f"× {factor:g}" for factor in (0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 5)]
GOAL = 0.100  # s


async def measured(url: str, rounds: int) -> tuple[list[float], list[float]]:
    """Measure the seconds of each move, and of each rerun of the empty page."""
    reader, empty = Reader(url, PAGE), Reader(url, EMPTY)
    for each in (reader, empty):
        await each.connect()
        await each.rerun()
    moves, reruns = [], []
    tried = itertools.cycle(itertools.product(OPTIONS, repeat=len(SLIDERS)))
    last = next(tried)
    while len(moves) < rounds:
        now = next(tried)
        for key, before, option in zip(SLIDERS, last, now, strict=True):
            if before != option:
                moves.append(await reader.move(key, option))
                reruns.append(await empty.rerun())
        last = now
    if reader.exceptions:
        raise SystemExit(f"{PAGE}: {reader.exceptions} exceptions")
    return moves[5:], reruns[5:]


def main() -> None:
    """Serve the project, move the slider, and print the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    with served() as url:
        moves, reruns = asyncio.run(measured(url, rounds + 5))
    middle, floor = statistics.median(moves), statistics.median(reruns)
    worst = sorted(moves)[int(len(moves) * 0.95)]
    spread = f"95 in 100 {worst * 1000:.0f} ms"
    print(f"a weight moved: median {middle * 1000:.0f} ms, goal {GOAL * 1000:.0f}; {spread}")
    print(f"  {middle / floor:.1f} times an empty page's rerun, {floor * 1000:.0f} ms")


if __name__ == "__main__":
    main()
