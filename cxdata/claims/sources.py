"""Where effort comes from: parts of a whole, compared within the stories that were read."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree, capitalise, name_all, points, shown, these_stories
from cxdata.text.formatting import format_number, format_percent


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
        return Claim("none", f"No effort found in {these_stories(stories)}", stories=stories)
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
        share = format_percent(top[0].points / whole)
        sentence = f"{capitalise(names[0])} takes the most effort {where}: {share} of it"
        return Claim("superlative", sentence, names, figures, stories)
    each = agree(len(top), "", "each ")
    sentence = f"{capitalise(name_all(names))} {each}took {format_number(top[0].points)} of {points(whole)} {where}"
    return Claim("one story" if stories == 1 else "described", sentence, names, figures, stories)


def claim_part_of(whole_name: str, parts: Sequence[Part], stories: int) -> Claim:
    """Give the largest parts of one company's effort, with all that are as large."""
    whole = sum(part.points for part in parts)
    if not whole:
        return Claim("none", f"No effort found at {whole_name}", (whole_name,), stories=stories)
    most = max(part.points for part in parts)
    top = [part for part in parts if _same(part.points, most)]
    each = agree(len(top), "", "each ")
    sentence = (
        f"At {whole_name}, {name_all([part.name for part in top])} {each}took {format_number(most)} of {points(whole)}"
    )
    return Claim("described", sentence, (whole_name, *(part.name for part in top)), (most, whole), stories)


def _same(one: float, other: float) -> bool:
    return shown(one) == shown(other)
