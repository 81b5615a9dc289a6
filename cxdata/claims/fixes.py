"""What to fix: which item holds most effort, which problem of a company comes first, and what failures cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxdata.claims.claim import Claim
from cxdata.claims.grammar import NAMED, agree, all_of, capitalise, name_all, points, shown, spell, these_stories
from cxdata.text.formatting import format_count, format_number, format_percent, format_pounds

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
        return Claim("none", f"No effort was found in {these_stories(read)}", stories=read)
    if read == 1:
        return _one_story(items, rest, whole, within)
    if items[0].left_out < ROUNDING:
        took = f"touchpoint had {within}" if within else "problem took effort"
        sentence = f"No {took} in more than one of {these_stories(read)}"
        return Claim("described", sentence, stories=read)
    most = shown(items[0].left_out)
    first = [item for item in items if shown(item.left_out) == most]
    if rest.count and len(first) == len(items):
        return _alike(len(items) + rest.count, whole, read, within)
    if len(first) > 1:
        return _tied(first, read, within)
    others = [item.total for item in items[1:]] + [rest.largest] * (rest.count > 0)
    return _first(first[0], max(others, default=None), whole, read, within)


def _tied(first: Sequence[Item], read: int, within: str) -> Claim:
    names = tuple(item.name for item in first)
    place = f"first place in {within}" if within else "first place"
    return Claim("tied", f"{capitalise(_all(names))} share {place}", names, stories=read)


def _first(leader: Item, largest_other: float | None, whole: float, read: int, within: str) -> Claim:
    """Rank the item that comes first if there are others and no story decides it, else give its figures."""
    name, figures = capitalise(leader.name), (leader.total, whole, leader.stories)
    count = format_number(leader.stories)
    if largest_other is not None and shown(leader.left_out) > shown(largest_other):
        # of these stories alone: the rule guards against one story, and not against the choice of all
        share = format_percent(leader.total / whole)
        where = f"over {all_of(read)} stories" if leader.stories == read else f"in {count} of {_stories(read)}"
        took = f"took the largest part of {within}: {share}" if within else f"took the most effort: {share} of points"
        return Claim("superlative", f"{name} {took}, {where}", (leader.name,), (*figures, leader.total / whole), read)
    held = _effort(whole, within) if largest_other is None else _part(leader.total, whole, within)
    # the points are those of all stories together, and not of each
    where = f"over {all_of(read)} stories" if leader.stories == read else f"in {count} of these {_stories(read)}"
    return Claim("described", f"{name} took {held}, {where}", (leader.name,), figures, read)


def _stories(number: int) -> str:
    return format_count(number, "story")


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
    return Claim("described", sentence, (), (whole, count), read)


def _part(value: float, whole: float, within: str) -> str:
    return f"{format_number(value)} of {_effort(whole, within)}"


def _effort(value: float, within: str = "") -> str:
    """Write '8 effort points', or '8 points of repeat contact'."""
    return f"{points(value)} of {within}" if within else points(value).replace(" point", " effort point")


def _all(names: Sequence[str]) -> str:
    # of a tie all are named, as each has the same right to it
    return name_all(names, len(names))


@dataclass(frozen=True)
class Problem:
    """An effort type at a touchpoint of a company, with its points per story of the company.

    `is_mean` is whether the company has several stories.
    """

    kind: str
    company: str
    touchpoint: str
    points: float
    is_mean: bool


def claim_problems(problems: Sequence[Problem], stories: int) -> Claim:
    """Give the problem with most effort per story, and all problems of a tie; it describes these stories.

    `problems` are ordered from most points to fewest; `stories` is the number of stories of their companies.
    """
    most = shown(problems[0].points)
    top = [each for each in problems if shown(each.points) == most]
    companies = tuple(dict.fromkeys(each.company for each in top))
    figure = f"{points(most)}{' per story' if any(each.is_mean for each in top) else ''}"
    if len(top) == 1:
        where = f"{top[0].kind} at {top[0].company} ({top[0].touchpoint})"
        return Claim("described", f"{capitalise(where)} took {figure}", companies, (most,), stories)
    at: dict[str, list[str]] = {}
    for each in top:
        at.setdefault(each.kind, []).append(each.company)
    kinds = [f"{kind} ({_companies(list(dict.fromkeys(names)))})" for kind, names in at.items()]
    counts = [len(set(names)) for names in at.values()]
    return Claim("described", f"{capitalise(name_all(kinds))} took {figure} each", companies, (most, *counts), stories)


def _companies(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) < NAMED else format_count(len(names), "company")


@dataclass(frozen=True)
class Cost:
    """What failures cost a company per story, in GBP from `low` to `high`; None where nothing has a price.

    `is_open` is whether something that failed has no price yet. `stories` are all chosen stories of the company.
    """

    company: str
    low: float | None
    high: float | None
    stories: int
    is_open: bool


def claim_cost(companies: Sequence[Cost]) -> Claim:
    """Give the cost per story at the company that comes first, and at all with the same cost.

    `companies` are ordered from the highest cost to the lowest.
    """
    stories = sum(each.stories for each in companies)
    priced = [(each, each.low, each.high) for each in companies if each.low is not None and each.high is not None]
    if not priced:
        return Claim(
            "unknown", "Nothing here has a price: enter what a contact, parcel or order costs", stories=stories
        )
    _, low, high = priced[0]
    equal = [each for each, its_low, its_high in priced if (its_low, its_high) == (low, high)]
    names = tuple(each.company for each in equal)
    cost = format_pounds(low, high)
    lone = all(each.stories == 1 for each in equal)
    # the prices are ours or the reader's, and a single story says nothing of what a company usually pays
    if lone and len(equal) == 1:
        what = f"one story of {names[0]} cost {cost}"
    elif lone:
        what = f"stories of {name_all(names)} cost {cost} each"
    else:
        what = f"failures cost {cost} per story of {name_all(names)}"
    note = "lost orders not priced" if any(each.is_open for each in equal) else ""
    return Claim("described", f"At the prices assumed, {what}", names, (low, high), stories, note=note)


def claim_contacts(avoidable: int, contacts: int, stories: int) -> Claim:
    """Count the avoidable contacts of all contacts, one or more, in so many stories."""
    sentence = (
        f"{format_number(avoidable)} of {format_count(contacts, 'contact')} {agree(avoidable, 'was', 'were')} avoidable"
        if contacts > 1
        else f"The one contact was {'' if avoidable else 'not '}avoidable"
    )
    return Claim("counted", sentence, (), (avoidable, contacts), stories)
