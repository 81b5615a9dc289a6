"""The one place that opens the database, locked down: it reads its own file and nothing else."""

import logging
from pathlib import Path

import duckdb

from cxdata.database.build import build, schema_version, shipped_version
from cxdata.database.cursor import CATALOG, cursor_of
from cxdata.database.functions import add_functions
from cxdata.errors import DatabaseError
from cxdata.places import database_path

log = logging.getLogger("cxdata")

LOCKED_DOWN = {
    "memory_limit": "4GB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "enable_external_access": "false",
    # given with the others and not set afterwards, so that one process can open the file twice
    "lock_configuration": "true",
}


Setting = str | bool | int | float | list[str]
LOCKS = ("enable_external_access", "lock_configuration")  # the last to be set: with them nothing can be attached


def open_database(path: Path | None = None) -> duckdb.DuckDBPyConnection:
    """The database, read-only, built from the shipped stories if it is missing or was built from others.

    Read-only, so that the dashboard and the command line can read one file at the same time. Take a cursor for every
    question: a connection shared by threads hands one reader another's rows. Raises DatabaseError.
    """
    path = path or database_path()
    if not path.exists():
        log.info("building %s from the shipped stories", path)
        build(path)
    connection = _connect(path)
    if _is_outdated(connection, path):
        connection.close()
        log.info("the shipped stories have changed; building %s anew", path)
        build(path)
        connection = _connect(path)
    return connection


def data_version(connection: duckdb.DuckDBPyConnection) -> str:
    """Twelve hexadecimal digits that change with the records, the codebook or the definitions."""
    found = cursor_of(connection).execute("select data_version from build").fetchone()
    assert found is not None
    return str(found[0])


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    # attached and not opened: DuckDB keeps one instance for a path, and would show the file that stood there before
    connection = duckdb.connect(config=may_attach() | {"temp_directory": f"{path}.tmp"})
    place = str(path).replace("'", "''")
    try:
        connection.execute(f"attach '{place}' as {CATALOG} (type duckdb, read_only)")
        connection.execute(f"use {CATALOG}")
        lock_down(connection)
    except duckdb.Error as error:
        connection.close()
        raise DatabaseError(
            f"{path} cannot be opened: {error}\nAnother process may be writing to it; or set CXDATA_DATABASE to "
            "another file, or remove it and run `python -m cxdata build`."
        ) from None
    add_functions(connection)
    return connection


def may_attach() -> dict[str, Setting]:
    """The settings before the last locks are set."""
    return {key: value for key, value in LOCKED_DOWN.items() if key not in LOCKS}


def lock_down(connection: duckdb.DuckDBPyConnection, *readable: Path) -> None:
    """Let a connection read what it has attached and these files and folders, and nothing else ever after."""
    connection.execute("set enable_progress_bar = false")  # it would be printed among what a command says
    for kind, paths in (
        ("allowed_directories", [path for path in readable if path.is_dir()]),
        ("allowed_paths", [path for path in readable if not path.is_dir()]),
    ):
        if paths:
            quoted = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
            connection.execute(f"set {kind} = [{quoted}]")
    for lock in LOCKS:
        connection.execute(f"set {lock} = {LOCKED_DOWN[lock]}")


KNOWS_SHIPPED = "select 1 from duckdb_columns() where table_name = 'build' and column_name = 'shipped_version'"


def _is_outdated(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    try:
        # of a file that an older version of this program made
        is_old = not connection.execute(KNOWS_SHIPPED).fetchall()
        version = "data_version" if is_old else "shipped_version"
        found = connection.execute(f"select {version}, schema_version from build").fetchone()
        is_plain = connection.execute("select 1 from batch where batch != 'shipped' limit 1").fetchone() is None
    except duckdb.Error:
        raise DatabaseError(
            f"{path} is a DuckDB file but not one of ours; set CXDATA_DATABASE to another place"
        ) from None
    if found == (shipped_version(), schema_version()):
        return False
    if not is_plain or _is_edited(connection):
        # what people brought in or edited is never thrown away to bring the shipped stories up to date
        if found and found[1] == schema_version():
            return False
        raise DatabaseError(f"{path} holds imported or edited stories and was made by another version of this program")
    return True


def _is_edited(connection: duckdb.DuckDBPyConnection) -> bool:
    try:
        return bool(connection.execute("select 1 from history limit 1").fetchall())
    except duckdb.CatalogException:
        return False  # made before edits were written down
