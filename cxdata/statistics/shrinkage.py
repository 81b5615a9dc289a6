"""Which hall a company stands in: its mean feeling, and that mean drawn towards the other companies'."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from cxdata.statistics.summaries import Sample, Summary, summarise_all

Hall: TypeAlias = Literal["fame", "shame", "mixed", "too few", "unknown"]

MIN_STORIES = 5  # read for feeling; single stories stand in the halls as stories
MIN_FIELD = 4  # companies; fewer give no variance between companies
THRESHOLD = 2.0  # on the scale from -5 to 5
ASSUMED_CENTRE = 0.0  # without a field: the middle of the scale,
ASSUMED_VARIANCE = 1.0  # and companies that lie about a point from it
ROUNDING = 1e-9


@dataclass(frozen=True)
class Placement:
    """A company's hall; `mean` is None if none of its stories is read, `shrunken_mean` below five of them."""

    hall: Hall
    stories_read: int
    mean: float | None
    shrunken_mean: float | None


@dataclass(frozen=True)
class Field:
    """What the companies with five stories or more have in common.

    `variance_within` and `variance_between` are squared points of feeling; the second is assumed below four companies.
    """

    companies: int
    centre: float
    variance_within: float
    variance_between: float


def place_in_halls(samples: Mapping[str, Sample], threshold: float = THRESHOLD) -> dict[str, Placement]:
    """Return the hall of each company, from the feelings of its stories (None: not read) or their Summary.

    A company stands in a hall if its shrunken and its plain mean are both at the threshold or past it. Shrinking alone
    can lift a mean over it; the plain mean alone rests on chance. Raises ValueError for NaN and infinity.
    """
    summaries = summarise_all(samples)
    field = describe_field(summaries)
    return {name: _placed(summary, field, threshold) for name, summary in summaries.items()}


def describe_field(summaries: Mapping[str, Summary | None]) -> Field | None:
    """Return what companies with enough stories have in common; None where there is no such company.

    The variance between companies is DerSimonian and Laird's (1986), with the pooled variance within companies.
    """
    eligible = [summary for summary in summaries.values() if summary and summary.count >= MIN_STORIES]
    if not eligible:
        return None
    companies = len(eligible)
    within = sum(each.variance * (each.count - 1) for each in eligible) / sum(each.count - 1 for each in eligible)
    if companies < MIN_FIELD or within < ROUNDING:
        return Field(companies, ASSUMED_CENTRE, within, ASSUMED_VARIANCE)
    weights = [each.count / within for each in eligible]
    centre = _weighted_mean(eligible, weights)
    scatter = sum(weight * (each.mean - centre) ** 2 for each, weight in zip(eligible, weights, strict=True))
    scale = sum(weights) - sum(weight**2 for weight in weights) / sum(weights)
    between = max(0.0, (scatter - (companies - 1)) / scale)
    return Field(
        companies, _weighted_mean(eligible, [1 / (within / each.count + between) for each in eligible]), within, between
    )


def _weighted_mean(summaries: list[Summary], weights: list[float]) -> float:
    return sum(weight * each.mean for each, weight in zip(summaries, weights, strict=True)) / sum(weights)


def _placed(summary: Summary | None, field: Field | None, threshold: float) -> Placement:
    if summary is None:
        return Placement("unknown", 0, None, None)
    if field is None or summary.count < MIN_STORIES:
        return Placement("too few", summary.count, summary.mean, None)
    shrunken = shrink(summary, field)
    hall: Hall = "mixed"
    if min(summary.mean, shrunken) >= threshold - ROUNDING:
        hall = "fame"
    elif max(summary.mean, shrunken) <= ROUNDING - threshold:
        hall = "shame"
    return Placement(hall, summary.count, summary.mean, shrunken)


def shrink(summary: Summary, field: Field) -> float:
    """Draw a mean towards the field's centre, the more the fewer stories it has.

    In a field of k companies the draw is reduced by (k - 3) / (k - 1), for its centre is itself an estimate (Morris
    1983).
    """
    error = field.variance_within / summary.count
    if error < ROUNDING:
        return summary.mean
    estimated = (field.companies - 3) / (field.companies - 1) if field.companies >= MIN_FIELD else 1.0
    return summary.mean + (field.centre - summary.mean) * estimated * error / (error + field.variance_between)
