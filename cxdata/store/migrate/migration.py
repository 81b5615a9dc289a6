"""The migration of a database file: what ships is built again, and what people added and changed is copied.

One process migrates while others wait. It writes a draft, which then replaces the file (cxdata/store/file_swap.py):
until then the old file stays whole and readable, and for good if any row cannot be copied.
"""

import logging
from collections.abc import Sequence
from pathlib import Path

import duckdb

from cxdata.codebook.codes import load_codebook
from cxdata.codebook.kinds import kind_sql
from cxdata.errors import DatabaseError
from cxdata.store.build import write_database
from cxdata.store.engine import Connection, FileVersion, Migrated
from cxdata.store.file_swap import describe_failure, keep_previous, replace_file
from cxdata.store.migrate.legacy import create_legacy_views, list_columns
from cxdata.store.migrate.plan import PLAN, TableCopy, select_rows
from cxdata.store.migrate.renames import map_renames
from cxdata.store.migrate.report import find_rejected_rows, report_losses
from cxdata.store.records.fingerprints import content_hash, fingerprint_sql
from cxdata.store.sql import one_row, quote
from cxdata.store.transaction import PREVIOUS_CATALOG, open_draft
from cxdata.store.version import read_file_version

MIGRATION_TIMEOUT = 600  # s that a process waits while another migrates the file: a large one takes a minute
COUNTS = "select count(*), count(distinct batch) from story where batch != 'shipped'"

log = logging.getLogger("cxdata")


def migrate_file(path: Path, rebuild: bool = False, timeout: float = MIGRATION_TIMEOUT) -> Migrated | None:
    """Build the database file, or migrate one of another version, or any file with `rebuild`.

    Returns None if the file was current or held only what ships. A file of another version with rows of users is kept
    beside the new one as `previous_file_name`. The file stays as it was where it raises: StoryError, CodebookError,
    DatabaseError.
    """
    with replace_file(path, timeout) as draft:
        found = _read_version(path)
        if found and found.is_current and not rebuild:
            return None  # another process has migrated it meanwhile
        if found is None or found.has_only_shipped:
            log.info("building %s from the shipped stories", path)
            write_shipped(draft)
            return None
        if found.is_current:
            log.info("building %s again and copying what people added and changed", path)
        else:
            log.warning("%s: updating it and copying what people added and changed", path)
        migrated = write_migrated(path, draft)
        kept = None if found.is_current else keep_previous(path, draft, previous_file_name(path))
    for sentence in migrated.losses:
        log.warning("%s: %s", path, sentence)
    if kept:
        log.warning("%s: up to date. The old file is kept: %s", path, kept)
    return migrated


def previous_file_name(path: Path) -> str:
    """Return the name under which a migrated file is kept.

    The name is always the same: the last migration can be reversed, and the disk holds the database at most twice.
    """
    return f"{path.name}.before-update"


def write_shipped(draft: Path) -> None:
    """Write a database file of what ships. Raises StoryError, CodebookError and DatabaseError."""
    try:
        write_database(draft)
    except duckdb.Error as error:
        raise DatabaseError(f"{draft.name} cannot be built: {describe_failure(error, draft)}") from None


def write_migrated(previous: Path, draft: Path) -> Migrated:
    """Write a database file of what ships, and of what people added and changed in the file `previous`.

    Raises DatabaseError with every row that cannot be copied.
    """
    write_shipped(draft)
    try:
        with open_draft(draft, previous=previous) as connection:
            losses = copy_user_rows(connection)
            stories, batches = one_row(connection.execute(COUNTS))
    except DatabaseError as error:
        raise DatabaseError(
            f"{previous} was written by another version of this program. This version cannot read all of it, so it "
            f"was left unchanged. Use the version that wrote it, or correct these rows:\n{error}"
        ) from None
    return Migrated(stories, batches, tuple(losses))


def _read_version(path: Path) -> FileVersion | None:
    if not path.exists():
        return None
    try:
        return read_file_version(path)
    except duckdb.Error as error:
        raise DatabaseError(
            f"{path} cannot be read: {error}\nIt may contain imported stories. Restore a backup with "
            "`python -m cxdata restore`, or move the file away."
        ) from None


SECOND_CODING = ("second_sign", "second_promise", "second_driver", "second_encounter", "second_coding")
OF_SHIPPED = ("lesson_story", *SECOND_CODING, "sign", "promise", "effort_event", "emotion", "encounter")

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
where shipped.digest is not distinct from own.digest
"""

# stories from a table without ids: two with the same words differ by their ids alone
IS_KEYED = """
story.coder like 'the mapping %'
or regexp_full_match(story.story, 'row-[0-9a-f]{16}')
or story.batch in (select batch from batch where mapping is not null)
"""

MOST_NAMED = 100


def copy_user_rows(connection: Connection) -> list[str]:
    """Copy every row that does not ship from PREVIOUS_CATALOG into the draft; return a sentence for each loss.

    Raises DatabaseError with the rows that this version does not take.
    """
    create_legacy_views(connection)
    connection.execute("create temp table dropped_story (story varchar, why varchar)")
    _drop_stories(
        connection, "select story from former_story where batch != 'shipped'", "has the id of an imported story"
    )
    _make_room(connection)
    map_renames(connection)
    for place, copy in enumerate(PLAN):
        _copy_table(connection, copy, PLAN[place:])
    _fill_kinds(connection)
    _fill_readings(connection)
    _fill_fingerprints(connection)
    _drop_stories(connection, SAME_WORDS, "equals an imported story word for word")
    return report_losses(connection)


def _copy_table(connection: Connection, copy: TableCopy, rest: Sequence[TableCopy]) -> None:
    try:
        connection.execute(f"insert into {copy.table} by name {select_rows(connection, copy)}")
    except (duckdb.ConstraintException, duckdb.ConversionException) as error:
        # all rejected rows at once, of this table and of the tables that follow
        faults = [
            fault
            for each in rest
            for fault in find_rejected_rows(connection, each.table, each.key, select_rows(connection, each))
        ]
        more = [f"and {len(faults) - MOST_NAMED:,} more"] if len(faults) > MOST_NAMED else []
        raise DatabaseError("\n".join([*faults[:MOST_NAMED], *more]) or f"{copy.table}: {error}") from None


def _drop_stories(connection: Connection, stories: str, why: str) -> None:
    """Delete shipped stories with all of their rows."""
    connection.execute(
        f"insert into dropped_story select story, $why from story where batch = 'shipped' and story in ({stories})",
        {"why": why},
    )
    gone = "story in (select dropped_story.story from dropped_story where dropped_story.why = $why)"
    for table in OF_SHIPPED:
        connection.execute(f"delete from {table} where {gone}", {"why": why})
    connection.execute(f"delete from story where batch = 'shipped' and {gone}", {"why": why})


def _make_room(connection: Connection) -> None:
    """Delete shipped lessons and second codings that have the name of one that people added."""
    lessons = "(select lesson from former_lesson where batch != 'shipped')"
    codings = "(select (story, coder) from former_second_coding where batch != 'shipped')"
    for table in ("lesson_story", "lesson_point", "lesson"):
        connection.execute(f"delete from {table} where lesson in {lessons}")
    for table in SECOND_CODING:
        connection.execute(f"delete from {table} where (story, coder) in {codings}")


READINGS = """
update story set
    read_feeling = case
        when story in (select story from encounter where feeling is not null) then 'whole' else 'none'
    end,
    read_effort = case when story in (select story from effort_event) then 'part' else 'none' end,
    read_drivers = coalesce(
        (select list(distinct driver order by driver) from effort_event where effort_event.story = story.story), []
    ),
    read_promises = case when story in (select story from promise) then 'whole' else 'none' end,
    read_signs = case when story in (select story from sign where shown is not null) then 'whole' else 'none' end
where batch != 'shipped' and (
    coder like 'the mapping %' or batch in (select batch from batch where mapping is not null)
)
"""


def _fill_kinds(connection: Connection) -> None:
    """Set the kind of stories of a file that did not say it, by the kind of their source."""
    told = "(select source.kind from source where source.source = story.source)"
    connection.execute(f"update story set kind = {kind_sql(load_codebook(), told)} where kind = ''")


def _fill_readings(connection: Connection) -> None:
    """Set what mapped stories of a file that did not say it were read for: what was found in them, and no more.

    A form with a blank answer and one with the answer no left the same rows, so both are unknown. Other stories were
    coded by hand: a person read them whole.
    """
    if all(column.name != "read_effort" for column in list_columns(connection, quote(PREVIOUS_CATALOG))["story"]):
        connection.execute(READINGS)


def _fill_fingerprints(connection: Connection) -> None:
    """Replace the fingerprints of older definitions."""
    plain, keyed = fingerprint_sql("story", keyed=False), fingerprint_sql("story", keyed=True)
    connection.execute(
        f"update story set fingerprint = case when {IS_KEYED} then {keyed} else {plain} end "
        f"where batch != 'shipped' and fingerprint not in ({plain}, {keyed})"
    )
