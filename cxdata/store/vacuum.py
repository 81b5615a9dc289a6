"""A database file written anew: all that is in it, and none of the room that what is gone has left."""

import logging
from pathlib import Path

import duckdb

from cxdata.store.build import STORAGE
from cxdata.store.lockdown import attach, opening_settings
from cxdata.store.sql import quote_path

log = logging.getLogger("cxdata")

SMALLEST_VACUUMED = 64 * 1024**2  # bytes of a file; a smaller one is copied before anybody notices
FREE_SHARE = 0.5  # of its blocks free


def copy_database(path: Path, to: Path) -> None:
    """Write all that is in a file to another, by way of DuckDB: never a copy of a file that may be in use.

    Raises duckdb.Error.
    """
    with duckdb.connect(config=opening_settings() | {"temp_directory": f"{to}.tmp"}) as connection:
        # a progress bar would be printed among what the command says
        connection.execute("set enable_progress_bar = false")
        attach(connection, path, "original")
        connection.execute(f"attach {quote_path(to)} as copied (type duckdb, storage_version '{STORAGE}')")
        connection.execute("copy from database original to copied")
        connection.execute("detach copied")


def vacuum(path: Path) -> None:
    """Write a large file anew that is mostly free: DuckDB never shrinks one, and every change copies it whole.

    Nobody else may have it open. Where there is no room to write it anew it stays as it is.
    """
    if path.stat().st_size < SMALLEST_VACUUMED:
        return
    with duckdb.connect(config=opening_settings()) as connection:
        attach(connection, path, "looked_at")
        told = connection.execute(
            "select free_blocks, total_blocks from pragma_database_size() where database_name = 'looked_at'"
        ).fetchone()
    assert told is not None
    free, total = told
    if free > total * FREE_SHARE:
        packed = path.with_name(f"{path.name}.anew")
        try:
            copy_database(path, packed)
        except (OSError, duckdb.Error) as error:
            log.warning("%s is mostly free and cannot be written anew: %s", path.name, error)
            packed.unlink(missing_ok=True)
        else:
            packed.replace(path)
