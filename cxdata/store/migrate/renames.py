"""Names of companies and sources in a file of another version, and their names in this version."""

from cxdata.store.engine import Connection
from cxdata.store.records.company_names import reassign_company, reassign_scores

BY_HAND = """
select before, company
from former_history
where field in ('name', 'merged') and before is not null and company is not null
order by changed_at
"""
# for each company of the file its company in this version, by alias or itself; and whether it is still to be copied
COMPANY_RENAMES = """
create temp table company_rename as
select
    former.company as former,
    coalesce(there.company, former.company) as company,
    there.company is null and (
        former.batch != 'shipped'
        or former.company in (select company from former_story where batch != 'shipped')
    ) as is_copied
from former_company as former
left join company_alias as there on lower(former.company) = there.alias
"""
# a source of a user that has the id of a different shipped source gets another id
SOURCE_RENAMES = """
create temp table source_rename as
select
    former.source as former,
    case
        when former.batch = 'shipped' or there.source is null or {same} then former.source
        else rtrim(left(former.source, 70), '-') || '-' || left(md5(concat_ws(chr(31), {columns})), 8)
    end as source
from former_source as former
left join source as there on former.source = there.source
"""
IDENTIFYING = ("title", "author", "publication", "published", "url", "kind")


def map_renames(connection: Connection) -> None:
    """Create the tables `company_rename` and `source_rename`.

    For each former company and source they have its name in this version. Companies that people renamed or merged are
    renamed and merged again among the shipped ones.
    """
    for before, now in connection.execute(BY_HAND).fetchall():
        _rename_shipped(connection, before, now)
    connection.execute(COMPANY_RENAMES)
    same = " and ".join(f"former.{column} is not distinct from there.{column}" for column in IDENTIFYING)
    columns = ", ".join(f"former.{column}" for column in IDENTIFYING)
    connection.execute(SOURCE_RENAMES.format(same=same, columns=columns))


def _rename_shipped(connection: Connection, before: str, now: str) -> None:
    """Give a shipped company the name that people gave it."""
    old, other = _find_company(connection, before), _find_company(connection, now)
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


def _find_company(connection: Connection, name: str) -> str | None:
    """Return the company of a name or alias."""
    found = connection.execute(
        "select company from company_alias where alias = lower($name)", {"name": name}
    ).fetchone()
    return str(found[0]) if found else None
