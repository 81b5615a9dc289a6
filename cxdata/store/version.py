"""Versions: of what ships, of the schema, and those that a database file names."""

import hashlib
from functools import cache
from pathlib import Path

import duckdb

from cxdata.errors import DatabaseError
from cxdata.resources import SQL, STORIES
from cxdata.store.engine import Connection, FileVersion
from cxdata.store.lockdown import attach, opening_settings


def read_version(connection: Connection, catalog: str, path: Path) -> FileVersion:
    """Read the versions that an attached file names. Raises DatabaseError for a file of another program."""
    try:
        build = connection.execute(f"select * from {catalog}.main.build")
        names = [column[0] for column in build.description or ()]
        named = dict(zip(names, build.fetchone() or (), strict=False))
        imported = connection.execute(f"select 1 from {catalog}.main.batch where batch != 'shipped' limit 1").fetchone()
        edited = any(_has_rows(connection, f"{catalog}.main.{table}") for table in ("history", "reply", "annotation"))
        is_ours = "data_version" in named
    except duckdb.Error:
        is_ours = False
    if not is_ours:
        raise DatabaseError(f"{path} is a DuckDB file, but not a database of this program")
    return FileVersion(
        data_version=str(named["data_version"]),
        # the first versions had one version for both
        is_current=(named.get("shipped_version"), named.get("schema_version")) == (shipped_version(), schema_version()),
        has_only_shipped=not (imported or edited),
    )


def read_file_version(path: Path) -> FileVersion:
    """Read the versions that a file names. Raises duckdb.Error if it cannot be read, else as `read_version`."""
    with duckdb.connect(config=opening_settings()) as connection:
        attach(connection, path, "cx_inspected")
        return read_version(connection, "cx_inspected", path)


def _has_rows(connection: Connection, table: str) -> bool:
    try:
        return connection.execute(f"select 1 from {table} limit 1").fetchone() is not None
    except duckdb.CatalogException:
        return False  # the file is older than these tables


@cache
def shipped_version() -> str:
    """Hash what ships: stories, lessons and codebook, with the definitions that score them."""
    return _digest([*sorted(STORIES.rglob("*.toml")), *sorted(SQL.rglob("*.csv")), *_definitions()])


@cache
def schema_version() -> str:
    """Hash the definitions of tables, views and rollups alone."""
    return _digest(_definitions())


def _definitions() -> list[Path]:
    return [SQL / "schema.sql", *sorted(SQL.glob("views/*.sql")), *sorted(SQL.glob("rollups/*.sql"))]


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]
