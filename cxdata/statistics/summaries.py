"""Samples in short: the figures that a comparison of means needs, without a list of the values."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np


@dataclass(frozen=True)
class Summary:
    """Sufficient statistics of the values read, with their extremes.

    `variance` is that over count - 1, in squared units of the values (SQL: var_samp); 0 for a single value.
    Raises ValueError for figures that no sample has.
    """

    count: int
    mean: float
    variance: float
    smallest: float
    largest: float

    def __post_init__(self) -> None:
        figures = (self.mean, self.variance, self.smallest, self.largest)
        if self.count < 1 or not all(map(math.isfinite, figures)):
            raise ValueError(f"a summary has a count from 1 and finite figures, not {self}")
        slack = 1e-9 * (1 + abs(self.smallest) + abs(self.largest))
        if self.variance < 0 or not self.smallest - slack <= self.mean <= self.largest + slack:
            raise ValueError(f"a summary has its mean between its extremes and no negative variance, not {self}")

    @property
    def mean_variance(self) -> float:
        """The variance of the mean: variance / count."""
        return self.variance / self.count


Values: TypeAlias = Sequence[float | None]  # None: not read for the measure
Sample: TypeAlias = Values | Summary


def summarise(values: Values) -> Summary | None:
    """Return the summary of the values read; None where none is read. Raises ValueError for NaN or infinity."""
    read = [value for value in values if value is not None]
    if not read:
        return None
    listed = np.asarray(read, dtype=np.float64)
    if not np.all(np.isfinite(listed)):
        raise ValueError(f"values are finite or None, not {listed[~np.isfinite(listed)][0]}")
    mean = math.fsum(read) / len(read)
    variance = float(np.sum((listed - mean) ** 2)) / (len(read) - 1) if len(read) > 1 else 0.0
    return Summary(len(read), mean, variance, float(listed.min()), float(listed.max()))


def summarise_all(samples: Mapping[str, Sample]) -> dict[str, Summary | None]:
    """Return the summary of each named sample. Raises ValueError that names the sample at fault."""
    summaries: dict[str, Summary | None] = {}
    for name, sample in samples.items():
        try:
            summaries[name] = sample if isinstance(sample, Summary) else summarise(sample)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    return summaries
