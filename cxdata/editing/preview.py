"""What a story would look like in the database, before it is there: a database in memory that holds it for a moment."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from threading import Lock
from typing import Any

import duckdb

from cxdata.codebook.codes import Codebook
from cxdata.questions.ask import Value, ask_rows
from cxdata.resources import SQL
from cxdata.store.build import create_schema, insert_rows
from cxdata.store.engine import Connection
from cxdata.store.records.rows import ImportBatch, batch_tables
from cxdata.stories import Library, Story

SHOWN = ("story", "journey", "story_effort", "story_promises", "story_signs")
ROLLUPS = ("10_encounter_load", "11_effort_load", "20_story_rollup")  # those that depend on stories
BATCH = ImportBatch("preview", "", "", "", datetime(2000, 1, 1))
OF_STORIES = ("batch", "source", "company", "company_alias", "story", "encounter", "emotion", "effort_event", "promise",
              "sign", "effort_load", "encounter_load", "story_rollup", "changed_story")  # fmt: skip


class Preview:
    """Codebook and views in memory; one story at a time, whichever thread asks."""

    def __init__(self, codebook: Codebook) -> None:
        self._lock = Lock()
        self._connection = duckdb.connect()
        create_schema(self._connection, Library(()), codebook)
        # of a few rows the plan takes longer than the work: a third is saved by taking the first that comes
        self._connection.execute("pragma disable_optimizer")
        self._rollups = [(SQL / "rollups" / f"{name}.sql").read_text("utf-8") for name in ROLLUPS]
        self._connection.execute("create table changed_story (story varchar, number integer)")
        self._connection.execute("create table gone_number (number integer)")  # nothing was there before
        self._clear()

    @contextmanager
    def holding(self, story: Story) -> Iterator[Connection]:
        """A database in which this story, whatever its status, is the only one published: to ask and to publish from.

        Within the block every other thread waits; afterwards nothing of the story is left.
        """
        published = story.model_copy(update={"status": "published"})
        with self._lock:
            try:
                # committed, for every question takes a cursor of its own, which sees nothing that is not
                self._connection.execute("begin")
                insert_rows(self._connection, batch_tables(Library((published,)), BATCH))
                self._connection.execute("insert into changed_story select story, 1 from story")
                for rollup in self._rollups:
                    self._connection.execute(rollup)
                self._connection.execute("commit")
                yield self._connection
            finally:
                self._clear()

    def rows(self, story: Story, question: str, /, **parameters: Value) -> list[dict[str, Any]]:
        """The answer to a question if this story were published and alone; QuestionError as `ask` raises it."""
        with self.holding(story) as connection:
            return ask_rows(connection, question, parameters)

    def show(self, story: Story) -> dict[str, list[dict[str, Any]]]:
        """What the page of this story would show: the answers to the questions SHOWN, by name."""
        with self.holding(story) as connection:
            return ask_story_questions(connection, story)

    def _clear(self) -> None:
        with suppress(duckdb.TransactionException):  # nothing is open unless an insert failed
            self._connection.execute("rollback")
        self._connection.execute("begin")
        for table in OF_STORIES:
            self._connection.execute(f"delete from {table}")
        self._connection.execute("commit")


def ask_story_questions(connection: Connection, story: Story) -> dict[str, list[dict[str, Any]]]:
    """The answers to the questions SHOWN of a story that is published in this database, by name."""
    return {question: ask_rows(connection, question, {"story": story.story}) for question in SHOWN}
