"""Change the database: one change at a time, whole or not at all, while readers read on.

A change is made on a copy beside the file, which then takes its place in one step. Whoever reads keeps the old file as
long as it is open; a process that dies at any moment leaves the old file as it was, and the next change clears up.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from filelock import FileLock, Timeout

from cxdata.database.build import check_references, roll_up
from cxdata.database.connect import lock_down, may_attach, open_database
from cxdata.database.functions import add_functions
from cxdata.errors import DatabaseError

PATIENCE = 60  # s that a change waits for the one before it
DRAFT = ".changing-"
# in no order, and quick over a million; a sum and not bit_xor, to which an edit made twice would be none
EDITS = """
select
    count(*),
    sum(md5_number_lower(to_json(history)::varchar))::varchar
from history
having count(*) > 0
"""
# a full disk shows as the first two, as the third within a commit
NO_ROOM = (OSError, duckdb.IOException, duckdb.FatalException, duckdb.OutOfMemoryException)


@contextmanager
def changing(
    path: Path, patience: float = PATIENCE, readable: Sequence[Path] = ()
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to change the database with; what it has done holds when the block ends without an error.

    It may read the files and folders that are `readable`, and no others. Raises DatabaseError where references would
    lead nowhere, where there is no room, and where another change takes longer than `patience` seconds; then nothing is
    changed.
    """
    open_database(path).close()  # it is there, and made by this version
    with replacing(path, patience) as draft:
        shutil.copyfile(path, draft)
        with _settled(draft, readable) as connection:
            yield connection


def touch(connection: duckdb.DuckDBPyConnection, stories: str, told: Mapping[str, Any] | None = None) -> None:
    """Say within a change which stories came, went or are otherwise now, as SQL that selects their ids.

    Then only what follows from them is computed anew; a change that says nothing has all of it computed anew.
    """
    connection.execute("create temp table if not exists touched_story (story varchar)")
    connection.execute(f"insert into touched_story select story from ({stories})", told or {})


@contextmanager
def replacing(path: Path, patience: float = PATIENCE) -> Iterator[Path]:
    """A place to write what takes the place of the database when the block ends without an error.

    Raises DatabaseError where there is no room, and where another change takes longer than `patience` seconds; then
    nothing is changed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", timeout=patience):
            for leftover in path.parent.glob(f"{DRAFT}*"):
                shutil.rmtree(leftover, ignore_errors=True)
            with tempfile.TemporaryDirectory(dir=path.parent, prefix=DRAFT) as folder:
                draft = Path(folder) / path.name
                yield draft
                put_in_place(draft, path)
    except Timeout:
        raise DatabaseError(f"{path}: another change is under way and has not ended for {patience:g} s") from None
    except NO_ROOM as error:
        raise DatabaseError(f"{path}: nothing was changed: {error}") from None


@contextmanager
def _settled(draft: Path, readable: Sequence[Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The draft, open for writing; at the end its references are checked and what is kept of it is computed anew."""
    connection = duckdb.connect(
        str(draft), config=may_attach() | {"temp_directory": f"{draft}.tmp", "memory_limit": "2GB"}
    )
    try:
        lock_down(connection, *readable)
        add_functions(connection)
        # no transaction: the draft is nobody else's and goes whole where anything fails; and DuckDB 2.0.0 does not see
        # within a transaction what several threads have inserted in it (tests/test_database.py)
        yield connection
        check_references(connection)
        told = connection.execute(
            "select table_name from duckdb_tables() where table_name = 'touched_story'"
        ).fetchall()
        roll_up(connection, "select story from touched_story") if told else roll_up(connection)
        _number(connection)
        connection.execute("checkpoint")
    finally:
        connection.close()


def _number(connection: duckdb.DuckDBPyConnection) -> None:
    """The version of the data: of what ships, of every batch beside it, and of every edit."""
    shipped = connection.execute("select shipped_version from build").fetchone()
    assert shipped is not None
    batches = connection.execute("select batch, sha256 from batch where batch != 'shipped' order by all").fetchall()
    edits = connection.execute(EDITS).fetchall()
    told = repr((shipped, batches, *edits)).encode()
    version = hashlib.sha256(told).hexdigest()[:12] if batches or edits else shipped[0]
    connection.execute("update build set data_version = $version", {"version": version})


def put_in_place(draft: Path, path: Path) -> None:
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
