"""Vacuum: a database file is copied without its free blocks."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from cxdata.store.build import STORAGE
from cxdata.store.engine import Connection
from cxdata.store.lockdown import attach, opening_settings
from cxdata.store.sql import one_row, quote_path

log = logging.getLogger("cxdata")

SMALLEST_VACUUMED = 64 * 1024**2  # bytes of a file; a smaller one is copied quickly enough
FREE_SHARE = 0.5  # of its blocks free


@contextmanager
def open_copy(path: Path, to: Path) -> Iterator[Connection]:
    """Attach a database file as `original`, read-only, and a new one as `copied`; it is complete when the block ends.

    The original may be in use. Raises duckdb.Error.
    """
    with duckdb.connect(config=opening_settings() | {"temp_directory": f"{to}.tmp"}) as connection:
        # a progress bar would mix with the output of a command
        connection.execute("set enable_progress_bar = false")
        attach(connection, path, "original")
        connection.execute(f"attach {quote_path(to)} as copied (type duckdb, storage_version '{STORAGE}')")
        yield connection
        connection.execute("use memory")
        connection.execute("detach copied")


def copy_database(path: Path, to: Path) -> None:
    """Copy a database row by row, never byte by byte: the file may be in use.

    Raises duckdb.Error.
    """
    with open_copy(path, to) as connection:
        connection.execute("copy from database original to copied")


def vacuum(path: Path) -> None:
    """Shrink a large file of mostly free blocks: DuckDB never shrinks one, and every change copies it whole.

    Nobody else may have the file open. It stays as it is if there is no room for a copy.
    """
    if path.stat().st_size < SMALLEST_VACUUMED:
        return
    with duckdb.connect(config=opening_settings()) as connection:
        attach(connection, path, "measured")
        free, total = one_row(
            connection.execute(
                "select free_blocks, total_blocks from pragma_database_size() where database_name = 'measured'"
            )
        )
    if free > total * FREE_SHARE:
        try:
            rewrite_file(path)
        except (OSError, duckdb.Error) as error:
            log.warning("%s is mostly free and cannot be rewritten: %s", path.name, error)


def rewrite_file(path: Path) -> None:
    """Write a database file again, row by row: free blocks keep the bytes of deleted rows.

    Nobody else may have the file open. It stays as it was where it raises: OSError, duckdb.Error.
    """
    rewritten = path.with_name(f"{path.name}.rewritten")
    try:
        copy_database(path, rewritten)
        rewritten.replace(path)
    finally:
        rewritten.unlink(missing_ok=True)
