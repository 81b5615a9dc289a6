"""Views of the records of a file of another version, in the columns of this version.

Each table of records has a temporary view, such as `former_story` of `story`. A column that the file lacks holds its
default or NULL; a table that it lacks has no rows. Texts come without invisible marks, which early versions let in.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cxdata.errors import DatabaseError
from cxdata.store.engine import Connection
from cxdata.store.sql import quote, quote_name, scalar
from cxdata.store.transaction import PREVIOUS_CATALOG
from cxdata.text.invisible import remove_invisible_sql

# the tables with rows that people add and change
RECORDS = (
    "batch", "source", "company", "company_alias", "story", "encounter", "emotion", "effort_event", "promise", "sign",
    "account", "passage", "lesson", "lesson_point", "lesson_story", "second_coding", "second_encounter",
    "second_driver", "second_promise", "second_sign", "reply", "annotation", "history",
)  # fmt: skip
# tables that ship or are computed: by name, for an older version may have had others
SHIPS = ("build", "published_score")
SHIPS_BEGINS = ("codebook_",)
COMPUTED_ENDS = ("_rollup", "_load", "_cell", "_text", "_draw", "_agreement")
# (table, column): dropped by a version on purpose, so that its values may go
DROPPED: frozenset[tuple[str, str]] = frozenset()
# in place of a column that the file lacks; of stories until the migration fills them
COMPUTED = {
    ("story", "fingerprint"): "''",
    ("story", "kind"): "''",
    ("story", "read_drivers"): "[]",
    # second coders could say nothing else
    ("second_coding", "read_for"): "['feeling', 'effort']",
} | {("story", column): "'whole'" for column in ("read_feeling", "read_effort", "read_promises", "read_signs")}
# names that other rows and links refer to, and that nobody reads as words
IDS = ("story", "batch", "source", "lesson")
# with their marks two spellings had two rows; of those that look alike one stays, first the one that had none
KEYS = {"company": "company", "company_alias": "alias"}
COLUMNS = """
select columns.table_name, columns.column_name, columns.data_type, columns.column_default
from duckdb_columns() as columns
inner join duckdb_tables() as tables
    on columns.database_name = tables.database_name
    and columns.schema_name = tables.schema_name
    and columns.table_name = tables.table_name
where columns.database_name = {catalog} and columns.schema_name = 'main'
order by columns.table_name, columns.column_index
"""


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, its type, and its default as SQL."""

    name: str
    type: str
    default: str | None


Tables = dict[str, list[Column]]


def create_legacy_views(connection: Connection) -> None:
    """Create the views. Raises DatabaseError with the columns that have values and that this version lacks."""
    then, now = list_columns(connection, quote(PREVIOUS_CATALOG)), list_columns(connection)
    _check_known(connection, then, now)
    for table in RECORDS:
        present = {column.name: column.type for column in then.get(table, ())}
        selected = ", ".join(f"{_former_sql(table, column, present)} as {column.name}" for column in now[table])
        rows = f"{PREVIOUS_CATALOG}.main.{table}" if table in then else f"{table} where false"
        if key := KEYS.get(table):
            seen = remove_invisible_sql(key)
            rows += f" qualify row_number() over (partition by {seen} order by {key} <> {seen}) = 1"
        connection.execute(f"create temp view former_{table} as select {selected} from {rows}")


def list_columns(connection: Connection, catalog: str = "current_database()") -> Tables:
    """List the columns of each table of a database; `catalog` is SQL that gives its name."""
    tables: Tables = {}
    for table, *column in connection.execute(COLUMNS.format(catalog=catalog)).fetchall():
        tables.setdefault(table, []).append(Column(*column))
    return tables


def is_rebuilt(table: str) -> bool:
    """Return whether a table ships, or is computed from others."""
    return table in SHIPS or table.startswith(SHIPS_BEGINS) or table.endswith(COMPUTED_ENDS)


def _former_sql(table: str, column: Column, present: Mapping[str, str]) -> str:
    """Return SQL of a column of this version over a table of the file; `present` has its columns and their types."""
    if column.name in present:
        # the coder of a second coding is a part of its key
        is_id = column.name in IDS or (table.startswith("second_") and column.name == "coder")
        return remove_invisible_sql(column.name) if present[column.name] == "VARCHAR" and not is_id else column.name
    return column.default or COMPUTED.get((table, column.name)) or f"null::{column.type}"


def _check_known(connection: Connection, then: Tables, now: Tables) -> None:
    """Refuse a file with values that this version would drop: a newer version wrote it."""
    faults = []
    for table, columns in then.items():
        if is_rebuilt(table):
            continue
        known = {column.name for column in now.get(table, ())} if table in RECORDS else set()
        for column in columns:
            if column.name in known or (table, column.name) in DROPPED:
                continue
            name, place = quote_name(column.name), f"{PREVIOUS_CATALOG}.main.{quote_name(table)}"
            if values := scalar(connection, f"select count({name}) from {place}"):
                faults.append(f"{table}.{column.name}: {values:,} values, and this version does not know what they are")
    if faults:
        raise DatabaseError("\n".join([*faults[:20], "It may be of a newer version: start that one."]))
