"""Whether a company is rated, and why others are not: too few stories, no stated feeling, or nobody read for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree, capitalise, name_all, these_stories
from cxdata.text.formatting import format_count, format_number, format_signed

PAIR = 2  # companies named beside their stories
FEWEST_RATED = 5  # stories that say a feeling, as fewest_rated() of sql/views/63_company_hall.sql


@dataclass(frozen=True)
class Unrated:
    """A company that is not rated: its stories, those read for feeling, and why (a hall_reason of company_scores)."""

    stories: int
    feeling_read: int
    reason: str


def explain_unrated(companies: Sequence[Unrated]) -> str:
    """Say how many companies are not rated, and why, in sentences; '' of none."""
    stories = sum(each.stories for each in companies)
    if any(each.reason == "chosen by hall" for each in companies):
        return "No company is rated here: these stories were chosen by their hall."
    few = [each for each in companies if each.reason == "too few"]
    unread = [each for each in companies if each.reason == "unknown" and not each.feeling_read]
    silent = [each for each in companies if each.reason == "unknown" and each.feeling_read]
    if companies and len(unread) == len(companies):
        return f"Nobody has read {these_stories(stories)} for feelings."
    sentences = [
        _explain(few, "it has", "each has", f"fewer than {FEWEST_RATED} stories that say how the customer felt"),
        _explain(silent, *_say(silent), "how the customer felt"),
        _explain(unread, "nobody has read", "nobody has read", f"{_theirs(unread)} for feelings"),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _explain(companies: Sequence[Unrated], one: str, several: str, why: str) -> str:
    number = len(companies)
    if not number:
        return ""
    verb = agree(number, "is", "are")
    return f"{format_count(number, 'company')} {verb} not rated: {agree(number, one, several)} {why}."


def _say(companies: Sequence[Unrated]) -> tuple[str, str]:
    verb = "does not say" if sum(each.stories for each in companies) == 1 else "do not say"
    return f"{_theirs(companies)} {verb}", f"their stories {verb}"


def _theirs(companies: Sequence[Unrated]) -> str:
    if len(companies) != 1:
        return "their stories"
    return agree(companies[0].stories, "its story", "its stories")


@dataclass(frozen=True)
class Standing:
    """A company as its stories rate it.

    `experience` is the mean, −5 to +5, over the `felt` of its `stories` that state a feeling; None without any.
    `feeling_read` of its stories were read for feeling. `hall` is None where the company is not rated.
    """

    company: str
    stories: int
    feeling_read: int
    felt: int
    experience: float | None
    hall: str | None


def claim_standing(standing: Standing) -> Claim:
    """Say which hall a company is in with its figure; of one that is not rated, say why, with what its stories say."""
    name, felt, experience = standing.company, standing.felt, standing.experience
    if experience is None:
        why = "do not say how the customer felt" if standing.feeling_read else "were not read for feelings"
        one = "does not say how the customer felt" if standing.feeling_read else "was not read for feelings"
        stories = f"{format_count(standing.stories, 'story')} {agree(standing.stories, one, why)}"
        return Claim("unknown", f"{name} is not rated: its {stories}", (name,), (), standing.stories)
    figure = format_signed(experience)
    if standing.hall is not None:
        where = f"in the hall of {standing.hall}" if standing.hall in ("fame", "shame") else "in neither hall"
        sentence = f"{name} is {where}: experience {figure} over {format_count(felt, 'story')}"
        return Claim("described", sentence, (name,), (experience,), felt)
    if felt == 1:
        return Claim("one story", f"One customer’s experience of {name}: {figure}", (name,), (experience,), 1)
    sentence = f"{name} is not rated yet: {figure} over {format_number(felt)} of the {FEWEST_RATED} stories needed"
    return Claim("described", sentence, (name,), (experience,), felt)


def claim_unread(stories: int, noun: str, companies: Sequence[str], is_in_part: bool) -> Claim:
    """Say that nobody read these stories for a measure, or that a form asked for part of it.

    `noun` is the measure in words. `companies` are those chosen; a pair is named, so that readers know which stories.
    """
    these = these_stories(stories)
    if 0 < len(companies) <= PAIR:
        these = f"{these} of {name_all(companies)}"
    if is_in_part:
        verb = agree(stories, "answers", "answer")
        return Claim("unknown", f"{capitalise(these)} {verb} for some effort types only")
    return Claim("unknown", f"Nobody has read {these} for {noun}")


def claim_unasked() -> Claim:
    """Say why complaints give no cost and no avoidable contact."""
    return Claim("unknown", "A complaint form does not say which contact, order or touchpoint failed")
