"""Change the database: one change at a time, whole or not at all, while readers read on.

A change is made on a copy beside the file, which then takes its place in one step.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cxdata.store.connection import open_database
from cxdata.store.engine import Connection
from cxdata.store.file_swap import LOCK_TIMEOUT, replace_file
from cxdata.store.settle import open_draft
from cxdata.store.vacuum import vacuum


@contextmanager
def transaction(path: Path, patience: float = LOCK_TIMEOUT, readable: Sequence[Path] = ()) -> Iterator[Connection]:
    """A connection to change the database with; what it has done holds when the block ends without an error.

    It may read the files and folders that are `readable`, and no others. Raises DatabaseError where references would
    lead nowhere, where there is no room, and where another change takes longer than `patience` seconds; then nothing is
    changed.
    """
    open_database(path).close()  # it is there, and made by this version
    with replace_file(path, patience) as draft:
        shutil.copyfile(path, draft)
        with open_draft(draft, readable) as connection:
            yield connection
        vacuum(draft)


def mark_changed(connection: Connection, stories: str, told: Mapping[str, Any] | None = None) -> None:
    """Say within a change which stories came, went or are otherwise now, as SQL that selects their ids.

    Then only what follows from them is computed anew; a change that says nothing has all of it computed anew.
    """
    connection.execute("create temp table if not exists touched_story (story varchar)")
    connection.execute(f"insert into touched_story select story from ({stories})", told or {})
