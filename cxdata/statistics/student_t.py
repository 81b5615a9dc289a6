"""Student's t: the critical values of two-sided tests at 5% and at 20%."""

from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from numpy.polynomial import chebyshev

Level: TypeAlias = Literal[5, 20]  # percent

MIN_FREEDOM = 3.0  # degrees; the least that a comparison of five stories with one left out has
# By level, the quantile as a Chebyshev series in 1 / degrees of freedom, over 0 to 1/3. Fitted at 13 nodes with mpmath
# (30 digits); both lie within 2e-13 of the quantile throughout. A test integrates the density up to it.
QUANTILES = {
    5: (
        2.50882063522019,
        0.60669437499336,
        0.0621462555175873,
        0.00453629513041938,
        0.000237860892316491,
        1.04792554205032e-05,
        3.91373699563426e-07,
        1.11680872149683e-08,
        1.91750453614059e-09,
        -1.83316978538189e-10,
        -7.86215460558584e-12,
        7.76094730606847e-12,
        -1.61920851130126e-12,
    ),
    20: (
        1.44969054921406,
        0.177726729169365,
        0.00994613281716713,
        0.000369151454501913,
        1.13036452903586e-05,
        5.13276554873094e-07,
        -2.66459180804405e-08,
        2.81335757313765e-10,
        5.84048920661035e-10,
        -1.07809096096714e-10,
        6.37835854411027e-12,
        1.77185807962669e-12,
        -6.21887766686431e-13,
    ),
}


def critical_t(freedom: npt.ArrayLike, level: Level = 5) -> npt.NDArray[np.float64]:
    """Return the absolute t that a two-sided test at this level asks for, for each number of degrees of freedom.

    Raises ValueError below 3 degrees. For infinitely many degrees it is the normal curve's, 1.959964 at 5%.
    """
    degrees = np.asarray(freedom, dtype=np.float64)
    if not np.all(degrees >= MIN_FREEDOM - 1e-9):
        raise ValueError(f"{np.min(degrees)} degrees of freedom. The critical value is known from {MIN_FREEDOM:g}")
    return np.asarray(chebyshev.chebval(6 / degrees - 1, QUANTILES[level]), dtype=np.float64)


def welch_freedom(
    variance: npt.ArrayLike, count: int, other_variance: npt.ArrayLike, other_count: int
) -> npt.NDArray[np.float64]:
    """Return the degrees of freedom of Welch's test (1947), from the variances of the two means and their counts."""
    one, other = np.asarray(variance, dtype=np.float64), np.asarray(other_variance, dtype=np.float64)
    return np.asarray((one + other) ** 2 / (one**2 / (count - 1) + other**2 / (other_count - 1)), dtype=np.float64)
