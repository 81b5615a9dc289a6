"""Replies: statements of a company about a story, recorded and withdrawn."""

import json
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError

from cxdata.access.performing import performs
from cxdata.access.roles import Action
from cxdata.editing.changelog import new_edit, record_change, require_story
from cxdata.errors import Conflict, NotFound, StoryError
from cxdata.store.engine import Connection, Engine
from cxdata.store.sql import count_rows
from cxdata.store.transaction import mark_changed
from cxdata.stories.faults import translate_faults
from cxdata.stories.records import URL, Line, Record, Words
from cxdata.text.suggestions import format_choices


def _is_past(day: date) -> date:
    if day > date.today():
        raise ValueError("is in the future")
    return day


PastDay = Annotated[date, AfterValidator(_is_past)]


class Reply(Record):
    """A company's statement; `author` is the speaker, as the company names them."""

    author: Line
    replied_on: PastDay
    words: Words
    url: Annotated[str, Field(pattern=URL, max_length=500)] | None = None


@performs(Action.REPLY, "story")
def record_reply(
    engine: Engine, story: str, author: str, words: str, by: str, replied_on: date, url: str | None = None
) -> int:
    """Record a reply to a story; return its number within the story, which is never reused.

    Raises StoryError with every fault of the reply, NotFound for an unknown story, Conflict for the same reply again;
    then nothing is changed.
    """
    edit = new_edit(by)
    try:
        reply = Reply(author=author, words=words, replied_on=replied_on, url=url)
    except ValidationError as error:
        raise StoryError(translate_faults(Reply, f"reply to {story}", error)) from None
    _require_reply(engine, story)
    with engine.transaction() as connection:
        require_story(connection, story)
        for number, known in _replies(connection, story).items():
            if known == reply:
                raise Conflict(f"story {story!r} already has this reply. It is number {number}")
        number = _next(connection, story)
        connection.execute(
            "insert into reply by name select $story as story, $reply as reply, $replied_on as replied_on, "
            "$author as author, $words as words, $url as url, $by as recorded_by, $at::timestamp as recorded_at",
            reply.model_dump() | {"story": story, "reply": number, "by": edit.by, "at": edit.at},
        )
        mark_changed(connection, "select $story as story", {"story": story})
        record_change(connection, edit, f"reply {number}", None, _to_row(reply), story=story)
    return number


@performs(Action.REPLY, "story")
def withdraw_reply(engine: Engine, story: str, reply: int, by: str) -> None:
    """Withdraw a reply; its words stay in the changelog. Raises NotFound for an unknown story or reply."""
    edit = new_edit(by)
    _require_reply(engine, story)
    with engine.transaction() as connection:
        require_story(connection, story)
        known = _replies(connection, story)
        if reply not in known:
            raise NotFound(f"reply {format_choices(str(reply), map(str, known), f'story {story!r}')}")
        connection.execute(
            "delete from reply where story = $story and reply = $reply", {"story": story, "reply": reply}
        )
        mark_changed(connection, "select $story as story", {"story": story})
        record_change(connection, edit, f"reply {reply}", _to_row(known[reply]), None, story=story)


def _require_reply(engine: Engine, story: str) -> None:
    """Check without the lock first, so that an unknown story costs no copy of the database."""
    with engine.read() as connection:
        require_story(connection, story)


def _replies(connection: Connection, story: str) -> dict[int, Reply]:
    found = connection.execute(
        "select reply, author, replied_on, words, url from reply where story = $story order by reply", {"story": story}
    ).fetchall()
    return {
        number: Reply.model_construct(author=author, replied_on=replied_on, words=words, url=url)
        for number, author, replied_on, words, url in found
    }


def _next(connection: Connection, story: str) -> int:
    # numbers are never reused: the changelog refers to withdrawn replies
    recorded = "history where story = $story and field like 'reply %' and before is null"
    return count_rows(connection, recorded, {"story": story}) + 1


def _to_row(reply: Reply) -> str:
    return json.dumps(reply.model_dump(mode="json"), ensure_ascii=False)
