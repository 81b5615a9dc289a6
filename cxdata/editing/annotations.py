"""Dated notes in charts over time, such as "new returns policy": recorded and withdrawn."""

from datetime import date
from typing import Annotated

from pydantic import Field, ValidationError

from cxdata.access.performing import performs
from cxdata.access.roles import Action
from cxdata.editing.changelog import find_company, new_edit, record_change
from cxdata.editing.replies import PastDay
from cxdata.errors import Conflict, NotFound, StoryError
from cxdata.store.engine import Connection, Engine
from cxdata.store.sql import scalar
from cxdata.store.transaction import mark_changed
from cxdata.stories.faults import translate_faults
from cxdata.stories.records import Line, Record
from cxdata.text.suggestions import format_choices

LONGEST = 60  # characters: a note stands in one line of a chart


class Annotation(Record):
    """A dated note; `words` say in one short line what happened that day."""

    words: Annotated[Line, Field(max_length=LONGEST)]
    noted_on: PastDay


@performs(Action.ANNOTATE, "company", tell=lambda number: f"note {number}")
def record_annotation(engine: Engine, words: str, noted_on: date, by: str, company: str = "") -> int:
    """Record a note on a company, or with '' on all; return its number, which is never reused.

    Raises StoryError with every fault of the note, NotFound for an unknown company, Conflict for the same note again;
    then nothing is changed.
    """
    edit = new_edit(by)
    try:
        note = Annotation(words=words, noted_on=noted_on)
    except ValidationError as error:
        raise StoryError(translate_faults(Annotation, "note", error)) from None
    # checked first without the lock, so that an error costs no copy of the database
    with engine.read() as reader:
        _find_place(reader, company, note)
    with engine.transaction() as connection:
        place = _find_place(connection, company, note)
        number = _next(connection)
        connection.execute(
            "insert into annotation by name select $number as annotation, $company as company, $noted_on as noted_on, "
            "$words as words, $by as recorded_by, $at::timestamp as recorded_at",
            note.model_dump() | {"number": number, "company": place, "by": edit.by, "at": edit.at},
        )
        _mark_none(connection)
        # without its words, so that nothing is left of them once it is withdrawn
        record_change(connection, edit, f"annotation {number}", None, f"{note.noted_on}", company=place)
    return number


@performs(Action.ANNOTATE, "annotation")
def withdraw_annotation(engine: Engine, annotation: int, by: str) -> None:
    """Delete a note with its bytes; the changelog keeps its day. Raises NotFound for an unknown note."""
    edit = new_edit(by)
    with engine.read() as reader:
        _find_note(reader, annotation)
    with engine.transaction(rewrite=True) as connection:
        company, noted_on = _find_note(connection, annotation)
        connection.execute("delete from annotation where annotation = $number", {"number": annotation})
        _mark_none(connection)
        record_change(connection, edit, f"annotation {annotation}", f"{noted_on}", None, company=company)


def _find_place(connection: Connection, company: str, note: Annotation) -> str | None:
    """Return the present name of the company, None for all; the same note must not be there."""
    place = find_company(connection, company) if company else None
    known = connection.execute(
        "select annotation from annotation "
        "where company is not distinct from $company and noted_on = $noted_on and words = $words",
        note.model_dump() | {"company": place},
    ).fetchall()
    if known:
        raise Conflict(f"this note is there already. It is number {known[0][0]}")
    return place


def _find_note(connection: Connection, number: int) -> tuple[str | None, date]:
    found = connection.execute("select annotation, company, noted_on from annotation order by annotation").fetchall()
    known = {annotation: (company, noted_on) for annotation, company, noted_on in found}
    if number not in known:
        raise NotFound(f"note {format_choices(str(number), map(str, known), 'the database')}")
    return known[number]


def _mark_none(connection: Connection) -> None:
    # no story changes, so that no rollup is refreshed
    mark_changed(connection, "select story from story where false")


def _next(connection: Connection) -> int:
    # numbers are never reused: the changelog refers to withdrawn notes
    used = (
        "select annotation from annotation union all "
        "select split_part(field, ' ', 2)::integer from history where starts_with(field, 'annotation ')"
    )
    return int(scalar(connection, f"select coalesce(max(annotation), 0) + 1 from ({used})"))
