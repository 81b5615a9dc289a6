"""One cell of a source table as SQL, under a mapping: its words as codes, its dates, numbers and countries as ours.

A column is looked at once, so that all of its cells are read in the same way.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from cxdata.ingest.flat_table.rules import AMBIGUOUS, BOUNDS, column_rules, longest_of
from cxdata.ingest.mapping.model import DATE_CHOICES, FORMATS, NO_ANSWER, Cell, When
from cxdata.ingest.readers.base import SourceTable
from cxdata.ingest.staging import Staged
from cxdata.ingest.values.days import DAY_READINGS, LEAVE_EMPTY, read_column, strip_clock_sql
from cxdata.ingest.values.numbers import read_number, translate_numbers
from cxdata.ingest.values.words import NOTHING, country_code
from cxdata.store.engine import Connection
from cxdata.store.sql import one_row, quote
from cxdata.text.formatting import format_count

PIECE = re.compile(r"\{([^}]*)\}")  # a column within a text of a mapping
FILE = "{file}"  # stands for the name of the file, without its suffix
NULL = "null::varchar"
NUMBERS = count()  # of temporary tables
CUT = ("title", "short", "source_title", "locator")
DATE_COLUMNS = ("happened_on", "coded_on", "reviewed_on")


class CellReader:
    """Reads the cells of one table, and notes how; `cleaned` is the SQL of its clean cells."""

    def __init__(self, connection: Connection, staged: Staged, cleaned: str) -> None:
        self._connection, self._staged = connection, staged
        self._table: SourceTable = staged.table
        self._rules = column_rules(staged.codebook)
        self._readers = {"value": self._read_value, "text": self._read_text, "column": self._read_column}
        self._cells = self._table.all_cells
        self._file = staged.name.rpartition(".")[0] or staged.name
        self._read: dict[tuple[int, str], str] = {}
        self.cleaned = cleaned
        self.used: set[int] = set()
        self.notes: list[str] = []
        self.questions: dict[str, str] = {}
        """What has to be asked about a column of ours."""

    def read_fields(self, fields: Mapping[str, Cell]) -> dict[str, str]:
        """Return the SQL of our columns under a mapping: each is read by the one reader of its kind of cell."""
        return {column: self.read_cell(cell, column) for column, cell in fields.items()}

    def read_cell(self, cell: Cell, column: str) -> str:
        """Return the SQL of one of our columns under a mapping."""
        sql = self._readers[cell.kind](cell, column)
        return sql if cell.missing is None else f"coalesce({sql}, {quote(cell.missing)})"

    def _read_value(self, cell: Cell, _: str) -> str:
        return quote((cell.value or "").replace(FILE, self._file))

    def _read_text(self, cell: Cell, column: str) -> str:
        """Return a text made of columns, cut to the length of ours."""
        return _cut(self._join_pieces(cell.text or ()), column)

    def _read_column(self, cell: Cell, column: str) -> str:
        """Return the first of these columns that the table has: words, dates and numbers are ours."""
        found = self._table.find(cell.column or ())
        if found is None:
            return NULL
        if (id(cell), column) not in self._read:  # a column may be read for several of ours, and is noted once
            self._read[id(cell), column] = self._read_found(found[0], self.use(found[1]), cell, column)
        return self._read[id(cell), column]

    def _read_found(self, header: str, sql: str, cell: Cell, column: str) -> str:
        sql = self._drop_nothing(sql, cell, column)
        if cell.dates or column in DATE_COLUMNS:
            sql = self.read_days(header, sql, cell.dates or FORMATS, column)
        elif column in BOUNDS and cell.values is None:
            texts = self._distinct(sql)
            sql = self._translate(sql, translate_numbers(texts, column, cell.unit, cell.scale, cell.easy))
            if column == "ces" and not cell.scale:
                self._doubt_scale(header, texts)
        elif column == "country" and cell.values is None:
            codes = {text: code for text in self._distinct(sql) if (code := country_code(text)) and code != text}
            sql = self._translate(sql, codes)
        elif column in CUT:
            sql = self._cut_noted(header, sql, column)
        if cell.values is not None:
            sql = _code_sql(sql, cell)
        return sql

    def _drop_nothing(self, sql: str, cell: Cell, column: str) -> str:
        """Return a cell without the words that mean nothing, unless the mapping or the codebook has them."""
        choices = {word.lower() for word in (*(cell.values or ()), *self._rules[column].choices)}
        words = sorted({*NOTHING, *(word.lower() for word in cell.blank or ())} - choices)
        longest = max(map(len, words))
        listed = ", ".join(map(quote, words))
        return f"case when length({sql}) > {longest} or lower({sql}) not in ({listed}) then {sql} end"

    def _doubt_scale(self, header: str, texts: Sequence[str]) -> None:
        """Note that a score may be on a scale that ends below ours."""
        scores = [number for text in texts if (number := read_number(text, "point")) is not None]
        if len(scores) > 2 and max(scores) == 5:
            self.notes.append(
                f"the highest score in {header!r} is 5. If the form asked from 1 to 5, say so (--ces-scale 1-5)"
            )

    def _cut_noted(self, header: str, sql: str, column: str) -> str:
        longest = longest_of(column)
        line = f"regexp_replace({sql}, '\\s*\\n\\s*', ' ', 'g')"
        joined, cut = self.query(
            f"count_if(contains({sql}, chr(10))), count_if(length({line}) > {longest})", self.cleaned
        )
        if joined:
            self.notes.append(f"line ends in {header!r} are read as blanks in {format_count(joined, 'row')}")
        if cut:
            self.notes.append(f"{header!r} is cut at a word to {longest} characters in {format_count(cut, 'row')}")
        return _cut(line if joined else sql, column) if joined or cut else sql

    def find_cell(self, names: Iterable[str]) -> str:
        """Return the cell of the first of these headers that the table has, as it is; NULL without one."""
        found = self._table.find(names)
        return NULL if found is None else self.use(found[1])

    def meets(self, when: When | None) -> str:
        """Return SQL that is true where a row meets a condition."""
        sql = "true"
        if when:
            sql = f"coalesce({self.find_cell(when.column)} in ({', '.join(map(quote, when.words))}), false)"
        return sql

    def answers(self, when: When | None) -> str:
        """Return SQL that is true where a row says whether a condition holds."""
        if when is None:
            return "true"
        cell = self.find_cell(when.column)
        if when.answers:
            return f"coalesce({cell} in ({', '.join(map(quote, (*when.words, *when.answers)))}), false)"
        return f"coalesce(lower({cell}) not in ({', '.join(map(quote, NO_ANSWER))}), false)"

    def _join_pieces(self, pieces: Iterable[str]) -> str:
        texts = []
        for piece in (piece.replace(FILE, self._file.replace("{", "").replace("}", "")) for piece in pieces):
            parts, end = [], 0
            for found in PIECE.finditer(piece):
                parts += [quote(piece[end : found.start()]), self.find_cell(found[1].split("|"))]
                end = found.end()
            # a piece whose column is empty is left out: || with NULL is NULL
            texts.append(f"coalesce({' || '.join([*parts, quote(piece[end:])])}, '')")
        return f"nullif({' || '.join(texts)}, '')"

    def read_days(self, header: str, cell: str, forms: Sequence[str], column: str) -> str:
        """Return the days of a column as YYYY-MM-DD, note how they are read, and keep what has to be asked."""
        is_iso = _is_iso(cell, column)
        if self.query(f"bool_and({is_iso})", self.cleaned)[0]:
            return cell
        chosen: list[str] = [form for form in forms if form in DATE_CHOICES]
        asked = self._staged.request.order or next((each for each in DAY_READINGS if each in chosen), None)
        token = strip_clock_sql(cell)
        texts = self._distinct(token)
        found = read_column(texts, forms, asked, self._staged.day)
        if found.note:
            self.notes.append(f"dates in {header!r} {found.note}")
        is_left = self._staged.request.leave_days or LEAVE_EMPTY in chosen
        words: dict[str, str | None] = dict(found.days)
        for text in found.doubtful:
            words[text] = None if is_left else f"{AMBIGUOUS}{text}"
        if found.question and not is_left:
            self.questions[column] = found.question
        if is_left:
            words |= {text: None for text in texts if text not in words}
            if left := [text for text, day in words.items() if day is None]:
                self.notes.append(f"{len(left):,} different dates in {header!r} cannot be read, and are left empty")
        return self._look_up(token, words, cell)

    def _distinct(self, sql: str) -> list[str]:
        found = self._connection.execute(f"select distinct {sql} from {self.cleaned} where {sql} is not null")
        return sorted(text for (text,) in found.fetchall())

    def _look_up(self, key: str, words: Mapping[str, str | None], otherwise: str) -> str:
        """Return the meaning of each word, empty where it is None; `otherwise` where the word has none."""
        if not words:
            return otherwise
        name = f"meaning_{next(NUMBERS)}"
        columns = {"words": list(words), "meanings": list(words.values())}
        self._connection.execute(
            f"create or replace temp table {name} as "
            "select unnest($words::varchar[]) as word, unnest($meanings::varchar[]) as meaning",
            columns,
        )
        known = f"from {name} as known where known.word = {key}"
        return f"case when exists ({known}) then (select any_value(meaning) {known}) else {otherwise} end"

    def _translate(self, sql: str, words: Mapping[str, str]) -> str:
        return self._look_up(sql, words, sql) if words else sql

    def query(self, selected: str, table: str) -> tuple[Any, ...]:
        """Return the one row of a query."""
        return one_row(self._connection.execute(f"select {selected} from {table}"))

    def use(self, place: int) -> str:
        """Return the cell at a place, and note that its column is used."""
        self.used.add(place)
        return self._cells[place]


def _code_sql(sql: str, cell: Cell) -> str:
    values = cell.values or {}
    # a number is the same with and without decimals; a word is the same in any case, unless the mapping tells two apart
    lower = {word.lower(): code for word, code in reversed(values.items())}
    whens = " ".join(f"when {quote(word)} then {quote(code)}" for word, code in values.items())
    plain = rf"regexp_replace(lower({sql}), '^(-?\d+)[.,]0+$', '\1')"
    in_any_case = " ".join(f"when {quote(word)} then {quote(code)}" for word, code in lower.items())
    # a word that is not in the mapping stays, and is refused with the choices
    others = sql if cell.others is None else f"case when {sql} is not null then {quote(cell.others)} end"
    if not values:
        return others
    return f"case {sql} {whens} else case {plain} {in_any_case} else {others} end end"


def _cut(sql: str, column: str) -> str:
    """Return a text cut at a word to the length of our column, and marked as cut."""
    longest = longest_of(column)
    cut = rf"regexp_replace(left({sql}, {longest - 1}), '[\s,;:.]*\s\S*$', '')"
    return f"case when length({sql}) > {longest} then {cut} || '…' else {sql} end"


def _is_iso(cell: str, column: str) -> str:
    """Return SQL for a day, or for happened_on a month or a year too."""
    parts = "{0,2}" if column == "happened_on" else "{2}"
    return f"regexp_full_match({cell}, '\\d{{4}}(-\\d{{2}}){parts}')"
