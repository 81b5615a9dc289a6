"""How often chance alone makes a company stand out from its sector, and how often one that does differ is found.

    .venv/bin/python benchmarks/funnel_alarms.py [LIBRARIES]

The companies of a sector are alike, or differ with a standard deviation of one step; no company is unusual, so each one
named is false. Beside it, a company that is rated lower by a known number of steps.
"""

import sys
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from cxdata.statistics.funnel import describe_field, find_side

Values = npt.NDArray[np.float64]
Population = Callable[[np.random.Generator, int], Values]
MOST_FALSE = 0.05
SIZES: Mapping[str, Sequence[int]] = {
    "4 of 5": [5] * 4,
    "4 of 20": [20] * 4,
    "8 of 10": [10] * 8,
    "5 to 80, 8": [5, 6, 8, 12, 20, 30, 50, 80],
    "30 of 8": [8] * 30,
    "5 to 500, 40": [5, 10, 20, 50, 500] * 8,
    "200 of 6": [6] * 200,
}


def level(drawing: np.random.Generator, count: int) -> Values:
    """Draw experiences that are spread about -1, mostly within two steps."""
    return drawing.normal(-1, 2, count)


def split(drawing: np.random.Generator, count: int) -> Values:
    """Draw experiences that are either bad (two of three) or good."""
    return np.where(drawing.random(count) < 2 / 3, drawing.normal(-3, 1, count), drawing.normal(3.5, 1, count))


def skewed(drawing: np.random.Generator, count: int) -> Values:
    """Draw experiences that are mostly good, a few of them as bad as can be."""
    return 4 - 1.8 * drawing.gamma(0.8, 1.5, count)


POPULATIONS: Mapping[str, Population] = {"level": level, "split": split, "skewed": skewed}


def find_sides(
    drawing: np.random.Generator, draw: Population, sizes: Sequence[int], spread: float, lower: float = 0
) -> list[str | None]:
    """Draw a sector, the first company rated `lower` than it would be, and return the side of each company."""
    values = []
    for place, size in enumerate(sizes):
        shift = drawing.normal(0, spread) - (lower if place == 0 else 0)
        # experiences are halves from -5 to 5
        values.append(np.clip(np.round(2 * (draw(drawing, size) + shift)) / 2, -5, 5))
    means = [each.mean() for each in values]
    field = describe_field(sizes, means, [each.var(ddof=1) for each in values])
    if field is None:
        return [None] * len(sizes)
    return [
        find_side(field, len(sizes), size, mean, each.min(), each.max())
        for size, mean, each in zip(sizes, means, values, strict=True)
    ]


def main() -> None:
    libraries = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print(f"libraries of {libraries} in which a company is named and none is unusual, by the spread of companies")
    for name, draw in POPULATIONS.items():
        for label, sizes in SIZES.items():
            cells = []
            for spread in (0.0, 1.0):
                drawing = np.random.default_rng(9)
                number = sum(any(find_sides(drawing, draw, sizes, spread)) for _ in range(libraries))
                cells.append(f"{number / libraries:7.1%}" + ("  TOO OFTEN" if number > MOST_FALSE * libraries else ""))
            print(f"{name:8} {label:14} {'  '.join(cells)}", flush=True)
    print("a company that is rated lower by two and by four steps: found, and another one named")
    for label in ("8 of 10", "5 to 80, 8", "30 of 8", "5 to 500, 40"):
        cells = []
        for lower in (2.0, 4.0):
            drawing = np.random.default_rng(10)
            sides = [find_sides(drawing, level, SIZES[label][::-1], 0.5, lower) for _ in range(libraries)]
            found = sum(each[0] == "below" for each in sides)
            others = sum(any(each[1:]) for each in sides)
            cells.append(f"{found / libraries:7.1%} {others / libraries:6.1%}")
        print(f"{label:14} {'  '.join(cells)}", flush=True)


if __name__ == "__main__":
    main()
