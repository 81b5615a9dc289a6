"""The changelog: each edit of a story or company, with the values before and after, its author and time."""

from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from cxdata.errors import NotFound, StoryError
from cxdata.questions import parameters
from cxdata.store.connection import new_cursor
from cxdata.store.engine import Connection
from cxdata.store.sql import dict_rows
from cxdata.stories.faults import translate_faults
from cxdata.stories.records import Line, Record
from cxdata.text.suggestions import format_choices

RECORD = "record"  # the field of an edit of the whole story; its author may not sign the story off
ERASED = "erased"  # the field of an erasure, which names its batch alone
MOST_NAMED = 20  # in one message: a batch can have a million stories


class Edit(Record):
    """The author of a change, and its time (UTC)."""

    by: Line
    at: datetime


def new_edit(by: str, at: datetime | None = None) -> Edit:
    """Make an edit of now or of `at`; a time without a zone is UTC. Raises StoryError for an invalid name."""
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
    """Record the values of a field before and after an edit of a story or of a company."""
    connection.execute(
        "insert into history by name select $story as story, $company as company, $field as field, $before as before, "
        "$after as after, $by as changed_by, $at::timestamp as changed_at",
        {"story": story, "company": company, "field": field, "before": before, "after": after}
        | {"by": edit.by, "at": edit.at},
    )


def read_changelog(connection: Connection, story: str) -> list[dict[str, Any]]:
    """List the changes of a story and of its company, the oldest first. Raises NotFound for an unknown story."""
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
    """Raise NotFound for a story, published or not, that the database does not have."""
    if not connection.execute("select 1 from story where story = $story", {"story": story}).fetchall():
        raise NotFound(f"story {format_story_choices(connection, story)}")


def format_story_choices(connection: Connection, story: str, *others: str) -> str:
    """Write `format_choices` for a story: the valid names in `others`, then the most similar stories."""
    likest = connection.execute(
        "select story, count(*) over () from story order by jaro_winkler_similarity(story, $story) desc, story "
        "limit $most",
        {"story": story, "most": MOST_NAMED},
    ).fetchall()
    known = [*others, *(name for name, _ in likest)]
    return format_choices(story, known, "the database", len(others) + (likest[0][1] if likest else 0))


def find_company(connection: Connection, name: str) -> str:
    """Return the company of a name or alias, of a draft too. Raises NotFound with the choices."""
    try:
        return parameters.find_company(connection, name)
    except ValueError as error:
        raise NotFound(f"company {error}") from None
