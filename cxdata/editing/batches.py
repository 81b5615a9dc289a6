"""Batches: stories that one import or edit added, listed and deleted together."""

from typing import Any

from cxdata.access.performing import performs
from cxdata.access.roles import Action
from cxdata.errors import NotFound
from cxdata.store.connection import new_cursor
from cxdata.store.engine import Connection, Engine
from cxdata.store.records.rows import SHIPPED
from cxdata.store.sql import dict_rows
from cxdata.store.transaction import mark_changed
from cxdata.text.formatting import format_count
from cxdata.text.suggestions import format_choices

# the tables with rows of one story
OF_STORY = (
    "encounter",
    "emotion",
    "effort_event",
    "promise",
    "sign",
    "passage",
    "lesson_story",
    "second_encounter",
    "second_driver",
    "second_promise",
    "second_sign",
    "account",
    "history",
    "reply",
)
USERS = {
    "company": "select company, batch from story",
    "source": "select source, batch from story union all select source, batch from lesson",
}
"""The rows that refer to companies and to sources."""
BATCHED = ("second_coding", "lesson", "story")


@performs(Action.DELETE_BATCH, "batch", tell=lambda stories: format_count(len(stories), "story"))
def delete_batch(engine: Engine, batch: str, by: str) -> tuple[str, ...]:  # noqa: ARG001 - the record names them
    """Delete a batch with all of its rows and their bytes; return its stories. Raises NotFound for an unknown batch."""
    # checked first without the lock, so that an unknown batch costs no copy of the database
    with engine.read() as reader:
        _check_batch(reader, batch)
    with engine.transaction(rewrite=True) as connection:
        _check_batch(connection, batch)
        taken = {"batch": batch}
        of_either = (
            "select story from story where batch = $batch union select story from second_coding where batch = $batch"
        )
        mark_changed(connection, of_either, taken)
        gone = connection.execute("select story from story where batch = $batch order by story", taken).fetchall()
        of_batch = "select story from story where batch = $batch"
        for table in OF_STORY:
            connection.execute(f"delete from {table} where story in ({of_batch})", taken)
        for table in (each for each in OF_STORY if each.startswith("second_")):
            connection.execute(
                f"delete from {table} where (story, coder) in "
                "(select (story, coder) from second_coding where batch = $batch)",
                taken,
            )
        for table in ("lesson_point", "lesson_story"):
            connection.execute(
                f"delete from {table} where lesson in (select lesson from lesson where batch = $batch)", taken
            )
        for table in BATCHED:
            connection.execute(f"delete from {table} where batch = $batch", taken)
        delete_orphans(connection, batch)
        connection.execute("delete from batch where batch = $batch", taken)
    return tuple(story for (story,) in gone)


def _check_batch(connection: Connection, batch: str) -> None:
    known = [row["batch"] for row in list_batches(connection) if row["batch"] != SHIPPED]
    if batch not in known:
        raise NotFound(f"batch {format_choices(batch, known, 'the database')}")


def list_batches(connection: Connection) -> list[dict[str, Any]]:
    """List every batch, the shipped stories among them, the latest first."""
    cursor = new_cursor(connection)
    return dict_rows(
        cursor.execute(
            "select batch, file, sha256, rows, imported_by, imported_at, mapping from batch "
            # the build and an import may fall in one second
            "order by imported_at desc, batch = $shipped, batch",
            {"shipped": SHIPPED},
        )
    )


def delete_orphans(connection: Connection, batch: str) -> None:
    """Delete the companies, aliases and sources of a batch without stories that nothing refers to any longer."""
    taken = {"batch": batch}
    for table, users in USERS.items():
        # a row that other batches refer to stays, and moves to one of them
        connection.execute(
            f"update {table} set batch = (select min(users.batch) from ({users}) as users where users.{table} = "
            f"{table}.{table}) where batch = $batch and {table} in (select {table} from ({users}))",
            taken,
        )
        connection.execute(f"delete from {table} where batch = $batch", taken)
    delete_names(connection)


def delete_names(connection: Connection) -> None:
    """Delete the aliases, the history and the dated notes of companies that are gone."""
    for table in ("company_alias", "history", "annotation"):
        connection.execute(f"delete from {table} where company not in (select company.company from company)")
