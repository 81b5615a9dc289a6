"""Bring a database up to date: what ships is built anew, and what people brought in and changed is carried over.

One process does it while others wait; it is done in a draft, which then takes the file's place
(cxdata/store/file_swap.py), so that the old file stays whole and readable until then, and as it was where anything
cannot be carried over.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

import duckdb

from cxdata.errors import DatabaseError
from cxdata.store.build import write_database
from cxdata.store.file_swap import keep_previous, replace_file
from cxdata.store.migrate.carry import copy_user_rows
from cxdata.store.settle import open_draft
from cxdata.store.version import FileVersion, read_file_version

PATIENCE = 600  # s that a process waits while another brings the file up to date: large ones take a minute
COUNTS = "select count(*), count(distinct batch) from story where batch != 'shipped'"

log = logging.getLogger("cxdata")


@dataclass(frozen=True)
class Migrated:
    """What was carried over, and what stays behind, in sentences."""

    stories: int
    batches: int
    left_behind: tuple[str, ...]


def migrate(path: Path, anew: bool = False, patience: float = PATIENCE) -> Migrated | None:
    """Build the database, or bring it up to date if another version made it, or in any case if `anew`.

    None where nothing was to be done, or nothing was there but what ships. Where people's work was carried over from
    another version, the file as it was stays beside it under `kept_name`. Raises StoryError, CodebookError and
    DatabaseError, and then the file stays as it was.
    """
    with replace_file(path, patience) as draft:
        former = _standing(path)
        if former and former.is_current and not anew:
            return None  # another process has done it meanwhile
        if former is None or former.is_plain:
            log.info("building %s from the shipped stories", path)
            write_shipped(draft)
            return None
        log.warning("%s: bringing it up to date, with what was brought in and changed", path)
        renewed = write_migrated(path, draft)
        kept = None if former.is_current else keep_previous(path, draft, previous_file_name(path))
    for sentence in renewed.left_behind:
        log.warning("%s: %s", path, sentence)
    if kept:
        log.warning("%s: up to date; the file as it was is kept: %s", path, kept)
    return renewed


def previous_file_name(path: Path) -> str:
    """What the file as it was is called. One name for all times: of several updates the last can be taken back, and a
    disk holds the database twice and not as often as it was updated.
    """
    return f"{path.name}.before-update"


def write_shipped(draft: Path) -> None:
    """Write a database file of what ships. Raises StoryError, CodebookError and DatabaseError."""
    try:
        write_database(draft)
    except duckdb.Error as error:
        raise DatabaseError(f"{draft.name} cannot be built: {error}") from None


def write_migrated(former: Path, draft: Path) -> Migrated:
    """Write a database file of what ships, and of what people brought into the file `former` and changed there.

    Raises DatabaseError with everything that cannot be carried over.
    """
    write_shipped(draft)
    try:
        with open_draft(draft, former=former) as connection:
            left_behind = copy_user_rows(connection)
            counted = connection.execute(COUNTS).fetchone()
    except DatabaseError as error:
        raise DatabaseError(
            f"{former} was made by another version of this program and holds what this one cannot take; it stays as it "
            f"was, for the version that made it:\n{error}"
        ) from None
    assert counted is not None
    return Migrated(counted[0], counted[1], tuple(left_behind))


def _standing(path: Path) -> FileVersion | None:
    if not path.exists():
        return None
    try:
        return read_file_version(path)
    except duckdb.Error as error:
        raise DatabaseError(
            f"{path} cannot be read, and may hold what was brought in: {error}\nPut a backup in its place "
            "(`python -m cxdata restore`), or move it away."
        ) from None
