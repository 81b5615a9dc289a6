"""Normalisation of a flat table: its stories, encounters and efforts become rows of the staged tables."""

from collections.abc import Iterator

from cxdata.codebook.kinds import kind_sql
from cxdata.ingest.flat_table.columns import EFFORT_COLUMNS, STORY_COLUMNS
from cxdata.ingest.flat_table.table import ENCOUNTER_FIELDS, STORY_FIELDS, FlatTable, any_present
from cxdata.ingest.staging import Staged
from cxdata.store.engine import Connection
from cxdata.store.sql import count_rows, quote

LOCATOR = "coalesce(flat.locator, 'row ' || flat.row)"


def normalise(connection: Connection, staged: Staged) -> Staged:
    """Stage the records of a flat table, and record the faults of rows that contradict each other."""
    _stage_stories(connection, staged)
    connection.execute(
        f"insert into staged_fault select {quote(staged.name)}, row, story, 'happened_basis', happened_basis, "
        "'belongs to happened_on. Give both or neither' "
        "from story_cell where (happened_on is null) <> (happened_basis is null)"
    )
    _stage_sources(connection, staged)
    _stage_companies(connection, staged)
    _stage_encounters(connection, staged.flat)
    _stage_efforts(connection, staged)
    return staged


def _stage_stories(connection: Connection, staged: Staged) -> None:
    """Stage stories and their accounts; `story_cell` keeps the fields of stories for the steps that follow."""
    flat, importer, on = staged.flat, quote(staged.batch.imported_by), f"date '{staged.day}'"
    set_status = staged.request.status
    cells = {column: flat.cell(column) for column in STORY_COLUMNS if column != "account"}
    status = quote(set_status) if set_status else f"coalesce({cells['status']}, 'draft')"
    day = "left(flat.happened_on || '-01-01', 10)::date"
    last = (
        f"case length(flat.happened_on) when 4 then {day} + interval 1 year - interval 1 day "
        f"when 7 then last_day({day}) else {day} end"
    )
    dated = "regexp_full_match(coalesce(flat.happened_on, ''), '\\d{4}(-\\d{2}){0,2}') " + (
        "and try_cast(left(flat.happened_on || '-01-01', 10) as date) is not null"
    )
    source = f"coalesce({cells['source']}, {quote(staged.default_source)})"
    is_signed = set_status in ("reviewed", "published")
    unsigned = "null" if set_status == "draft" else None
    rows = flat.first_rows(connection, "first_story_row", STORY_FIELDS)
    connection.execute(
        f"""
        create or replace temp table story_cell as
        select {", ".join(f"{sql} as {column}" for column, sql in cells.items())}, row,
            {source} as cited_source, {status} as set_status,
            case when {dated} then {day} end as first_day, case when {dated} then ({last})::date end as last_day
        from {rows}
        """
    )
    # as a sign-off: the importer becomes the reviewer of drafts imported as reviewed, and other reviewers stay
    signed = "case when coalesce(status, 'draft') = 'draft' then {0} else coalesce({1}, {0}) end"
    reviewer = signed.format(importer, "reviewer") if is_signed else unsigned or "reviewer"
    reviewed = signed.format(on, "reviewed_on") if is_signed else unsigned or "reviewed_on"
    connection.execute(
        f"""
        insert into staged_story by name
        select story, company, cited_source as source,
            coalesce(kind, {kind_sql(staged.codebook, "source_kind")}) as kind, job, title, summary, happened_on,
            case when happened_on is not null then happened_basis end as happened_basis,
            case when happened_basis is not null then first_day end as happened_from,
            case when happened_basis is not null then last_day end as happened_to,
            outcome, loyalty, coalesce(verdict, 'none') as verdict, ces, {", ".join(_readings(staged))},
            set_status as status,
            coalesce(coder, {quote(staged.coder) if staged.coder else importer}) as coder,
            coalesce(coded_on, {on}) as coded_on,
            {reviewer} as reviewer, {reviewed} as reviewed_on, notes, '' as fingerprint,
            {quote(staged.batch.batch)} as batch, row
        from story_cell
        """
    )
    # accounts are long, and are read once
    flat.stage(
        connection,
        "account",
        f"select {cells['story']} as story, flat.account as words from {rows} and flat.account is not null",
    )


def _readings(staged: Staged) -> Iterator[str]:
    """Yield SQL of what a story was read for, by default what its table has columns for.

    Nobody can have found feelings in a table without a column for them. A mapping fills these columns itself.
    """
    for field, column in (("feeling", "feeling"), ("promises", None), ("signs", None)):
        default = "whole" if column in staged.columns else "none"
        yield f"coalesce(read_{field}, '{default}') as read_{field}"
    # a step may code effort that a table describes in words
    default = "whole" if {"driver", "evidence"} & set(staged.columns) else "none"
    yield f"coalesce(read_effort, case when read_drivers is null then '{default}' else 'part' end) as read_effort"
    yield "coalesce(read_drivers, []) as read_drivers"


def _stage_sources(connection: Connection, staged: Staged) -> None:
    connection.execute(
        f"""
        insert into staged_source by name
        select cited_source as source, coalesce(min(source_title), {quote(staged.name)}) as title,
            coalesce(min(source_author), {quote(staged.batch.imported_by)}) as author,
            min(source_publication) as publication, min(source_published) as published, min(source_url) as url,
            coalesce(min(source_kind), 'batch file') as kind, {quote(staged.batch.batch)} as batch
        from story_cell where cited_source not in (select source from staged_source) group by cited_source
        """
    )
    for column in ("title", "author", "publication", "published", "url", "kind"):
        connection.execute(
            f"insert into staged_fault select {quote(staged.name)}, min(row), min(story), 'source_{column}', "
            f"min(source_{column}), 'must be the same in every row of this source. Another row has ' || "
            f"max(source_{column}) from story_cell group by cited_source "
            f"having min(source_{column}) <> max(source_{column})"
        )


def _stage_companies(connection: Connection, staged: Staged) -> None:
    connection.execute(
        f"""
        insert into staged_company by name
        select arg_min(company, row) as company, coalesce(min(sector), '') as sector, min(country) as country,
            {quote(staged.batch.batch)} as batch
        from story_cell
        where company is not null and lower(company) not in (select lower(company) from staged_company)
        group by lower(company)
        """
    )
    for column in ("sector", "country"):
        connection.execute(
            f"insert into staged_fault select {quote(staged.name)}, min(row), min(story), '{column}', min({column}), "
            f"'must be the same in every row of ' || min(company) || '. Another row has ' || max({column}) "
            f"from story_cell where company is not null group by lower(company) having min({column}) <> max({column})"
        )


def short_sql(summary: str) -> str:
    """Return SQL of the short form of an encounter that has none: the beginning of its summary."""
    line = f"replace({summary}, chr(10), ' ')"
    return f"case when length({summary}) > 40 then left({line}, 39) || '…' else {line} end"


def _stage_encounters(connection: Connection, flat: FlatTable) -> None:
    """Stage encounters and the emotions named in them."""
    rows = flat.first_rows(connection, "first_encounter_row", ENCOUNTER_FIELDS)
    key = f"{flat.cell('story')} as story, {flat.cell('step')} as step"
    flat.stage(
        connection,
        "encounter",
        f"""
        select {key}, flat.encounter_job as job, flat.touchpoint, flat.stage,
            coalesce(flat.short, {short_sql("flat.encounter_summary")}) as short,
            flat.encounter_summary as summary, {flat.cell("feeling")} as feeling, flat.started_by, flat.demand,
            {LOCATOR} as locator, row
        from {rows}
        """,
    )
    flat.stage(
        connection,
        "emotion",
        f"select {key}, unnest({flat.cell('emotions')}) as emotion from {rows} and flat.emotions is not null",
    )


def _stage_efforts(connection: Connection, staged: Staged) -> None:
    """Stage effort events, numbered within their encounter in the order of the rows."""
    flat = staged.flat
    cells = {column: flat.cell(column) for column in EFFORT_COLUMNS}
    key = f"{flat.cell('story')} as story, {flat.cell('step')} as step"
    fields = f"flat.driver, coalesce({cells['times']}, 1) as times, {cells['minutes']} as minutes, flat.evidence"
    if _place_by_row(connection, flat):
        flat.stage(
            connection,
            "effort_event",
            f"""
            select {key}, coalesce(following_row.event, 1) as event, {fields},
                coalesce(
                    flat.effort_locator, inherited_locator.locator,
                    case when following_row.row is null then {LOCATOR} end
                ) as locator, flat.row
            from {flat.sql} as flat
            left join following_row on flat.row = following_row.row
            left join inherited_locator on following_row.first = inherited_locator.row
            where {any_present("flat", EFFORT_COLUMNS)}
            """,
        )
    else:
        flat.stage(
            connection,
            "effort_event",
            f"""
            select effort.story, effort.step,
                row_number() over (partition by effort.story, effort.step order by effort.row, effort.part) as event,
                effort.driver, effort.times, effort.minutes, effort.evidence,
                coalesce(effort.effort_locator, met.locator) as locator, effort.row
            from (
                select {key}, flat.row, flat.part, flat.effort_locator, {fields}
                from {flat.sql} as flat where {any_present("flat", EFFORT_COLUMNS)}
            ) as effort
            left join staged_encounter as met on effort.story = met.story and effort.step = met.step
            """,
        )
        connection.execute(
            f"insert into staged_fault select {quote(staged.name)}, row, story, 'step', step::varchar, "
            "'has effort, but no row has the fields of this step' from staged_effort_event "
            "where locator is null and story is not null"
        )


def _place_by_row(connection: Connection, flat: FlatTable) -> bool:
    """Return whether the rows of every encounter are adjacent, and the first of them has its fields.

    Then a row's place among them is the number of its event, and no names have to be compared. `following_row` has the
    rows after the first, each with its number; `inherited_locator` the locators of encounters whose efforts have none.
    """
    if not flat.is_unchanged:
        return False
    placed = f"""
        select row, first, begins from (
            select row, begins, is_filled,
                max(case when begins then row end) over (rows between unbounded preceding and current row) as first
            from (
                select row, is_filled,
                    story is distinct from lag(story) over () or step is distinct from lag(step) over () as begins
                from (
                    select row, {flat.cell("story")} as story, {flat.cell("step")} as step,
                        {any_present("flat", ENCOUNTER_FIELDS)} as is_filled
                    from {flat.sql} as flat
                )
            )
        ) where not (begins and is_filled)
    """
    connection.execute(
        "create or replace temp table following_row as "
        f"select row, row - first + 1 as event, first, begins from ({placed})"
    )
    if count_rows(connection, "following_row where begins"):
        return False
    first_rows = count_rows(connection, flat.sql) - count_rows(connection, "following_row")
    if first_rows != count_rows(connection, "staged_encounter"):
        return False
    efforts = any_present("flat", EFFORT_COLUMNS)
    # a row without an effort is the only one of its encounter
    if count_rows(
        connection,
        f"{flat.sql} as flat where not ({efforts}) "
        "and (row in (select row from following_row) or row in (select first from following_row))",
    ):
        return False
    connection.execute(
        f"""
        create or replace temp table inherited_locator as
        select row, {LOCATOR} as locator from {flat.sql} as flat where row in (
            select following_row.first from {flat.sql} as flat inner join following_row on flat.row = following_row.row
            where flat.effort_locator is null and ({efforts})
        )
        """
    )
    return True
