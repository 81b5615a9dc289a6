"""A draft of the database, open for a change: on exit references are checked and the rollups are refreshed."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from cxdata.settings import get_settings
from cxdata.store.build import check_references
from cxdata.store.connection import register_functions
from cxdata.store.engine import Connection
from cxdata.store.lockdown import attach, lock_down, opening_settings
from cxdata.store.rollups import refresh_rollups
from cxdata.store.sql import scalar

PREVIOUS_CATALOG = "cx_former"  # the name of the file that a migration reads
CHANGED_STORIES = "touched_story"
# in no order, and quick over a million; a sum and not bit_xor, which would cancel an edit made twice
EDIT_DIGEST = """
select
    count(*),
    sum(md5_number_lower(to_json(history)::varchar))::varchar
from history
having count(*) > 0
"""


@contextmanager
def open_draft(draft: Path, readable: Sequence[Path] = (), previous: Path | None = None) -> Iterator[Connection]:
    """Open a draft of the database for writing, and complete it on exit.

    The connection reads the files of `readable`, and the database file `previous` under PREVIOUS_CATALOG. Raises
    DatabaseError if a reference leads nowhere.
    """
    own = {"temp_directory": f"{draft}.tmp", "memory_limit": get_settings().import_memory}
    connection: Connection = duckdb.connect(str(draft), config=opening_settings() | own)
    try:
        if previous:
            attach(connection, previous, PREVIOUS_CATALOG)
        lock_down(connection, *readable)
        register_functions(connection)
        # no transaction: a failed draft is thrown away; and DuckDB 2.0.0 does not see within a transaction what several
        # threads have inserted in it (tests/integration/store/test_build.py)
        yield connection
        complete_change(connection)
        connection.execute("checkpoint")
    finally:
        connection.close()


def complete_change(connection: Connection) -> None:
    """Check the references, refresh the rollups of the changed stories and stamp the version of the data."""
    check_references(connection)
    marked = connection.execute(
        "select table_name from duckdb_tables() where table_name = $table", {"table": CHANGED_STORIES}
    ).fetchall()
    if marked:
        had_second = bool(scalar(connection, f"select count(*) from {CHANGED_STORIES} where had_second"))
        refresh_rollups(connection, f"select story from {CHANGED_STORIES}", had_second)
    else:
        refresh_rollups(connection)
    _stamp_version(connection)


def mark_changed(connection: Connection, stories: str, parameters: Mapping[str, Any] | None = None) -> None:
    """Name within a change the stories that it adds, deletes or alters, as SQL that selects their ids.

    Then only their rollups are refreshed; without a mark all rollups are. Mark stories before you delete them.
    """
    connection.execute(f"create temp table if not exists {CHANGED_STORIES} (story varchar, had_second boolean)")
    second = "story in (select second_coding.story from second_coding)"
    connection.execute(f"insert into {CHANGED_STORIES} select story, {second} from ({stories})", parameters or {})


def _stamp_version(connection: Connection) -> None:
    """Set the version of the data: a hash of what ships, of every batch beside it, and of every edit."""
    shipped = connection.execute("select shipped_version from build").fetchone()
    batches = connection.execute("select batch, sha256 from batch where batch != 'shipped' order by all").fetchall()
    edits = connection.execute(EDIT_DIGEST).fetchall()
    digest = hashlib.sha256(repr((shipped, batches, *edits)).encode()).hexdigest()[:12]
    version = digest if batches or edits else scalar(connection, "select shipped_version from build")
    connection.execute("update build set data_version = $version", {"version": version})
