"""A flat table taken apart: its stories, encounters and efforts as rows of the staged tables."""

from cxdata.ingest.flat_table.columns import EFFORT_COLUMNS, STORY_COLUMNS
from cxdata.ingest.flat_table.table import ENCOUNTER_FIELDS, STORY_FIELDS, FlatTableQuery, any_present
from cxdata.ingest.steps.validation import require_fields
from cxdata.store.sql import quote

LOCATOR = "coalesce(flat.locator, 'row ' || flat.row)"


def normalise_stories(table: FlatTableQuery) -> None:
    """Stories, their sources and companies, and the accounts in their own words."""
    who = table.defaults
    # accounts are long, and go their way alone
    cells = {column: table.typed(column) for column in STORY_COLUMNS if column != "account"}
    status = quote(who.status) if who.status else f"coalesce({cells['status']}, 'draft')"
    day = "left(flat.happened_on || '-01-01', 10)::date"
    last = (
        f"case length(flat.happened_on) when 4 then {day} + interval 1 year - interval 1 day "
        f"when 7 then last_day({day}) else {day} end"
    )
    dated = "regexp_full_match(coalesce(flat.happened_on, ''), '\\d{4}(-\\d{2}){0,2}') " + (
        "and try_cast(left(flat.happened_on || '-01-01', 10) as date) is not null"
    )
    stood = f"coalesce({cells['source']}, {quote(who.source)})"
    signs = who.status in ("reviewed", "published")
    unsigned = "null" if who.status == "draft" else None
    table.run(
        f"""
        create or replace temp table story_cell as
        select {", ".join(f"{sql} as {column}" for column, sql in cells.items())}, row,
            {stood} as stood_in, {status} as stands,
            case when {dated} then {day} end as first_day, case when {dated} then ({last})::date end as last_day
        from {table.told("story_first", STORY_FIELDS)}
        """
    )
    # as a sign-off would: who brings a draft in as read is its reviewer; what others have read stays theirs
    read = "case when coalesce(status, 'draft') = 'draft' then {0} else coalesce({1}, {0}) end"
    reviewer = read.format(quote(who.by), "reviewer") if signs else unsigned or "reviewer"
    reviewed = read.format(f"date '{who.on}'", "reviewed_on") if signs else unsigned or "reviewed_on"
    table.run(
        f"""
        insert into staged_story by name
        select story, company, stood_in as source, job, title, summary, happened_on,
            case when happened_on is not null then happened_basis end as happened_basis,
            case when happened_basis is not null then first_day end as happened_from,
            case when happened_basis is not null then last_day end as happened_to,
            outcome, loyalty, coalesce(verdict, 'none') as verdict, ces, stands as status,
            coalesce(coder, {quote(who.coder or who.by)}) as coder, coalesce(coded_on, date '{who.on}') as coded_on,
            {reviewer} as reviewer, {reviewed} as reviewed_on, notes, '' as fingerprint,
            {quote(who.batch)} as batch, row
        from story_cell
        """
    )
    told = table.told("story_first", STORY_FIELDS)
    table.stage(
        "account", f"select {cells['story']} as story, flat.account as words from {told} and flat.account is not null"
    )
    table.run(
        f"""
        insert into staged_source by name
        select stood_in as source, coalesce(min(source_title), {quote(who.file)}) as title,
            coalesce(min(source_author), {quote(who.by)}) as author, min(source_publication) as publication,
            min(source_published) as published, min(source_url) as url,
            coalesce(min(source_kind), 'batch file') as kind, {quote(who.batch)} as batch
        from story_cell where stood_in not in (select source from staged_source) group by stood_in
        """
    )
    table.run(
        f"""
        insert into staged_company by name
        select arg_min(company, row) as company, coalesce(min(sector), '') as sector, min(country) as country,
            {quote(who.batch)} as batch
        from story_cell
        where company is not null and lower(company) not in (select lower(company) from staged_company)
        group by lower(company)
        """
    )
    require_fields(table, "story", "story_cell")
    for column in ("sector", "country"):
        table.run(
            f"insert into fault select {quote(who.file)}, min(row), min(story), '{column}', min({column}), "
            f"'is not the same in every row of ' || min(company) || ': also ' || max({column}) "
            f"from story_cell where company is not null group by lower(company) having min({column}) <> max({column})"
        )
    for column in ("title", "author", "publication", "published", "url", "kind"):
        table.run(
            f"insert into fault select {quote(who.file)}, min(row), min(story), 'source_{column}', "
            f"min(source_{column}), 'is not the same in every row of this source: also ' || max(source_{column}) "
            f"from story_cell group by stood_in having min(source_{column}) <> max(source_{column})"
        )


def normalise_encounters(table: FlatTableQuery) -> None:
    """Encounters and the emotions named in them."""
    told = table.told("encounter_first", ENCOUNTER_FIELDS)
    key = f"{table.typed('story')} as story, {table.typed('step')} as step"
    table.stage(
        "encounter",
        f"""
        select {key}, flat.encounter_job as job, flat.touchpoint, flat.stage,
            coalesce(flat.short, case when length(flat.encounter_summary) > 40
                then left(replace(flat.encounter_summary, chr(10), ' '), 39) || '…'
                else replace(flat.encounter_summary, chr(10), ' ') end) as short,
            flat.encounter_summary as summary, {table.typed("feeling")} as feeling, flat.started_by, flat.demand,
            {LOCATOR} as locator, row
        from {told}
        """,
    )
    table.stage(
        "emotion",
        f"select {key}, unnest({table.typed('emotions')}) as emotion from {told} and flat.emotions is not null",
    )
    require_fields(table, "encounter", "staged_encounter", {"encounter_summary": "summary"})


def normalise_efforts(table: FlatTableQuery) -> None:
    """Effort events, numbered within their encounter in the order of the rows."""
    cells = {column: table.typed(column) for column in EFFORT_COLUMNS}
    key = f"{table.typed('story')} as story, {table.typed('step')} as step"
    told = f"flat.driver, coalesce({cells['times']}, 1) as times, {cells['minutes']} as minutes, flat.evidence"
    if _place_by_row(table):
        table.stage(
            "effort_event",
            f"""
            select {key}, coalesce(later_row.event, 1) as event, {told},
                coalesce(flat.effort_locator, lent_locator.locator, case when later_row.row is null then {LOCATOR} end)
                    as locator, flat.row
            from {table.flat} as flat
            left join later_row on flat.row = later_row.row
            left join lent_locator on later_row.first = lent_locator.row
            where {any_present("flat", EFFORT_COLUMNS)}
            """,
        )
    else:
        table.stage(
            "effort_event",
            f"""
            select told.story, told.step,
                row_number() over (partition by told.story, told.step order by told.row, told.part) as event,
                told.driver, told.times, told.minutes, told.evidence, coalesce(told.effort_locator, met.locator)
                    as locator, told.row
            from (
                select {key}, flat.row, flat.part, flat.effort_locator, {told}
                from {table.flat} as flat where {any_present("flat", EFFORT_COLUMNS)}
            ) as told
            left join staged_encounter as met on told.story = met.story and told.step = met.step
            """,
        )
        table.run(
            f"insert into fault select {quote(table.defaults.file)}, row, story, 'step', step::varchar, "
            "'has an effort, and no row tells of this encounter' from staged_effort_event "
            "where locator is null and story is not null"
        )
    require_fields(table, "effort", "staged_effort_event")


def _place_by_row(table: FlatTableQuery) -> bool:
    """Whether the rows of every encounter stand together, and the first of them tells of it: then a row's place among
    them is the number of its event, and no names have to be compared.

    `later_row` has the others, each with its number and the first; `lent_locator` the locators of those encounters of
    which an effort says no place of its own.
    """
    if not table.as_it_came:
        return False
    placed = f"""
        select row, first, begins from (
            select row, begins, tells,
                max(case when begins then row end) over (rows between unbounded preceding and current row) as first
            from (
                select row, tells,
                    story is distinct from lag(story) over () or step is distinct from lag(step) over () as begins
                from (
                    select row, {table.typed("story")} as story, {table.typed("step")} as step,
                        {any_present("flat", ENCOUNTER_FIELDS)} as tells
                    from {table.flat} as flat
                )
            )
        ) where not (begins and tells)
    """
    table.run(f"create or replace temp table later_row as select row, row - first + 1 as event, first, begins "
              f"from ({placed})")  # fmt: skip
    if table.one("select count(*) from later_row where begins"):
        return False
    runs = table.one(f"select count(*) from {table.flat}") - table.one("select count(*) from later_row")
    if runs != table.one("select count(*) from staged_encounter"):
        return False
    efforts = any_present("flat", EFFORT_COLUMNS)
    # a row without an effort stands alone
    if table.one(
        f"select count(*) from {table.flat} as flat where not ({efforts}) "
        "and (row in (select row from later_row) or row in (select first from later_row))"
    ):
        return False
    table.run(
        f"""
        create or replace temp table lent_locator as
        select row, {LOCATOR} as locator from {table.flat} as flat where row in (
            select later_row.first from {table.flat} as flat inner join later_row on flat.row = later_row.row
            where flat.effort_locator is null and ({efforts})
        )
        """
    )
    return True
