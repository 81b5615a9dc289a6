"""A source table as SQL that gives `row` and our flat columns, cleaned.

Whether the cells are valid is not judged here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.flat_table.rules import column_rules
from cxdata.ingest.flat_table.table import FlatTable
from cxdata.ingest.mapping.model import FORMATS, Effort, TableMapping
from cxdata.ingest.readers.base import NO_ROWS, SourceTable, refuse
from cxdata.ingest.staging import Staged
from cxdata.ingest.steps.cell_reading import DATE_COLUMNS, NULL, NUMBERS, CellReader
from cxdata.store.engine import Connection
from cxdata.store.sql import count_rows, drop_relation, quote
from cxdata.text.formatting import format_count


def flatten(connection: Connection, staged: Staged) -> Staged:
    """Make the flat table, and note how dates, ids and HTML's entities were read. Raises StoryError if it is empty."""
    flattener = Flattener(connection, staged)
    flat = flattener.flatten_mapped(staged.mapping) if staged.mapping else flattener.flatten_own()
    is_checked = staged.mapping is None and not staged.table.ragged_count
    if is_checked and connection.execute(f"select 1 from {flat.sql} limit 1").fetchone() is None:
        raise refuse(staged.name, NO_ROWS)
    notes = (
        *staged.notes,
        *staged.table.doubts,
        *flattener.notes,
        *_entity_notes(connection, staged.table),
    )
    return replace(
        staged,
        flat_table=flat,
        notes=notes,
        questions=flattener.questions,
        unused=flattener.unused_headers(),
        row_count=flattener.count_rows(),
    )


def clean_cells(table: str, cells: Iterable[str], others: Iterable[str] = (), has_tags: bool = False) -> str:
    """Return SQL of a table's `row`, of `others` as they are, and of these cells as clean text.

    Clean text has no blanks around it, no invisible marks and letters for HTML's entities; empty text is NULL. With
    `has_tags` HTML is read as its text. Each
    step is a query of its own, for DuckDB would plan a nested expression as often as the next one uses it.
    """
    steps = (
        "replace({0}::varchar, chr(13) || chr(10), chr(10))",
        "stripped({0})",
        *(("untagged({0})",) if has_tags else ()),
        "visible(unescaped({0}))",
        "nullif(stripped({0}), '')",  # blanks may have been written as entities
    )
    cells, others = list(cells), list(others)
    for step in steps:
        columns = ", ".join(["row", *others, *(f"{step.format(cell)} as {cell}" for cell in cells)])
        table = f"(select {columns} from {table})"
    return table


class Flattener:
    """Flattens one table: it makes the SQL of each of our columns once, and notes the columns that were used."""

    def __init__(self, connection: Connection, staged: Staged) -> None:
        self._connection, self._staged = connection, staged
        self._table: SourceTable = staged.table
        self._rules = column_rules(staged.codebook)
        self._cells = self._table.all_cells
        self._reader = CellReader(connection, staged, clean_cells(self._table.relation(), self._cells))

    @property
    def notes(self) -> tuple[str, ...]:
        """How the columns were read, each note once."""
        return tuple(dict.fromkeys(self._reader.notes))

    @property
    def questions(self) -> Mapping[str, str]:
        """What has to be asked about a column of ours."""
        return self._reader.questions

    def unused_headers(self) -> tuple[str, ...]:
        """Return the headers that no column of ours is made of."""
        return tuple(header for place, header in enumerate(self._table.headers) if place not in self._reader.used)

    def count_rows(self) -> int:
        """Return the number of rows, those that cannot be read among them; a row of nothing is none."""
        if self._reader.cleaned != "clean_cell":
            return self._table.total_rows
        return self._table.total_rows - self._table.row_count + count_rows(self._connection, "clean_cell")

    def flatten_own(self) -> FlatTable:
        """Flatten a table in our own columns."""
        places, valid = self._staged.columns, self._staged.valid_columns
        # a row that does not name its story is empty or invalid
        is_unchanged = len(valid) == len(places) > 0 and not self._has_empty(self._cells[places["story"]])
        if is_unchanged:
            self._reader.cleaned = self._table.relation(places.values())
        else:
            # most columns of most tables hold nothing to clean and nothing invalid, and are taken as they are
            taken = {self._cells[places[column]] for column in valid}
            others = [cell for cell in self._cells if cell not in taken]
            self._keep_cleaned(clean_cells(self._table.relation(), others, taken))
        native = frozenset(
            column for column in valid if self._rules[column].accepts(self._table.kinds.get(places[column]))
        )
        selected: dict[str, str] = {}
        for column in FLAT_COLUMNS:
            # a native number of any type becomes that of its record: 30 and 30.0 are the same
            becomes = self._rules[column].type if is_unchanged and column in native else "varchar"
            selected[column] = f"{self._read_own(column, selected.get('story', NULL))}::{becomes}"
        rows = f"select row, 0 as part, {_list_columns(selected)} from {self._reader.cleaned}"
        flat = self._keep("view" if is_unchanged else "table", rows)
        if is_unchanged:
            flat = replace(flat, sql=f"({rows})", valid_columns=valid, native_columns=native, is_unchanged=True)
        return flat

    def flatten_mapped(self, mapping: TableMapping) -> FlatTable:
        """Flatten somebody else's table: each row gives its story, encounters and efforts."""
        self._keep_cleaned(clean_cells(self._table.relation(), self._cells, has_tags=True))
        self._filter(mapping)
        story = self._reader.read_fields(mapping.story)
        story["story"] = self._read_id(mapping)
        if "happened_basis" in story:
            dated = story.get("happened_on", NULL)
            story["happened_basis"] = f"case when {dated} is not null then {story['happened_basis']} end"
        story = self._readings(mapping) | story
        parts: list[str] = []
        for step, encounter in enumerate(mapping.encounter, start=1):
            fields = self._reader.read_fields(encounter.fields) | {"step": f"'{step}'"}
            efforts: Sequence[Effort | None] = encounter.effort or (None,)
            for number, effort in enumerate(efforts, start=1):
                is_first = number == 1
                columns = dict(story) if step == 1 and is_first else {"story": story["story"]}
                # the first effort's row holds its story and encounter, whether or not there is an effort
                is_effort = self._reader.meets(effort.when if effort else None)
                read = self._reader.read_fields(effort.fields if effort else {})
                if effort and "driver" in effort.fields and effort.fields["driver"].kind == "column":
                    # a row whose category names no effort type has no event, whatever else stands in it
                    is_effort = f"({is_effort} and {read['driver']} is not null)"
                for column, sql in read.items():
                    columns[column] = f"case when {is_effort} then {sql} end" if is_first else sql
                columns |= fields if is_first else {"step": fields["step"]}
                when = f"{'true' if is_first else is_effort} and {self._reader.meets(encounter.when)}"
                parts.append(f"select row, {len(parts)} as part, {_list_columns(columns)} from clean_cell where {when}")
        return self._keep("table", " union all ".join(parts))

    def _readings(self, mapping: TableMapping) -> dict[str, str]:
        """Return the columns that say what a row was read for: what the mapping maps, where the cell is answered."""
        drivers, feelings = [], []
        for encounter in mapping.encounter:
            met = self._reader.meets(encounter.when)
            if "feeling" in encounter.fields:
                feelings.append(
                    f"({met} and {self._reader.read_cell(encounter.fields['feeling'], 'feeling')} is not null)"
                )
            for effort in (effort for effort in encounter.effort if "driver" in effort.fields):
                driver = self._reader.read_cell(effort.fields["driver"], "driver")
                drivers.append(f"case when {met} and {self._reader.answers(effort.when)} then {driver} end")
        listed = f"list_sort(list_distinct(list_filter([{', '.join(drivers)}], lambda each: each is not null)))"
        read = f"nullif(array_to_string({listed}, ';'), '')" if drivers else NULL
        return {
            "read_feeling": f"case when {' or '.join(feelings) or 'false'} then 'whole' else 'none' end",
            "read_effort": f"case when {read} is null then 'none' else 'part' end",
            "read_drivers": read,
            "read_promises": "'none'",
            "read_signs": "'none'",
        }

    def _keep_cleaned(self, sql: str) -> None:
        """Keep the cleaned cells in a table: what follows uses them several times, and each use would clean again."""
        # a row of nothing is none: spreadsheets add them at the end
        is_filled = " or ".join(f"{cell} is not null" for cell in self._cells)
        self._connection.execute(f"create or replace temp table clean_cell as select * from {sql} where {is_filled}")
        self._reader.cleaned = "clean_cell"

    def _filter(self, mapping: TableMapping) -> None:
        """Drop the rows that the mapping does not want, and note how many."""
        if not mapping.only:
            return
        wanted = []
        for each in mapping.only:
            found = self._table.find(each.column)
            if found is None:
                raise refuse(
                    self._table.name, f"has no column {each.column[0]!r} to filter by. It has: "
                    f"{', '.join(self._table.headers[:12])}"
                )  # fmt: skip
            cell = f"lower({self._reader.use(found[1])})"
            wanted.append(f"{cell} in ({', '.join(quote(word.lower()) for word in each.words)})")
        before = count_rows(self._connection, "clean_cell")
        self._connection.execute(f"delete from clean_cell where not coalesce({' and '.join(wanted)}, false)")
        left = before - count_rows(self._connection, "clean_cell")
        self._reader.notes.append(f"{format_count(left, 'row')} left out by the filter")

    def _keep(self, kind: str, sql: str) -> FlatTable:
        """Create the flat table by the name that quarantine uses."""
        drop_relation(self._connection, "flat_table_row")
        self._connection.execute(f"create temp {kind} flat_table_row as {sql}")
        return FlatTable("flat_table_row", self._rules)

    def _has_empty(self, cell: str) -> bool:
        return bool(self._reader.query(f"count(*) - count({cell})", self._table.relation())[0])

    def _read_own(self, column: str, story: str) -> str:
        """Return the SQL of one of our columns in our own table; `story` is that of its story."""
        place = self._staged.columns.get(column)
        cell = NULL if place is None else self._reader.use(place)
        if place is not None and column in DATE_COLUMNS and column not in self._staged.valid_columns:
            cell = self._reader.read_days(self._table.headers[place], cell, FORMATS, column)
        elif place is None and column == "story":
            cell = self._content_id("row")
        elif place is None and column == "step":
            cell = f"row_number() over (partition by {story} order by row)::varchar"
        return cell

    def _read_id(self, mapping: TableMapping) -> str:
        """Return the id of each row: that of its column as a slug, else a hash of its content."""
        found = self._table.find(mapping.id or ())
        if mapping.every_row:
            return self._row_id(mapping.prefix, found)
        return (
            self._content_id(mapping.prefix) if found is None else _slug_id(self._reader.use(found[1]), mapping.prefix)
        )

    def _content_id(self, prefix: str) -> str:
        self._reader.notes.append(
            "rows have no id, so rows with the same content become one story (--every-row makes each a story)"
        )
        return f"{quote(prefix + '-')} || {self._content_hash()}"

    def _content_hash(self) -> str:
        cells = ", ".join(f"coalesce({cell}, '')" for cell in self._cells)
        return f"left(md5(concat_ws(chr(31), {cells})), 16)"

    def _row_id(self, prefix: str, found: tuple[str, int] | None) -> str:
        """Return an id for each row: the first row of an id keeps it, and further ones add a hash of their content.

        The rows of a file that comes again have the ids that they had.
        """
        self._reader.notes.append("every row is a story of its own")
        content = self._content_hash()
        base = f"{quote(prefix + '-')} || {content}"
        if found is not None:
            own = _slug_id(self._reader.use(found[1]), prefix)
            base = f"coalesce({own}, {base})"
            repeated = f"count(*) over (partition by {base}) > 1"
            base = f"left({base}, 60) || case when {repeated} then '-' || left({content}, 8) else '' end"
        name = f"row_id_{next(NUMBERS)}"
        self._connection.execute(
            f"create or replace temp table {name} as "
            "select row, base || case when number > 1 then '-' || number else '' end as id "
            "from (select row, base, row_number() over (partition by base order by row) as number "
            f"from (select row, {base} as base from {self._reader.cleaned}))"
        )
        return f"(select any_value(id) from {name} as known where known.row = clean_cell.row)"


def _list_columns(columns: Mapping[str, str]) -> str:
    """Return the flat columns in order, NULL where there is none."""
    return ", ".join(f"{columns.get(column, NULL)} as {column}" for column in FLAT_COLUMNS)


def _slug_id(cell: str, prefix: str) -> str:
    # a spreadsheet, or a column of numbers with gaps, makes 6896026.0 of 6896026
    cell = rf"regexp_replace(lower({cell}), '^(\d+)\.0+$', '\1')"
    slug = f"trim(regexp_replace({cell}, '[^a-z0-9]+', '-', 'g'), '-')"
    # an id that a spreadsheet has rounded to a power of ten stays as it is, and is refused
    is_rounded = rf"regexp_full_match({cell}, '\d(\.\d+)?e\+\d+')"
    return f"case when {is_rounded} then {cell} else {quote(prefix + '-')} || {slug} end"


def _entity_notes(connection: Connection, table: SourceTable) -> list[str]:
    """Note how many rows have letters written as HTML."""
    has_entity = " or ".join(
        rf"regexp_matches({cell}, '&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);')" for cell in table.all_cells
    )
    # cells of a typed table need not be text, so it is not searched
    rows = 0 if table.native else count_rows(connection, f"{table.relation()} where {has_entity}")
    return [f"HTML entities (such as &amp;) are read as letters in {rows:,} rows"] if rows else []
