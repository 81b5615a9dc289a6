"""What to fix: which item holds most effort over all stories read, whichever single story is left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree, capitalise, name_all, points, shown, spell, these_stories
from cxdata.text.formatting import format_number, format_percent

ROUNDING = 1e-9  # points


@dataclass(frozen=True)
class Item:
    """An effort type, or a touchpoint of one, with its points over all stories read.

    `left_out` is its points without the story that holds most of it, `stories` the number of stories with it.
    """

    name: str
    total: float
    left_out: float
    stories: int


@dataclass(frozen=True)
class Rest:
    """The items after those given: how many, all their points, and the points of the largest of them."""

    count: int = 0
    total: float = 0.0
    largest: float = 0.0


def claim_fixes(items: Sequence[Item], read: int, rest: Rest | None = None, within: str = "") -> Claim:
    """Claim what takes most effort where no single story decides it; else describe what comes first.

    `items` have the order of `left_out`, or of one story that of `total`; `read` is the number of stories read for
    effort. An item leads only if it holds more without its largest story than each other item holds with it. Items are
    touchpoints of the effort type `within`, if it is given.
    """
    rest = rest or Rest()
    whole = sum(item.total for item in items) + rest.total
    if not shown(whole):
        return Claim("none", f"No effort found in {these_stories(read)}", stories=read)
    if read == 1:
        return _one_story(items, rest, whole, within)
    if items[0].left_out < ROUNDING:
        took = f"touchpoint had {within}" if within else "problem took effort"
        sentence = f"No {took} in more than one of {these_stories(read)}: {_effort(whole)} in all"
        return Claim("described", sentence, (), (whole,), read)
    most = shown(items[0].left_out)
    first = [item for item in items if shown(item.left_out) == most]
    if rest.count and len(first) == len(items):
        return _alike(len(items) + rest.count, whole, read, within)
    if len(first) > 1:
        return _tied(first, most, read, within)
    others = [item.total for item in items[1:]] + [rest.largest] * (rest.count > 0)
    return _first(first[0], max(others, default=None), whole, read, within)


def _tied(first: Sequence[Item], most: float, read: int, within: str) -> Claim:
    names = tuple(item.name for item in first)
    place = f"first place in {within}" if within else "first place"
    sentence = f"{capitalise(_all(names))} share {place}: {_effort(most)} each, without the story that holds most"
    return Claim("tied", sentence, names, tuple(item.total for item in first), read)


def _first(leader: Item, largest_other: float | None, whole: float, read: int, within: str) -> Claim:
    """Rank the item that comes first if there are others and no story decides it, else give its figures."""
    these, count = these_stories(read), format_number(leader.stories)
    name, figures = capitalise(leader.name), (leader.total, whole)
    if largest_other is not None and shown(leader.left_out) > shown(largest_other):
        # of these stories alone: the rule guards against one story, and not against the choice of all
        share = f"{format_percent(leader.total / whole)} of {'its points' if within else 'all effort points'}"
        took = f"had the largest part of {within}" if within else "took the most effort"
        where = f"in {'each' if leader.stories == read else count} of them"
        return Claim("superlative", f"{name} {took} in {these}: {share}, {where}", (leader.name,), figures, read)
    held = _effort(whole, within) if largest_other is None else _part(leader.total, whole, within)
    where = f"in {'each' if leader.stories == read else count} of {these}"
    return Claim("described", f"{name} took {held}, {where}", (leader.name,), figures, read)


def _one_story(items: Sequence[Item], rest: Rest, whole: float, within: str) -> Claim:
    """Name the items with most points in the one story."""
    most = max(shown(item.total) for item in items)
    names = tuple(item.name for item in items if shown(item.total) == most)
    if shown(rest.largest) == most:
        return _alike(len(items) + rest.count, whole, 1, within)
    each = agree(len(names), "", "each ")
    held = _effort(whole, within) if len(items) == 1 else _part(most, whole, within)
    return Claim("one story", f"In this story, {_all(names)} {each}took {held}", names, (most, whole), 1)


def _alike(count: int, whole: float, read: int, within: str) -> Claim:
    """Count the items where more come first than are given."""
    noun = "touchpoints" if within else "problems"
    sentence = f"{capitalise(spell(count))} {noun} took {_effort(whole, within)} in {these_stories(read)}"
    return Claim("described", sentence, (), (whole,), read)


def _part(value: float, whole: float, within: str) -> str:
    return f"{format_number(value)} of {_effort(whole, within)}"


def _effort(value: float, within: str = "") -> str:
    """Write '8 effort points', or '8 points of repeat contact'."""
    return f"{points(value)} of {within}" if within else points(value).replace(" point", " effort point")


def _all(names: Sequence[str]) -> str:
    # of a tie all are named, as each has the same right to it
    return name_all(names, len(names))
