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
from cxdata.ingest.mapping.catalogue import normalise_header
from cxdata.ingest.mapping.model import DATES, FORMATS, Cell, Effort, TableMapping, When
from cxdata.ingest.readers.base import NO_ROWS, SourceTable, refuse
from cxdata.ingest.request import DateOrder
from cxdata.ingest.staging import Staged
from cxdata.store.engine import Connection
from cxdata.store.sql import drop_relation, quote

PIECE = re.compile(r"\{([^}]*)\}")  # a column within a text of a mapping
DATE_COLUMNS = ("happened_on", "coded_on", "reviewed_on")


def flatten(connection: Connection, staged: Staged) -> Staged:
    """Make the flat table, and note how dates, ids and HTML's entities were read. Raises StoryError if it is empty."""
    flattener = Flattener(connection, staged)
    if staged.mapping:
        flat = flattener.flatten_mapped(staged.mapping)
    else:
        flat = flattener.flatten_own(staged.columns)
        is_empty = connection.execute(f"select 1 from {flat.sql} limit 1").fetchone() is None
        if is_empty and not staged.table.ragged_count:
            raise refuse(staged.name, NO_ROWS)
    notes = (*staged.notes, *dict.fromkeys(flattener.notes), *_entity_notes(connection, staged.table))
    return replace(
        staged, flat_table=flat, notes=notes, unused=flattener.unused_headers(), row_count=staged.table.total_rows
    )


def clean_cells(table: str, cells: Iterable[str], others: Iterable[str] = ()) -> str:
    """Return SQL of a table's `row`, of `others` as they are, and of these cells as clean text.

    Clean text has no blanks around it and letters for HTML's entities; empty text is NULL. Each step is a query of its
    own, for DuckDB would plan a nested expression as often as the next one uses it.
    """
    steps = (
        "replace({0}::varchar, chr(13) || chr(10), chr(10))",
        "stripped({0})",
        "unescaped({0})",
        "nullif(stripped({0}), '')",  # blanks may have been written as entities
    )
    cells, others = list(cells), list(others)
    for step in steps:
        columns = ", ".join(["row", *others, *(f"{step.format(cell)} as {cell}" for cell in cells)])
        table = f"(select {columns} from {table})"
    return table


class Flattener:
    """Flattens one table, and remembers which of its columns were used and what there is to note."""

    def __init__(self, connection: Connection, staged: Staged) -> None:
        self._connection, self._staged = connection, staged
        self._table: SourceTable = staged.table
        self._order: DateOrder | None = staged.request.order
        self._rules = column_rules(staged.codebook)
        self._places = {normalise_header(header): place for place, header in enumerate(self._table.headers)}
        self._cells = self._table.all_cells
        self._cleaned = clean_cells(self._table.relation(), self._cells)
        self._used: set[int] = set()
        self.notes: list[str] = []

    def unused_headers(self) -> tuple[str, ...]:
        """Return the headers that no column of ours is made of."""
        return tuple(header for place, header in enumerate(self._table.headers) if place not in self._used)

    def flatten_own(self, columns: Mapping[str, str]) -> FlatTable:
        """Flatten a table in our own columns, given the header of each."""
        places = {column: self._places[normalise_header(header)] for column, header in columns.items()}
        valid = self._staged.valid_columns
        # a row that does not name its story is empty or invalid
        is_unchanged = len(valid) == len(columns) > 0 and not self._has_empty(self._cells[places["story"]])
        if is_unchanged:
            self._cleaned = self._table.relation(places.values())
        else:
            # most columns of most tables hold nothing to clean and nothing invalid, and are taken as they are
            taken = {self._cells[places[column]] for column in valid}
            others = [cell for cell in self._cells if cell not in taken]
            self._keep_cleaned(clean_cells(self._table.relation(), others, taken))
        native = {column for column in valid if self._rules[column].accepts(self._table.kinds.get(places[column]))}
        selected: list[str] = []
        for column in FLAT_COLUMNS:
            cell = self._cell([columns[column]]) if column in columns else "null::varchar"
            if column in DATE_COLUMNS and column in columns and column not in valid:
                cell = self._date(columns[column], cell, FORMATS, column)
            elif column == "story" and column not in columns:
                cell = self._content_id("row")
            elif column == "step" and column not in columns:
                cell = f"row_number() over (partition by {selected[0].removesuffix(' as story')} order by row)::varchar"
            # a native number of any type becomes that of its record: 30 and 30.0 are the same
            becomes = self._rules[column].type if is_unchanged and column in native else "varchar"
            selected.append(f"{cell}::{becomes} as {column}")
        rows = f"select row, 0 as part, {', '.join(selected)} from {self._cleaned}"
        if not is_unchanged:
            return self._keep(rows)
        self._create("view", rows)
        return FlatTable(f"({rows})", self._rules, valid, frozenset(native), is_unchanged=True)

    def flatten_mapped(self, mapping: TableMapping) -> FlatTable:
        """Flatten somebody else's table: each row gives its story, encounters and efforts."""
        self._keep_cleaned(self._cleaned)
        story = {name: self._expression(cell, name) for name, cell in mapping.story.items()}
        story["story"] = self._id(mapping)
        if "happened_basis" in story:
            dated = story.get("happened_on", "null::varchar")
            story["happened_basis"] = f"case when {dated} is not null then {story['happened_basis']} end"
        parts: list[str] = []
        for step, encounter in enumerate(mapping.encounter, start=1):
            fields = {name: self._expression(cell, name) for name, cell in encounter.fields.items()}
            fields["step"] = f"'{step}'"
            efforts: Sequence[Effort | None] = encounter.effort or (None,)
            for number, effort in enumerate(efforts, start=1):
                is_first = number == 1
                columns = dict(story) if step == 1 and is_first else {"story": story["story"]}
                columns |= self._effort_columns(effort, always=is_first)
                columns |= fields if is_first else {"step": fields["step"]}
                # the first effort's row holds its story and encounter, whether or not there is an effort
                when = "true" if is_first or effort is None else self._when(effort.when)
                parts.append(self._select(len(parts), columns, f"{when} and {self._when(encounter.when)}"))
        return self._keep(" union all ".join(parts))

    def _effort_columns(self, effort: Effort | None, *, always: bool) -> dict[str, str]:
        """Return the columns of an effort; of a row that stands `always`, empty where there is no effort."""
        if effort is None:
            return {}
        columns = {name: self._expression(cell, name) for name, cell in effort.fields.items()}
        if not always:
            return columns
        when = self._when(effort.when)
        return {name: f"case when {when} then {sql} end" for name, sql in columns.items()}

    @staticmethod
    def _select(part: int, columns: Mapping[str, str], when: str) -> str:
        selected = ", ".join(f"{columns.get(column, 'null::varchar')} as {column}" for column in FLAT_COLUMNS)
        return f"select row, {part} as part, {selected} from clean_cell where {when}"

    def _keep_cleaned(self, sql: str) -> None:
        """Keep the cleaned cells in a table: what follows uses them several times, and each use would clean again."""
        # a row of nothing is none: spreadsheets add them at the end
        is_filled = " or ".join(f"{cell} is not null" for cell in self._cells)
        self._connection.execute(f"create or replace temp table clean_cell as select * from {sql} where {is_filled}")
        self._cleaned = "clean_cell"

    def _keep(self, sql: str) -> FlatTable:
        self._create("table", sql)
        return FlatTable("flat_table_row", self._rules)

    def _create(self, kind: str, sql: str) -> None:
        """Create the flat table by the name that quarantine uses."""
        drop_relation(self._connection, "flat_table_row")
        self._connection.execute(f"create temp {kind} flat_table_row as {sql}")

    def _has_empty(self, cell: str) -> bool:
        return bool(self._query(f"count(*) - count({cell})", self._table.relation())[0])

    def _query(self, selected: str, table: str) -> tuple[Any, ...]:
        found = self._connection.execute(f"select {selected} from {table}").fetchone()
        assert found is not None
        return found

    def _id(self, mapping: TableMapping) -> str:
        if not mapping.id or not self._has(mapping.id):
            return self._content_id(mapping.prefix)
        # a spreadsheet, or a column of numbers with gaps, makes 6896026.0 of 6896026
        cell = f"regexp_replace(lower({self._cell(mapping.id)}), '^(\\d+)\\.0+$', '\\1')"
        slug = f"trim(regexp_replace({cell}, '[^a-z0-9]+', '-', 'g'), '-')"
        # an id that a spreadsheet has rounded to a power of ten stays as it is, and is refused
        is_rounded = f"regexp_full_match({cell}, '\\d(\\.\\d+)?e\\+\\d+')"
        return f"case when {is_rounded} then {cell} else {quote(mapping.prefix + '-')} || {slug} end"

    def _content_id(self, prefix: str) -> str:
        cells = ", ".join(f"coalesce({cell}, '')" for cell in self._cells)
        self.notes.append("rows have no id: their content stands for it, and rows that tell the same are one story")
        return f"{quote(prefix + '-')} || left(md5(concat_ws(chr(31), {cells})), 16)"

    def _has(self, names: Sequence[str]) -> bool:
        return any(normalise_header(name) in self._places for name in names)

    def _cell(self, names: Sequence[str]) -> str:
        """Return the first of these columns that the table has, or NULL."""
        for name in names:
            place = self._places.get(normalise_header(name))
            if place is not None:
                self._used.add(place)
                return self._cells[place]
        return "null::varchar"

    def _when(self, when: When | None) -> str:
        if when is None:
            return "true"
        return f"coalesce({self._cell(when.column)} in ({', '.join(map(quote, when.words))}), false)"

    def _expression(self, cell: Cell, column: str) -> str:
        """Return the SQL of a mapping's cell for one of our columns."""
        if cell.value is not None:
            return quote(cell.value)
        if cell.text is not None:
            longest = longest_of(column)
            sql = self._text(cell.text)
            # a text made of columns is cut to what ours holds
            sql = f"case when length({sql}) > {longest} then left({sql}, {longest - 1}) || '…' else {sql} end"
        else:
            assert cell.column is not None
            sql = self._cell(cell.column)
            if cell.blank:
                sql = f"case when {sql} not in ({', '.join(map(quote, cell.blank))}) then {sql} end"
            if cell.dates and self._has(cell.column):
                header = next(name for name in cell.column if self._has([name]))
                sql = self._date(header, sql, cell.dates, column)
            if cell.values is not None:
                sql = _code_sql(sql, cell)
        return sql if cell.missing is None else f"coalesce({sql}, {quote(cell.missing)})"

    def _text(self, pieces: Iterable[str]) -> str:
        texts = []
        for piece in pieces:
            parts, end = [], 0
            for found in PIECE.finditer(piece):
                parts += [quote(piece[end : found.start()]), self._cell(found[1].split("|"))]
                end = found.end()
            # a piece whose column is empty is left out: || with NULL is NULL
            texts.append(f"coalesce({' || '.join([*parts, quote(piece[end:])])}, '')")
        return f"nullif({' || '.join(texts)}, '')"

    def _date(self, header: str, cell: str, forms: Sequence[str], column: str) -> str:
        """Return the dates of a column as YYYY-MM-DD: all read in one way where one fits all, else each by itself."""
        if self._query(f"bool_and({_is_iso(cell, column)})", self._cleaned)[0]:
            return cell
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
            self.notes.append(f"dates in {header!r} are read as {described}" + ("" if whole else ", each by itself"))
        read = [f"strftime({parsed[form]}, '%Y-%m-%d')" for form in chosen] or ["null"]
        days = f"list_distinct([{', '.join(read)}])"
        # one day is taken; two are ambiguous, and the importer is asked; with none the cell stays as it is
        otherwise = f"when len({days}) > 1 then '{AMBIGUOUS}' || {cell} else {cell}"
        day = f"case when len({days}) = 1 then {days}[1] {otherwise} end"
        return f"case when {_is_iso(cell, column)} then {cell} else {day} end"


def _code_sql(sql: str, cell: Cell) -> str:
    whens = " ".join(f"when {quote(word)} then {quote(code)}" for word, code in (cell.values or {}).items())
    # a word that the mapping lacks stays, and is refused with the choices
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
    if table.native:
        return []
    has_entity = " or ".join(
        f"regexp_matches({cell}, '&(#\\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);')" for cell in table.all_cells
    )
    found = connection.execute(f"select count(*) from {table.relation()} where {has_entity}").fetchone()
    assert found is not None
    return [f"HTML's entities (such as &amp;) are read as letters in {found[0]:,} rows"] if found[0] else []
