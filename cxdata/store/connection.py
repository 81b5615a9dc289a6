"""The one place that opens the database, locked down: it reads its own file and nothing else."""

from pathlib import Path

import duckdb

from cxdata.errors import DatabaseError
from cxdata.settings import database_path
from cxdata.store.cursor import CATALOG, new_cursor
from cxdata.store.engine import Connection
from cxdata.store.functions import register_functions
from cxdata.store.lockdown import attach, lock_down, opening_settings
from cxdata.store.migrate.migration import migrate
from cxdata.store.version import read_version


def open_database(path: Path | None = None, may_renew: bool = True) -> Connection:
    """The database, read-only: built where it is missing, brought up to date where another version made it.

    With `may_renew` false a file of another version is refused: two versions at work would each undo the other's.

    Read-only, so that the dashboard and the command line can read one file at the same time. Take a cursor for every
    question: a connection shared by threads hands one reader another's rows. Raises DatabaseError.
    """
    path = path or database_path()
    if not path.exists():
        migrate(path)
    connection = _connect(path)
    if not _require_current(connection, path):
        connection.close()
        if not may_renew:
            raise DatabaseError(f"another version of this program has brought {path} up to date: start this one anew")
        migrate(path)
        connection = _connect(path)
    return connection


def data_version(connection: Connection) -> str:
    """Twelve hexadecimal digits that change with the records, the codebook or the definitions."""
    found = new_cursor(connection).execute("select data_version from build").fetchone()
    assert found is not None
    return str(found[0])


def _connect(path: Path) -> Connection:
    # attached and not opened: DuckDB keeps one instance for a path, and would show the file that stood there before
    connection = duckdb.connect(config=opening_settings() | {"temp_directory": f"{path}.tmp"})
    try:
        attach(connection, path, CATALOG)
        connection.execute(f"use {CATALOG}")
        lock_down(connection)
    except duckdb.Error as error:
        connection.close()
        raise DatabaseError(
            f"{path} cannot be opened: {error}\nAnother process may be writing to it; or set CXDATA_DATABASE to "
            "another file, or remove it and run `python -m cxdata build`."
        ) from None
    register_functions(connection)
    return connection


def _require_current(connection: Connection, path: Path) -> bool:
    try:
        return read_version(connection, CATALOG, path).is_current
    except DatabaseError as error:
        connection.close()
        raise DatabaseError(f"{error}; set CXDATA_DATABASE to another place") from None
