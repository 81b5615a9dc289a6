"""A flat table checked and taken apart: staged beside the records, with every fault.

Nothing here changes a record. The staged tables have the columns of the records (sql/schema.sql) and are gone with the
connection.
"""

from dataclasses import replace

from cxdata.ingest.flat_table.rules import ColumnRule
from cxdata.ingest.flat_table.table import ENCOUNTER_FIELDS, STORY_FIELDS, Defaults, FlatTableQuery
from cxdata.ingest.steps.flattening import FlatTable
from cxdata.ingest.steps.normalisation import normalise_efforts, normalise_encounters, normalise_stories
from cxdata.ingest.steps.validation import find_first_rows, validate_cells, validate_duplicates, validate_references
from cxdata.store.engine import Connection
from cxdata.store.sql import drop_relation

STAGED = (
    "story", "encounter", "emotion", "effort_event", "promise", "sign", "account", "company", "company_alias", "source",
    "lesson", "lesson_story", "second_coding", "second_encounter", "second_driver",
)  # fmt: skip
ROWED = ("story", "encounter", "effort_event")  # staged with the row of the file that tells of it


def create_staging(connection: Connection) -> None:
    """Empty tables to stage the records of one file in, and one for its faults."""
    for table in STAGED:
        columns = "*, null::bigint as row" if table in ROWED else "*"
        drop_relation(connection, f"staged_{table}")
        connection.execute(f"create temp table staged_{table} as select {columns} from {table} limit 0")
    connection.execute(
        "create or replace temp table fault "
        '(file varchar, row bigint, story varchar, "column" varchar, value varchar, why varchar)'
    )


def materialise_staging(connection: Connection) -> None:
    """Keep what is staged as a view, so that rows can be taken out of it."""
    for (name,) in connection.execute(
        "select view_name from duckdb_views() where temporary and starts_with(view_name, 'staged_')"
    ).fetchall():
        connection.execute(f"create or replace temp table kept as select * from {name}")
        connection.execute(f"drop view {name}; alter table kept rename to {name}")


def stage_flat(
    connection: Connection,
    flat: FlatTable,
    known: dict[str, ColumnRule],
    defaults: Defaults,
    row_is_story: bool,
) -> int:
    """Stage what a flat table tells; what is wrong with it goes into `fault`.

    Where a row is a whole story, rows of one id are told once; how many others there were is returned.
    """
    table = FlatTableQuery(connection, flat.sql, known, defaults, flat.plain, flat.typed, flat.as_it_came)
    validate_cells(table)
    find_first_rows(table, "story_first", ("story",), STORY_FIELDS)
    again = 0
    if row_is_story:
        again = table.one("select coalesce(sum(rows - 1), 0) from story_first")
        if again:
            validate_duplicates(table)
            table = replace(table, flat=f"(select * from {flat.sql} where row in (select row from story_first))")
    find_first_rows(table, "encounter_first", ("story", "step"), ENCOUNTER_FIELDS)
    normalise_stories(table)
    normalise_encounters(table)
    normalise_efforts(table)
    validate_references(table)
    return again
