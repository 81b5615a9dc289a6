"""How often the permutation test of matched pairs rejects where two companies are alike: at 5%, by stories a job.

    .venv/bin/python benchmarks/permutation_test.py [LIBRARIES]

Beside it the sign-flip test over the jobs' mean differences, which it replaced.
"""

import itertools
import sys

import numpy as np

from cxdata.statistics.permutation import permute_labels

JOBS = 8
SIZES = {"1 against 1": (1, 1), "1 against 5": (1, 5), "1 against 20": (1, 20), "3 against 12": (3, 12)}
SHARED = "1 against 20, a story of two jobs"
FLIPS = np.asarray(list(itertools.product((1, -1), repeat=JOBS)))


def draw(drawing: np.random.Generator, count: int) -> list[float]:
    """Draw points to the half: 35% nothing, else skewed with the mean 6."""
    points = np.where(drawing.random(count) < 0.35, 0, drawing.lognormal(1.495, 0.772, count))
    return (np.round(2 * points) / 2).tolist()


def reject(jobs: list[tuple[list[float], list[float]]], is_shared: bool) -> tuple[bool, bool]:
    """Whether the permutation test and the sign-flip test reject; the first left stories of two jobs may be one."""
    places = [
        (str(job), points * (1 / len(left) + 1 / len(right)) / JOBS, 1, int(side == 0))
        for job, (left, right) in enumerate(jobs)
        for side, stories in enumerate((left, right))
        for points in stories
    ]
    if is_shared:
        two = [places.pop(next(at for at, place in enumerate(places) if place[0] == job and place[3])) for job in "01"]
        places.append(("0 1", two[0][1] + two[1][1], 1, 1))
    test = permute_labels(*zip(*places, strict=True))
    differences = np.asarray([np.mean(left) - np.mean(right) for left, right in jobs])
    flipped = np.abs(FLIPS @ differences) >= abs(differences.sum()) - 1e-9
    return test is not None and test.p_value <= 0.05, float(np.mean(flipped)) <= 0.05


def main() -> None:
    libraries = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    print(f"{JOBS} jobs, {libraries} libraries{'':15}permutation  sign-flip")
    for label, (left, right) in (SIZES | {SHARED: (1, 20)}).items():
        drawing = np.random.default_rng(9)
        found = [
            reject([(draw(drawing, left), draw(drawing, right)) for _ in range(JOBS)], label == SHARED)
            for _ in range(libraries)
        ]
        one, other = (sum(each) / libraries for each in zip(*found, strict=True))
        print(f"{label:36} {one:12.1%} {other:10.1%}", flush=True)


if __name__ == "__main__":
    main()
