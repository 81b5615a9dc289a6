"""What second codings bear: on which codes coders agree, on which they do not, and which are too rare to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree, name_all, uncapitalise
from cxdata.text.formatting import format_number

Finding = Literal[
    "agreed",  # found often enough, and the interval of alpha begins where agreement does
    "low",  # found often enough, and the interval ends below
    "open",  # found often enough, and the interval holds both
    "rare",  # found too seldom, whatever alpha is
]
TOO_FEW = "too few to say"


@dataclass(frozen=True)
class JudgedCode:
    """A code with what its second codings say.

    `found` is the number of units in which a coder found it, `both` in which every coder did. `alpha` is None where
    all values are the same. `stories` is the number of stories in which two coders looked for it.
    """

    label: str
    finding: Finding
    alpha: float | None
    found: int
    both: int
    stories: int

    @property
    def name(self) -> str:
        """The label within a sentence."""
        return uncapitalise(self.label)


def claim_agreement(codes: Sequence[JudgedCode]) -> Claim:
    """Say on which codes coders do not agree, else on which they do, else that it is open or too rare to say.

    `codes` has one or more, all that two coders looked for.
    """
    stories = max(code.stories for code in codes)
    of = {
        finding: tuple(code.name for code in codes if code.finding == finding)
        for finding in ("agreed", "low", "open", "rare")
    }
    if of["low"]:
        return Claim("described", f"Two coders do not agree on {name_all(of['low'])}", of["low"], (), stories)
    rare = len(of["rare"])
    if of["agreed"]:
        sentence = f"Two coders agree on {name_all(of['agreed'])}"
        if rare:
            sentence += f", but {format_number(rare)} {agree(rare, 'code is', 'codes are')} too rare to judge"
        return Claim("described", sentence, of["agreed"], (rare,) if rare else (), stories)
    if of["open"]:
        sentence = f"It is open whether two coders agree on {name_all(of['open'])}"
        return Claim("described", sentence, of["open"], (), stories)
    return Claim("unknown", "Each code is too rare to say whether two coders agree", (), (), stories)


def describe_found(code: JudgedCode) -> str:
    """Write the figure of a code: '0.96 · both in 37 of 40', 'too few to say · found 6 times', 'found by nobody'."""
    if not code.found:
        return "found by nobody"
    if code.finding == "rare":
        return f"{TOO_FEW} · found {format_number(code.found)} {agree(code.found, 'time', 'times')}"
    alpha = "no variation" if code.alpha is None else f"{code.alpha:.2f}"
    return f"{alpha} · both in {format_number(code.both)} of {format_number(code.found)}"
