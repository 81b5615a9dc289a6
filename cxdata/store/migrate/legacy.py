"""The records of a file that another version of this program made, in the columns that they have now.

Each table of records has a temporary view, `former_story` of `story`: a column that has since come holds its default or
NULL, a table that has since come holds no rows.
"""

from dataclasses import dataclass

from cxdata.errors import DatabaseError
from cxdata.store.engine import Connection
from cxdata.store.settle import PREVIOUS_CATALOG

# the tables that hold what people bring in and change
RECORDS = (
    "batch", "source", "company", "company_alias", "story", "encounter", "emotion", "effort_event", "promise", "sign",
    "account", "passage", "lesson", "lesson_story", "second_coding", "second_encounter", "second_driver", "reply",
    "history",
)  # fmt: skip
# what is made anew of what ships, and what is computed: by name, for an older version may have had others
SHIPS = ("build", "published_score")
SHIPS_BEGINS = ("codebook_",)
COMPUTED_ENDS = ("_rollup", "_load", "_cell", "_text", "_draw", "_agreement")
# (table, column): what a version has given up on purpose, so that values in it may go
DROPPED: frozenset[tuple[str, str]] = frozenset()
COMPUTED = {("story", "fingerprint"): "''"}  # stands in until it is filled
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
    """A column of a table: its name, its type, and what stands in it where nothing is said, as SQL."""

    name: str
    type: str
    default: str | None


Tables = dict[str, list[Column]]


def create_legacy_views(connection: Connection) -> None:
    """Make the views. DatabaseError names columns that hold something and that this version does not know."""
    then, now = list_columns(connection, f"'{PREVIOUS_CATALOG}'"), list_columns(connection)
    _check_known(connection, then, now)
    for table in RECORDS:
        told = {column.name for column in then.get(table, ())}
        selected = [
            column.name if column.name in told else f"{_stand_in(table, column)} as {column.name}"
            for column in now[table]
        ]
        rows = f"{PREVIOUS_CATALOG}.main.{table}" if table in then else f"{table} where false"
        connection.execute(f"create temp view former_{table} as select {', '.join(selected)} from {rows}")


def list_columns(connection: Connection, catalog: str = "current_database()") -> Tables:
    """The columns of all tables of a database; `catalog` is SQL that gives its name."""
    tables: Tables = {}
    for table, *column in connection.execute(COLUMNS.format(catalog=catalog)).fetchall():
        tables.setdefault(table, []).append(Column(*column))
    return tables


def is_rebuilt(table: str) -> bool:
    """Whether a table ships, or is computed from others."""
    return table in SHIPS or table.startswith(SHIPS_BEGINS) or table.endswith(COMPUTED_ENDS)


def _stand_in(table: str, column: Column) -> str:
    return column.default or COMPUTED.get((table, column.name)) or f"null::{column.type}"


def _check_known(connection: Connection, then: Tables, now: Tables) -> None:
    """Nothing that a newer version has written down is lost by opening its file with an older one."""
    faults = []
    for table, columns in then.items():
        if is_rebuilt(table):
            continue
        known = {column.name for column in now.get(table, ())} if table in RECORDS else set()
        for column in columns:
            if column.name in known or (table, column.name) in DROPPED:
                continue
            name = '"' + column.name.replace('"', '""') + '"'
            place = f'{PREVIOUS_CATALOG}.main."{table.replace(chr(34), chr(34) * 2)}"'
            found = connection.execute(f"select count({name}) from {place}").fetchone()
            if found and found[0]:
                faults.append(
                    f"{table}.{column.name}: {found[0]:,} values, and this version does not know what they are"
                )
    if faults:
        raise DatabaseError("\n".join([*faults[:20], "It may be of a newer version: start that one."]))
