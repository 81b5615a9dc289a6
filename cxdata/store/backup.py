"""Back the database up while it is read and changed, and put a backup in its place."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from cxdata.errors import DatabaseError
from cxdata.store.build import check_references
from cxdata.store.connection import open_database
from cxdata.store.file_swap import LOCK_TIMEOUT, install_file, keep_previous, replace_file
from cxdata.store.lockdown import LOCKED_DOWN, opening_settings
from cxdata.store.migrate.migration import write_migrated, write_shipped
from cxdata.store.vacuum import copy_database
from cxdata.store.version import read_file_version


def back_up(path: Path, to: Path, replace: bool = False) -> None:
    """Write the database at `path`, as it stands now, to the file `to`, which is there whole or not at all.

    Raises DatabaseError where `to` is there already, unless it is to be replaced, and where it cannot be written.
    """
    if to.exists() and not replace:
        raise DatabaseError(f"{to} is there already; name another file, or use --replace")
    if to.exists() and path.exists() and to.samefile(path):
        raise DatabaseError(f"{to} is the database itself; name another file")
    open_database(path).close()  # it is there, and made by this version
    try:
        with tempfile.TemporaryDirectory(dir=to.parent, prefix=".backing-up-") as folder:
            draft = Path(folder) / to.name
            copy_database(path, draft)
            install_file(draft, to)
    except (OSError, duckdb.Error) as error:
        raise DatabaseError(f"{to}: nothing was backed up: {error}") from None


def restore(path: Path, backup: Path, patience: float = LOCK_TIMEOUT) -> Path | None:
    """Put a copy of a backup in the place of the database; where the one that stood there is kept, if there was one.

    A backup of another version is brought up to date on the way. Raises DatabaseError where it cannot be, where it is
    not whole or not one of ours, and where a change takes longer than `patience` seconds; then nothing is changed.
    """
    if not backup.is_file():
        raise DatabaseError(f"{backup}: there is no such file")
    with replace_file(path, patience) as draft:
        try:
            _restore_draft(backup, draft)
        except (duckdb.Error, DatabaseError) as error:
            raise DatabaseError(f"{backup} cannot be restored; nothing was changed: {error}") from None
        name = f"{path.name}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
        return keep_previous(path, draft, name)


def _restore_draft(backup: Path, draft: Path) -> None:
    """What is in a backup, as this version has it: every row is read and written anew, so that damage shows today."""
    found = read_file_version(backup)
    if found.is_current:
        copy_database(backup, draft)
        with duckdb.connect(str(draft), config=opening_settings() | LOCKED_DOWN) as connection:
            check_references(connection)
    elif found.is_plain:
        write_shipped(draft)
    else:
        write_migrated(backup, draft)
