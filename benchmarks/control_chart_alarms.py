"""How often chance alone makes a period stand out: the newest one, and any of a chart. How often a change is found.

    .venv/bin/python benchmarks/control_chart_alarms.py [CHARTS]

Nothing changes over time, so each period marked is false. The last lines have a lasting change, which is looked for in
the newest period.
"""

import sys
from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from cxdata.statistics.control_chart import FALSE_ALARMS, PERIODS, Measure, find_signals

Values = npt.NDArray[np.float64]
Population = Callable[[np.random.Generator, tuple[int, ...], Values], Values]
CHUNK = 500  # charts drawn at a time


def effort(drawing: np.random.Generator, shape: tuple[int, ...], count: Values) -> Values:
    """Draw mean effort points: 35% of the stories have none, the others a lognormal number."""
    most = int(count.max())
    points = drawing.lognormal(1.8, 0.8, (*shape, most)) * (drawing.random((*shape, most)) >= 0.35)
    taken = np.arange(most) < count[..., None]
    return np.asarray((points * taken).sum(axis=-1) / count)


def experience(drawing: np.random.Generator, shape: tuple[int, ...], count: Values) -> Values:
    """Draw mean experiences: halves from -5 to 5, spread about -1."""
    most = int(count.max())
    felt = np.clip(np.round(2 * drawing.normal(-1, 2.5, (*shape, most))) / 2, -5, 5)
    taken = np.arange(most) < count[..., None]
    return np.asarray((felt * taken).sum(axis=-1) / count)


def share_of(part: float) -> Population:
    """Return a drawing of the share of stories with an effort type that so large a part of all stories has."""

    def draw(drawing: np.random.Generator, shape: tuple[int, ...], count: Values) -> Values:
        return np.asarray(drawing.binomial(count.astype(np.int64), part, shape) / count)

    return draw


# with the fewest stories that give limits, and with more
CASES: Mapping[str, tuple[Measure, Population, int]] = {
    "effort, 20": ("effort", effort, 20),
    "effort, 50": ("effort", effort, 50),
    "experience, 20": ("experience", experience, 20),
    "experience, 50": ("experience", experience, 50),
    "share of 10%, 50": ("share", share_of(0.10), 50),
    "share of 30%, 20": ("share", share_of(0.30), 20),
    "share of 30%, 100": ("share", share_of(0.30), 100),
}


def count_alarms(
    draw: Population, periods: int, count: int, charts: int, shift: float = 0.0, seed: int = 11
) -> tuple[float, float]:
    """Return in which part of the charts the newest period is marked, and in which any is.

    `shift` is added to the last eight periods, in standard deviations of a period.
    """
    drawing = np.random.default_rng(seed)
    newest = anywhere = 0
    for first in range(0, charts, CHUNK):
        shape = (min(CHUNK, charts - first), periods)
        counts = np.full(shape, float(count))
        values = draw(drawing, shape, counts)
        if shift:
            values[:, -8:] += shift * values.std()
        marked = np.logical_or.reduce(list(find_signals(values, counts).values()))
        newest += int(marked[:, -1].sum())
        anywhere += int(marked.any(axis=1).sum())
    return newest / charts, anywhere / charts


def main() -> None:
    charts = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    print(f"{charts} charts without a change: newest period marked / any period marked, in 100, by number of periods")
    print(f"{'':20}" + "".join(f"{periods:>14}" for periods in PERIODS))
    for name, (measure, draw, count) in CASES.items():
        found = [count_alarms(draw, periods, count, charts) for periods in PERIODS]
        print(f"{name:20}" + "".join(f"{100 * newest:7.1f} {100 * any_:6.1f}" for newest, any_ in found), flush=True)
        stated = FALSE_ALARMS[measure]
        if any(100 * any_ > said + 3 for (_, any_), said in zip(found, stated, strict=True)):
            print(f"{'':20}MORE THAN STATED: {stated}")
    print("a lasting change of the last 8 of 24 periods: newest period marked, in 100, by its size in deviations")
    for name in ("effort, 20", "experience, 20", "share of 30%, 20"):
        _, draw, count = CASES[name]
        cells = [count_alarms(draw, 24, count, charts, shift)[0] for shift in (0.5, 1.0, 1.5, 2.0)]
        print(f"{name:20}" + "".join(f"{100 * cell:7.1f}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
