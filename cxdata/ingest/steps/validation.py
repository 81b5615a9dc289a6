"""What is wrong with a flat table: every cell, rows that contradict each other, and what no single cell shows."""

from collections.abc import Iterable, Mapping, Sequence

from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.flat_table.rules import CONTROL
from cxdata.ingest.flat_table.table import FlatTableQuery, any_present
from cxdata.ingest.steps.flattening import AMBIGUOUS
from cxdata.store.sql import quote

NEEDED = {
    "story": ("title", "job", "summary", "outcome", "company"),
    "encounter": ("touchpoint", "encounter_summary", "started_by"),
    "effort": ("driver", "evidence"),
}


def validate_cells(table: FlatTableQuery) -> None:
    """Every cell by its column's rule, in one pass over the table."""
    wrong, found = [], []
    for column in (column for column in FLAT_COLUMNS if column not in table.plain):
        rule = f"flat.{column} is not null and not {table.fields[column].right(f'flat.{column}')}"
        wrong.append(f"({rule})")
        told = f"{{'name': {quote(column)}, 'value': left(flat.{column}::varchar, 200)}}"
        found.append(f"case when {rule} then {told} end")
    wrong.append("flat.story is null")
    found.append("case when flat.story is null then {'name': 'story', 'value': null} end")
    why = " ".join(
        f"when {quote(column)} then {quote(table.fields[column].why)}" for column in FLAT_COLUMNS if column != "story"
    )
    if not table.one(f"select count(*) from {table.flat} as flat where {' or '.join(wrong)}"):
        return
    # a row of a mapped table can stand in several of ours, and is wrong once
    table.run(
        f"""
        insert into fault
        select distinct {quote(table.defaults.file)}, row, story, found.name, found.value, case
            when found.value is null then 'is missing'
            when regexp_matches(found.value, '{CONTROL}') then 'has characters that cannot be shown'
            when starts_with(found.value, '{AMBIGUOUS}') then 'can be read day first or month first: say which'
            when regexp_full_match(found.value, '\\d(\\.\\d+)?[eE]\\+\\d+') and found.name = 'story'
                then 'is a number that a spreadsheet has shortened; its digits are lost: export it as text'
            when found.name = 'story' then {quote(table.fields["story"].why)}
            else case found.name {why} end
        end
        from (
            select row, story, unnest(list_filter([{", ".join(found)}], lambda each: each is not null)) as found
            from {table.flat} as flat
            where {" or ".join(wrong)}
        )
        """
    )


def find_first_rows(table: FlatTableQuery, name: str, key: Sequence[str], telling: Iterable[str]) -> None:
    """The first row that tells of each story (or encounter); further rows must not tell otherwise."""
    telling = tuple(telling)
    keys = ", ".join(f"{table.typed(column)} as {column}" for column in key)
    told = any_present("flat", telling)
    # of keys a hash is enough to see that none stands twice, and far smaller
    cells = ", ".join(table.typed(column) for column in key)
    if table.one(f"select count(*) - count(distinct hash({cells})) from {table.flat} as flat where {told}") == 0:
        table.run(f"create or replace temp table {name} (story varchar, step integer, row bigint, rows bigint)")
        return
    table.run(
        f"create or replace temp table {name} as select {keys}, min(row) as row, count(*) as rows "
        f"from {table.flat} as flat where {told} group by all"
    )
    same = " and ".join(f"{table.typed(column)} is not distinct from first.{column}" for column in key)
    differing = ", ".join(
        f"case when flat.{column} is distinct from one.{column} and flat.{column} is not null "
        f"then {{'name': {quote(column)}, 'value': left(flat.{column}::varchar, 200), "
        f"'told': left(one.{column}::varchar, 60)}} end"
        for column in telling
    )
    table.run(
        f"""
        insert into fault
        select {quote(table.defaults.file)}, row, story, found.name, found.value,
            concat('is not what row ', first_row, ' tells of it: ', coalesce(found.told, 'nothing'))
        from (
            select flat.row, flat.story, first.row as first_row,
                unnest(list_filter([{differing}], lambda each: each is not null)) as found
            from {table.flat} as flat
            inner join {name} as first on {same} and first.rows > 1 and flat.row > first.row
            inner join {table.flat} as one on one.row = first.row and ({any_present("one", telling)})
        )
        """
    )


def validate_duplicates(table: FlatTableQuery) -> None:
    """Of a table in which a row is a whole story, rows of one id tell the same encounters and efforts too."""
    cells = ", ".join(f"coalesce(flat.{column}, '')" for column in FLAT_COLUMNS)
    table.run(
        f"""
        insert into fault
        with told as (
            select flat.story, flat.row, first.row as first_row,
                string_agg(md5(concat_ws(chr(31), flat.part, {cells})), ' ' order by flat.part) as told
            from {table.flat} as flat inner join story_first as first on flat.story = first.story and first.rows > 1
            group by all
        )
        select {quote(table.defaults.file)}, told.row, told.story, 'story', told.story,
            'has the id of row ' || told.first_row || ' and tells other encounters or efforts'
        from told inner join told as one on told.story = one.story and one.row = one.first_row
        where told.told <> one.told and told.row not in (select row from fault where row is not null)
        """
    )


def validate_references(table: FlatTableQuery) -> None:
    """What no single cell is wrong about."""
    file = quote(table.defaults.file)
    table.run(
        "create or replace temp table steps as select story, min(row) as row, min(step) as first, max(step) as last, "
        "count(*) as number from staged_encounter where story is not null group by story"
    )
    for sql in (
        # of a story that tells nothing of itself only encounters are known
        "select row, story, 'title', null, 'no row tells of this story: title, job, company and the rest' "
        "from steps anti join staged_story using (story)",
        "select row, story, 'touchpoint', null, 'no row tells of an encounter of this story' "
        "from staged_story anti join steps using (story) where story is not null",
        "select staged_story.row, story, 'step', last::varchar, 'steps must be 1, 2, 3 …; there are ' || number "
        "from steps inner join staged_story using (story) where first <> 1 or last <> number",
        "select row, story, 'happened_basis', happened_basis, 'goes together with happened_on: give both or neither' "
        "from story_cell where (happened_on is null) <> (happened_basis is null)",
        "select row, story, 'reviewer', reviewer, 'goes together with reviewed_on: give both or neither' "
        "from staged_story where (reviewer is null) <> (reviewed_on is null)",
        "select row, story, 'status', status, 'needs a reviewer and reviewed_on; an unread story is a draft' "
        "from staged_story where status <> 'draft' and reviewer is null",
    ):
        table.run(f"insert into fault select {file}, * from ({sql})")


def require_fields(table: FlatTableQuery, level: str, staged: str, called: Mapping[str, str] | None = None) -> None:
    """A fault for every row of a staged table that leaves open what each of its kind must tell."""
    is_open = {column: f"{(called or {}).get(column, column)} is null" for column in NEEDED[level]}
    missing = ", ".join(f"case when {empty} then {quote(column)} end" for column, empty in is_open.items())
    table.run(
        f"insert into fault select {quote(table.defaults.file)}, row, story, missing, null, 'is missing' "
        f"from (select row, story, unnest([{missing}]) as missing from {staged} where {' or '.join(is_open.values())}) "
        "where missing is not null"
    )
