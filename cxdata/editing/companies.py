"""Companies: renamed and merged by people; every former name stays an alias."""

from typing import Any

from pydantic import ValidationError

from cxdata.access.performing import performs
from cxdata.access.roles import Action
from cxdata.editing.changelog import Edit, find_company, new_edit, record_change
from cxdata.errors import Conflict, StoryError
from cxdata.store.engine import Connection, Engine
from cxdata.store.records.company_names import SCORED_TWICE, reassign_company
from cxdata.stories.faults import translate_faults
from cxdata.stories.records import Company


@performs(Action.CHANGE_COMPANY, "old", "new")
def rename_company(engine: Engine, old: str, new: str, by: str) -> str:
    """Rename a company; return its former name, which stays an alias in links and files.

    Raises StoryError for an invalid name, NotFound for an unknown company, Conflict for the name of another company.
    """
    edit = new_edit(by)
    try:
        new = Company(name=new, sector="any").name
    except ValidationError as error:
        raise StoryError(translate_faults(Company, "company", error)) from None
    _require_company(engine, _renamed, old, new)
    with engine.transaction() as connection:
        present = _renamed(connection, old, new)
        names = {"old": present, "new": new}
        _record_rows(connection, edit, "published_score", SCORED_TWICE, names)
        connection.execute("update company set company = $new where company = $old", names)
        reassign_company(connection, present, new)
        record_change(connection, edit, "name", present, new, company=new)
    return present


@performs(Action.CHANGE_COMPANY, "company", "into")
def merge_companies(engine: Engine, company: str, into: str, by: str) -> int:
    """Merge a company into another, which keeps its name, sector and country; return the number of stories it gains.

    Every alias of the first becomes an alias of the second. Raises NotFound for an unknown company, Conflict if both
    names are of one company.
    """
    edit = new_edit(by)
    _require_company(engine, _merged, company, into)
    with engine.transaction() as connection:
        gone, stays = _merged(connection, company, into)
        gained = connection.execute("select count(*) from story where company = $gone", {"gone": gone}).fetchall()
        names = {"old": gone, "new": stays}
        _record_rows(connection, edit, "company", "company = $old", names)
        _record_rows(connection, edit, "published_score", SCORED_TWICE, names)
        connection.execute("delete from company where company = $gone", {"gone": gone})
        reassign_company(connection, gone, stays)
        record_change(connection, edit, "merged", gone, stays, company=stays)
    return int(gained[0][0])


def _require_company(engine: Engine, check: Any, *names: str) -> None:
    """Check without the lock first, so that an error costs no copy of the database."""
    with engine.read() as connection:
        check(connection, *names)


def _renamed(connection: Connection, old: str, new: str) -> str:
    """Return the present name of the company that will have a new one."""
    present = find_company(connection, old)
    if present == new:
        raise Conflict(f"company {present!r} already has this name")
    found = connection.execute("select company from company_alias where alias = lower($new)", {"new": new}).fetchall()
    if found and found != [(present,)]:
        raise Conflict(f"{new!r} is already a name of the company {found[0][0]!r}. Merge {present!r} into it instead")
    return present


def _merged(connection: Connection, company: str, into: str) -> tuple[str, str]:
    """Return the present names of two companies to merge."""
    gone, stays = find_company(connection, company), find_company(connection, into)
    if gone == stays:
        raise Conflict(f"{company!r} and {into!r} are names of the same company: {stays!r}")
    return gone, stays


def _record_rows(connection: Connection, edit: Edit, table: str, rows: str, names: dict[str, str]) -> None:
    """Record whole rows before their deletion."""
    connection.execute(
        "insert into history by name select $new as company, 'record' as field, "
        f"to_json(gone)::varchar as before, $by as changed_by, $at::timestamp as changed_at "
        f"from {table} as gone where {rows}",
        names | {"by": edit.by, "at": edit.at},
    )
