"""How often an interval of a mean holds the mean, where the truth is known: `mean_interval` at 95%.

    .venv/bin/python benchmarks/interval_coverage.py [DRAWS]

A column has the share of draws with an interval, and of these the share that it holds the truth in. Up to SMALL stories
there are four times as many draws, which leave that share uncertain by half a point.
"""

import math
import sys
from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from cxdata.statistics.intervals import mean_interval

Draw = Callable[[np.random.Generator, int], npt.NDArray[np.float64]]
COUNTS = (5, 10, 20, 50, 100, 150, 200, 201, 400, 1000)
SMALL = 20
MIN_GIVEN = 0.1  # of fewer intervals the share says little


def lognormal(spread: float, nothing: float = 0.0) -> tuple[Draw, float]:
    """Points with the median 4.5, of which a share is nothing; with the truth."""

    def draw(drawing: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
        return np.where(drawing.random(count) < nothing, 0.0, drawing.lognormal(1.5, spread, count))

    return draw, (1 - nothing) * math.exp(1.5 + spread**2 / 2)


POPULATIONS: Mapping[str, tuple[Draw, float]] = {
    "normal, 20 and 4": (lambda drawing, count: np.abs(drawing.normal(20, 4, count)), 20.0),
    "gamma, shape 2": (lambda drawing, count: drawing.gamma(2, 3, count), 6.0),
    "exponential": (lambda drawing, count: drawing.exponential(5, count), 5.0),
    "lognormal, 0.8": lognormal(0.8),
    "lognormal, 1": lognormal(1.0),
    "35% nothing": lognormal(0.77, 0.35),
    "70% nothing": lognormal(0.77, 0.70),
    "95% nothing": lognormal(0.77, 0.95),
}


def measure_coverage(draw: Draw, truth: float, count: int, draws: int, seed: int) -> tuple[float, float | None]:
    """Return the share of draws with an interval, and the share of these whose interval holds the truth."""
    drawing = np.random.default_rng(seed)
    found = [interval for _ in range(draws) if (interval := mean_interval(draw(drawing, count)))]
    held = sum(low <= truth <= high for low, high in found)
    return len(found) / draws, held / len(found) if found else None


def main() -> None:
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print(f"{'stories':18}" + "".join(f"{count:>12}" for count in COUNTS))
    for name, (draw, truth) in POPULATIONS.items():
        cells = []
        for count in COUNTS:
            given, held = measure_coverage(draw, truth, count, draws * (4 if count <= SMALL else 1), seed=count)
            cells.append(
                "seldom" if held is None or given < MIN_GIVEN else f"{held:.1%}" + f" of {given:.0%}" * (given < 1)
            )
        print(f"{name:18}" + "".join(f"{cell:>12}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
