"""A table as SQL that gives `row` and our flat columns, cleaned; whether they are right is judged elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.flat_table.rules import ColumnRule
from cxdata.ingest.limits import Limits
from cxdata.ingest.mapping.catalogue import normalise_header
from cxdata.ingest.mapping.model import DATES
from cxdata.ingest.readers.base import SourceTable, cell_of, relation
from cxdata.ingest.steps.profiling import CellRule, profile
from cxdata.store.engine import Connection
from cxdata.store.sql import drop_relation, quote

DateOrder = Literal["day first", "month first"]


@dataclass(frozen=True)
class FlatTable:
    """The flat table as SQL, and what was found out on the way."""

    sql: str
    notes: tuple[str, ...]
    unused: tuple[str, ...]
    """Headers that nothing was made of."""
    plain: frozenset[str] = frozenset()
    """Our columns in which every cell is known to be right."""
    typed: frozenset[str] = frozenset()
    """Those of them that are numbers or days already, and no text."""
    as_it_came: bool = False
    """Whether nothing had to be cleaned or read otherwise: then this is the file itself, and was not kept."""


def clean_cells(table: str, cells: Iterable[str], others: Iterable[str] = ()) -> str:
    """SQL of a table's `row`, of `others` as they are, and of these columns as text: without blanks around it, NULL
    where nothing is left, with letters for HTML's entities. In steps, for each would be planned as often as the next
    one looks at it.
    """
    steps = (
        "replace({0}::varchar, chr(13) || chr(10), chr(10))",
        "stripped({0})",
        "unescaped({0})",
        "nullif(stripped({0}), '')",  # blanks may have been written as entities
    )
    cells, others = list(cells), list(others)
    for step in steps:
        made = ", ".join(["row", *others, *(f"{step.format(cell)} as {cell}" for cell in cells)])
        table = f"(select {made} from {table})"
    return table


class Flattener:
    """One table in our own columns; `order` is what a person says of dates that could be read two ways."""

    def __init__(
        self, connection: Connection, raw: SourceTable, limits: Limits, order: DateOrder | None = None
    ) -> None:
        self._connection, self._raw, self._limits, self._order = connection, raw, limits, order
        self._places = {normalise_header(header): place for place, header in enumerate(raw.headers)}
        self._cleaned = clean_cells(relation(raw), (cell_of(place) for place in range(len(raw.headers))))
        self._used: set[int] = set()
        self._notes: list[str] = []

    def flat(self, columns: dict[str, str], known: Mapping[str, ColumnRule]) -> FlatTable:
        """The flat table of a table in our own columns; `columns` says which header each goes by."""
        places = {column: self._places[normalise_header(header)] for column, header in columns.items()}
        plain = self._plain(places, known)
        # a row that does not name its story is empty, and none, or wrong
        all_plain = len(plain) == len(columns) > 0 and not self._one(f"count(*) - count({cell_of(places['story'])})")[0]
        if all_plain:
            self._cleaned = relation(self._raw, places.values())
        else:
            # most columns of most tables hold nothing to clean and nothing wrong, and are taken as they are
            taken = {cell_of(places[column]) for column in plain}
            cells = [cell_of(place) for place in range(len(self._raw.headers))]
            self._cleaned = clean_cells(relation(self._raw), [cell for cell in cells if cell not in taken], taken)
            self._keep_cleaned()
        typed = {column for column in plain if known[column].takes(self._raw.typed.get(places[column]))}
        selected: list[str] = []
        for column in FLAT_COLUMNS:
            cell = self._cell([columns[column]]) if column in columns else "null::varchar"
            if column in ("happened_on", "coded_on", "reviewed_on") and column in columns and column not in plain:
                cell = self._date(columns[column], cell, [form for forms in DATES.values() for form in forms], column)
            elif column == "story" and column not in columns:
                cell = self._content_id("row")
            elif column == "step" and column not in columns:
                cell = f"row_number() over (partition by {selected[0].removesuffix(' as story')} order by row)::varchar"
            # a number may come as any that there is, and becomes what the records hold: 30 and 30.0 are the same
            becomes = known[column].type if all_plain and column in typed else "varchar"
            selected.append(f"{cell}::{becomes} as {column}")
        rows = f"select row, 0 as part, {', '.join(selected)} from {self._cleaned}"
        if not all_plain:
            return self._kept(rows)
        self._name("view", rows)
        flat = self._flat(f"({rows})")
        return replace(flat, plain=frozenset(plain), typed=frozenset(typed), as_it_came=True)

    def _plain(self, places: Mapping[str, int], known: Mapping[str, ColumnRule]) -> set[str]:
        """The columns in which every cell is right as it came."""
        rules = {
            place: CellRule(
                known[column].plain(cell_of(place), self._raw.typed.get(place)), bool(known[column].choices)
            )
            for column, place in places.items()
        }
        kept = profile(self._connection, self._raw, self._limits, rules if "story" in places else {})
        return {column for column, place in places.items() if place in kept}

    def _keep_cleaned(self) -> None:
        """Keep the cleaned cells: all that follows looks at them several times, and DuckDB plans each look anew."""
        # a row of nothing is none: spreadsheets add them at the end
        told = " or ".join(f"{cell_of(place)} is not null" for place in range(len(self._raw.headers)))
        self._connection.execute(f"create or replace temp table cleaned as select * from {self._cleaned} where {told}")
        self._cleaned = "cleaned"

    def _kept(self, sql: str) -> FlatTable:
        self._name("table", sql)
        return self._flat("flat_row")

    def _name(self, kind: str, sql: str) -> None:
        """Call the flat table `flat_row`: what is written of faulty rows looks there."""
        drop_relation(self._connection, "flat_row")
        self._connection.execute(f"create temp {kind} flat_row as {sql}")

    def _flat(self, sql: str) -> FlatTable:
        unused = [header for place, header in enumerate(self._raw.headers) if place not in self._used]
        return FlatTable(sql, tuple(dict.fromkeys(self._notes)), tuple(unused))

    def _content_id(self, prefix: str) -> str:
        cells = ", ".join(f"coalesce(c{place}, '')" for place in range(len(self._raw.headers)))
        self._notes.append("rows have no id: their content stands for it, and rows that tell the same are one story")
        return f"{quote(prefix + '-')} || left(md5(concat_ws(chr(31), {cells})), 16)"

    def _has(self, names: tuple[str, ...] | list[str]) -> bool:
        return any(normalise_header(name) in self._places for name in names)

    def _cell(self, names: tuple[str, ...] | list[str]) -> str:
        """The first of these columns that the table has; NULL where it has none of them."""
        for name in names:
            place = self._places.get(normalise_header(name))
            if place is not None:
                self._used.add(place)
                return f"c{place}"
        return "null::varchar"

    def _date(self, header: str, cell: str, forms: list[str], column: str) -> str:
        """The dates of a column as YYYY-MM-DD: all written one way if they can be, else each for itself."""
        if self._one(f"bool_and({_is_iso(cell, column)})", self._cleaned)[0]:
            return cell
        forms = [form for form in forms if self._order is None or form not in DATES[_other(self._order)]]
        # %Y would take 26 for the year 26
        whole_year = f"case when regexp_matches({cell}, '\\d{{4}}') then {cell} end"
        parsed = {form: f"try_strptime({whole_year}, {quote(form)})" for form in forms}
        fits = ", ".join(f"count({parsed[form]})" for form in forms)
        found = self._one(f"count({cell}), {fits}", self._cleaned)
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
        return f"case when {_is_iso(cell, column)} then {cell} else {day} end"

    def _one(self, asked: str, table: str = "") -> tuple[Any, ...]:
        found = self._connection.execute(f"select {asked} from {table or relation(self._raw)}").fetchone()
        assert found is not None
        return found


AMBIGUOUS = "ambiguous: "


def _is_iso(cell: str, column: str) -> str:
    """A day, or for when it happened a month or a year too."""
    parts = "{0,2}" if column == "happened_on" else "{2}"
    return f"regexp_full_match({cell}, '\\d{{4}}(-\\d{{2}}){parts}')"


def _other(order: DateOrder) -> str:
    return "month first" if order == "day first" else "day first"


def _said(form: str) -> str:
    form = form.replace("%H:%M:%S", "hh:mm:ss")
    return form.replace("%Y", "YYYY").replace("%m", "MM").replace("%d", "DD")
