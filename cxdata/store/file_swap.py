"""Put a new file in the place of the database: one at a time, whole or not at all, while readers read on.

Whoever reads keeps the old file as long as it is open; a process that dies at any moment leaves the old file as it was,
and the next one clears up.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from cxdata.errors import DatabaseError

LOCK_TIMEOUT = 60  # s that a change waits for the one before it
DRAFT = ".changing-"
RANDOM = 8  # letters that tempfile ends a name with; so many and no more, or `a` would take `a-b` for its own
# a full disk shows as the first two, as the third within a commit
NO_ROOM = (OSError, duckdb.IOException, duckdb.FatalException, duckdb.OutOfMemoryException)


@contextmanager
def replace_file(path: Path, patience: float = LOCK_TIMEOUT) -> Iterator[Path]:
    """A place to write what takes the place of the database when the block ends without an error.

    A link to a database stays one: what it leads to is replaced. Where nothing is written, nothing is. Raises
    DatabaseError where there is no room, and where another change takes longer than `patience` seconds; then nothing
    is changed.
    """
    try:
        place = path.resolve()
        place.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{place}.lock", timeout=patience), _workplace(place) as folder:
            draft = folder / place.name
            yield draft
            if draft.exists():
                install_file(draft, place)
    except Timeout:
        raise DatabaseError(f"{path}: another change is under way and has not ended for {patience:g} s") from None
    except NO_ROOM as error:
        raise DatabaseError(f"{path}: nothing was changed: {error}") from None


@contextmanager
def _workplace(path: Path) -> Iterator[Path]:
    """A folder for this file's draft; what those have left of it who died is cleared up, and no other file's.

    It is a new one each time, for a leftover may be somebody else's, or be held open, and stay.
    """
    prefix = f"{DRAFT}{path.name}-"
    for leftover in path.parent.glob(f"{escape(prefix)}{'?' * RANDOM}"):
        shutil.rmtree(leftover, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(dir=path.parent, prefix=prefix))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def install_file(draft: Path, path: Path) -> None:
    """Put the draft in the place of the file, on the disk and not only in its cache."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(path)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def keep_previous(path: Path, draft: Path, name: str) -> Path | None:
    """A second name for the file that is about to be replaced, beside it, so that its bytes stay; None of no file.

    It is made beside the draft, until it is whole.
    """
    if not path.exists():
        return None
    spare = draft.with_name(f"{draft.name}.kept")
    place = path.resolve()  # a second name of a link would lead to what replaces the file
    try:
        spare.hardlink_to(place)
    except OSError:
        shutil.copyfile(place, spare)  # a disk without links
    return spare.replace(place.with_name(name))
