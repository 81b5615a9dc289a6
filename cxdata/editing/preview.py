"""The preview of a story outside the database: a database in memory that holds it for one request."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock

from cxdata.codebook.codes import Codebook
from cxdata.resources import SQL
from cxdata.store.build import create_schema, insert_rows
from cxdata.store.engine import Connection, Engine
from cxdata.store.records.rows import ImportBatch, batch_tables
from cxdata.stories import Library, Story

ROLLUPS = ("10_encounter_load", "11_effort_load", "20_story_rollup")  # rollups that depend on stories
BATCH = ImportBatch("preview", "", "", "", datetime(2000, 1, 1))
OF_STORIES = ("batch", "source", "company", "company_alias", "story", "encounter", "emotion", "effort_event", "promise",
              "sign", "effort_load", "encounter_load", "story_rollup", "changed_story")  # fmt: skip


class Preview:
    """A database in memory with codebook and views, and one story at a time; threads take turns."""

    def __init__(self, engine: Engine, codebook: Codebook) -> None:
        self._lock = Lock()
        # planning few rows takes longer than reading them: without the optimizer it takes two thirds of the time
        self._connection = engine.scratch(settings={"enable_optimizer": False})
        self._is_open = False
        create_schema(self._connection, Library(()), codebook)
        self._rollups = [(SQL / "rollups" / f"{name}.sql").read_text("utf-8") for name in ROLLUPS]
        self._connection.execute("create table changed_story (story varchar, number integer)")
        self._connection.execute("create table gone_number (number integer)")  # always empty: no story was there before
        self._clear()

    @contextmanager
    def with_story(self, story: Story) -> Iterator[Connection]:
        """Yield a database in which this story, of any status, is the only published one.

        Other threads wait until the block ends; then the story is deleted.
        """
        published = story.model_copy(update={"status": "published"})
        with self._lock:
            try:
                # commit, since every question opens another cursor, which sees committed rows only
                self._begin()
                insert_rows(self._connection, batch_tables(Library((published,)), BATCH))
                self._connection.execute("insert into changed_story select story, 1 from story")
                for rollup in self._rollups:
                    self._connection.execute(rollup)
                self._commit()
                yield self._connection
            finally:
                self._clear()

    def _clear(self) -> None:
        if self._is_open:  # an insert has failed
            self._connection.execute("rollback")
        self._begin()
        for table in OF_STORIES:
            self._connection.execute(f"delete from {table}")
        self._commit()

    def _begin(self) -> None:
        self._connection.execute("begin")
        self._is_open = True

    def _commit(self) -> None:
        self._connection.execute("commit")
        self._is_open = False
