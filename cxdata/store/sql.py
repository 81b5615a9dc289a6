"""Small pieces of SQL that every module quotes and asks alike."""

from contextlib import suppress
from pathlib import Path

import duckdb


def quote_path(path: Path) -> str:
    """A path as SQL writes it."""
    return "'" + str(path).replace("'", "''") + "'"


def quote(text: str) -> str:
    """Text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def scalar(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    """How many rows there are."""
    found = connection.execute(f"select count(*) from {rows}").fetchone()
    assert found is not None
    return int(found[0])


def drop_relation(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Drop what is called so, be it a table or a view."""
    for kind in ("view", "table"):
        with suppress(duckdb.CatalogException):  # it is of the other kind
            connection.execute(f"drop {kind} if exists {name}")
