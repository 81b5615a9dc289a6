"""Stories created and updated one by one in the form; the changelog keeps the former version."""

import hashlib
from dataclasses import replace

from cxdata.access.performing import performs
from cxdata.access.roles import Action
from cxdata.editing.batches import OF_STORY
from cxdata.editing.changelog import RECORD, new_edit, record_change, require_story
from cxdata.editing.encounter_matching import realign_codings
from cxdata.errors import Conflict, Fault, Refused, StoryError
from cxdata.ingest.insertion import insert_library
from cxdata.store.engine import Connection, Engine
from cxdata.store.records.rows import SHIPPED, ImportBatch, batch_time
from cxdata.store.records.story_reader import read_story
from cxdata.stories import Library, Story
from cxdata.stories.serialiser import serialise_story

# nobody has reviewed a new version
UNREAD = {"status": "draft", "reviewer": None, "reviewed_on": None}
# tables that the form does not show keep their rows
KEPT_TABLES = (
    "history",
    "reply",
    "account",
    "lesson_story",
    "second_encounter",
    "second_driver",
    "second_promise",
    "second_sign",
    "passage",
)


@performs(Action.WRITE_STORY, "story")
def create_story(engine: Engine, story: Story, by: str) -> str:
    """Add a story as a batch of its own, a draft with `by` as its coder; return the batch.

    Raises StoryError if the story conflicts with an existing one.
    """
    story = story.model_copy(update=UNREAD | {"coder": new_edit(by).by})
    sha256 = hashlib.sha256(serialise_story(story).encode()).hexdigest()
    batch = ImportBatch(f"by-hand-{story.story}", "written by hand", sha256, by, batch_time())
    with engine.transaction() as connection:
        taken = {name for (name,) in connection.execute("select batch from batch").fetchall()}
        names = (batch.batch, *(f"{batch.batch}-{n}" for n in range(2, 1000)))
        batch = replace(batch, batch=next(name for name in names if name not in taken))
        insert_library(connection, Library((story,)), batch)
    return batch.batch


def require_editable(connection: Connection, name: str) -> None:
    """Raise NotFound for an unknown story, and Refused for a shipped one, which is edited in its file."""
    require_story(connection, name)
    batch = connection.execute("select batch from story where story = $story", {"story": name}).fetchall()
    if batch == [(SHIPPED,)]:
        raise Refused(f"story {name!r} comes with the program. Edit it in its file")


class StoryChanged(Conflict):
    """The story is not the one that an edit began from. `present` is the story as it is now."""

    def __init__(self, present: Story) -> None:
        self.present = present
        super().__init__(f"story {present.story!r} was changed after you began to edit it. Nothing was saved")


def hash_story(story: Story) -> str:
    """Return a hash of all that an edit can change of a story; its status and reviewer do not count."""
    return hashlib.sha256(story.model_copy(update=UNREAD).model_dump_json().encode()).hexdigest()


@performs(Action.WRITE_STORY, "name")
def update_story(engine: Engine, name: str, story: Story, by: str, base: str | None = None) -> None:
    """Replace the story `name` by a new version, a draft; the changelog keeps the former version.

    `base` is the `hash_story` of the version that the edit began from; without it the version of this moment counts.
    The coder stays, and the editor may not sign the story off (cxdata/editing/review.py). Raises StoryChanged if the
    story has another base, StoryError if the version conflicts with other stories, NotFound for an unknown story,
    Refused for a shipped one, Conflict if nothing is changed; then the story keeps its status.
    """
    edit = new_edit(by)
    if story.story != name:
        raise StoryError([Fault(name, f"has the new id {story.story!r}. Keep the old id, because links lead to it")])
    with engine.transaction() as connection:
        require_editable(connection, name)
        before = read_story(connection, name)
        if base is not None and base != hash_story(before):
            raise StoryChanged(before)
        batches = connection.execute(
            "select batch, file, sha256, imported_by, imported_at, mapping from batch where batch = "
            "(select batch from story where story = $story)",
            {"story": name},
        ).fetchall()
        batch = ImportBatch(*batches[0])
        story = story.model_copy(update=UNREAD | {"coder": before.coder, "coded_on": before.coded_on})
        if story == before.model_copy(update=UNREAD):
            raise Conflict(f"story {name!r} has no change. Nothing was saved")
        former, latter = serialise_story(before), serialise_story(story)
        realign_codings(connection, before, story)
        for table in (*(each for each in OF_STORY if each not in KEPT_TABLES), "story"):
            connection.execute(f"delete from {table} where story = $story", {"story": name})
        insert_library(connection, Library((story,)), batch, is_new=False)
        record_change(connection, edit, RECORD, former, latter, story=name)
        if before.status != story.status:
            record_change(connection, edit, "status", before.status, story.status, story=name)
        if before.reviewer is not None:
            record_change(connection, edit, "reviewer", f"{before.reviewer}, {before.reviewed_on}", None, story=name)
