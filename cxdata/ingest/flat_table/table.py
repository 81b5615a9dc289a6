"""A flat table on its way in: what is asked of it by those who check it and those who take it apart."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cxdata.ingest.flat_table.columns import ENCOUNTER_COLUMNS, STORY_COLUMNS
from cxdata.ingest.flat_table.rules import ColumnRule, longest_of
from cxdata.store.engine import Connection, Rows
from cxdata.store.sql import drop_relation

STORY_FIELDS = tuple(column for column in STORY_COLUMNS if column != "story")
ENCOUNTER_FIELDS = tuple(column for column in ENCOUNTER_COLUMNS if column != "step")


@dataclass(frozen=True)
class Defaults:
    """What stands where a table leaves it open: who brings it in, when, as which batch, from which file."""

    by: str
    on: date
    batch: str
    file: str
    status: str | None = None
    """The status of every story, whatever the table says."""
    coder: str | None = None
    """Who stands for the coding where the table does not say; else who brings it in."""
    is_alone: bool = True
    """Whether the batch has no other file."""

    @property
    def source(self) -> str:
        """The source of stories that name none: the batch itself, or the file of a batch of several."""
        told = self.batch if self.is_alone else f"{self.batch}, {self.file}"
        made = re.sub("[^a-z0-9]+", "-", f"batch-{told}".lower()).strip("-")
        if made == f"batch-{told}" and len(made) <= longest_of("source"):
            return made
        # what is lost of a name may be all that tells it from another
        return f"{made[:60].rstrip('-')}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


@dataclass(frozen=True)
class FlatTableQuery:
    """A flat table as SQL, with the rules of its columns."""

    connection: Connection
    flat: str
    fields: dict[str, ColumnRule]
    defaults: Defaults
    plain: frozenset[str] = frozenset()
    """Columns of which every cell is known to be right."""
    native: frozenset[str] = frozenset()
    """Columns that are numbers or days already, and no text."""
    as_it_came: bool = False
    """Whether all columns are plain: `flat` is then the file itself, and quicker read again than kept."""

    def run(self, sql: str) -> Rows:
        """Run SQL of ours; words of others come into it through `quote` alone."""
        return self.connection.execute(sql)

    def stage(self, name: str, sql: str) -> None:
        """Stage rows with all columns of a record: kept or, of a table as it came, read again whenever they are asked
        for, which is quicker than to write them twice.
        """
        if self.as_it_came:
            drop_relation(self.connection, f"staged_{name}")
            self.run(f"create temp view staged_{name} as {sql}")
        else:
            self.run(f"insert into staged_{name} by name {sql}")

    def one(self, sql: str) -> int:
        """The one number that SQL answers with."""
        found = self.run(sql).fetchone()
        assert found is not None
        return int(found[0])

    def typed(self, column: str) -> str:
        """The SQL of a cell as what it becomes."""
        return f"flat.{column}" if column in self.native else self.fields[column].typed(f"flat.{column}")

    def told(self, first: str, telling: Iterable[str]) -> str:
        """From where to select those rows that are the first to tell of a story or encounter."""
        told = f"{self.flat} as flat where ({any_present('flat', telling)})"
        if self.one(f"select coalesce(max(rows), 0) from {first}") > 1:
            return f"{told} and row in (select row from {first})"
        return told


def any_present(table: str, columns: Iterable[str]) -> str:
    """SQL that says whether a row tells any of these columns. A row of a mapped table can stand in several of ours."""
    return " or ".join(f"{table}.{column} is not null" for column in columns)
