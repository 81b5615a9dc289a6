"""Chance alone makes few superlatives; benchmarks/false_superlatives.py has the whole simulation."""

import numpy as np
import pytest

from cxdata.statistics.comparison import find_leader


@pytest.mark.parametrize("sizes", [(20, 20), (5, 10, 20, 40), (8,) * 10], ids=str)
def test_shuffles_of_one_population_make_few_superlatives(sizes: tuple[int, ...]) -> None:
    drawing = np.random.default_rng(17)
    population = np.where(drawing.random(sum(sizes)) < 0.35, 0, drawing.lognormal(1.495, 0.772, sum(sizes)))
    said = 0
    for _ in range(100):
        parts = np.split(drawing.permutation(population), np.cumsum(sizes)[:-1])
        said += find_leader({f"K{place}": part.tolist() for place, part in enumerate(parts)}).kind == "superlative"
    assert said <= 5


def test_a_few_skewed_stories_beside_many_make_few_superlatives() -> None:
    drawing = np.random.default_rng(19)
    said = 0
    for _ in range(300):
        few, many = (drawing.lognormal(1.495, 0.772, count).tolist() for count in (20, 2000))
        said += find_leader({"few": few, "many": many}).kind == "superlative"
    assert said <= 0.03 * 300  # by Welch's test alone the few stories are called lower in 5 of 100 cases


def test_a_company_with_three_times_the_effort_is_mostly_found() -> None:
    drawing = np.random.default_rng(18)
    found = 0
    for _ in range(50):
        samples = {name: drawing.lognormal(1.495, 0.772, 40).tolist() for name in "BC"}
        samples["A"] = (3 * drawing.lognormal(1.495, 0.772, 40)).tolist()
        found += find_leader(samples).leaders == ("A",) and find_leader(samples).kind == "superlative"
    assert found >= 40
