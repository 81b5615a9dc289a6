"""How sure the figures are: what second codings, published surveys and random weightings bear."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree, dealings_with, name_all, shown, these_stories, uncapitalise
from cxdata.text.formatting import format_count, format_number, format_percent

Finding = Literal[
    "agreed",  # found often enough, and the interval of alpha begins where agreement does
    "low",  # found often enough, and the interval ends below
    "open",  # found often enough, and the interval holds both
    "rare",  # found too seldom, whatever alpha is
]
TOO_FEW = "too few to say"
READERS = "Two readers of the same stories"


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
        return Claim("described", f"{READERS} did not agree on {name_all(of['low'])}", of["low"], (), stories)
    rare = len(of["rare"])
    if of["agreed"]:
        note = f"{format_count(rare, 'code')} {agree(rare, 'was', 'were')} found too rarely to judge" if rare else ""
        return Claim("described", f"{READERS} agreed on {name_all(of['agreed'])}", of["agreed"], (), stories, note=note)
    if of["open"]:
        sentence = f"It is open whether two readers agree on {name_all(of['open'])}"
        return Claim("described", sentence, of["open"], (), stories)
    return Claim("unknown", "Each code was found too rarely to say whether two readers agree", (), (), stories)


def describe_found(code: JudgedCode) -> str:
    """Write the figure of a code: '0.96 · both in 37 of 40', 'too few to say · found 6 times', 'found by nobody'."""
    if not code.found:
        return "found by nobody"
    if code.finding == "rare":
        return f"{TOO_FEW} · found {format_number(code.found)} {agree(code.found, 'time', 'times')}"
    alpha = "no variation" if code.alpha is None else f"{code.alpha:.2f}"
    return f"{alpha} · both in {format_number(code.both)} of {format_number(code.found)}"


@dataclass(frozen=True)
class SurveyScore:
    """A published score of a company, as a share of its scale from 0 to 1."""

    company: str
    share: float


def claim_surveys(scores: Sequence[SurveyScore], stories: int) -> Claim:
    """Give the range of the published scores; of scores and effort no relation is claimed.

    `stories` is the number of stories of the companies with a score.
    """
    names = tuple(dict.fromkeys(score.company for score in scores))
    low, high = (end(shown(100 * score.share) for score in scores) for end in (min, max))
    span = format_number(low) if low == high else f"{format_number(low)} to {format_number(high)}"
    surveys = agree(len(scores), "A published survey", "Published surveys")
    sentence = f"{surveys} scored {name_all(names)} at {span} out of 100"
    note = f"{these_stories(stories)} cannot confirm or refute a survey"
    return Claim("described", sentence, names, tuple(dict.fromkeys((low, high))), stories, note=note)


@dataclass(frozen=True)
class Weighted:
    """A company with its points per story, and the shares of random weightings in which it has most of all.

    `near` is the share where weights change a little, `far` where they change by up to twice as much.
    """

    company: str
    points: float
    stories: int
    near: float
    far: float


def claim_stability(companies: Sequence[Weighted], draws: int, percent: int) -> Claim:
    """Say in how many weightings the company with most points keeps them; of points equal as shown, name all.

    `companies` are ordered from most points to fewest; `draws` is the number of weightings. A weight changes by up to
    `percent` in the figure `near`, and by up to twice as much in `far`.
    """
    first = companies[0]
    stories = sum(each.stories for each in companies)
    names = (first.company,)
    if len(companies) == 1:
        sentence = f"{first.company} is the only company here, so weights change no order"
        return Claim("described", sentence, names, stories=stories)
    if not shown(first.points):
        sentence = f"No effort was found in {these_stories(stories)}, whatever the weights"
        return Claim("none", sentence, stories=stories)
    level = tuple(each.company for each in companies if shown(each.points) == shown(first.points))
    if len(level) > 1:
        sentence = f"{name_all(level)} have equal points, so the weights decide their order"
        return Claim("tied", sentence, level, (first.points,), stories)
    # a single story ranks no company
    leader = f"{dealings_with(first.company)} take" if first.stories == 1 else f"{first.company} takes"
    some = "all" if first.near == 1 else f"{format_percent(first.near)} of"
    widest = 2 * percent if min(first.near, first.far) == 1 else percent
    sentence = f"{leader} the most effort in {some} {format_number(draws)} weightings"
    note = f"each changes every weight at random, by up to {widest}%"
    return Claim("counted", sentence, names, (first.near, first.far), stories, note=note)
