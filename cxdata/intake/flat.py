"""A table under a mapping, as SQL that gives `row` and our flat columns as text: nothing is judged here yet."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import duckdb

from cxdata.errors import Fault, StoryError, name_choices
from cxdata.intake.columns import FLAT_COLUMNS
from cxdata.intake.fields import longest_of
from cxdata.intake.mapping import DATES, Cell, TableMapping, When, letters
from cxdata.intake.raw import Raw, cell_of, relation

Order = Literal["day first", "month first"]
PIECE = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True)
class Flat:
    """The flat table as SQL, and what was found out on the way."""

    sql: str
    notes: tuple[str, ...]
    unused: tuple[str, ...]
    """Headers that nothing was made of."""


def quote(text: str) -> str:
    """Text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def cleaned(table: str, cells: Iterable[str]) -> str:
    """SQL of a table's `row` and these columns as text without blanks around it, NULL where nothing is left, and with
    letters for HTML's entities. In steps, for each would be planned as often as the next one looks at it.
    """
    steps = (
        "replace({0}::varchar, chr(13) || chr(10), chr(10))",
        "stripped({0})",
        "unescaped({0})",
        "nullif(stripped({0}), '')",  # blanks may have been written as entities
    )
    cells = list(cells)
    for step in steps:
        table = f"(select row, {', '.join(f'{step.format(cell)} as {cell}' for cell in cells)} from {table})"
    return table


class Reading:
    """One table under one mapping; `order` is what a person says of dates that could be read two ways."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, raw: Raw, order: Order | None = None) -> None:
        self._connection, self._raw, self._order = connection, raw, order
        self._places = {letters(header): place for place, header in enumerate(raw.headers)}
        self._cleaned = cleaned(relation(raw), (cell_of(place) for place in range(len(raw.headers))))
        self._used: set[int] = set()
        self._notes: list[str] = []

    def own(self, columns: dict[str, str]) -> Flat:
        """The flat table of a table in our own columns; `columns` says which header each goes by."""
        self._keep_cleaned()
        selected: list[str] = []
        for column in FLAT_COLUMNS:
            cell = self._cell([columns[column]]) if column in columns else "null::varchar"
            if column in ("happened_on", "coded_on", "reviewed_on") and column in columns:
                cell = self._date(columns[column], cell, [form for forms in DATES.values() for form in forms], column)
            elif column == "story" and column not in columns:
                cell = self._content_id("row")
            elif column == "step" and column not in columns:
                cell = f"row_number() over (partition by {selected[0].removesuffix(' as story')} order by row)::varchar"
            selected.append(f"{cell} as {column}")
        return self._kept(f"select row, {', '.join(selected)} from cleaned")

    def mapped(self, mapping: TableMapping) -> Flat:
        """The flat table of somebody else's table: for each row its story, encounters and efforts."""
        missing = [
            f"column {name_choices(names[0], self._raw.headers, 'the file')}"
            for what, names in mapping.columns().items()
            if what != "id" and not self._has(names) and _is_needed(mapping, what)
        ]
        if missing:
            raise StoryError([Fault(self._raw.name, each) for each in dict.fromkeys(missing)])
        self._keep_cleaned()
        story = {name: self._expression(cell, name) for name, cell in mapping.story.items()}
        story["story"] = self._id(mapping)
        if "happened_basis" in story:
            dated = story.get("happened_on", "null::varchar")
            story["happened_basis"] = f"case when {dated} is not null then {story['happened_basis']} end"
        parts = []
        for step, encounter in enumerate(mapping.encounter, start=1):
            fields = {name: self._expression(cell, name) for name, cell in encounter.fields.items()}
            fields["step"] = f"'{step}'"
            first = step == 1
            efforts = encounter.effort or (None,)
            for number, effort in enumerate(efforts, start=1):
                told = {name: self._expression(cell, name) for name, cell in effort.fields.items()} if effort else {}
                # the first effort's row tells of its story and encounter, whether or not there is an effort
                when = self._when(effort.when) if effort else "true"
                if number == 1:
                    told = {name: f"case when {when} then {sql} end" for name, sql in told.items()}
                    when = "true"
                own = (story if first and number == 1 else {"story": story["story"]}) | told
                own |= fields if number == 1 else {"step": fields["step"]}
                parts.append((own, f"{when} and {self._when(encounter.when)}"))
        return self._kept(" union all ".join(self._select(*part) for part in parts))

    def _keep_cleaned(self) -> None:
        """Keep the cleaned cells: all that follows looks at them several times, and DuckDB plans each look anew."""
        cells = ", ".join(cell_of(place) for place in range(len(self._raw.headers)))
        told = f"coalesce({cells}, null) is not null"  # a row of nothing is none: spreadsheets add them at the end
        self._connection.execute(f"create or replace temp table cleaned as select * from {self._cleaned} where {told}")

    def _select(self, told: dict[str, str], when: str) -> str:
        columns = ", ".join(f"{told.get(column, 'null::varchar')} as {column}" for column in FLAT_COLUMNS)
        return f"select row, {columns} from cleaned where {when}"

    def _kept(self, sql: str) -> Flat:
        self._connection.execute(f"create or replace temp table flat_row as {sql}")
        unused = [header for place, header in enumerate(self._raw.headers) if place not in self._used]
        return Flat("flat_row", tuple(dict.fromkeys(self._notes)), tuple(unused))

    def _id(self, mapping: TableMapping) -> str:
        if mapping.id and self._has(mapping.id):
            # a spreadsheet, or a column of numbers with gaps, makes 6896026.0 of 6896026
            told = f"regexp_replace(lower({self._cell(mapping.id)}), '^(\\d+)\\.0+$', '\\1')"
            slug = f"trim(regexp_replace({told}, '[^a-z0-9]+', '-', 'g'), '-')"
            # an id that a spreadsheet has turned into a number of powers stays as it is, and is refused
            return f"case when {self._ruined(told)} then {told} else {quote(mapping.prefix + '-')} || {slug} end"
        return self._content_id(mapping.prefix)

    def _content_id(self, prefix: str) -> str:
        cells = ", ".join(f"coalesce(c{place}, '')" for place in range(len(self._raw.headers)))
        self._notes.append("rows have no id: their content stands for it, and rows that tell the same are one story")
        return f"{quote(prefix + '-')} || left(md5(concat_ws(chr(31), {cells})), 16)"

    @staticmethod
    def _ruined(cell: str) -> str:
        return f"regexp_full_match({cell}, '\\d(\\.\\d+)?e\\+\\d+')"

    def _has(self, names: tuple[str, ...] | list[str]) -> bool:
        return any(letters(name) in self._places for name in names)

    def _cell(self, names: tuple[str, ...] | list[str]) -> str:
        """The first of these columns that the table has; NULL where it has none of them."""
        for name in names:
            place = self._places.get(letters(name))
            if place is not None:
                self._used.add(place)
                return f"c{place}"
        return "null::varchar"

    def _when(self, when: When | None) -> str:
        if when is None:
            return "true"
        return f"coalesce({self._cell(when.column)} in ({', '.join(map(quote, when.words))}), false)"

    def _expression(self, cell: Cell, column: str) -> str:
        if cell.value is not None:
            return quote(cell.value)
        if cell.text is not None:
            longest = longest_of(column)
            made = self._text(cell.text)
            # what we put together ourselves is cut to what the column holds
            made = f"case when length({made}) > {longest} then left({made}, {longest - 1}) || '…' else {made} end"
        else:
            assert cell.column is not None
            made = self._cell(cell.column)
            if cell.blank:
                made = f"case when {made} not in ({', '.join(map(quote, cell.blank))}) then {made} end"
            if cell.dates and self._has(cell.column):
                made = self._date(next(n for n in cell.column if self._has([n])), made, list(cell.dates), column)
            if cell.values is not None:
                made = self._coded(made, cell)
        return made if cell.missing is None else f"coalesce({made}, {quote(cell.missing)})"

    @staticmethod
    def _coded(made: str, cell: Cell) -> str:
        whens = " ".join(f"when {quote(word)} then {quote(code)}" for word, code in (cell.values or {}).items())
        # a word that nobody has mapped stays, and is refused with the choices
        others = made if cell.others is None else f"case when {made} is not null then {quote(cell.others)} end"
        return f"case {made} {whens} else {others} end"

    def _text(self, pieces: tuple[str, ...]) -> str:
        made = []
        for piece in pieces:
            parts, end = [], 0
            for found in PIECE.finditer(piece):
                parts += [quote(piece[end : found.start()]), self._cell(found[1].split("|"))]
                end = found.end()
            # a piece whose column says nothing is left out: || with NULL is NULL
            made.append(f"coalesce({' || '.join([*parts, quote(piece[end:])])}, '')")
        return f"nullif({' || '.join(made)}, '')"

    def _date(self, header: str, cell: str, forms: list[str], column: str) -> str:
        """The dates of a column as YYYY-MM-DD: all written one way if they can be, else each for itself."""
        forms = [form for form in forms if self._order is None or form not in DATES[_other(self._order)]]
        # %Y would take 26 for the year 26
        whole_year = f"case when regexp_matches({cell}, '\\d{{4}}') then {cell} end"
        parsed = {form: f"try_strptime({whole_year}, {quote(form)})" for form in forms}
        fits = ", ".join(f"count({parsed[form]})" for form in forms)
        found = self._connection.execute(f"select count({cell}), {fits} from cleaned").fetchone()
        assert found is not None
        whole = [form for form, fit in zip(forms, found[1:], strict=True) if found[0] and fit == found[0]]
        used = [form for form, fit in zip(forms, found[1:], strict=True) if fit]
        chosen = whole if len(whole) == 1 else used
        if chosen:
            said = " or ".join(_said(form) for form in chosen)
            self._notes.append(f"dates in {header!r} are read as {said}" + ("" if whole else ", each by itself"))
        read = [f"strftime({parsed[form]}, '%Y-%m-%d')" for form in chosen] or ["null"]
        ways = f"list_distinct([{', '.join(read)}])"
        # one way to read it: that; two that differ: nobody guesses, it stays as it is and is asked; none: it stays
        asked = f"when len({ways}) > 1 then '{AMBIGUOUS}' || {cell} else {cell}"
        day = f"case when len({ways}) = 1 then {ways}[1] {asked} end"
        return day if column != "happened_on" else f"case when {_is_partial(cell)} then {cell} else {day} end"


AMBIGUOUS = "ambiguous: "


def _is_partial(cell: str) -> str:
    return f"regexp_full_match({cell}, '\\d{{4}}(-\\d{{2}}){{0,2}}')"


def _other(order: Order) -> str:
    return "month first" if order == "day first" else "day first"


def _said(form: str) -> str:
    return form.replace("%Y", "YYYY").replace("%m", "MM").replace("%d", "DD")


def _is_needed(mapping: TableMapping, what: str) -> bool:
    """Whether a table without this column cannot be meant by the mapping."""
    cell = mapping.story.get(what)
    return what == "company" and cell is not None and cell.missing is None
