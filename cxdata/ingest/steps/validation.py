"""Validation of a flat table: each cell, rows that contradict each other, and fields that go together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cxdata.codebook.codes import Codebook
from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.flat_table.rules import AMBIGUOUS, BOUNDS, CODES, CONTROL
from cxdata.ingest.flat_table.table import ENCOUNTER_FIELDS, STORY_FIELDS, FlatTable, any_present
from cxdata.ingest.staging import ROWED, Staged
from cxdata.store.engine import Connection
from cxdata.store.sql import quote, scalar
from cxdata.stories.contradictions import NO_DRIVERS_READ

REQUIRED: dict[str, Mapping[str, str]] = {
    "story": {column: column for column in ("title", "job", "summary", "outcome", "company")},
    "encounter": {"touchpoint": "touchpoint", "encounter_summary": "summary", "started_by": "started_by"},
    "effort_event": {"driver": "driver", "evidence": "evidence"},
}
"""For each staged table the flat columns that every row must fill, and their names in that table."""

STORY_STEPS = (
    "(select story, min(row) as row, min(step) as first, max(step) as last, count(*) as number "
    "from staged_encounter where story is not null group by story) as story_steps"
)
REFERENCES = (
    # of a story without fields of its own only encounters are known
    "select row, story, 'title', null, 'is missing. No row has the title, job, company and other fields of this story' "
    f"from {STORY_STEPS} anti join staged_story using (story)",
    "select row, story, 'touchpoint', null, 'is missing. No row has a step of this story' "
    f"from staged_story anti join {STORY_STEPS} using (story) where story is not null",
    "select staged_story.row, story, 'step', last::varchar, "
    "'is wrong. The steps must be 1, 2, 3 …, and the story has ' || number || ' of them' "
    f"from {STORY_STEPS} inner join staged_story using (story) where first <> 1 or last <> number",
    "select row, story, 'reviewer', reviewer, 'belongs to reviewed_on. Give both or neither' "
    "from staged_story where (reviewer is null) <> (reviewed_on is null)",
    "select row, story, 'status', status, 'needs a reviewer and reviewed_on. A story without a reviewer is a draft' "
    "from staged_story where status <> 'draft' and reviewer is null",
    "select row, story, 'read_drivers', nullif(array_to_string(read_drivers, ';'), ''), "
    f"{quote(NO_DRIVERS_READ)} from staged_story where (read_effort = 'part') <> (len(read_drivers) > 0)",
    "select min(event.row), event.story, 'read_effort', told.read_effort, "
    "'contradicts the effort of the story. The choices are: whole, or part with read_drivers' "
    "from staged_effort_event as event inner join staged_story as told on event.story = told.story "
    "where told.read_effort = 'none' group by event.story, told.read_effort",
    "select event.row, event.story, 'driver', event.driver, "
    "'is not in the read_drivers of its story, which has: ' || array_to_string(told.read_drivers, ', ') "
    "from staged_effort_event as event inner join staged_story as told on event.story = told.story "
    "where told.read_effort = 'part' and len(told.read_drivers) > 0 "
    "and not list_contains(told.read_drivers, event.driver)",
    "select min(met.row), met.story, 'read_feeling', 'none', "
    "'contradicts the feelings of the story. The choices are: whole' "
    "from staged_encounter as met inner join staged_story as told on met.story = told.story "
    "where told.read_feeling = 'none' and met.feeling is not null group by met.story",
)
"""Queries of fields and records that do not belong together."""

CODE_COLUMNS = (
    *(("story", "kind"), ("story", "job"), ("story", "outcome"), ("story", "loyalty")),
    *(("encounter", "job"), ("encounter", "touchpoint"), ("encounter", "stage"), ("effort_event", "driver")),
)
NUMBER_COLUMNS = (("story", "ces"), ("encounter", "feeling"), ("effort_event", "times"), ("effort_event", "minutes"))
"""Columns of the staged records that hold a code or a number by the rule of the flat column of that name."""
ITEMS = {("emotion", "emotion"): "emotions", ("sign", "sign"): "signs"}
"""The table of the codebook for each code that has a staged row of its own."""

ORPHANS = (
    "select row, story, 'step', step::varchar, 'has effort, but the story has no such step' "
    "from staged_effort_event anti join staged_encounter using (story, step)",
    "select null, story, 'emotion', emotion, 'belongs to step ' || step || ', and the story has no such step' "
    "from staged_emotion anti join staged_encounter using (story, step)",
    "select min(row), story, 'driver', min(driver), "
    "concat('has the number of another effort event of step ', step, ': ', event) "
    "from staged_effort_event group by story, step, event having count(*) > 1",
)
"""Queries of records without their owner, or with the number of another."""


def validate_cells(connection: Connection, staged: Staged) -> Staged:
    """Record a fault for every cell that breaks its column's rule, in one pass over the table."""
    flat = staged.flat
    invalid, found = [], []
    for column in (column for column in FLAT_COLUMNS if column not in flat.valid_columns):
        rule = f"flat.{column} is not null and not {flat.rules[column].is_valid(f'flat.{column}')}"
        invalid.append(f"({rule})")
        found.append(
            f"case when {rule} then {{'name': {quote(column)}, 'value': left(flat.{column}::varchar, 200)}} end"
        )
    invalid.append("flat.story is null")
    found.append("case when flat.story is null then {'name': 'story', 'value': null} end")
    if not scalar(connection, f"select count(*) from {flat.sql} as flat where {' or '.join(invalid)}"):
        return staged
    problems = " ".join(
        f"when {quote(column)} then {quote(flat.rules[column].problem)}" for column in FLAT_COLUMNS if column != "story"
    )
    questions = (
        " ".join(f"when {quote(column)} then {quote(question)}" for column, question in staged.questions.items())
        or "when '' then ''"
    )
    # a row of a mapped table can give several flat rows, and is faulty once
    connection.execute(
        f"""
        insert into staged_fault
        select distinct {quote(staged.name)}, row, story, found.name, found.value, case
            when found.value is null then 'is missing'
            when regexp_matches(found.value, '{CONTROL}') then 'has characters that cannot be shown'
            when starts_with(found.value, '{AMBIGUOUS}') then case found.name {questions} else 'is in doubt' end
            when regexp_full_match(found.value, '\\d(\\.\\d+)?[eE]\\+\\d+') and found.name = 'story'
                then 'is a number that a spreadsheet shortened. Export the column as text'
            when found.name = 'story' then {quote(flat.rules["story"].problem)}
            else case found.name {problems} end
        end
        from (
            select row, story, unnest(list_filter([{", ".join(found)}], lambda each: each is not null)) as found
            from {flat.sql} as flat
            where {" or ".join(invalid)}
        )
        """
    )
    return staged


def find_first_rows(connection: Connection, staged: Staged) -> Staged:
    """Find the first row of each story and encounter; further rows must not contradict it.

    Where a row is a whole story, exact duplicates of a row are counted and dropped.
    """
    flat = staged.flat
    _find_first(connection, staged, "first_story_row", ("story",), STORY_FIELDS)
    duplicates = 0
    if staged.row_is_story:
        duplicates = int(scalar(connection, "select coalesce(sum(rows - 1), 0) from first_story_row"))
    if duplicates:
        _validate_duplicates(connection, staged)
        first = f"(select * from {flat.sql} where row in (select row from first_story_row))"
        staged = replace(staged, flat_table=replace(flat, sql=first), duplicate_rows=duplicates)
    _find_first(connection, staged, "first_encounter_row", ("story", "step"), ENCOUNTER_FIELDS)
    return staged


def _find_first(connection: Connection, staged: Staged, name: str, key: Sequence[str], fields: Sequence[str]) -> None:
    """Create the table `name` of the first rows that fill any of the fields, by key; it is empty if no key repeats."""
    flat = staged.flat
    is_filled = any_present("flat", fields)
    # a hash of the keys is enough to see that none repeats, and far smaller
    cells = ", ".join(flat.cell(column) for column in key)
    repeated = f"select count(*) - count(distinct hash({cells})) from {flat.sql} as flat where {is_filled}"
    if scalar(connection, repeated) == 0:
        connection.execute(
            f"create or replace temp table {name} (story varchar, step integer, row bigint, rows bigint)"
        )
        return
    keys = ", ".join(f"{flat.cell(column)} as {column}" for column in key)
    connection.execute(
        f"create or replace temp table {name} as select {keys}, min(row) as row, count(*) as rows "
        f"from {flat.sql} as flat where {is_filled} group by all"
    )
    connection.execute(_contradictions_sql(flat, staged.name, name, key, fields))


def _contradictions_sql(flat: FlatTable, file: str, name: str, key: Iterable[str], fields: Sequence[str]) -> str:
    same = " and ".join(f"{flat.cell(column)} is not distinct from first.{column}" for column in key)
    differing = ", ".join(
        f"case when flat.{column} is distinct from one.{column} and flat.{column} is not null "
        f"then {{'name': {quote(column)}, 'value': left(flat.{column}::varchar, 200), "
        f"'first': left(one.{column}::varchar, 60)}} end"
        for column in fields
    )
    return f"""
        insert into staged_fault
        select {quote(file)}, row, story, found.name, found.value,
            concat('differs from row ', first_row, ', which has ', coalesce(found.first, 'nothing'))
        from (
            select flat.row, flat.story, first.row as first_row,
                unnest(list_filter([{differing}], lambda each: each is not null)) as found
            from {flat.sql} as flat
            inner join {name} as first on {same} and first.rows > 1 and flat.row > first.row
            inner join {flat.sql} as one on one.row = first.row and ({any_present("one", fields)})
        )
    """


def _validate_duplicates(connection: Connection, staged: Staged) -> None:
    """Record a fault for rows that have the id of another row, and other encounters or efforts."""
    flat = staged.flat
    cells = ", ".join(f"coalesce(flat.{column}, '')" for column in FLAT_COLUMNS)
    connection.execute(
        f"""
        insert into staged_fault
        with content as (
            select flat.story, flat.row, first.row as first_row,
                string_agg(md5(concat_ws(chr(31), flat.part, {cells})), ' ' order by flat.part) as hashes
            from {flat.sql} as flat
            inner join first_story_row as first on flat.story = first.story and first.rows > 1
            group by all
        )
        select {quote(staged.name)}, content.row, content.story, 'story', content.story,
            'has the id of row ' || content.first_row || ' but other steps or effort'
        from content inner join content as one on content.story = one.story and one.row = one.first_row
        where content.hashes <> one.hashes
            and content.row not in (select row from staged_fault where row is not null)
        """
    )


def require_fields(connection: Connection, staged: Staged) -> Staged:
    """Record a fault for every staged row that leaves a required field empty."""
    return _record(connection, staged, _missing_fields())


def validate_references(connection: Connection, staged: Staged) -> Staged:
    """Record the faults of fields and records that belong together."""
    return _record(connection, staged, REFERENCES)


def find_record_faults(connection: Connection, name: str, codebook: Codebook) -> None:
    """Create the table `name` of every fault of the staged records, whatever they come from.

    Columns: row, story, column, value, why.
    """
    checks = (*_missing_fields(), *REFERENCES, *_invalid_values(codebook), *ORPHANS)
    found = " union all ".join(f'select * from ({sql}) as found(row, story, "column", value, why)' for sql in checks)
    connection.execute(f"create or replace temp table {name} as {found}")


def _record(connection: Connection, staged: Staged, checks: Iterable[str]) -> Staged:
    for sql in checks:
        connection.execute(f"insert into staged_fault select {quote(staged.name)}, * from ({sql})")
    return staged


def _missing_fields() -> Iterator[str]:
    for table, required in REQUIRED.items():
        is_empty = {column: f"{field} is null" for column, field in required.items()}
        missing = ", ".join(f"case when {empty} then {quote(column)} end" for column, empty in is_empty.items())
        yield (
            "select row, story, missing, null, 'is missing' "
            f"from (select row, story, unnest([{missing}]) as missing from staged_{table} "
            f"where {' or '.join(is_empty.values())}) where missing is not null"
        )


def _invalid_values(codebook: Codebook) -> Iterator[str]:
    for (table, column), codes in ({place: CODES[place[1]] for place in CODE_COLUMNS} | ITEMS).items():
        listed = ", ".join(map(quote, codebook[codes]))
        why = quote(f"is unknown. The codebook has: {', '.join(codebook[codes])}")
        yield (
            f"select {_row(table)}, story, '{column}', {column}, {_place(table)} || {why} from staged_{table} "
            f"where {column} not in ({listed})"
        )
    for table, column in NUMBER_COLUMNS:
        least, most = BOUNDS[column]
        why = f"{_place(table)} || 'is not between {least:,} and {most:,}'"
        yield (
            f"select {_row(table)}, story, '{column}', {column}::varchar, {why} from staged_{table} "
            f"where {column} not between {least} and {most}"
        )


def _row(table: str) -> str:
    return "row" if table in ROWED else "null"


def _place(table: str) -> str:
    """Return SQL of the words for the place of a record within its story."""
    if table == "effort_event":
        return "concat('of step ', step, ', effort event ', event, ' ')"
    return "concat('of step ', step, ' ')" if table in ("encounter", "emotion") else "''"
