"""Where the encounters of an edited story have gone, so that what others said of each goes with it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from cxdata.errors import Fault, StoryError
from cxdata.store.engine import Connection
from cxdata.stories import Story
from cxdata.stories.records import Encounter

DEPENDENT_TABLES = ("second_encounter", "second_driver", "passage")  # rows by story and step that an edit leaves
# by what an encounter is known again, the surest first
KNOWN_BY: tuple[Callable[[Encounter], Hashable], ...] = (
    lambda encounter: encounter,
    lambda encounter: (encounter.touchpoint, encounter.short, encounter.summary),
    lambda encounter: encounter.summary,
    lambda encounter: (encounter.touchpoint, encounter.short),
    lambda encounter: encounter.locator,
)


def match_encounters(before: Sequence[Encounter], after: Sequence[Encounter]) -> dict[int, int]:
    """For each step where it is now; a step that cannot be known again is left out.

    An encounter is known by what is told of it where nothing else tells the same; what then remains goes by its order,
    where as many remain between two neighbours as there were: one that is gone is not the one that is new elsewhere.
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
    """Within an edit, number anew what a second coder said of each encounter, and the passages that it rests on.

    StoryError where an encounter is gone that has been coded a second time: that coding would hang in the air.
    """
    now = match_encounters(before.encounters, after.encounters)
    told = {"story": before.story}
    gone = [
        Fault(before.story, f"encounter {step} is gone or told all anew, which {coder} has coded a second time")
        for coder, step in connection.execute(
            "select coder, step from second_encounter where story = $story order by step, coder", told
        ).fetchall()
        if step not in now
    ]
    if gone:
        raise StoryError(gone)
    for table in DEPENDENT_TABLES:
        connection.execute(f"create or replace temp table moved as select * from {table} where story = $story", told)
        connection.execute(f"delete from {table} where story = $story", told)
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
    """Steps by where the nearest known ones before and after them are now."""
    found: dict[tuple[int | None, int | None], list[int]] = defaultdict(list)
    for step in left:
        before = max((each for each in known if each < step), default=None)
        after = min((each for each in known if each > step), default=None)
        found[before and known[before], after and known[after]].append(step)
    return found
