"""Matching of encounters and promises across an edit of a story, so that second codings and passages follow them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from cxdata.errors import Fault, StoryError
from cxdata.store.engine import Connection
from cxdata.stories import Story
from cxdata.stories.records import Encounter, Promise, Record

Matched = TypeVar("Matched", bound=Record)

# rows that an edit leaves, by the column with the number of their encounter or promise
DEPENDENT_TABLES = {"step": ("second_encounter", "second_driver", "passage"), "promise": ("second_promise",)}
# keys by which an encounter is recognised, the surest first
KNOWN_BY: tuple[Callable[[Encounter], Hashable], ...] = (
    lambda encounter: encounter,
    lambda encounter: (encounter.touchpoint, encounter.short, encounter.summary),
    lambda encounter: encounter.summary,
    lambda encounter: (encounter.touchpoint, encounter.short),
    lambda encounter: encounter.locator,
)
PROMISE_KNOWN_BY: tuple[Callable[[Promise], Hashable], ...] = (
    lambda promise: promise,
    lambda promise: promise.claim,
    lambda promise: promise.evidence,
)


def match_encounters(before: Sequence[Encounter], after: Sequence[Encounter]) -> dict[int, int]:
    """Map each former step to its present step; a step that is not recognised is left out."""
    return _match(before, after, KNOWN_BY)


def match_promises(before: Sequence[Promise], after: Sequence[Promise]) -> dict[int, int]:
    """Map the former number of each promise to its present number; one that is not recognised is left out."""
    return _match(before, after, PROMISE_KNOWN_BY)


def _match(
    before: Sequence[Matched], after: Sequence[Matched], keys: Sequence[Callable[[Matched], Hashable]]
) -> dict[int, int]:
    """Map former to present places, from 1.

    A key matches where it is unique on both sides. The rest match by their order, where two matched neighbours have
    equally many unmatched records between them before and after.
    """
    found: dict[int, int] = {}
    left = dict(enumerate(before, 1))
    places = dict(enumerate(after, 1))
    for known_by in keys:
        olds, news = _singles(left, known_by), _singles(places, known_by)
        for key in olds.keys() & news.keys():
            found[olds[key]] = news[key]
            del left[olds[key]], places[news[key]]
    was, now = _by_neighbours(left, found), _by_neighbours(places, {place: place for place in found.values()})
    for neighbours in was.keys() & now.keys():
        if len(was[neighbours]) == len(now[neighbours]):
            found |= dict(zip(was[neighbours], now[neighbours], strict=True))
    return found


def realign_codings(connection: Connection, before: Story, after: Story) -> None:
    """Within an edit, renumber the second codings and passages of each encounter and promise.

    Raises StoryError if an encounter or promise with a second coding is gone.
    """
    steps = match_encounters(before.encounters, after.encounters)
    promises = match_promises(before.promises, after.promises)
    gone = [
        Fault(
            before.story,
            f"{noun} {number} is gone or was rewritten, but {coder} made a second coding of it. Put it back",
        )
        for noun, column, now in (("encounter", "step", steps), ("promise", "promise", promises))
        for number, coder in connection.execute(
            f"select {column}, coder from second_{noun} where story = $story order by all", {"story": before.story}
        ).fetchall()
        if number not in now
    ]
    if gone:
        raise StoryError(gone)
    for column, now in (("step", steps), ("promise", promises)):
        for table in DEPENDENT_TABLES[column]:
            _renumber(connection, table, column, before.story, now)


def _renumber(connection: Connection, table: str, column: str, story: str, now: Mapping[int, int]) -> None:
    """Give the rows of a story their present number, and delete those without one; NULL stays."""
    edited = {"story": story}
    connection.execute(f"create or replace temp table moved as select * from {table} where story = $story", edited)
    connection.execute(f"delete from {table} where story = $story", edited)
    connection.execute(
        f"insert into {table} by name "
        f"select * replace (($now::smallint[])[list_position($was::smallint[], {column})] as {column}) from moved "
        f"where {column} is null or list_contains($was::smallint[], {column})",
        {"was": list(now), "now": list(now.values())},
    )
    connection.execute("drop table moved")


def _singles(left: dict[int, Matched], known_by: Callable[[Matched], Hashable]) -> dict[Hashable, int]:
    times = Counter(map(known_by, left.values()))
    return {known_by(each): place for place, each in left.items() if times[known_by(each)] == 1}


def _by_neighbours(left: Iterable[int], known: Mapping[int, int]) -> dict[tuple[int | None, int | None], list[int]]:
    """Group steps by the present steps of the nearest matched ones before and after."""
    found: dict[tuple[int | None, int | None], list[int]] = defaultdict(list)
    for step in left:
        before = max((each for each in known if each < step), default=None)
        after = min((each for each in known if each > step), default=None)
        found[before and known[before], after and known[after]].append(step)
    return found
