"""Bring a database up to date: what ships is built anew, and what people brought in and changed is carried over.

One process does it while others wait; it is done in a draft, which then takes the file's place
(cxdata/store/file_swap.py), so that the old file stays whole and readable until then, and as it was where anything
cannot be carried over.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from cxdata.errors import DatabaseError
from cxdata.store.build import write_database
from cxdata.store.engine import Connection
from cxdata.store.file_swap import keep_previous, replace_file
from cxdata.store.migrate.legacy import create_legacy_views
from cxdata.store.migrate.plan import PLAN, TableCopy, select_rows
from cxdata.store.migrate.renames import map_renames
from cxdata.store.migrate.report import find_rejected_rows, report_losses
from cxdata.store.records.fingerprints import content_hash, fingerprint_sql
from cxdata.store.settle import open_draft
from cxdata.store.version import FileVersion, read_file_version

PATIENCE = 600  # s that a process waits while another brings the file up to date: large ones take a minute
COUNTS = "select count(*), count(distinct batch) from story where batch != 'shipped'"

log = logging.getLogger("cxdata")


@dataclass(frozen=True)
class Migrated:
    """What was carried over, and what stays behind, in sentences."""

    stories: int
    batches: int
    left_behind: tuple[str, ...]


def migrate(path: Path, anew: bool = False, patience: float = PATIENCE) -> Migrated | None:
    """Build the database, or bring it up to date if another version made it, or in any case if `anew`.

    None where nothing was to be done, or nothing was there but what ships. Where people's work was carried over from
    another version, the file as it was stays beside it under `kept_name`. Raises StoryError, CodebookError and
    DatabaseError, and then the file stays as it was.
    """
    with replace_file(path, patience) as draft:
        former = _standing(path)
        if former and former.is_current and not anew:
            return None  # another process has done it meanwhile
        if former is None or former.is_plain:
            log.info("building %s from the shipped stories", path)
            write_shipped(draft)
            return None
        log.warning("%s: bringing it up to date, with what was brought in and changed", path)
        renewed = write_migrated(path, draft)
        kept = None if former.is_current else keep_previous(path, draft, previous_file_name(path))
    for sentence in renewed.left_behind:
        log.warning("%s: %s", path, sentence)
    if kept:
        log.warning("%s: up to date; the file as it was is kept: %s", path, kept)
    return renewed


def previous_file_name(path: Path) -> str:
    """What the file as it was is called. One name for all times: of several updates the last can be taken back, and a
    disk holds the database twice and not as often as it was updated.
    """
    return f"{path.name}.before-update"


def write_shipped(draft: Path) -> None:
    """Write a database file of what ships. Raises StoryError, CodebookError and DatabaseError."""
    try:
        write_database(draft)
    except duckdb.Error as error:
        raise DatabaseError(f"{draft.name} cannot be built: {error}") from None


def write_migrated(former: Path, draft: Path) -> Migrated:
    """Write a database file of what ships, and of what people brought into the file `former` and changed there.

    Raises DatabaseError with everything that cannot be carried over.
    """
    write_shipped(draft)
    try:
        with open_draft(draft, former=former) as connection:
            left_behind = copy_user_rows(connection)
            counted = connection.execute(COUNTS).fetchone()
    except DatabaseError as error:
        raise DatabaseError(
            f"{former} was made by another version of this program and holds what this one cannot take; it stays as it "
            f"was, for the version that made it:\n{error}"
        ) from None
    assert counted is not None
    return Migrated(counted[0], counted[1], tuple(left_behind))


def _standing(path: Path) -> FileVersion | None:
    if not path.exists():
        return None
    try:
        return read_file_version(path)
    except duckdb.Error as error:
        raise DatabaseError(
            f"{path} cannot be read, and may hold what was brought in: {error}\nPut a backup in its place "
            "(`python -m cxdata restore`), or move it away."
        ) from None


OF_SHIPPED = ("lesson_story", "second_driver", "second_encounter", "second_coding", "sign", "promise", "effort_event",
              "emotion", "encounter")  # fmt: skip

SAME_WORDS = f"""
with pair as (
    select shipped.story, own.story as own
    from story as shipped
    inner join story as own using (fingerprint, company)
    where shipped.batch = 'shipped' and own.batch != 'shipped'
),

told as ({content_hash("", "select story from pair union select own from pair")})

select pair.story
from pair
inner join told as shipped on pair.story = shipped.story
inner join told as own on pair.own = own.story
where shipped.told is not distinct from own.told
"""

# of stories that came in by a table without ids of its own, an id alone tells two of the same words apart
IS_KEYED = """
story.coder like 'the mapping %'
or regexp_full_match(story.story, 'row-[0-9a-f]{16}')
or story.batch in (select batch from batch where mapping is not null)
"""

MOST_NAMED = 100


def copy_user_rows(connection: Connection) -> list[str]:
    """Carry everything over that does not ship, from FORMER into the draft; what stays behind, in sentences.

    Raises DatabaseError with the rows that cannot stand in this version.
    """
    create_legacy_views(connection)
    connection.execute("create temp table left_out (story varchar, why varchar)")
    _drop_stories(connection, "select story from former_story where batch != 'shipped'", "has the id of one brought in")
    _make_room(connection)
    map_renames(connection)
    for place, carried in enumerate(PLAN):
        _copy_table(connection, carried, PLAN[place:])
    _fill_fingerprints(connection)
    _drop_stories(connection, SAME_WORDS, "tells word for word what one brought in tells")
    return report_losses(connection)


def _copy_table(connection: Connection, carried: TableCopy, still: Sequence[TableCopy]) -> None:
    try:
        connection.execute(f"insert into {carried.table} by name {select_rows(connection, carried)}")
    except (duckdb.ConstraintException, duckdb.ConversionException) as error:
        # all that cannot stand at once, of this table and of those that are still to come
        faults = [
            fault
            for each in still
            for fault in find_rejected_rows(connection, each.table, each.key, select_rows(connection, each))
        ]
        more = [f"and {len(faults) - MOST_NAMED:,} more"] if len(faults) > MOST_NAMED else []
        raise DatabaseError("\n".join([*faults[:MOST_NAMED], *more]) or f"{carried.table}: {error}") from None


def _drop_stories(connection: Connection, stories: str, why: str) -> None:
    """Take shipped stories out, with all that is theirs."""
    connection.execute(
        f"insert into left_out select story, $why from story where batch = 'shipped' and story in ({stories})",
        {"why": why},
    )
    gone = "story in (select left_out.story from left_out where left_out.why = $why)"
    for table in OF_SHIPPED:
        connection.execute(f"delete from {table} where {gone}", {"why": why})
    connection.execute(f"delete from story where batch = 'shipped' and {gone}", {"why": why})


def _make_room(connection: Connection) -> None:
    """Take out lessons and second codings that ship under the name of one that people brought in."""
    lessons = "(select lesson from former_lesson where batch != 'shipped')"
    codings = "(select (story, coder) from former_second_coding where batch != 'shipped')"
    for table in ("lesson_story", "lesson"):
        connection.execute(f"delete from {table} where lesson in {lessons}")
    for table in ("second_driver", "second_encounter", "second_coding"):
        connection.execute(f"delete from {table} where (story, coder) in {codings}")


def _fill_fingerprints(connection: Connection) -> None:
    """A fingerprint that is neither of those which this version would give is of an older definition."""
    plain, keyed = fingerprint_sql("story", keyed=False), fingerprint_sql("story", keyed=True)
    connection.execute(
        f"update story set fingerprint = case when {IS_KEYED} then {keyed} else {plain} end "
        f"where batch != 'shipped' and fingerprint not in ({plain}, {keyed})"
    )
