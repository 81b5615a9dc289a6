"""Small pieces of SQL that every module quotes and asks alike."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb

from cxdata.store.engine import Connection, Rows


def quote_path(path: Path) -> str:
    """A path as SQL writes it."""
    return "'" + str(path).replace("'", "''") + "'"


def quote(text: str) -> str:
    """Text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def dict_rows(rows: Rows) -> list[dict[str, Any]]:
    """Return all rows, each as a dict by the names of the columns."""
    columns = [column[0] for column in rows.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in rows.fetchall()]


def scalar(connection: Connection, rows: str) -> int:
    """How many rows there are."""
    found = connection.execute(f"select count(*) from {rows}").fetchone()
    assert found is not None
    return int(found[0])


def drop_relation(connection: Connection, name: str) -> None:
    """Drop what is called so, be it a table or a view."""
    for kind in ("view", "table"):
        with suppress(duckdb.CatalogException):  # it is of the other kind
            connection.execute(f"drop {kind} if exists {name}")
