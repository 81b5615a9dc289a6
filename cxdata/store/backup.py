"""Backups of a database file: written while it is read and changed, and put in its place."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from cxdata.errors import Conflict, CxdataError, DatabaseError, NotFound
from cxdata.store.build import check_references
from cxdata.store.connection import translate_errors
from cxdata.store.file_swap import LOCK_TIMEOUT, describe_failure, install_file, keep_previous, replace_file
from cxdata.store.lockdown import LOCKED_DOWN, opening_settings
from cxdata.store.migrate.migration import write_migrated, write_shipped
from cxdata.store.vacuum import copy_database
from cxdata.store.version import read_file_version


def write_backup(path: Path, to: Path, overwrite: bool, require_current: Callable[[], object]) -> None:
    """Write the database at `path` to the file `to`, whole or not at all.

    `require_current` raises what keeps the database from being read. Raises Conflict if `to` exists, unless it may be
    overwritten, and DatabaseError if it cannot be written.
    """
    if to.exists() and not overwrite:
        raise Conflict(f"{to} already exists. Name another file, or use --replace.")
    if to.exists() and path.exists() and to.samefile(path):
        raise Conflict(f"{to} is the database itself. Name another file.")
    require_current()
    try:
        with translate_errors(), tempfile.TemporaryDirectory(dir=to.parent, prefix=".backing-up-") as folder:
            draft = Path(folder) / to.name
            copy_database(path, draft)
            install_file(draft, to)
    except (OSError, DatabaseError) as error:
        raise DatabaseError(f"{to}: no backup was written: {describe_failure(error, to)}") from None


def restore_backup(path: Path, backup: Path, timeout: float = LOCK_TIMEOUT) -> Path | None:
    """Replace the database by a copy of a backup; return where the replaced file is kept, or None without one.

    A backup of another version is migrated on the way. Nothing is changed where it raises: NotFound without a backup,
    DatabaseError if the backup is damaged or not a database of this program, Conflict if a change takes longer than
    `timeout` seconds.
    """
    if not backup.is_file():
        raise NotFound(f"{backup}: this file does not exist")
    with replace_file(path, timeout) as draft:
        try:
            with translate_errors():
                _restore_draft(backup, draft)
        except CxdataError as error:
            raise DatabaseError(f"{backup} cannot be restored. Nothing was changed. {error}") from None
        name = f"{path.name}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
        return keep_previous(path, draft, name)


def _restore_draft(backup: Path, draft: Path) -> None:
    """Copy a backup row by row, so that damage shows now; migrate one of another version."""
    found = read_file_version(backup)
    if found.is_current:
        copy_database(backup, draft)
        with duckdb.connect(str(draft), config=opening_settings() | LOCKED_DOWN) as connection:
            check_references(connection)
    elif found.has_only_shipped:
        write_shipped(draft)
    else:
        write_migrated(backup, draft)
