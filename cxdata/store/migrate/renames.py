"""What companies and sources of the file of another version are called today."""

from cxdata.store.engine import Connection
from cxdata.store.records.company_names import reassign_company, reassign_scores

BY_HAND = """
select before, company
from former_history
where field in ('name', 'merged') and before is not null and company is not null
order by changed_at
"""
# the company that each is today: one that is led to by the name, else itself; and whether it has yet to be carried over
MAKE_LED = """
create temp table led as
select
    former.company as former,
    coalesce(there.company, former.company) as company,
    there.company is null and (
        former.batch != 'shipped'
        or former.company in (select company from former_story where batch != 'shipped')
    ) as is_carried
from former_company as former
left join company_alias as there on lower(former.company) = there.alias
"""
# a source that ships under the id of one that people brought in, and is another: theirs gets an id of its own
MAKE_SOURCED = """
create temp table sourced as
select
    former.source as former,
    case
        when former.batch = 'shipped' or there.source is null or {same} then former.source
        else rtrim(left(former.source, 70), '-') || '-' || left(md5(concat_ws(chr(31), {told})), 8)
    end as source
from former_source as former
left join source as there on former.source = there.source
"""
TOLD = ("title", "author", "publication", "published", "url", "kind")


def map_renames(connection: Connection) -> None:
    """Make the tables `led` and `sourced`: for each former company and source what it is called today.

    What was renamed or merged by hand is so again among what ships.
    """
    for before, now in connection.execute(BY_HAND).fetchall():
        _call(connection, before, now)
    connection.execute(MAKE_LED)
    same = " and ".join(f"former.{column} is not distinct from there.{column}" for column in TOLD)
    told = ", ".join(f"former.{column}" for column in TOLD)
    connection.execute(MAKE_SOURCED.format(same=same, told=told))


def _call(connection: Connection, before: str, now: str) -> None:
    """Call what ships under a former name as it was called by hand."""
    old, other = _led(connection, before), _led(connection, now)
    new = now if other in (None, old) else other
    if old is None:
        reassign_scores(connection, before, new)  # what is published of a company that does not ship
    elif old != new:
        names = {"old": old, "new": new}
        if other in (None, old):
            connection.execute("update company set company = $new where company = $old", names)
        else:
            connection.execute("delete from company where company = $old", {"old": old})
        reassign_company(connection, old, new)


def _led(connection: Connection, name: str) -> str | None:
    """The company that a name leads to."""
    found = connection.execute(
        "select company from company_alias where alias = lower($name)", {"name": name}
    ).fetchone()
    return str(found[0]) if found else None
