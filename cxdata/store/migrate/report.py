"""The report of a migration: rows that this version rejects, each with its reason, and what was lost."""

from collections.abc import Iterator, Sequence

from cxdata.store.engine import Connection
from cxdata.store.migrate.legacy import list_columns
from cxdata.store.sql import quote

CONSTRAINTS = """
select constraint_type, expression, constraint_column_names
from duckdb_constraints()
where database_name = current_database() and table_name = $table
"""
MOST_NAMED = 20  # for one reason


def find_rejected_rows(connection: Connection, table: str, key: Sequence[str], rows: str) -> Iterator[str]:
    """Write a sentence for each row, given as SQL, that `table` rejects; `key` has the columns that name a row."""
    connection.execute(f"create or replace temp table held as {rows}")
    types = {column.name: column.type for column in list_columns(connection)[table]}
    for column, kind in types.items():
        unread = f"{column} is not null and try_cast({column} as {kind}) is null"
        yield from _named(
            connection,
            table,
            key,
            "held",
            unread,
            f"{column}::varchar || ' in {column} is not of the type {kind.lower()}'",
        )
    cast = ", ".join(f"try_cast({column} as {kind}) as {column}" for column, kind in types.items())
    held = f"(select {cast} from held)"
    for kind, expression, columns in connection.execute(CONSTRAINTS, {"table": table}).fetchall():
        if kind == "CHECK":
            yield from _named(
                connection,
                table,
                key,
                held,
                f"not ({expression})",
                f"'breaks the rule ' || {quote(expression)}",
            )
        elif kind == "NOT NULL":
            yield from _named(connection, table, key, "held", f"{columns[0]} is null", f"'has no {columns[0]}'")
        elif kind in ("PRIMARY KEY", "UNIQUE"):
            listed = ", ".join(columns)
            twice = (
                f"({listed}) in (select ({listed}) from {table} "
                f"union all select ({listed}) from held group by {listed} having count(*) > 1)"
            )
            yield from _named(connection, table, key, held, twice, "'is there twice'")


def _named(connection: Connection, table: str, key: Sequence[str], rows: str, which: str, why: str) -> Iterator[str]:
    found = connection.execute(
        f"select concat_ws(' ', {', '.join(key)}), {why}, count(*) over () from {rows} where {which} "
        f"order by all limit {MOST_NAMED}"
    ).fetchall()
    for name, reason, _ in found:
        yield f"{table} {name}: {reason}"
    if found and found[0][2] > MOST_NAMED:
        yield f"{table}: and {found[0][2] - MOST_NAMED:,} more for this reason"


MOST_SAID = 20  # of a kind

KINDS = (
    # shipped stories that stories of people replace
    "select 'the shipped story ' || story || ' was left out. It ' || why as said from dropped_story",
    """
    select
        'the story ' || told.story || ' no longer comes with the program. Left out: '
        || string_agg(told.what, ', ' order by told.what) as said
    from (
        select story, count(*) || case when count(*) = 1 then ' reply' else ' replies' end as what
        from former_reply
        group by story
        union all
        select story, count(*) || case when count(*) = 1 then ' change' else ' changes' end as what
        from former_history
        where story is not null
        group by story
    ) as told
    where told.story not in (select story.story from story)
    group by told.story
    """,
    """
    select
        'the second coding of ' || story || ' by ' || coder
        || ' was left out. The story no longer comes with the program, or its steps and promises are others' as said
    from former_second_coding
    where batch != 'shipped' and (story, coder) not in (select (story, coder) from second_coding)
    """,
    """
    select
        'the lesson ' || lesson || ' no longer refers to ' || story
        || ', which no longer comes with the program' as said
    from former_lesson_story
    where
        lesson in (select lesson from former_lesson where batch != 'shipped')
        and story not in (select story from story)
    """,
    """
    select 'the changes of the company ' || company || ' were left out. It has no story any longer' as said
    from former_history
    where company in (
        select company_rename.former
        from company_rename
        where company_rename.company not in (select company.company from company)
    )
    group by company
    """,
    """
    select
        'the name ' || former.alias || ' now belongs to ' || now.company || ' and no longer to '
        || company_rename.company as said
    from former_company_alias as former
    inner join company_rename on former.company = company_rename.former
    inner join company_alias as now on former.alias = now.alias
    where now.company != company_rename.company
    """,
    """
    select
        'the company ' || company.company || ' now comes with the program, with sector and country '
        || concat_ws(', ', company.sector, company.country) || ', no longer '
        || concat_ws(', ', former.sector, former.country) as said
    from former_company as former
    inner join company_rename on former.company = company_rename.former
    inner join company on company_rename.company = company.company
    where
        former.batch != 'shipped' and company.batch = 'shipped'
        and (former.sector, coalesce(former.country, '')) != (company.sector, coalesce(company.country, ''))
    """,
    """
    select 'the source ' || former || ' is now called ' || source || '. A source of the program has its old id' as said
    from source_rename
    where former != source
    """,
)


def report_losses(connection: Connection) -> list[str]:
    """Write a sentence for each loss of a migration; of many of one kind the first MOST_SAID, and their number."""
    sentences = []
    for kind in KINDS:
        found = connection.execute(
            f"select said, count(*) over () from ({kind}) order by said limit {MOST_SAID}"
        ).fetchall()
        sentences += [said for said, _ in found]
        if found and found[0][1] > MOST_SAID:
            sentences.append(f"and {found[0][1] - MOST_SAID:,} more of this kind")
    return sentences
