"""Rows of another version that the tables of this one refuse, each named with the reason."""

from collections.abc import Iterator, Sequence

import duckdb

from cxdata.store.migrate.legacy import list_columns

CONSTRAINTS = """
select constraint_type, expression, constraint_column_names
from duckdb_constraints()
where database_name = current_database() and table_name = $table
"""
MOST_NAMED = 20  # for one reason


def find_rejected_rows(
    connection: duckdb.DuckDBPyConnection, table: str, key: Sequence[str], rows: str
) -> Iterator[str]:
    """Sentences of the rows, given as SQL, that `table` would not take; `key` is what names a row of it."""
    connection.execute(f"create or replace temp table held as {rows}")
    types = {column.name: column.type for column in list_columns(connection)[table]}
    for column, kind in types.items():
        unread = f"{column} is not null and try_cast({column} as {kind}) is null"
        yield from _named(connection, table, key, "held", unread, f"{column} || ' is no {kind.lower()} in {column}'")
    cast = ", ".join(f"try_cast({column} as {kind}) as {column}" for column, kind in types.items())
    held = f"(select {cast} from held)"
    for kind, expression, columns in connection.execute(CONSTRAINTS, {"table": table}).fetchall():
        if kind == "CHECK":
            yield from _named(
                connection,
                table,
                key,
                held,
                f"not ({expression})",
                f"'breaks the rule ' || {_quote_literal(expression)}",
            )
        elif kind == "NOT NULL":
            yield from _named(connection, table, key, "held", f"{columns[0]} is null", f"'tells no {columns[0]}'")
        elif kind in ("PRIMARY KEY", "UNIQUE"):
            listed = ", ".join(columns)
            twice = (
                f"({listed}) in (select ({listed}) from {table} "
                f"union all select ({listed}) from held group by {listed} having count(*) > 1)"
            )
            yield from _named(connection, table, key, held, twice, "'is there twice'")


def _named(
    connection: duckdb.DuckDBPyConnection, table: str, key: Sequence[str], rows: str, which: str, why: str
) -> Iterator[str]:
    found = connection.execute(
        f"select concat_ws(' ', {', '.join(key)}), {why}, count(*) over () from {rows} where {which} "
        f"order by all limit {MOST_NAMED}"
    ).fetchall()
    for name, reason, _ in found:
        yield f"{table} {name}: {reason}"
    if found and found[0][2] > MOST_NAMED:
        yield f"{table}: and {found[0][2] - MOST_NAMED:,} more for this reason"


def _quote_literal(sql: str) -> str:
    return "'" + sql.replace("'", "''") + "'"
