"""What stood before an edit, and what stands since: who changed it, and when."""

from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from cxdata.errors import DatabaseError, StoryError
from cxdata.questions.parameters import PARAMETERS
from cxdata.store.cursor import new_cursor
from cxdata.store.engine import Connection
from cxdata.store.sql import dict_rows
from cxdata.stories.faults import translate_faults
from cxdata.stories.records import Line, Record
from cxdata.text.suggestions import format_choices

RECORD = "record"  # the field of an edit of the whole story; who makes one does not sign the story off
MOST_NAMED = 20  # in one message: a batch can have a million stories


class Edit(Record):
    """Who changes something, and when (UTC)."""

    by: Line
    at: datetime


def new_edit(by: str, at: datetime | None = None) -> Edit:
    """An edit of now, or of then; a time without a zone is UTC. StoryError for a name that is none."""
    at = at or datetime.now(UTC)
    try:
        return Edit(by=by, at=at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at)
    except ValidationError as error:
        raise StoryError(translate_faults(Edit, "edit", error)) from None


def record_change(
    connection: Connection,
    edit: Edit,
    field: str,
    before: str | None,
    after: str | None,
    story: str | None = None,
    company: str | None = None,
) -> None:
    """Write down what stood before an edit of a story or of a company, and what stands since."""
    connection.execute(
        "insert into history by name select $story as story, $company as company, $field as field, $before as before, "
        "$after as after, $by as changed_by, $at::timestamp as changed_at",
        {"story": story, "company": company, "field": field, "before": before, "after": after}
        | {"by": edit.by, "at": edit.at},
    )


def read_changelog(connection: Connection, story: str) -> list[dict[str, Any]]:
    """What was changed of a story and of its company, in the order it was; DatabaseError for one that is not there."""
    cursor = new_cursor(connection)
    require_story(cursor, story)
    return dict_rows(
        cursor.execute(
            "select story, company, field, before, after, changed_by, changed_at from history where story = $story "
            "or company in (select story.company from story where story.story = $story) "
            "order by changed_at, field, before",
            {"story": story},
        )
    )


def require_story(connection: Connection, story: str) -> None:
    """DatabaseError for a story, published or not, that the database does not have."""
    if not connection.execute("select 1 from story where story = $story", {"story": story}).fetchall():
        raise DatabaseError(f"story {format_story_choices(connection, story)}")


def format_story_choices(connection: Connection, story: str, *others: str) -> str:
    """`name_choices` for a story: `others` that would have been right too, and the stories most like it."""
    likest = connection.execute(
        "select story, count(*) over () from story order by jaro_winkler_similarity(story, $story) desc, story "
        "limit $most",
        {"story": story, "most": MOST_NAMED},
    ).fetchall()
    is_all = not likest or likest[0][1] <= MOST_NAMED
    known = [*others, *(name for name, _ in likest)]
    return format_choices(story, known, "the database" if is_all else "the database, among others,")


def find_company(connection: Connection, name: str) -> str:
    """The company that a spelling leads to; DatabaseError names the choices."""
    try:
        return str(PARAMETERS["company"].check(connection, name))
    except ValueError as error:
        raise DatabaseError(f"company {error}") from None
