"""A draft of the database, open for writing: at the end it hangs together, and what is kept of its records is right."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from cxdata.settings import get_settings
from cxdata.store.build import check_references
from cxdata.store.engine import Connection
from cxdata.store.functions import register_functions
from cxdata.store.lockdown import attach, lock_down, opening_settings
from cxdata.store.rollups import refresh_rollups

PREVIOUS_CATALOG = "cx_former"  # what another file is called that the draft is written from
# in no order, and quick over a million; a sum and not bit_xor, to which an edit made twice would be none
EDIT_DIGEST = """
select
    count(*),
    sum(md5_number_lower(to_json(history)::varchar))::varchar
from history
having count(*) > 0
"""


@contextmanager
def open_draft(draft: Path, readable: Sequence[Path] = (), former: Path | None = None) -> Iterator[Connection]:
    """The draft, open for writing; at the end its references are checked and what is kept of it is computed anew.

    It sees the database file `former` as FORMER, and may read what is `readable`. Raises DatabaseError where references
    would lead nowhere.
    """
    own = {"temp_directory": f"{draft}.tmp", "memory_limit": get_settings().import_memory}
    connection = duckdb.connect(str(draft), config=opening_settings() | own)
    try:
        if former:
            attach(connection, former, PREVIOUS_CATALOG)
        lock_down(connection, *readable)
        register_functions(connection)
        # no transaction: the draft is nobody else's and goes whole where anything fails; and DuckDB 2.0.0 does not see
        # within a transaction what several threads have inserted in it (tests/integration/store/test_build.py)
        yield connection
        check_references(connection)
        told = connection.execute(
            "select table_name from duckdb_tables() where table_name = 'touched_story'"
        ).fetchall()
        refresh_rollups(connection, "select story from touched_story") if told else refresh_rollups(connection)
        _stamp_version(connection)
        connection.execute("checkpoint")
    finally:
        connection.close()


def _stamp_version(connection: Connection) -> None:
    """The version of the data: of what ships, of every batch beside it, and of every edit."""
    shipped = connection.execute("select shipped_version from build").fetchone()
    assert shipped is not None
    batches = connection.execute("select batch, sha256 from batch where batch != 'shipped' order by all").fetchall()
    edits = connection.execute(EDIT_DIGEST).fetchall()
    told = repr((shipped, batches, *edits)).encode()
    version = hashlib.sha256(told).hexdigest()[:12] if batches or edits else shipped[0]
    connection.execute("update build set data_version = $version", {"version": version})
