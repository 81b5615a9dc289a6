"""A source table as SQL that gives `row` and our flat columns, cleaned.

Whether the cells are valid is not judged here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.flat_table.rules import AMBIGUOUS, column_rules, longest_of
from cxdata.ingest.flat_table.table import FlatTable
from cxdata.ingest.mapping.model import DATES, FORMATS, NO_ANSWER, Cell, Effort, TableMapping, When
from cxdata.ingest.readers.base import NO_ROWS, SourceTable, refuse
from cxdata.ingest.request import DateOrder
from cxdata.ingest.staging import Staged
from cxdata.store.engine import Connection
from cxdata.store.sql import count_rows, drop_relation, one_row, quote

PIECE = re.compile(r"\{([^}]*)\}")  # a column within a text of a mapping
NULL = "null::varchar"
DATE_COLUMNS = ("happened_on", "coded_on", "reviewed_on")


def flatten(connection: Connection, staged: Staged) -> Staged:
    """Make the flat table, and note how dates, ids and HTML's entities were read. Raises StoryError if it is empty."""
    flattener = Flattener(connection, staged)
    flat = flattener.flatten_mapped(staged.mapping) if staged.mapping else flattener.flatten_own()
    is_checked = staged.mapping is None and not staged.table.ragged_count
    if is_checked and connection.execute(f"select 1 from {flat.sql} limit 1").fetchone() is None:
        raise refuse(staged.name, NO_ROWS)
    notes = (*staged.notes, *dict.fromkeys(flattener.notes), *_entity_notes(connection, staged.table))
    return replace(
        staged, flat_table=flat, notes=notes, unused=flattener.unused_headers(), row_count=staged.table.total_rows
    )


def clean_cells(table: str, cells: Iterable[str], others: Iterable[str] = ()) -> str:
    """Return SQL of a table's `row`, of `others` as they are, and of these cells as clean text.

    Clean text has no blanks around it, no invisible marks and letters for HTML's entities; empty text is NULL. Each
    step is a query of its own, for DuckDB would plan a nested expression as often as the next one uses it.
    """
    steps = (
        "replace({0}::varchar, chr(13) || chr(10), chr(10))",
        "stripped({0})",
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
        self._order: DateOrder | None = staged.request.order
        self._rules = column_rules(staged.codebook)
        self._readers = {"value": self._read_value, "text": self._read_text, "column": self._read_column}
        self._cells = self._table.all_cells
        self._cleaned = clean_cells(self._table.relation(), self._cells)
        self._used: set[int] = set()
        self.notes: list[str] = []

    def unused_headers(self) -> tuple[str, ...]:
        """Return the headers that no column of ours is made of."""
        return tuple(header for place, header in enumerate(self._table.headers) if place not in self._used)

    def flatten_own(self) -> FlatTable:
        """Flatten a table in our own columns."""
        places, valid = self._staged.columns, self._staged.valid_columns
        # a row that does not name its story is empty or invalid
        is_unchanged = len(valid) == len(places) > 0 and not self._has_empty(self._cells[places["story"]])
        if is_unchanged:
            self._cleaned = self._table.relation(places.values())
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
        rows = f"select row, 0 as part, {_list_columns(selected)} from {self._cleaned}"
        flat = self._keep("view" if is_unchanged else "table", rows)
        if is_unchanged:
            flat = replace(flat, sql=f"({rows})", valid_columns=valid, native_columns=native, is_unchanged=True)
        return flat

    def flatten_mapped(self, mapping: TableMapping) -> FlatTable:
        """Flatten somebody else's table: each row gives its story, encounters and efforts."""
        self._keep_cleaned(self._cleaned)
        story = self._read_fields(mapping.story)
        story["story"] = self._read_id(mapping)
        if "happened_basis" in story:
            dated = story.get("happened_on", NULL)
            story["happened_basis"] = f"case when {dated} is not null then {story['happened_basis']} end"
        story = self._readings(mapping) | story
        parts: list[str] = []
        for step, encounter in enumerate(mapping.encounter, start=1):
            fields = self._read_fields(encounter.fields) | {"step": f"'{step}'"}
            efforts: Sequence[Effort | None] = encounter.effort or (None,)
            for number, effort in enumerate(efforts, start=1):
                is_first = number == 1
                columns = dict(story) if step == 1 and is_first else {"story": story["story"]}
                # the first effort's row holds its story and encounter, whether or not there is an effort
                is_effort = self._when(effort.when if effort else None)
                for column, sql in self._read_fields(effort.fields if effort else {}).items():
                    columns[column] = f"case when {is_effort} then {sql} end" if is_first else sql
                columns |= fields if is_first else {"step": fields["step"]}
                when = f"{'true' if is_first else is_effort} and {self._when(encounter.when)}"
                parts.append(f"select row, {len(parts)} as part, {_list_columns(columns)} from clean_cell where {when}")
        return self._keep("table", " union all ".join(parts))

    def _readings(self, mapping: TableMapping) -> dict[str, str]:
        """Return the columns that say what a row was read for: what the mapping maps, where the cell is answered."""
        drivers, feelings = [], []
        for encounter in mapping.encounter:
            met = self._when(encounter.when)
            if "feeling" in encounter.fields:
                feelings.append(f"({met} and {self._read_cell(encounter.fields['feeling'], 'feeling')} is not null)")
            for effort in (effort for effort in encounter.effort if "driver" in effort.fields):
                driver = self._read_cell(effort.fields["driver"], "driver")
                drivers.append(f"case when {met} and {self._answered(effort.when)} then {driver} end")
        listed = f"list_sort(list_distinct(list_filter([{', '.join(drivers)}], lambda each: each is not null)))"
        read = f"nullif(array_to_string({listed}, ';'), '')" if drivers else NULL
        return {
            "read_feeling": f"case when {' or '.join(feelings) or 'false'} then 'whole' else 'none' end",
            "read_effort": f"case when {read} is null then 'none' else 'part' end",
            "read_drivers": read,
            "read_promises": "'none'",
            "read_signs": "'none'",
        }

    def _answered(self, when: When | None) -> str:
        """Return SQL that is true where a row says whether a condition holds."""
        if when is None:
            return "true"
        cell = self._find_cell(when.column)
        if when.answers:
            return f"coalesce({cell} in ({', '.join(map(quote, (*when.words, *when.answers)))}), false)"
        return f"coalesce(lower({cell}) not in ({', '.join(map(quote, NO_ANSWER))}), false)"

    def _keep_cleaned(self, sql: str) -> None:
        """Keep the cleaned cells in a table: what follows uses them several times, and each use would clean again."""
        # a row of nothing is none: spreadsheets add them at the end
        is_filled = " or ".join(f"{cell} is not null" for cell in self._cells)
        self._connection.execute(f"create or replace temp table clean_cell as select * from {sql} where {is_filled}")
        self._cleaned = "clean_cell"

    def _keep(self, kind: str, sql: str) -> FlatTable:
        """Create the flat table by the name that quarantine uses."""
        drop_relation(self._connection, "flat_table_row")
        self._connection.execute(f"create temp {kind} flat_table_row as {sql}")
        return FlatTable("flat_table_row", self._rules)

    def _has_empty(self, cell: str) -> bool:
        return bool(self._query(f"count(*) - count({cell})", self._table.relation())[0])

    def _query(self, selected: str, table: str) -> tuple[Any, ...]:
        return one_row(self._connection.execute(f"select {selected} from {table}"))

    def _use(self, place: int) -> str:
        """Return the cell at a place, and note that its column is used."""
        self._used.add(place)
        return self._cells[place]

    def _read_own(self, column: str, story: str) -> str:
        """Return the SQL of one of our columns in our own table; `story` is that of its story."""
        place = self._staged.columns.get(column)
        cell = NULL if place is None else self._use(place)
        if place is not None and column in DATE_COLUMNS and column not in self._staged.valid_columns:
            cell = self._date(self._table.headers[place], cell, FORMATS, column)
        elif place is None and column == "story":
            cell = self._content_id("row")
        elif place is None and column == "step":
            cell = f"row_number() over (partition by {story} order by row)::varchar"
        return cell

    def _read_fields(self, fields: Mapping[str, Cell]) -> dict[str, str]:
        """Return the SQL of our columns under a mapping: each is read by the one reader of its kind of cell."""
        return {column: self._read_cell(cell, column) for column, cell in fields.items()}

    def _read_cell(self, cell: Cell, column: str) -> str:
        sql = self._readers[cell.kind](cell, column)
        return sql if cell.missing is None else f"coalesce({sql}, {quote(cell.missing)})"

    def _read_value(self, cell: Cell, _: str) -> str:
        return quote(cell.value or "")

    def _read_text(self, cell: Cell, column: str) -> str:
        """Return a text made of columns, cut to the length of ours."""
        longest = longest_of(column)
        sql = self._join_pieces(cell.text or ())
        return f"case when length({sql}) > {longest} then left({sql}, {longest - 1}) || '…' else {sql} end"

    def _read_column(self, cell: Cell, column: str) -> str:
        """Return the first of these columns that the table has, its words as codes and its dates as YYYY-MM-DD."""
        found = self._table.find(cell.column or ())
        sql = NULL if found is None else self._use(found[1])
        if cell.blank:
            sql = f"case when {sql} not in ({', '.join(map(quote, cell.blank))}) then {sql} end"
        if cell.dates and found is not None:
            sql = self._date(found[0], sql, cell.dates, column)
        if cell.values is not None:
            sql = _code_sql(sql, cell)
        return sql

    def _read_id(self, mapping: TableMapping) -> str:
        """Return the id of each row: that of its column as a slug, else a hash of its content."""
        found = self._table.find(mapping.id or ())
        return self._content_id(mapping.prefix) if found is None else _slug_id(self._use(found[1]), mapping.prefix)

    def _content_id(self, prefix: str) -> str:
        cells = ", ".join(f"coalesce({cell}, '')" for cell in self._cells)
        self.notes.append("rows have no id, so rows with the same content become one story")
        return f"{quote(prefix + '-')} || left(md5(concat_ws(chr(31), {cells})), 16)"

    def _find_cell(self, names: Iterable[str]) -> str:
        found = self._table.find(names)
        return NULL if found is None else self._use(found[1])

    def _when(self, when: When | None) -> str:
        sql = "true"
        if when:
            sql = f"coalesce({self._find_cell(when.column)} in ({', '.join(map(quote, when.words))}), false)"
        return sql

    def _join_pieces(self, pieces: Iterable[str]) -> str:
        texts = []
        for piece in pieces:
            parts, end = [], 0
            for found in PIECE.finditer(piece):
                parts += [quote(piece[end : found.start()]), self._find_cell(found[1].split("|"))]
                end = found.end()
            # a piece whose column is empty is left out: || with NULL is NULL
            texts.append(f"coalesce({' || '.join([*parts, quote(piece[end:])])}, '')")
        return f"nullif({' || '.join(texts)}, '')"

    def _date(self, header: str, cell: str, forms: Sequence[str], column: str) -> str:
        """Return the dates of a column as YYYY-MM-DD, and note how they are read."""
        is_iso = _is_iso(cell, column)
        if not self._query(f"bool_and({is_iso})", self._cleaned)[0]:
            cell = f"case when {is_iso} then {cell} else {self._parse_dates(header, cell, forms)} end"
        return cell

    def _parse_dates(self, header: str, cell: str, forms: Sequence[str]) -> str:
        """Return the dates of a column as YYYY-MM-DD: all read in one way where one fits all, else each by itself."""
        forms = [form for form in forms if self._order is None or form not in DATES[_other(self._order)]]
        # %Y would take 26 for the year 26
        whole_year = f"case when regexp_matches({cell}, '\\d{{4}}') then {cell} end"
        parsed = {form: f"try_strptime({whole_year}, {quote(form)})" for form in forms}
        counts = ", ".join(f"count({parsed[form]})" for form in forms)
        filled, *fitting = self._query(f"count({cell}), {counts}", self._cleaned)
        whole = [form for form, fit in zip(forms, fitting, strict=True) if filled and fit == filled]
        used = [form for form, fit in zip(forms, fitting, strict=True) if fit]
        chosen = whole if len(whole) == 1 else used
        if chosen:
            described = " or ".join(_describe_form(form) for form in chosen)
            self.notes.append(f"dates in {header!r} are read as {described}" + ("" if whole else ", row by row"))
        read = [f"strftime({parsed[form]}, '%Y-%m-%d')" for form in chosen] or ["null"]
        days = f"list_distinct([{', '.join(read)}])"
        # one day is taken; two are ambiguous, and the importer is asked; with none the cell stays as it is
        otherwise = f"when len({days}) > 1 then '{AMBIGUOUS}' || {cell} else {cell}"
        return f"case when len({days}) = 1 then {days}[1] {otherwise} end"


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


def _code_sql(sql: str, cell: Cell) -> str:
    whens = " ".join(f"when {quote(word)} then {quote(code)}" for word, code in (cell.values or {}).items())
    # a word that is not in the mapping stays, and is refused with the choices
    others = sql if cell.others is None else f"case when {sql} is not null then {quote(cell.others)} end"
    return f"case {sql} {whens} else {others} end"


def _is_iso(cell: str, column: str) -> str:
    """Return SQL for a day, or for happened_on a month or a year too."""
    parts = "{0,2}" if column == "happened_on" else "{2}"
    return f"regexp_full_match({cell}, '\\d{{4}}(-\\d{{2}}){parts}')"


def _other(order: DateOrder) -> str:
    return "month first" if order == "day first" else "day first"


def _describe_form(form: str) -> str:
    form = form.replace("%H:%M:%S", "hh:mm:ss")
    return form.replace("%Y", "YYYY").replace("%m", "MM").replace("%d", "DD")


def _entity_notes(connection: Connection, table: SourceTable) -> list[str]:
    """Note how many rows have letters written as HTML."""
    has_entity = " or ".join(
        rf"regexp_matches({cell}, '&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);')" for cell in table.all_cells
    )
    # cells of a typed table need not be text, so it is not searched
    rows = 0 if table.native else count_rows(connection, f"{table.relation()} where {has_entity}")
    return [f"HTML entities (such as &amp;) are read as letters in {rows:,} rows"] if rows else []
