"""Staging: the records of one file, in temporary tables beside the records of the database, and the faults found.

The staged tables have the columns of the records (sql/schema.sql), and end with the connection. Nothing here changes a
record but `insert_staged`.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from cxdata.codebook.codes import Codebook
from cxdata.ingest.flat_table.rules import longest_of
from cxdata.ingest.flat_table.table import FlatTable
from cxdata.ingest.limits import Limits
from cxdata.ingest.mapping.model import TableMapping
from cxdata.ingest.readers.base import Nested, Progress, SourceTable
from cxdata.ingest.report import FaultRow
from cxdata.ingest.request import ImportRequest
from cxdata.store.engine import Connection
from cxdata.store.records.rows import ImportBatch, batch_tables
from cxdata.store.sql import drop_relation
from cxdata.store.transaction import mark_changed
from cxdata.stories import Library

STAGED = (
    "story", "encounter", "emotion", "effort_event", "promise", "sign", "account", "company", "company_alias", "source",
    "lesson", "lesson_point", "lesson_story", "second_coding", "second_encounter", "second_driver", "second_promise",
    "second_sign", "history",
)  # fmt: skip
ROWED = ("story", "encounter", "effort_event")  # staged with the row of the file that they come from
FAULT_COLUMNS = '(file varchar, row bigint, story varchar, "column" varchar, value varchar, why varchar)'


@dataclass(frozen=True)
class Reconciled:
    """Number of stories that are new, are in the database already, and are left out for their faults."""

    new: int = 0
    known: int = 0
    left_out: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Staged:
    """The state that one step hands to the next, beside the records in the staged tables."""

    request: ImportRequest
    batch: ImportBatch
    codebook: Codebook
    limits: Limits
    progress: Progress
    source: SourceTable | Nested
    coding_steps: "tuple[CodingStep, ...]" = ()
    mapping: TableMapping | None = None
    columns: Mapping[str, int] = field(default_factory=dict)
    """Of a table without a mapping: the place of each of our columns."""
    coder: str | None = None
    """The coder of stories that name none; else the importer."""
    valid_columns: frozenset[str] = frozenset()
    """Our columns in which every cell is valid without cleaning."""
    flat_table: FlatTable | None = None
    questions: Mapping[str, str] = field(default_factory=dict)
    """What the importer has to say about a column of ours, as the predicate of its values in doubt."""
    personal_data: Mapping[str, int] = field(default_factory=dict)
    """Number of e-mail addresses, phone numbers and card numbers in the texts, by kind."""
    is_redacted: bool = False
    """Whether they were replaced."""
    notes: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    """Headers that no column of ours is made of."""
    duplicate_rows: int = 0
    row_count: int = 0
    fault_count: int = 0
    reconciled: Reconciled = Reconciled()

    @property
    def name(self) -> str:
        """The file as reports name it."""
        return self.source.name

    @property
    def table(self) -> SourceTable:
        """The source, of the steps for tables."""
        assert isinstance(self.source, SourceTable)
        return self.source

    @property
    def nested(self) -> Nested:
        """The source, of the steps for nested stories."""
        assert isinstance(self.source, Nested)
        return self.source

    @property
    def flat(self) -> FlatTable:
        """The flat table, of the steps after `flatten`."""
        assert self.flat_table is not None
        return self.flat_table

    @property
    def row_is_story(self) -> bool:
        """Whether each row is a story of its own: a mapping makes one of it, or it names none."""
        return isinstance(self.source, SourceTable) and (self.mapping is not None or "story" not in self.columns)

    @property
    def day(self) -> date:
        """The day of the import."""
        return self.batch.imported_at.date()

    @property
    def default_source(self) -> str:
        """The source of stories that name none: the batch, or the file where a batch has several."""
        name = self.batch.batch if len(self.request.files) == 1 else f"{self.batch.batch}, {self.name}"
        slug = re.sub("[^a-z0-9]+", "-", f"batch-{name}".lower()).strip("-")
        if slug == f"batch-{name}" and len(slug) <= longest_of("source"):
            return slug
        # the letters that a slug loses may be all that distinguishes two names
        return f"{slug[:60].rstrip('-')}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


Step = Callable[[Connection, Staged], Staged]
Steps = tuple[Step, ...]


@dataclass(frozen=True)
class CodingStep:
    """A machine that suggests codes: its name as a coder, and the step that changes staged records."""

    coder: str
    code: Step


def create_staging(connection: Connection) -> None:
    """Create empty tables for the records of one file, and one for its faults."""
    for table in STAGED:
        columns = "*, null::bigint as row" if table in ROWED else "*"
        drop_relation(connection, f"staged_{table}")
        connection.execute(f"create temp table staged_{table} as select {columns} from {table} limit 0")
    connection.execute(f"create or replace temp table staged_fault {FAULT_COLUMNS}")


def materialise_staging(connection: Connection) -> None:
    """Copy staged views into tables, so that a step can change their rows."""
    for (name,) in connection.execute(
        "select view_name from duckdb_views() where temporary and starts_with(view_name, 'staged_')"
    ).fetchall():
        connection.execute(f"create or replace temp table materialised as select * from {name}")
        connection.execute(f"drop view {name}; alter table materialised rename to {name}")


def stage_library(connection: Connection, library: Library, batch: ImportBatch) -> None:
    """Stage the records of a library; a company or source that is staged already keeps its row."""
    for table, records in batch_tables(library, batch).items():
        if table == "batch":
            continue
        key = {"company": "company", "company_alias": "alias", "source": "source"}.get(table)
        _insert(connection, table, records, f" where {key} not in (select {key} from staged_{table})" if key else "")


def stage_accounts(connection: Connection, accounts: Mapping[str, str]) -> None:
    """Stage the customers' own words, by story."""
    if accounts:
        rows = [{"story": story, "words": words} for story, words in accounts.items()]
        _insert(connection, "account", pa.Table.from_pylist(rows))


def record_faults(connection: Connection, faults: Iterable[FaultRow]) -> None:
    """Add faults that were found outside of the database to those found in it."""
    keys = ("file", "row", "story", "column", "value", "why")
    if rows := [tuple(getattr(fault, key) for key in keys) for fault in faults]:
        # one statement: a hundred thousand of them would take minutes
        columns = dict(zip(keys, map(list, zip(*rows, strict=True)), strict=True))
        listed = ", ".join(f"unnest(${key}::{'bigint' if key == 'row' else 'varchar'}[])" for key in keys)
        connection.execute(f"insert into staged_fault select {listed}", columns)


def insert_staged(connection: Connection) -> None:
    """Insert the staged records into the database."""
    mark_changed(connection, "select story from staged_story union select story from staged_second_coding")
    for table in STAGED:
        columns = "* exclude (row)" if table in ROWED else "*"
        connection.execute(f"insert into {table} by name select {columns} from staged_{table}")


def _insert(connection: Connection, table: str, records: pa.Table, where: str = "") -> None:
    connection.register("incoming", records)
    connection.execute(f"insert into staged_{table} by name select * from incoming{where}")
    connection.unregister("incoming")
