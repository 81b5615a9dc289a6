"""Of which version of this program a database file is, and whether it holds what people brought in or changed."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from cxdata.errors import DatabaseError
from cxdata.resources import SQL, STORIES
from cxdata.store.engine import Connection
from cxdata.store.lockdown import attach, opening_settings


@dataclass(frozen=True)
class FileVersion:
    """The versions that a file says it is of; `is_plain` says that nothing in it is but what ships."""

    data_version: str
    is_current: bool
    is_plain: bool


def read_version(connection: Connection, catalog: str, path: Path) -> FileVersion:
    """How the file that is attached as `catalog` stands to this version; DatabaseError where it is not one of ours."""
    try:
        build = connection.execute(f"select * from {catalog}.main.build")
        names = [column[0] for column in build.description or ()]
        told = dict(zip(names, build.fetchone() or (), strict=False))
        imported = connection.execute(f"select 1 from {catalog}.main.batch where batch != 'shipped' limit 1").fetchone()
        edited = any(_has_rows(connection, f"{catalog}.main.{table}") for table in ("history", "reply"))
        is_ours = "data_version" in told
    except duckdb.Error:
        is_ours = False
    if not is_ours:
        raise DatabaseError(f"{path} is a DuckDB file but not one of ours")
    return FileVersion(
        data_version=str(told["data_version"]),
        # the first versions did not tell what ships from what is defined
        is_current=(told.get("shipped_version"), told.get("schema_version")) == (shipped_version(), schema_version()),
        is_plain=not (imported or edited),
    )


def read_file_version(path: Path) -> FileVersion:
    """How a file stands to this version. Raises duckdb.Error where it cannot be read, DatabaseError as `standing`."""
    with duckdb.connect(config=opening_settings()) as connection:
        attach(connection, path, "cx_looked_at")
        return read_version(connection, "cx_looked_at", path)


def _has_rows(connection: Connection, table: str) -> bool:
    try:
        return connection.execute(f"select 1 from {table} limit 1").fetchone() is not None
    except duckdb.CatalogException:
        return False  # made before these were written down


@cache
def shipped_version() -> str:
    """The version of what is shipped: stories, lessons and codebook, with the definitions that score them."""
    return _digest([*sorted(STORIES.rglob("*.toml")), *sorted(SQL.rglob("*.csv")), *_definitions()])


@cache
def schema_version() -> str:
    """The version of tables and views alone."""
    return _digest(_definitions())


def _definitions() -> list[Path]:
    return [SQL / "schema.sql", *sorted(SQL.glob("views/*.sql")), *sorted(SQL.glob("rollups/*.sql"))]


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]
