"""Effort within the stories that were read: where it comes from, and with which impression it goes together."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree, capitalise, dealings_with, name_all, points, shown, these_stories
from cxdata.text.formatting import format_count, format_number, format_percent, format_points


@dataclass(frozen=True)
class Part:
    """A part of all effort points: its name in a sentence, its points, and the most that one story holds of it."""

    name: str
    points: float
    largest_part: float


def claim_largest_part(parts: Sequence[Part], whole: float, stories: int) -> Claim:
    """Claim which part is largest in these stories, where no single story decides it; else give its figure.

    `whole` is all effort, that of parts not given among it; `stories` the number of stories read, with or without such
    effort.
    """
    if not whole:
        return Claim("none", f"No effort was found in {these_stories(stories)}", stories=stories)
    ordered = sorted(parts, key=lambda part: -part.points)
    top = [part for part in ordered if _same(part.points, ordered[0].points)]
    names = tuple(part.name for part in top)
    figures = tuple(part.points for part in top)
    where = f"in {these_stories(stories)}"
    if stories > 1 and len(top) > 1:
        sentence = f"{capitalise(name_all(names))} each took {points(top[0].points)} {where}"
        return Claim("tied", sentence, names, figures, stories)
    rest = [part.points for part in ordered if part not in top]
    is_safe = all(shown(top[0].points - top[0].largest_part) > shown(other) for other in rest)
    if stories > 1 and is_safe:
        share = top[0].points / whole
        sentence = f"{capitalise(names[0])} takes the most effort {where}: {format_percent(share)} of it"
        return Claim("superlative", sentence, names, (*figures, share), stories)
    each = agree(len(top), "", "each ")
    sentence = f"{capitalise(name_all(names))} {each}took {format_number(top[0].points)} of {points(whole)} {where}"
    return Claim("one story" if stories == 1 else "described", sentence, names, (*figures, whole), stories)


def claim_part_of(whole_name: str, parts: Sequence[Part], stories: int) -> Claim:
    """Give the largest parts of one company's effort, with all that are as large; points are those per story."""
    # means leave rounding errors, which a half would show
    whole = round(sum(part.points for part in parts), 9)
    if not whole:
        return Claim("none", f"No effort was found at {whole_name}", (whole_name,), stories=stories)
    most = max(part.points for part in parts)
    top = [part for part in parts if _same(part.points, most)]
    each = agree(len(top), "", "each ")
    sentence = (
        f"At {whole_name}, {name_all([part.name for part in top])} {each}took {format_number(most)} of {points(whole)}"
        f"{agree(stories, '', ' per story')}"
    )
    return Claim("described", sentence, (whole_name, *(part.name for part in top)), (most, whole), stories)


def _same(one: float, other: float) -> bool:
    return shown(one) == shown(other)


COMPARED = 5  # stories on each side of the mean; fewer compare nothing
MANY = 100  # stories; from here on shares say more than counts
BAD = "bad: −2 or worse"


@dataclass(frozen=True)
class Impression:
    """The effort points and the experience, −5 to +5, of one story or of the stories in one box of a scatter.

    `company` is that of one story, None of several. `is_bad` is whether the impression is one of the hall of shame.
    """

    company: str | None
    points: float
    experience: float
    stories: int
    is_bad: bool


def claim_impressions(impressions: Sequence[Impression], width: float | None) -> Claim:
    """Name the story that took most effort and left the worst impression if it is one; else compare in counts.

    `width` is that of a box in points, None where each story is given. `impressions` has those with a known experience.
    """
    stories = sum(each.stories for each in impressions)
    if not impressions:
        return Claim("none", "No story here says how the customer felt beside its effort")
    most = max(shown(each.points) for each in impressions)
    worst = min(each.experience for each in impressions)
    hard = [each for each in impressions if shown(each.points) == most]
    sad = [each for each in impressions if each.experience == worst]
    if hard == sad and len(hard) == 1 < len(impressions) and hard[0].company is not None and worst < 0:
        sentence = f"{dealings_with(hard[0].company)} took the most effort and left the worst impression"
        return Claim("one story", sentence, (hard[0].company,), (), stories)
    return _compare_impressions(impressions, width, stories)


def _compare_impressions(impressions: Sequence[Impression], width: float | None, count: int) -> Claim:
    """Count the bad impressions of stories with more effort than the mean, and of the others.

    Of stories in boxes whole boxes are compared, from the edge nearest to the mean.
    """
    middle = sum(each.points * each.stories for each in impressions) / count
    cut = max(round(middle / width), 1) * width if width else middle
    sides = [
        [each for each in impressions if (each.points >= cut if width else each.points > cut) is is_hard]
        for is_hard in (True, False)
    ]
    counts = [sum(each.stories for each in side) for side in sides]
    bad = [sum(each.stories for each in side if each.is_bad) for side in sides]
    if min(counts) < COMPARED:
        number = sum(bad)
        sentence = (
            f"Experience was bad in {format_number(number)} of {format_count(count, 'story')}"
            if count > 1
            else f"One customer’s experience was {'' if number else 'not '}bad"
        )
        return Claim("counted", sentence, (), (number, count), count, note=BAD)
    figures = tuple(map(float, (*bad, *counts)))
    where = f"{'from' if width else 'above'} {format_number(cut)} effort points"
    if count < MANY:
        hard, easy = (f"{format_number(n)} of {format_number(of)}" for n, of in zip(bad, counts, strict=True))
        sentence = f"Bad experience: {hard} stories {where}, {easy} others"
    else:
        figures = tuple(n / of for n, of in zip(bad, counts, strict=True))
        hard, easy = map(format_percent, figures)
        sentence = f"Bad experience: {hard} of stories {where}, {easy} of the others"
    note = BAD if width else f"{BAD}, {format_points(cut)}: the mean"
    return Claim("counted", sentence, (), figures, count, note=note)
