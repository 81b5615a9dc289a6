"""Grammar of claims: names in a row, verbs that agree, and counts that read as words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from cxdata.text.formatting import format_count, format_number, join_list, round_half_up

_noun: ContextVar[str] = ContextVar("noun", default="story")
NAMED = 3  # names in a headline; more end in "and 4 more"


def name_all(names: Sequence[str], most: int = NAMED) -> str:
    """Join names: 'A', 'A and B', 'A, B and 2 more'."""
    return join_list(names, most)


def agree(number: int, singular: str, plural: str) -> str:
    """Return the form of a word that agrees with a number."""
    return singular if number == 1 else plural


def all_of(number: int) -> str:
    """Return 'both' of two, 'all 7' of more."""
    return "both" if number == 2 else f"all {format_number(number)}"


@contextmanager
def story_noun(noun: str) -> Iterator[None]:
    """Let claims call stories by this noun, such as 'complaint', until the block ends."""
    before = _noun.set(noun)
    try:
        yield
    finally:
        _noun.reset(before)


def stories(number: int) -> str:
    """Count stories: '8 stories', '1 complaint'."""
    return format_count(number, _noun.get())


def these_stories(number: int) -> str:
    """Name a set of stories by its number: 'this story', 'these 8 stories'."""
    return f"this {_noun.get()}" if number == 1 else f"these {stories(number)}"


def dealings_with(company: str) -> str:
    """Name what one story is about: a story takes no effort, what happened in it does."""
    return f"One customer’s dealings with {company}"


def capitalise(text: str) -> str:
    """Begin a sentence with a capital; the rest stays, as names have capitals of their own."""
    return text[:1].upper() + text[1:]


def uncapitalise(label: str) -> str:
    """Write a label as a word within a sentence."""
    return label[:1].lower() + label[1:]


SPELLED = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def spell(number: int) -> str:
    """Return a count under ten as a word: 'three', '12'."""
    return SPELLED[number] if number < len(SPELLED) else format_number(number)


def at_touchpoint(label: str) -> str:
    """Write where something happened: 'at the phone call'."""
    return f"at the {uncapitalise(label)}"


def shown(value: float) -> float:
    """Return a figure as a reader sees it, so that figures that look equal count as equal."""
    return round_half_up(value)


def points(value: float) -> str:
    """Return '1 point', '29.5 points'; 'no points' of none as shown."""
    figure = format_number(value)
    return "no points" if figure == "0" else f"{figure} {'point' if figure == '1' else 'points'}"


def more_points(difference: float) -> str:
    """Return '1 more point', '27.5 more points'."""
    figure = format_number(difference)
    return f"{figure} more {'point' if figure == '1' else 'points'}"
