"""Companies against their sector: which of them are rated unusually low or high."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree, name_all
from cxdata.text.formatting import format_count, format_signed


@dataclass(frozen=True)
class Placed:
    """A company with its mean experience, −5 to +5, over so many stories.

    `side` is the one on which it stands out from its sector, None where it does not.
    """

    company: str
    experience: float
    stories: int
    side: Literal["above", "below"] | None


def claim_outliers(companies: Sequence[Placed], sector: str, mean: float | None, reason: str) -> Claim:
    """Name the companies that stand out from their sector, or say why nobody can.

    `mean` is that of the sector, and `reason` why there are no limits: 'too few', 'same' or 'chosen by hall'. It is ''
    where there are limits.
    """
    stories = sum(each.stories for each in companies)
    names = tuple(each.company for each in companies)
    if reason or mean is None:
        return Claim("described", _explain(names, sector, mean, reason), (), (), stories)
    out = [each for each in companies if each.side]
    if not out:
        who = f"{names[0]} is not" if len(names) == 1 else "No company is"
        subjects = names if len(names) == 1 else ()
        return Claim("described", f"{who} rated unusually low or high in {sector}", subjects, (), stories)
    parts: list[str] = []
    for side, word in (("below", "low"), ("above", "high")):
        of_side = [each.company for each in out if each.side == side]
        if of_side:
            verb = "" if parts else f" {agree(len(of_side), 'is', 'are')} rated"
            parts.append(f"{name_all(of_side)}{verb} unusually {word}" + ("" if parts else f" in {sector}"))
    sentence = ", ".join(parts)
    if len(out) > 1:
        return Claim("described", sentence, tuple(each.company for each in out), (), stories)
    (only,) = out
    sentence += f": {format_signed(only.experience)}, mean {format_signed(mean)}"
    return Claim("described", sentence, (only.company,), (only.experience, mean), stories)


def _explain(names: Sequence[str], sector: str, mean: float | None, reason: str) -> str:
    if reason == "chosen by hall":
        return "These stories were chosen by their hall, so they compare no companies"
    if reason == "same":
        return f"Stories in {sector} differ too little to compare companies"
    who = f"companies in {sector}" if mean is None else f"{name_all(names)} with {sector}"
    return f"Too few stories to compare {who}"


def describe_place(placed: Placed) -> str:
    """Write a company's figures: '−3.2 over 12 stories, unusually low'."""
    unusual = {"below": ", unusually low", "above": ", unusually high", None: ""}[placed.side]
    return f"{format_signed(placed.experience)} over {format_count(placed.stories, 'story')}{unusual}"
