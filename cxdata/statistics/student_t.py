"""Student's t: the critical value of a two-sided test at 5%."""

import numpy as np
import numpy.typing as npt
from numpy.polynomial import chebyshev

MIN_FREEDOM = 3.0  # degrees; the least that a comparison of five stories with one left out has
# The 97.5% quantile as a Chebyshev series in 1 / degrees of freedom, over 0 to 1/3. Fitted at 13 nodes with mpmath (30
# digits); it lies within 2e-13 of the quantile throughout. A test integrates the density up to it.
QUANTILE = (
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
)


def critical_t(freedom: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the absolute t that a two-sided test at 5% asks for, for each number of degrees of freedom.

    Raises ValueError below 3 degrees. At 1 / 0 degrees, that is without end, it is the normal curve's 1.959964.
    """
    degrees = np.asarray(freedom, dtype=np.float64)
    if not np.all(degrees >= MIN_FREEDOM - 1e-9):
        raise ValueError(f"{np.min(degrees)} degrees of freedom; the critical value is known from {MIN_FREEDOM:g}")
    return np.asarray(chebyshev.chebval(6 / degrees - 1, QUANTILE), dtype=np.float64)
