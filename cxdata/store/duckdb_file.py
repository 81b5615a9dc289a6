"""The engine that keeps the database in one DuckDB file; a change is made on a copy, which then takes its place."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from cxdata.errors import Conflict, DatabaseError, DatabaseMissing
from cxdata.settings import Address
from cxdata.store.backup import restore_backup, write_backup
from cxdata.store.connection import CATALOG, open_file, open_scratch
from cxdata.store.copies.known_copies import find_copies, remember_copies
from cxdata.store.copies.public_copy import read_public_copy
from cxdata.store.engine import Connection, FileVersion, Migrated
from cxdata.store.file_swap import LOCK_TIMEOUT, replace_file
from cxdata.store.lockdown import Setting
from cxdata.store.migrate.migration import migrate_file
from cxdata.store.transaction import open_draft
from cxdata.store.vacuum import rewrite_file, vacuum
from cxdata.store.version import read_version


class DuckDBFile:
    """One DuckDB file. Readers keep the file they opened; a change puts another in its place."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def address(self) -> Address:
        """The absolute path of the file: a process of another working folder finds it too."""
        return Address("file", str(self.path.absolute()))

    def read(self) -> Connection:
        """Open the file, read-only. Raises DatabaseMissing without a file, Conflict if another version made it."""
        connection, version = self._open()
        if not version.is_current:
            connection.close()
            raise Conflict(
                f"{self.path} was written by another version of this program. Run `python -m cxdata migrate`."
            )
        return connection

    @contextmanager
    def transaction(
        self, readable: Sequence[Path] = (), timeout: float = LOCK_TIMEOUT, rewrite: bool = False
    ) -> Iterator[Connection]:
        """Open a copy of the file for a change; it takes the file's place if the block ends without an error."""
        self.read().close()
        with replace_file(self.path, timeout) as draft:
            self.read().close()  # another version may have migrated the file while this change waited for the lock
            shutil.copyfile(self.path, draft)
            with open_draft(draft, readable) as connection:
                yield connection
            if rewrite:
                rewrite_file(draft)
            else:
                vacuum(draft)

    def scratch(self, readable: Sequence[Path] = (), settings: Mapping[str, Setting] | None = None) -> Connection:
        """Open an empty database in memory."""
        return open_scratch(readable, settings)

    def migrate(self, rebuild: bool = False) -> Migrated | None:
        """Build the file, or bring it up to date; None if it was current or held only what ships."""
        if self.path.exists() and not rebuild and self.version().is_current:
            return None
        return migrate_file(self.path, rebuild)

    def version(self) -> FileVersion:
        """Read the versions that the file names. Raises DatabaseMissing without a file."""
        connection, version = self._open()
        connection.close()
        return version

    def stamp(self) -> tuple[int, int]:
        """Return the place of the file on the disk and the time it was written; zeros without a file."""
        try:
            found = self.path.stat()
        except OSError:
            return (0, 0)
        return (found.st_ino, found.st_mtime_ns)

    def public_copy(self) -> bytes:
        """Return the published rows, and no byte of any other, as the bytes of a DuckDB file."""
        return read_public_copy(self.path)

    def back_up(self, to: Path, overwrite: bool = False) -> None:
        """Write the database to the file `to`, whole or not at all. Raises Conflict if `to` exists."""
        write_backup(self.path, to, overwrite, lambda: self.read().close())
        self.remember_copies([to])

    def restore(self, backup: Path, timeout: float = LOCK_TIMEOUT) -> Path | None:
        """Put a backup in the place of the file; return where the replaced file is kept, or None without one."""
        return restore_backup(self.path, backup, timeout)

    def companion_folder(self, name: str) -> Path:
        """Return the folder beside the file that goes with it under this name; it may not exist yet."""
        own = self.path.resolve()  # beside the database, and not beside a link to it
        return own.with_name(f"{own.name}.{name}")

    def remember_copies(self, copies: Iterable[Path]) -> None:
        """List files written from the database, so that an erasure can name them."""
        remember_copies(self.path, copies)

    def find_copies(self) -> tuple[Path, ...]:
        """Return the files that hold or held rows of the database: backups, former files, listed copies."""
        return find_copies(self.path)

    def _open(self) -> tuple[Connection, FileVersion]:
        if not self.path.exists():
            raise DatabaseMissing(f"there is no database at {self.path}. Run `python -m cxdata migrate` to build it.")
        connection = open_file(self.path)
        try:
            return connection, read_version(connection, CATALOG, self.path)
        except DatabaseError as error:
            connection.close()
            raise DatabaseError(f"{error}. Set CXDATA_DATABASE to another file.") from None
