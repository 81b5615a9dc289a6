"""What waits to be read: stories that are not published, by batch."""

from typing import Any

import duckdb

from cxdata.store.cursor import new_cursor

QUEUE = """
select
    story,
    company,
    title,
    status,
    coder,
    coded_on,
    reviewer,
    batch,
    count(*) over () as waiting
from story
where status <> 'published' and ($batch is null or batch = $batch)
order by coded_on desc, story
limit $most
"""
DRAFT_BATCHES = """
select
    batch,
    count(*) as drafts
from story
where status <> 'published'
group by batch
order by max(coded_on) desc, batch
"""


def count_drafts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many stories of each batch are not published; batches without any are left out."""
    return dict(new_cursor(connection).execute(DRAFT_BATCHES).fetchall())


def list_queue(connection: duckdb.DuckDBPyConnection, batch: str | None, most: int) -> list[dict[str, Any]]:
    """The first stories of a batch (or of all) that are not published; `waiting` counts them all."""
    cursor = new_cursor(connection)
    cursor.execute(QUEUE, {"batch": batch, "most": most})
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
