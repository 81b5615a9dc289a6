"""Somebody else's table under a mapping, as our flat columns: for each row its story, encounters and efforts."""

import re

from cxdata.errors import Fault, StoryError
from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.flat_table.rules import longest_of
from cxdata.ingest.mapping.model import Cell, TableMapping, When
from cxdata.ingest.steps.flattening import FlatTable, Flattener
from cxdata.ingest.steps.profiling import profile
from cxdata.store.sql import quote
from cxdata.text.suggestions import format_choices

PIECE = re.compile(r"\{([^}]*)\}")


class MappedReading(Flattener):
    """One table under one mapping."""

    def mapped(self, mapping: TableMapping) -> FlatTable:
        """The flat table of somebody else's table: for each row its story, encounters and efforts."""
        missing = [
            f"column {format_choices(names[0], self._raw.headers, 'the file')}"
            for what, names in mapping.columns().items()
            if what != "id" and not self._has(names) and _is_needed(mapping, what)
        ]
        if missing:
            raise StoryError([Fault(self._raw.name, each) for each in dict.fromkeys(missing)])
        profile(self._connection, self._raw, self._limits, {})
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
        return self._kept(" union all ".join(self._select(part, *told) for part, told in enumerate(parts)))

    def _select(self, part: int, told: dict[str, str], when: str) -> str:
        columns = ", ".join(f"{told.get(column, 'null::varchar')} as {column}" for column in FLAT_COLUMNS)
        return f"select row, {part} as part, {columns} from cleaned where {when}"

    def _id(self, mapping: TableMapping) -> str:
        if mapping.id and self._has(mapping.id):
            # a spreadsheet, or a column of numbers with gaps, makes 6896026.0 of 6896026
            told = f"regexp_replace(lower({self._cell(mapping.id)}), '^(\\d+)\\.0+$', '\\1')"
            slug = f"trim(regexp_replace({told}, '[^a-z0-9]+', '-', 'g'), '-')"
            # an id that a spreadsheet has turned into a number of powers stays as it is, and is refused
            return f"case when {self._ruined(told)} then {told} else {quote(mapping.prefix + '-')} || {slug} end"
        return self._content_id(mapping.prefix)

    @staticmethod
    def _ruined(cell: str) -> str:
        return f"regexp_full_match({cell}, '\\d(\\.\\d+)?e\\+\\d+')"

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


def _is_needed(mapping: TableMapping, what: str) -> bool:
    """Whether a table without this column cannot be meant by the mapping."""
    cell = mapping.story.get(what)
    return what == "company" and cell is not None and cell.missing is None
