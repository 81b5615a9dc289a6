"""The lock of a database file, and the atomic swap of a new file for it.

A reader keeps the old file while it is open. A process that dies at any moment leaves the old file as it was, and the
next process deletes its draft.
"""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from cxdata.errors import Conflict, DatabaseError, OutOfMemory, Unavailable
from cxdata.store.connection import translate_errors

# a full disk shows as the first, within a commit as the second
NO_ROOM = (duckdb.IOException, duckdb.FatalException, duckdb.OutOfMemoryException)
FULL = (errno.ENOSPC, errno.EDQUOT)
NO_SPACE = "No space left on device"  # the engine has the words of the system, without its number
LOCK_TIMEOUT = 60  # s that a change waits for another
DRAFT = ".changing-"
RANDOM = 8  # letters at the end of a name by tempfile; an exact number, or `a` would delete the drafts of `a-b`


@contextmanager
def replace_file(path: Path, timeout: float = LOCK_TIMEOUT) -> Iterator[Path]:
    """Lock the database and yield the path of a draft, which replaces the database if the block ends without an error.

    A link to a database stays a link: its target is replaced. A block that writes no draft changes nothing. Raises
    DatabaseError if there is no room, Conflict if another change takes longer than `timeout` seconds; then nothing is
    changed.
    """
    try:
        place = path.resolve()
        place.parent.mkdir(parents=True, exist_ok=True)
        with translate_errors(), FileLock(f"{place}.lock", timeout=timeout), _workplace(place) as folder:
            draft = folder / place.name
            yield draft
            if draft.exists():
                install_file(draft, place)
    except Timeout:
        raise Conflict(f"{path}: another change is still running after {timeout:g} s. Try again later.") from None
    except (OSError, DatabaseError) as error:
        if isinstance(error, DatabaseError) and not isinstance(error.__cause__, NO_ROOM):
            raise
        cause = OutOfMemory if isinstance(error, OutOfMemory) else DatabaseError
        raise cause(f"{path}: nothing was changed. Reason: {describe_failure(error, path)}") from None


@contextmanager
def _workplace(path: Path) -> Iterator[Path]:
    """Make a folder for this file's draft, and delete the folders that dead processes left for the same file.

    Its name is new each time: a leftover may belong to another user, or be held open, and stay.
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
    """Move the draft to the place of the file, and flush both to the disk."""
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
    """Give the file that will be replaced a second name beside it; None without a file.

    The second name is made beside the draft first, so that a copy is whole when it appears.
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


@contextmanager
def translate_full_disk(folder: Path, what: str) -> Iterator[None]:
    """Raise Unavailable where the disk of `folder` has no room for what the body writes there; `what` begins its text.

    Every other error passes, and so does that of another disk where the engine names it.
    """
    try:
        yield
    except OSError as error:
        if not is_disk_full(error):
            raise
        raise Unavailable(f"{what}: {describe_failure(error, folder / 'file')}") from None
    except DatabaseError as error:
        if not is_disk_full(error) or str(folder) not in str(error):
            raise
        raise Unavailable(f"{what}: {describe_failure(error, folder / 'file')}") from None


def is_disk_full(error: BaseException) -> bool:
    """Return whether an error of the system or of the engine says that a disk is full."""
    return getattr(error, "errno", None) in FULL or NO_SPACE in str(error)


def describe_failure(error: BaseException, path: Path) -> str:
    """Return what kept the file at `path` from being written, for the person who runs the server."""
    if not is_disk_full(error):
        return str(error)
    return f"the disk of {path.parent} is full: {_free_space(path)} are free. Make room and try again."


def _free_space(path: Path) -> str:
    for folder in path.absolute().parents:
        if folder.exists():
            return f"{shutil.disk_usage(folder).free / 1e6:,.1f} MB"
    return "0 MB"
