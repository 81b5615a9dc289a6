"""Stories that are at hand as records, saved one by one: written in the form, or edited there; the old one is kept."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from cxdata.editing.batches import OF_STORY, insert_batch
from cxdata.editing.changelog import RECORD, check_story, edit_by, keep
from cxdata.editing.encounter_matching import move_along
from cxdata.errors import DatabaseError, Fault, StoryError
from cxdata.ingest.readers.jsonl import stage_library
from cxdata.ingest.staging import make_stage
from cxdata.ingest.steps.reconciliation import Fitting, fit, insert_staged
from cxdata.store.records.rows import SHIPPED, Batch
from cxdata.store.records.story_reader import story_record
from cxdata.store.transaction import changing
from cxdata.stories import Library, Story
from cxdata.stories.serialiser import write_story

# what has just been written or edited has been read by nobody else
UNREAD = {"status": "draft", "reviewer": None, "reviewed_on": None}
# what is not told in the form stays as it was when a story is edited there
STAYS = ("history", "reply", "account", "lesson_story", "second_encounter", "second_driver", "passage")


def save_story(path: Path, story: Story, by: str) -> str:
    """Bring a story in as a batch of its own, a draft coded by whoever saves it; the batch.

    StoryError where it cannot stand beside those there are.
    """
    story = story.model_copy(update=UNREAD | {"coder": edit_by(by).by})
    at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    batch = Batch(
        f"by-hand-{story.story}", "written by hand", hashlib.sha256(write_story(story).encode()).hexdigest(), by, at
    )
    with changing(path) as connection:
        taken = {name for (name,) in connection.execute("select batch from batch").fetchall()}
        names = (batch.batch, *(f"{batch.batch}-{n}" for n in range(2, 1000)))
        batch = replace(batch, batch=next(name for name in names if name not in taken))
        add_library(connection, Library((story,)), batch)
    return batch.batch


def may_be_edited(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """DatabaseError for a story that is not there, and for a shipped one, which is edited in its file."""
    check_story(connection, name)
    batch = connection.execute("select batch from story where story = $story", {"story": name}).fetchall()
    if batch == [(SHIPPED,)]:
        raise DatabaseError(f"story {name!r} is shipped; it is edited in its file, not in the database")


def save_edit(path: Path, name: str, story: Story, by: str) -> None:
    """Put a story in the place of the one called `name`, as a draft; what stood there is kept in its history.

    Who had read it has not read what stands there now. Its coder stays, and who edits it does not sign it off
    (cxdata/editing/review.py). StoryError where it cannot stand. DatabaseError for a shipped story, which is edited in
    its file, and where nothing is changed: that keeps its status.
    """
    edit = edit_by(by)
    if story.story != name:
        raise StoryError([Fault(name, f"is called {story.story!r} now; a story keeps its id, for links lead to it")])
    with changing(path) as connection:
        may_be_edited(connection, name)
        before = story_record(connection, name)
        batches = connection.execute(
            "select batch, file, sha256, imported_by, imported_at, mapping from batch where batch = "
            "(select batch from story where story = $story)",
            {"story": name},
        ).fetchall()
        batch = Batch(*batches[0])
        story = story.model_copy(update=UNREAD | {"coder": before.coder, "coded_on": before.coded_on})
        if story == before.model_copy(update=UNREAD):
            raise DatabaseError(f"story {name!r} is as it was: nothing was changed")
        move_along(connection, before, story)
        for table in (*(each for each in OF_STORY if each not in STAYS), "story"):
            connection.execute(f"delete from {table} where story = $story", {"story": name})
        add_library(connection, Library((story,)), batch, is_new=False)
        keep(connection, edit, RECORD, write_story(before), write_story(story), story=name)
        if before.status != story.status:
            keep(connection, edit, "status", before.status, story.status, story=name)
        if before.reviewer is not None:
            keep(connection, edit, "reviewer", f"{before.reviewer}, {before.reviewed_on}", None, story=name)


def add_library(connection: duckdb.DuckDBPyConnection, library: Library, batch: Batch, is_new: bool = True) -> None:
    """Stage, fit and insert records within a change; StoryError with everything that cannot stand."""
    make_stage(connection)
    stage_library(connection, library, batch)
    fitted = fit(connection, Fitting(batch.file, strict=True, keyed=False, skip=False))
    faults = connection.execute('select story, "column", value, why from fault order by all').fetchall()
    if faults:
        raise StoryError([Fault(str(story), f"{column} {value!r}: {why}") for story, column, value, why in faults])
    if fitted.known and not fitted.added:
        raise StoryError([Fault(library.stories[0].story, "is in the database already, word for word")])
    insert_staged(connection)
    if is_new:
        insert_batch(connection, batch, len(library.stories))
