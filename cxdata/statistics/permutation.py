"""A permutation test of whether two companies differ over the same jobs: it shuffles their names within each job."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, prod

import numpy as np
import numpy.typing as npt

MOST_ENUMERATED = 2**20  # arrangements; of more, some are drawn
DRAWS = 9_999  # with the arrangement found they are 10,000
LEVEL = 0.05
ROUNDING = 1e-9
SEED = 20170605  # the same stories have the same p-value every time


@dataclass(frozen=True)
class PermutationTest:
    """How many arrangements were looked at, and the share that lie as far from their mean as the one found."""

    arrangements: int
    p_value: float


def permute_labels(
    strata: Sequence[Hashable], weights: Sequence[float], stories: Sequence[int], left_stories: Sequence[int]
) -> PermutationTest | None:
    """Test whether the left company's stories weigh more, or less, than names dealt out within strata would give.

    Each place is a number of `stories` alike, of which `left_stories` are the left company's: of one stratum (the jobs
    they serve) and one weight, by which a story adds to the left's lead. Dealing names within strata keeps how many
    stories each side has of a job, so that one story against twenty is no fault, and a story of two jobs moves as one
    (Fisher 1935; Pitman 1937). Two-sided. Up to 2^20 arrangements all are looked at; of more, 9,999 drawn by lot and
    the one found (Phipson and Smyth 2010).

    None where no arrangement could have a p-value of 5% or less: the stories are too few to tell.
    """
    groups = _grouped(strata, weights, stories, left_stories)
    found = sum(float(group.weights @ group.left) for group in groups)
    expected = sum(float(group.weights @ group.stories) / group.stories.sum() * group.left.sum() for group in groups)
    total = prod(comb(int(group.stories.sum()), int(group.left.sum())) for group in groups)
    exact = total <= MOST_ENUMERATED
    away = np.abs((_enumerated(groups) if exact else _drawn(groups)) - expected)
    reached = away >= abs(found - expected) - ROUNDING
    if not exact:
        return PermutationTest(DRAWS + 1, (1 + int(reached.sum())) / (DRAWS + 1))
    if np.mean(away >= away.max() - ROUNDING) > LEVEL:
        return None
    return PermutationTest(total, float(np.mean(reached)))


@dataclass(frozen=True)
class _Group:
    """The stories of one stratum, a place for each weight."""

    weights: npt.NDArray[np.float64]
    stories: npt.NDArray[np.int64]
    left: npt.NDArray[np.int64]


def _grouped(
    strata: Sequence[Hashable], weights: Sequence[float], stories: Sequence[int], left_stories: Sequence[int]
) -> list[_Group]:
    members: dict[Hashable, list[tuple[float, int, int]]] = {}
    for stratum, *member in zip(strata, weights, stories, left_stories, strict=True):
        members.setdefault(stratum, []).append((member[0], int(member[1]), int(member[2])))
    groups = []
    for group in members.values():
        of_weights, of_stories, of_left = zip(*group, strict=True)
        groups.append(_Group(np.asarray(of_weights, np.float64), np.asarray(of_stories), np.asarray(of_left)))
    return groups


def _enumerated(groups: list[_Group]) -> npt.NDArray[np.float64]:
    """The left's weight in every arrangement."""
    sums = np.zeros(1)
    for group in groups:
        each = np.repeat(group.weights, group.stories).tolist()
        chosen = [sum(taken) for taken in combinations(each, int(group.left.sum()))]
        sums = np.add.outer(sums, np.asarray(chosen, dtype=np.float64)).ravel()
    return sums


def _drawn(groups: list[_Group]) -> npt.NDArray[np.float64]:
    """The left's weight in arrangements drawn by lot: of stories of equal weight, how many fall to the left."""
    drawing = np.random.default_rng(SEED)
    sums = np.zeros(DRAWS)
    for group in groups:
        falls = drawing.multivariate_hypergeometric(group.stories, int(group.left.sum()), DRAWS, method="marginals")
        sums += falls @ group.weights
    return sums
