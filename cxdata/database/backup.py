"""Back the database up while it is read and changed, and put a backup in its place."""

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from cxdata.database.build import STORAGE, check_references, schema_version
from cxdata.database.change import PATIENCE, put_in_place, replacing
from cxdata.database.connect import LOCKED_DOWN, LOCKS, Setting, open_database
from cxdata.errors import DatabaseError


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
            _copy(path, draft)
            put_in_place(draft, to)
    except (OSError, duckdb.Error) as error:
        raise DatabaseError(f"{to}: nothing was backed up: {error}") from None


def restore(path: Path, backup: Path, patience: float = PATIENCE) -> Path | None:
    """Put a copy of a backup in the place of the database; where the one that stood there is kept, if there was one.

    Raises DatabaseError where the backup is not whole, not one of ours or of another version, and where a change
    takes longer than `patience` seconds; then nothing is changed.
    """
    if not backup.is_file():
        raise DatabaseError(f"{backup}: there is no such file")
    with replacing(path, patience) as draft:
        try:
            # every row is read and written anew: what is damaged anywhere shows here and not next year
            _copy(backup, draft)
            with duckdb.connect(str(draft), config=dict(LOCKED_DOWN)) as connection:
                check_references(connection)
        except duckdb.Error as error:
            raise DatabaseError(f"{backup} cannot be restored; nothing was changed: {error}") from None
        except DatabaseError as error:
            raise DatabaseError(f"{backup} cannot be restored; nothing was changed: {error}") from None
        return _keep(path, draft.with_name("kept"))


def _copy(path: Path, to: Path) -> None:
    """A new database file with all that is in another, by way of DuckDB: never a copy of a file that may be in use."""
    may_attach: dict[str, Setting] = {key: value for key, value in LOCKED_DOWN.items() if key not in LOCKS}
    with duckdb.connect(config=may_attach | {"temp_directory": f"{to}.tmp"}) as connection:
        # a progress bar would be printed among what the command says
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"attach {_quoted(path)} as original (type duckdb, read_only)")
        _check_version(connection)
        connection.execute(f"attach {_quoted(to)} as copied (type duckdb, storage_version '{STORAGE}')")
        connection.execute("copy from database original to copied")
        connection.execute("detach copied")


def _check_version(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        found = connection.execute("select schema_version from original.main.build").fetchall()
    except (duckdb.CatalogException, duckdb.BinderException):
        raise DatabaseError("it is a DuckDB file but not one of ours") from None
    if found != [(schema_version(),)]:
        raise DatabaseError("it was made by another version of this program")


def _keep(path: Path, spare: Path) -> Path | None:
    """A second name for the file that is about to be replaced, so that its bytes stay."""
    if not path.exists():
        return None
    try:
        spare.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, spare)  # a disk without links
    kept = path.with_name(f"{path.name}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}")
    return spare.replace(kept)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
