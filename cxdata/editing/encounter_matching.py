"""Matching of encounters across an edit of a story, so that second codings and passages follow their encounter."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from cxdata.errors import Fault, StoryError
from cxdata.store.engine import Connection
from cxdata.stories import Story
from cxdata.stories.records import Encounter

DEPENDENT_TABLES = ("second_encounter", "second_driver", "passage")  # rows by story and step that an edit leaves
# keys by which an encounter is recognised, the surest first
KNOWN_BY: tuple[Callable[[Encounter], Hashable], ...] = (
    lambda encounter: encounter,
    lambda encounter: (encounter.touchpoint, encounter.short, encounter.summary),
    lambda encounter: encounter.summary,
    lambda encounter: (encounter.touchpoint, encounter.short),
    lambda encounter: encounter.locator,
)


def match_encounters(before: Sequence[Encounter], after: Sequence[Encounter]) -> dict[int, int]:
    """Map each former step to its present step; a step that is not recognised is left out.

    A key of KNOWN_BY matches where it is unique on both sides. The rest match by their order, where two matched
    neighbours have equally many unmatched encounters between them before and after.
    """
    found: dict[int, int] = {}
    left = dict(enumerate(before, 1))
    places = dict(enumerate(after, 1))
    for known_by in KNOWN_BY:
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
    """Within an edit, renumber the second codings and passages of each encounter.

    Raises StoryError if an encounter with a second coding is gone.
    """
    now = match_encounters(before.encounters, after.encounters)
    edited = {"story": before.story}
    gone = [
        Fault(before.story, f"encounter {step} is gone or told all anew, which {coder} has coded a second time")
        for coder, step in connection.execute(
            "select coder, step from second_encounter where story = $story order by step, coder", edited
        ).fetchall()
        if step not in now
    ]
    if gone:
        raise StoryError(gone)
    for table in DEPENDENT_TABLES:
        connection.execute(f"create or replace temp table moved as select * from {table} where story = $story", edited)
        connection.execute(f"delete from {table} where story = $story", edited)
        connection.execute(
            f"insert into {table} by name "
            "select * replace (($now::smallint[])[list_position($was::smallint[], step)] as step) from moved "
            "where step is null or list_contains($was::smallint[], step)",
            {"was": list(now), "now": list(now.values())},
        )
        connection.execute("drop table moved")


def _singles(encounters: dict[int, Encounter], known_by: Callable[[Encounter], Hashable]) -> dict[Hashable, int]:
    times = Counter(map(known_by, encounters.values()))
    return {known_by(each): step for step, each in encounters.items() if times[known_by(each)] == 1}


def _by_neighbours(left: Iterable[int], known: Mapping[int, int]) -> dict[tuple[int | None, int | None], list[int]]:
    """Group steps by the present steps of the nearest matched ones before and after."""
    found: dict[tuple[int | None, int | None], list[int]] = defaultdict(list)
    for step in left:
        before = max((each for each in known if each < step), default=None)
        after = min((each for each in known if each > step), default=None)
        found[before and known[before], after and known[after]].append(step)
    return found
