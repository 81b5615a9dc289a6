"""Carry what people brought in and changed from the file of another version into a draft of what ships today.

What people brought in stands: a shipped story of the same id, or that tells the same word for word, is left out.
"""

from collections.abc import Sequence

import duckdb

from cxdata.errors import DatabaseError
from cxdata.store.migrate.left_behind import report_losses
from cxdata.store.migrate.legacy import create_legacy_views
from cxdata.store.migrate.plan import PLAN, TableCopy, select_rows
from cxdata.store.migrate.renames import map_renames
from cxdata.store.migrate.report import find_rejected_rows
from cxdata.store.records.fingerprints import content_hash, fingerprint_sql

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


def copy_user_rows(connection: duckdb.DuckDBPyConnection) -> list[str]:
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


def _copy_table(connection: duckdb.DuckDBPyConnection, carried: TableCopy, still: Sequence[TableCopy]) -> None:
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


def _drop_stories(connection: duckdb.DuckDBPyConnection, stories: str, why: str) -> None:
    """Take shipped stories out, with all that is theirs."""
    connection.execute(
        f"insert into left_out select story, $why from story where batch = 'shipped' and story in ({stories})",
        {"why": why},
    )
    gone = "story in (select left_out.story from left_out where left_out.why = $why)"
    for table in OF_SHIPPED:
        connection.execute(f"delete from {table} where {gone}", {"why": why})
    connection.execute(f"delete from story where batch = 'shipped' and {gone}", {"why": why})


def _make_room(connection: duckdb.DuckDBPyConnection) -> None:
    """Take out lessons and second codings that ship under the name of one that people brought in."""
    lessons = "(select lesson from former_lesson where batch != 'shipped')"
    codings = "(select (story, coder) from former_second_coding where batch != 'shipped')"
    for table in ("lesson_story", "lesson"):
        connection.execute(f"delete from {table} where lesson in {lessons}")
    for table in ("second_driver", "second_encounter", "second_coding"):
        connection.execute(f"delete from {table} where (story, coder) in {codings}")


def _fill_fingerprints(connection: duckdb.DuckDBPyConnection) -> None:
    """A fingerprint that is neither of those which this version would give is of an older definition."""
    plain, keyed = fingerprint_sql("story", keyed=False), fingerprint_sql("story", keyed=True)
    connection.execute(
        f"update story set fingerprint = case when {IS_KEYED} then {keyed} else {plain} end "
        f"where batch != 'shipped' and fingerprint not in ({plain}, {keyed})"
    )
