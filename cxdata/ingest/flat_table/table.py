"""A flat table as SQL: its rows, the rules of its columns, and which of them are known to be valid."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cxdata.ingest.flat_table.columns import ENCOUNTER_COLUMNS, STORY_COLUMNS
from cxdata.ingest.flat_table.rules import ColumnRule
from cxdata.store.engine import Connection
from cxdata.store.sql import drop_relation, scalar

STORY_FIELDS = tuple(column for column in STORY_COLUMNS if column != "story")
ENCOUNTER_FIELDS = tuple(column for column in ENCOUNTER_COLUMNS if column != "step")


@dataclass(frozen=True)
class FlatTable:
    """A source table in our own columns, as SQL that gives `row`, `part` and every flat column.

    A row of a mapped table gives several flat rows, numbered by `part`.
    """

    sql: str
    rules: Mapping[str, ColumnRule]
    valid_columns: frozenset[str] = frozenset()
    """Columns in which every cell is known to be valid."""
    native_columns: frozenset[str] = frozenset()
    """Valid columns that are numbers or days already, and not text."""
    is_unchanged: bool = False
    """Whether all columns are valid without cleaning: then `sql` reads the file, which is quicker than a copy."""

    def cell(self, column: str) -> str:
        """Return the SQL of a cell of `flat`, converted to the type of its record."""
        return f"flat.{column}" if column in self.native_columns else self.rules[column].convert(f"flat.{column}")

    def first_rows(self, connection: Connection, first: str, fields: Iterable[str]) -> str:
        """Return SQL for the rows that are the first to give any of these fields of a story or encounter.

        `first` names the table of those rows, made by `find_first_rows`.
        """
        rows = f"{self.sql} as flat where ({any_present('flat', fields)})"
        if scalar(connection, f"select coalesce(max(rows), 0) from {first}") > 1:
            return f"{rows} and row in (select row from {first})"
        return rows

    def stage(self, connection: Connection, name: str, sql: str) -> None:
        """Stage rows that have all columns of a record; of an unchanged table as a view, else as a copy."""
        if self.is_unchanged:
            drop_relation(connection, f"staged_{name}")
            connection.execute(f"create temp view staged_{name} as {sql}")
        else:
            connection.execute(f"insert into staged_{name} by name {sql}")


def any_present(table: str, columns: Iterable[str]) -> str:
    """Return SQL that is true where any of these columns is filled."""
    return " or ".join(f"{table}.{column} is not null" for column in columns)
