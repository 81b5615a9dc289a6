"""Companies under one name: renamed and merged by hand. Every name that one has had leads to it still."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cxdata.editing.changelog import Edit, find_company, new_edit, record_change
from cxdata.errors import DatabaseError, StoryError
from cxdata.store.connection import open_database
from cxdata.store.engine import Connection
from cxdata.store.records.company_names import SCORED_TWICE, reassign_company
from cxdata.store.transaction import transaction
from cxdata.stories.faults import translate_faults
from cxdata.stories.records import Company


def rename_company(path: Path, old: str, new: str, by: str) -> str:
    """Call a company otherwise; the name it had. That name leads to it still, in links and in files.

    Raises StoryError for a name that is none, DatabaseError for a company that is not there and for a name that leads
    to another company: the two are merged, or left apart.
    """
    edit = new_edit(by)
    try:
        new = Company(name=new, sector="any").name
    except ValidationError as error:
        raise StoryError(translate_faults(Company, "company", error)) from None
    _require_company(path, _renamed, old, new)
    with transaction(path) as connection:
        present = _renamed(connection, old, new)
        names = {"old": present, "new": new}
        _record_rows(connection, edit, "published_score", SCORED_TWICE, names)
        connection.execute("update company set company = $new where company = $old", names)
        reassign_company(connection, present, new)
        record_change(connection, edit, "name", present, new, company=new)
    return present


def merge_companies(path: Path, company: str, into: str, by: str) -> int:
    """Make one company of two, with the name, sector and country of the second; how many stories it gained.

    Every spelling of the first leads to the second. Raises DatabaseError for a company that is not there, and where the
    two are one already.
    """
    edit = new_edit(by)
    _require_company(path, _merged, company, into)
    with transaction(path) as connection:
        gone, stays = _merged(connection, company, into)
        gained = connection.execute("select count(*) from story where company = $gone", {"gone": gone}).fetchall()
        names = {"old": gone, "new": stays}
        _record_rows(connection, edit, "company", "company = $old", names)
        _record_rows(connection, edit, "published_score", SCORED_TWICE, names)
        connection.execute("delete from company where company = $gone", {"gone": gone})
        reassign_company(connection, gone, stays)
        record_change(connection, edit, "merged", gone, stays, company=stays)
    return int(gained[0][0])


def _require_company(path: Path, check: Any, *names: str) -> None:
    """A first look without the lock: what will be refused is refused before anything is copied."""
    connection = open_database(path)
    try:
        check(connection, *names)
    finally:
        connection.close()


def _renamed(connection: Connection, old: str, new: str) -> str:
    """The present name of the company that is to have a new one."""
    present = find_company(connection, old)
    if present == new:
        raise DatabaseError(f"company {present!r} is called so already")
    found = connection.execute("select company from company_alias where alias = lower($new)", {"new": new}).fetchall()
    if found and found != [(present,)]:
        raise DatabaseError(
            f"company {new!r} leads to another company, {found[0][0]!r}; merge {present!r} into it instead"
        )
    return present


def _merged(connection: Connection, company: str, into: str) -> tuple[str, str]:
    """The present names of two companies that are to be one."""
    gone, stays = find_company(connection, company), find_company(connection, into)
    if gone == stays:
        raise DatabaseError(f"{company!r} and {into!r} are one company already: {stays!r}")
    return gone, stays


def _record_rows(connection: Connection, edit: Edit, table: str, rows: str, names: dict[str, str]) -> None:
    """Write down rows that go, whole."""
    connection.execute(
        "insert into history by name select $new as company, 'record' as field, "
        f"to_json(gone)::varchar as before, $by as changed_by, $at::timestamp as changed_at "
        f"from {table} as gone where {rows}",
        names | {"by": edit.by, "at": edit.at},
    )
