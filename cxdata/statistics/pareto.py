"""What takes most: items by their total without the story that holds most of it, with the cumulative share."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

ROUNDING = 1e-9  # points; totals that differ by less share a place


@dataclass(frozen=True)
class ItemTotal:
    """What one item (an effort type, a touchpoint) adds up to, in points over the stories read.

    `largest_part` is the most that one story holds of it; `largest_in` names the stories that hold so much, where they
    are known.
    """

    item: str
    total: float
    largest_part: float
    stories_with: int
    largest_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class RankedItem:
    """An item with its place. `left_out_total` is its total without the story that holds most of it.

    total = prevalence x severity x stories read. Places count from 1, and equals share one. `share` and
    `cumulative_share` are of the points of all items; None where there are none.
    """

    item: str
    total: float
    left_out_total: float
    stories_with: int
    prevalence: float
    severity: float
    share: float | None
    cumulative_share: float | None
    place: int
    place_by_total: int
    largest_in: tuple[str, ...]


def total_items(parts: Iterable[tuple[str, str, float]]) -> list[ItemTotal]:
    """Add up parts, each an item, a story and its points; a story's parts of an item count as one."""
    by_item: dict[str, dict[str, float]] = {}
    for item, story, points in parts:
        stories = by_item.setdefault(item, {})
        stories[story] = stories.get(story, 0.0) + points
    totals = []
    for item, stories in by_item.items():
        largest = max(stories.values())
        holders = tuple(story for story, points in stories.items() if points > largest - ROUNDING)
        totals.append(ItemTotal(item, sum(stories.values()), largest, len(stories), holders))
    return totals


def rank_items(items: Iterable[ItemTotal], stories_read: int) -> list[RankedItem]:
    """Order items by their lowest leave-one-out total, equals by name.

    The lowest value over all stories left out is the total without the largest part: one story cannot lift an item past
    what it already held. Nothing remains of a single story, so its items stand by their total.

    Raises ValueError if an item is in more stories than were read.
    """
    listed = list(items)
    for each in listed:
        if not 0 < each.stories_with <= stories_read:
            raise ValueError(f"{each.item} is in {each.stories_with} stories; {stories_read} were read")
    value = _left_out if stories_read > 1 else _total
    ordered = sorted(listed, key=lambda each: (-round(value(each), 9), each.item))
    whole = sum(each.total for each in ordered)
    totals, values = sorted(map(_total, ordered)), sorted(map(value, ordered))
    running = accumulate(each.total for each in ordered)
    return [
        RankedItem(
            each.item,
            each.total,
            _left_out(each),
            each.stories_with,
            prevalence=each.stories_with / stories_read,
            severity=each.total / each.stories_with,
            share=each.total / whole if whole else None,
            cumulative_share=so_far / whole if whole else None,
            place=_place(values, value(each)),
            place_by_total=_place(totals, each.total),
            largest_in=each.largest_in,
        )
        for each, so_far in zip(ordered, running, strict=True)
    ]


def _total(item: ItemTotal) -> float:
    return item.total


def _left_out(item: ItemTotal) -> float:
    return item.total - item.largest_part


def _place(ascending: list[float], value: float) -> int:
    return 1 + len(ascending) - bisect_right(ascending, value + ROUNDING)
