"""How often chance alone makes a superlative: one population of stories, dealt out to companies by lot.

    .venv/bin/python benchmarks/false_superlatives.py [SHUFFLES]

A true superlative does not exist, so each one said is false. Beside it, how often a company that does take twice the
effort is found.
"""

import sys
from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from cxdata.statistics.comparison import find_leader

Population = Callable[[np.random.Generator, int], npt.NDArray[np.float64]]
MOST_FALSE = 0.05
SIZES: Mapping[str, list[int]] = {
    "20 20": [20, 20],
    "6 6": [6, 6],
    "5 8 12": [5, 8, 12],
    "6 6 6 6 6": [6] * 5,
    "5 10 20 40 80": [5, 10, 20, 40, 80],
    "10 of 8": [8] * 10,
    "45 of 6": [6] * 45,
    "200 200": [200, 200],
    "5 50": [5, 50],
    "10 400": [10, 400],
    "20 2000": [20, 2000],
}


def skewed(drawing: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
    """Draw points, to the half, with the mean 6 and the standard deviation 5.4."""
    return np.round(2 * drawing.lognormal(1.495, 0.772, count)) / 2


def with_nothing(share: float) -> Population:
    return lambda drawing, count: np.where(drawing.random(count) < share, 0.0, skewed(drawing, count))


POPULATIONS: Mapping[str, Population] = {
    "skewed": skewed,
    "35% nothing": with_nothing(0.35),
    "95% nothing": with_nothing(0.95),
}


def deal(population: npt.NDArray[np.float64], sizes: list[int], drawing: np.random.Generator) -> dict[str, list[float]]:
    """Shuffle one population and cut it into companies of these sizes."""
    cut = np.split(drawing.permutation(population), np.cumsum(sizes)[:-1])
    return {f"K{place}": part.tolist() for place, part in enumerate(cut)}


def count_superlatives(draw: Population, sizes: list[int], shuffles: int, seed: int) -> int:
    """Return the number of shuffles of one population after which a company is said to take most, or least."""
    drawing = np.random.default_rng(seed)
    population = draw(drawing, sum(sizes))
    said = 0
    for _ in range(shuffles):
        samples = deal(population, sizes, drawing)
        said += any(find_leader(samples, direction).kind == "superlative" for direction in ("highest", "lowest"))
    return said


def count_found(ratio: float, stories: int, libraries: int, seed: int) -> int:
    """Return the number of libraries of three companies in which the one with this ratio of effort is found."""
    drawing = np.random.default_rng(seed)
    found = 0
    for _ in range(libraries):
        samples = {name: skewed(drawing, stories).tolist() for name in "BC"}
        samples["A"] = (ratio * skewed(drawing, stories)).tolist()
        verdict = find_leader(samples)
        found += verdict.kind == "superlative" and verdict.leaders == ("A",)
    return found


def main() -> None:
    shuffles = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    print(f"false superlatives, highest or lowest, in {shuffles} shuffles")
    for name, draw in POPULATIONS.items():
        for label, sizes in SIZES.items():
            said = count_superlatives(draw, sizes, shuffles, seed=7)
            print(f"{name:12} {label:14} {said / shuffles:7.1%}{'  TOO OFTEN' if said > MOST_FALSE * shuffles else ''}")
    print("true superlatives found, of twice and of three times the effort of two others")
    for ratio in (2.0, 3.0):
        for stories in (10, 20, 40, 80, 160):
            print(f"{ratio:g} times {stories:4} stories each {count_found(ratio, stories, 200, seed=8) / 200:7.1%}")


if __name__ == "__main__":
    main()
