"""The build of a database file: tables, rows, checks, views; whole or not at all."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from cxdata.codebook.codes import Codebook, read_codebook
from cxdata.errors import DatabaseError
from cxdata.resources import SQL
from cxdata.store.connection import register_functions
from cxdata.store.engine import Connection
from cxdata.store.file_swap import describe_failure
from cxdata.store.records.fingerprints import fill_fingerprints
from cxdata.store.records.rows import batch_time, library_tables
from cxdata.store.rollups import refresh_rollups
from cxdata.store.version import schema_version, shipped_version
from cxdata.stories import Library, read_library

STORAGE = "v1.5.0"  # written so that DuckDB 1.5 opens the file too


def build_database(path: Path) -> None:
    """Write the database file at `path` from what ships alone; a reader sees the old file or the new one.

    Rows of users are lost: `Engine.migrate` keeps them. Raises StoryError, CodebookError or DatabaseError, and then
    leaves the old file.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".building-") as folder:
            draft = Path(folder) / path.name
            write_database(draft)
            draft.replace(path)
    except (OSError, duckdb.Error) as error:
        raise DatabaseError(f"{path} cannot be built: {describe_failure(error, path)}") from None


def write_database(path: Path, library: Library | None = None) -> None:
    """Write a new database file at `path`, from the shipped stories unless others are given.

    Nobody else may open the file meanwhile.
    """
    codebook = read_codebook()
    library = read_library(codebook) if library is None else library
    connection = duckdb.connect(str(path), config={"storage_compatibility_version": STORAGE})
    try:
        connection.execute("begin")
        create_schema(connection, library, codebook)
        connection.execute("commit")
        connection.execute("checkpoint")
    finally:
        connection.close()


def create_schema(connection: Connection, library: Library, codebook: Codebook) -> None:
    """Create tables, rows and views in an empty database. Raises DatabaseError if a reference leads nowhere."""
    register_functions(connection)
    connection.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
    rows = library_tables(library, codebook, shipped_version(), batch_time())
    version = {"shipped_version": [shipped_version()], "schema_version": [schema_version()]}
    rows["build"] = pa.table({"data_version": [shipped_version()]} | version)
    insert_rows(connection, rows)
    fill_fingerprints(connection)
    for view in sorted((SQL / "views").glob("*.sql")):
        connection.execute(view.read_text(encoding="utf-8"))
    check_references(connection)
    refresh_rollups(connection)


def insert_rows(connection: Connection, rows: Mapping[str, pa.Table]) -> None:
    """Insert rows into their tables, by the names of their columns."""
    for table, records in rows.items():
        connection.register("incoming", records)
        connection.execute(f"insert into {table} by name select * from incoming")
        connection.unregister("incoming")


def check_references(connection: Connection) -> None:
    """Run sql/checks, which list rows that may not exist. Raises DatabaseError with those rows."""
    faults = []
    for check in sorted((SQL / "checks").glob("*.sql")):
        faults += [f"{check.stem}: {row}" for row in connection.execute(check.read_text(encoding="utf-8")).fetchall()]
    if faults:
        raise DatabaseError("some records refer to others that are missing or do not fit:\n" + "\n".join(faults[:100]))
