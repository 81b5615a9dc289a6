"""Replies: what a company says to a story that is told of it, recorded and taken back."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError

from cxdata.editing.changelog import new_edit, record_change, require_story
from cxdata.errors import DatabaseError, StoryError
from cxdata.store.connection import open_database
from cxdata.store.engine import Connection
from cxdata.store.transaction import mark_changed, transaction
from cxdata.stories.faults import translate_faults
from cxdata.stories.records import URL, Line, Record, Words
from cxdata.text.suggestions import format_choices


def _is_past(day: date) -> date:
    if day > date.today():
        raise ValueError("has not been yet")
    return day


class Reply(Record):
    """What a company says; the author is who speaks, in the words the company gives them."""

    author: Line
    replied_on: Annotated[date, AfterValidator(_is_past)]
    words: Words
    url: Annotated[str, Field(pattern=URL, max_length=500)] | None = None


def record_reply(
    path: Path, story: str, author: str, words: str, by: str, replied_on: date, url: str | None = None
) -> int:
    """Record a reply to a story; its number among the story's, which no other will have.

    Raises StoryError with every fault of the reply, DatabaseError for a story that is not there and for a reply that is
    there already; then nothing is changed.
    """
    edit = new_edit(by)
    try:
        reply = Reply(author=author, words=words, replied_on=replied_on, url=url)
    except ValidationError as error:
        raise StoryError(translate_faults(Reply, f"reply to {story}", error)) from None
    _require_reply(path, story)
    with transaction(path) as connection:
        require_story(connection, story)
        for number, told in _replies(connection, story).items():
            if told == reply:
                raise DatabaseError(f"story {story!r} has this reply already: it is number {number}")
        number = _next(connection, story)
        connection.execute(
            "insert into reply by name select $story as story, $reply as reply, $replied_on as replied_on, "
            "$author as author, $words as words, $url as url, $by as recorded_by, $at::timestamp as recorded_at",
            reply.model_dump() | {"story": story, "reply": number, "by": edit.by, "at": edit.at},
        )
        mark_changed(connection, "select $story as story", {"story": story})
        record_change(connection, edit, f"reply {number}", None, _to_row(reply), story=story)
    return number


def withdraw_reply(path: Path, story: str, reply: int, by: str) -> None:
    """Take a reply back; its words stay in the history. DatabaseError for a story or reply that is not there."""
    edit = new_edit(by)
    _require_reply(path, story)
    with transaction(path) as connection:
        require_story(connection, story)
        known = _replies(connection, story)
        if reply not in known:
            raise DatabaseError(f"reply {format_choices(str(reply), map(str, known), f'story {story!r}')}")
        connection.execute(
            "delete from reply where story = $story and reply = $reply", {"story": story, "reply": reply}
        )
        mark_changed(connection, "select $story as story", {"story": story})
        record_change(connection, edit, f"reply {reply}", _to_row(known[reply]), None, story=story)


def _require_reply(path: Path, story: str) -> None:
    """A first look without the lock: a story that is not there is told before anything is copied."""
    connection = open_database(path)
    try:
        require_story(connection, story)
    finally:
        connection.close()


def _replies(connection: Connection, story: str) -> dict[int, Reply]:
    found = connection.execute(
        "select reply, author, replied_on, words, url from reply where story = $story order by reply", {"story": story}
    ).fetchall()
    return {
        number: Reply.model_construct(author=author, replied_on=replied_on, words=words, url=url)
        for number, author, replied_on, words, url in found
    }


def _next(connection: Connection, story: str) -> int:
    # the number of one that was withdrawn is not given again: the history speaks of it
    found = connection.execute(
        "select count(*) from history where story = $story and field like 'reply %' and before is null",
        {"story": story},
    ).fetchone()
    assert found is not None
    return int(found[0]) + 1


def _to_row(reply: Reply) -> str:
    return json.dumps(reply.model_dump(mode="json"), ensure_ascii=False)
