"""How good "how many more stories" is: `estimate_more` against populations whose difference is known.

    .venv/bin/python benchmarks/stories_needed.py [DRAWS]

First, in how many of 100 cases Welch's test finds a true difference once each company has the further stories that the
formula gives for it. Then, how often the range from a first sample holds that number: of all samples, and of those
alone that do not yet differ, which are those that readers see a number for.
"""

import math
import sys
from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from cxdata.statistics.power import estimate_more, solve_more
from cxdata.statistics.student_t import critical_t, welch_freedom
from cxdata.statistics.summaries import Summary, summarise

Floats = npt.NDArray[np.float64]
Draw = Callable[[np.random.Generator, float, int], Floats]
SPREAD = 0.772


def normal(drawing: np.random.Generator, mean: float, count: int) -> Floats:
    return drawing.normal(mean, 0.6 * mean, count)


def skewed(drawing: np.random.Generator, mean: float, count: int) -> Floats:
    return drawing.lognormal(math.log(mean) - SPREAD**2 / 2, SPREAD, count)


def with_nothing(drawing: np.random.Generator, mean: float, count: int) -> Floats:
    return np.where(drawing.random(count) < 0.35, 0.0, skewed(drawing, mean / 0.65, count))


# a draw, and its standard deviation as a multiple of its mean
POPULATIONS: Mapping[str, tuple[Draw, float]] = {
    "normal": (normal, 0.6),
    "skewed": (skewed, math.sqrt(math.exp(SPREAD**2) - 1)),
    "35% nothing": (with_nothing, math.sqrt(math.exp(SPREAD**2) / 0.65 - 1)),
}
MEANS = ((10.0, 5.0), (10.0, 8.0))
FIRST = ((10, 10), (20, 20), (50, 50), (10, 40), (15, 300))


def differs(one: Summary, other: Summary) -> bool:
    """Whether Welch's test tells the means apart, two-sided at 5%."""
    left, right = one.mean_variance, other.mean_variance
    asked = critical_t(welch_freedom(left, one.count, right, other.count))
    return bool(abs(one.mean - other.mean) > asked * math.sqrt(left + right))


def count_more(cv: float, means: tuple[float, float], first: tuple[int, int]) -> int:
    """Return the further stories each that the formula gives where means and scatter are known."""
    one, other = (Summary(count, mean, (cv * mean) ** 2, mean, mean) for mean, count in zip(means, first, strict=True))
    return max(math.ceil(solve_more(one, other, means[0] - means[1])), 0)


def summaries(
    drawing: np.random.Generator, draw: Draw, means: tuple[float, float], counts: tuple[int, int]
) -> tuple[Summary, Summary]:
    one, other = (summarise(draw(drawing, mean, count).tolist()) for mean, count in zip(means, counts, strict=True))
    assert one
    assert other
    return one, other


def main() -> None:
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    print(f"{'':12} {'means':>6} {'first':>8} {'more':>5}  found   range holds it: all, undecided   most is given")
    for name, (draw, cv) in POPULATIONS.items():
        for means in MEANS:
            for first in FIRST:
                drawing = np.random.default_rng(11)
                more = count_more(cv, means, first)
                counts = (first[0] + more, first[1] + more)
                found = sum(differs(*summaries(drawing, draw, means, counts)) for _ in range(draws))
                held = {True: [0, 0], False: [0, 0]}
                ended = 0
                for _ in range(draws):
                    pair = summaries(drawing, draw, means, first)
                    needed, decided = estimate_more(*pair), differs(*pair)
                    held[decided][0] += 1
                    held[decided][1] += bool(
                        needed and needed.low <= max(more, 1) and (needed.high is None or more <= needed.high)
                    )
                    ended += bool(not decided and needed and needed.high is not None)
                holding = sum(each[1] for each in held.values()) / draws
                undecided = held[False][1] / held[False][0] if held[False][0] >= draws / 50 else math.nan
                print(
                    f"{name:12} {means[0]:g}, {means[1]:g} {first[0]:>4}, {first[1]:<3} {more:>4} {found / draws:6.1%}"
                    f"  {holding:15.1%} {undecided:10.1%} {ended / max(held[False][0], 1):15.1%}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
