"""The halls of fame and shame: which companies are in them, and how many signs of care their stories show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree, all_of, capitalise, name_all, shown, these_stories
from cxdata.text.formatting import format_count, format_number, format_signed

HALLS = ("fame", "shame")
ALL_SIGNS = 6


STORY_PLACES = {
    "fame": "story in the hall of fame",
    "shame": "story in the hall of shame",
    "mixed": "story in neither hall",
    None: "story not rated",
}
"""Where a story is, by its hall; a company is rated apart from its stories, from five of them on."""
COMPANY_PLACES = {"fame": "hall of fame", "shame": "hall of shame", "mixed": "in neither hall", None: "not rated"}
"""Where a company is, by its hall."""


@dataclass(frozen=True)
class Rating:
    """A company with its mean experience, −5 to +5, over so many stories; `hall` is None where it is not rated."""

    company: str
    experience: float
    stories: int
    hall: str | None


@dataclass(frozen=True)
class SingleStory:
    """The experience of one customer at one company, −5 to +5."""

    company: str
    experience: float


def claim_halls(ratings: Sequence[Rating], singles: Sequence[SingleStory]) -> Claim:
    """Name the companies in each hall; where no company is rated, say how far apart the single stories are."""
    rated = [rating for rating in ratings if rating.hall is not None]
    stories = sum(rating.stories for rating in ratings)
    if not rated:
        return _claim_single_stories(singles, stories)
    within = [rating for rating in rated if rating.hall in HALLS]
    if len(within) == 1:
        only = within[0]
        sentence = f"{only.company} is in the hall of {only.hall}: {_figure(only)}"
        return Claim("described", sentence, (only.company,), (only.experience,), only.stories)
    if not within:
        return _claim_neither_hall(rated)
    parts: list[str] = []
    for hall in HALLS:
        names = [rating.company for rating in within if rating.hall == hall]
        verb = f" {agree(len(names), 'is', 'are')}" if not parts else ""
        parts += [f"{name_all(names)}{verb} in the hall of {hall}"] if names else []
    named = tuple(rating.company for rating in within)
    return Claim("described", ", ".join(parts), named, (), sum(rating.stories for rating in within))


def _claim_neither_hall(rated: Sequence[Rating]) -> Claim:
    stories = sum(rating.stories for rating in rated)
    ordered = sorted(rated, key=lambda rating: (rating.experience, rating.company))
    low, high = ordered[0], ordered[-1]
    if len(rated) == 1:
        sentence = f"{low.company} is in neither hall: {_figure(low)}"
        return Claim("described", sentence, (low.company,), (low.experience,), stories)
    none = f"{capitalise(all_of(len(rated)))} rated companies are in neither hall"
    if shown(low.experience) == shown(high.experience):
        figure = format_signed(low.experience)
        return Claim("tied", f"{none}, with {figure} each", (), (low.experience, len(rated)), stories)
    span = f"{format_signed(low.experience)} ({low.company}) to {format_signed(high.experience)} ({high.company})"
    figures = (low.experience, high.experience, len(rated))
    return Claim("described", f"{none}, from {span}", (low.company, high.company), figures, stories)


def _claim_single_stories(singles: Sequence[SingleStory], stories: int) -> Claim:
    if not singles:
        return Claim("described", f"{capitalise(these_stories(stories))} rate no company", stories=stories)
    if len(singles) == 1:
        only = singles[0]
        hall = "the hall of fame" if only.experience >= 2 else "the hall of shame" if only.experience <= -2 else ""
        where = f"in {hall or 'neither hall'}"
        sentence = f"One customer’s story of {only.company} is {where}: experience {format_signed(only.experience)}"
        return Claim("one story", sentence, (only.company,), (only.experience,), 1)
    low = min(shown(each.experience) for each in singles)
    high = max(shown(each.experience) for each in singles)
    these = these_stories(len(singles))
    if low == high:
        return Claim("tied", f"Experience is {format_signed(low)} in each of {these}", (), (low,), len(singles))
    ends = [_at(singles, end) for end in (low, high)]
    first, last = (f"{format_signed(end)} ({name_all(names)})" for end, names in zip((low, high), ends, strict=True))
    sentence = f"Experience in {these} runs from {first} to {last}"
    return Claim("described", sentence, (*ends[0], *ends[1]), (low, high), len(singles))


def _at(singles: Sequence[SingleStory], experience: float) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.company for each in singles if shown(each.experience) == experience))


def _figure(rating: Rating) -> str:
    return f"{format_signed(rating.experience)} over {format_count(rating.stories, 'story')}"


@dataclass(frozen=True)
class SignCount:
    """How often the companies of a hall show a sign, of the times that their stories mention one.

    `mentioning` of its `stories` mention any sign, and `signs` are the signs that they mention, as words.
    """

    shown: int
    mentioned: int
    mentioning: int
    stories: int
    signs: tuple[str, ...] = ()


def claim_signs(halls: Mapping[str, SignCount]) -> Claim:
    """Say how many stories of each hall mention signs, and how many of these signs the companies showed."""
    stories = sum(count.stories for count in halls.values())
    telling = {hall: halls[hall] for hall in HALLS if hall in halls and halls[hall].mentioned}
    if not telling:
        which = "The one story" if stories == 1 else f"The {format_count(stories, 'story')}"
        sentence = f"{which} in a hall {agree(stories, 'mentions', 'mention')} no sign of care"
        return Claim("unknown", sentence, stories=stories)
    parts = [_describe_signs(hall, count, not place) for place, (hall, count) in enumerate(telling.items())]
    mentioning = sum(count.mentioning for count in halls.values())
    figures = tuple(figure for count in telling.values() for figure in (count.shown, count.mentioned))
    signs = list(dict.fromkeys(sign for count in telling.values() for sign in count.signs))
    named = "all six signs" if len(signs) == ALL_SIGNS else name_all(signs, len(signs))
    note = f"each sign counted once per story that mentions it: {named}" if signs else ""
    return Claim("counted", ", ".join(parts), (), figures, mentioning, note=note)


def _describe_signs(hall: str, count: SignCount, is_first: bool) -> str:
    rated = "best-rated" if hall == "fame" else "worst-rated"
    if not is_first:
        some = f"{format_number(count.shown)} of {format_number(count.mentioned)}"
        return f"{format_number(count.mentioning)} {rated} {some}"
    show = agree(count.mentioning, "story shows", "stories show")
    some = f"{format_number(count.shown)} of {format_count(count.mentioned, 'sign')}"
    return f"{format_number(count.mentioning)} {rated} {show} {some} mentioned"
