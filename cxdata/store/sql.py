"""Small helpers around SQL: quoting, and results of one value, one row or dicts."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb

from cxdata.store.engine import Connection, Parameters, Rows


def quote(text: str) -> str:
    """Return text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def quote_path(path: Path) -> str:
    """Return a path as a literal of SQL."""
    return quote(str(path))


def quote_name(name: str) -> str:
    """Return a name of a table or a column as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def one_row(rows: Rows) -> tuple[Any, ...]:
    """Return the first row of a query that always has one."""
    row = rows.fetchone()
    assert row is not None
    return row


def scalar(connection: Connection, sql: str, parameters: Parameters = None) -> Any:
    """Return the one value of a query."""
    return one_row(connection.execute(sql, parameters))[0]


def count_rows(connection: Connection, rows: str, parameters: Parameters = None) -> int:
    """Count rows, given as SQL that follows `from`."""
    return int(scalar(connection, f"select count(*) from {rows}", parameters))


def dict_rows(rows: Rows) -> list[dict[str, Any]]:
    """Return all rows, each as a dict by the names of the columns."""
    columns = [column[0] for column in rows.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in rows.fetchall()]


def drop_relation(connection: Connection, name: str) -> None:
    """Drop the table or view of this name, if there is one."""
    for kind in ("view", "table"):
        with suppress(duckdb.CatalogException):  # it is of the other kind
            connection.execute(f"drop {kind} if exists {name}")
