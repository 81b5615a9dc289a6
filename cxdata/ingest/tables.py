"""A table file staged: whose columns it has, under which mapping, and what it is worth to know of how it was read."""

from dataclasses import dataclass
from pathlib import Path

from cxdata.codebook.codes import Codebook
from cxdata.errors import Fault, StoryError
from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.flat_table.rules import column_rules
from cxdata.ingest.flat_table.table import Defaults
from cxdata.ingest.limits import Limits
from cxdata.ingest.mapping.catalogue import match_mapping, normalise_header, own_columns, read_mapping, shipped_mappings
from cxdata.ingest.mapping.model import TableMapping, parse_mapping
from cxdata.ingest.readers.base import NO_ROWS, Progress, SourceTable, cell_of, relation
from cxdata.ingest.readers.detection import DetectedFile
from cxdata.ingest.readers.jsonl import record_faults
from cxdata.ingest.readers.parquet import read_table_file
from cxdata.ingest.report import FaultRow
from cxdata.ingest.request import ImportRequest
from cxdata.ingest.staging import stage_flat
from cxdata.ingest.steps.flattening import Flattener
from cxdata.ingest.steps.mapped import MappedReading
from cxdata.store.engine import Connection
from cxdata.store.records.rows import ImportBatch

MIN_OWN_COLUMNS = 4  # of our columns in a table make it one of ours


@dataclass(frozen=True)
class Staged:
    """A staged table: how it came, its rows that only repeat others, and whether each row is a story of its own."""

    raw: SourceTable
    again: int
    keyed: bool
    notes: tuple[str, ...]
    unused: tuple[str, ...]


def stage_table(
    connection: Connection,
    file: DetectedFile,
    folder: Path,
    codebook: Codebook,
    batch: ImportBatch,
    job: ImportRequest,
    limits: Limits,
    tell: Progress,
) -> Staged:
    """Stage what a table tells; what is wrong with it goes into `fault`. StoryError where nothing can be made of it."""
    raw = read_table_file(file, folder, limits, tell)
    mapping = choose_mapping(raw, job)
    own = dict(job.columns) if job.columns is not None else own_columns(raw.headers)
    # who brings a mapping of their own has coded by it, and signs off nothing that it coded
    coder = f"the mapping {mapping.title}"[:200] if mapping and not _is_own(mapping) else None
    for column, header in own.items() if mapping is None else ():
        # by their letters two headers can be one of our columns, and which is meant nobody knows
        if twice := [
            other for other in raw.headers if normalise_header(other) == normalise_header(header) and other != header
        ]:
            raise StoryError([Fault(file.name, f"has the column {column!r} twice: as {twice[0]!r} and as {header!r}")])
    tell(f"checking {file.name}", 0, raw.rows)
    known = column_rules(codebook)
    reading = (MappedReading if mapping else Flattener)(connection, raw, limits, job.order)
    flat = reading.mapped(mapping) if isinstance(reading, MappedReading) and mapping else reading.flat(own, known)
    if (
        not raw.ragged_count
        and mapping is None
        and not connection.execute(f"select 1 from {flat.sql} limit 1").fetchone()
    ):
        raise StoryError([Fault(file.name, NO_ROWS)])
    row_is_story = mapping is not None or "story" not in own
    is_alone = len(job.files) == 1
    defaults = Defaults(
        batch.imported_by, batch.imported_at.date(), batch.batch, file.name, job.status, coder, is_alone
    )
    again = stage_flat(connection, flat, known, defaults, row_is_story)
    _tell_ragged(connection, raw)
    return Staged(raw, again, row_is_story, (*flat.notes, *_entities(connection, raw)), flat.unused)


def choose_mapping(raw: SourceTable, job: ImportRequest) -> TableMapping | None:
    """The mapping that is asked for, or that fits; None for a table in our own columns. StoryError where none fits."""
    if job.mapping:
        # the page hands over the text of a mapping that was edited there
        if "\n" in job.mapping:
            return parse_mapping(job.mapping.encode(), "mapping")
        return read_mapping(job.mapping)
    if job.columns is not None or len(own_columns(raw.headers)) >= MIN_OWN_COLUMNS:
        return None
    fitting = match_mapping(raw.headers)
    if fitting is None:
        columns = ", ".join(raw.headers[:12])
        raise StoryError(
            [
                Fault(
                    raw.name,
                    f"its columns are neither ours ({', '.join(FLAT_COLUMNS[:5])}, …) nor those of a mapping we have "
                    f"({', '.join(shipped_mappings())}); they are: {columns[:300]}. Write a mapping, or map them on "
                    "the Add stories page",
                )
            ]
        )
    return read_mapping(fitting)


def _is_own(mapping: TableMapping) -> bool:
    """Whether the mapping is the importer's own: made on the page, or another file than those that are shipped."""
    return mapping not in [read_mapping(path) for path in shipped_mappings().values()]


def _tell_ragged(connection: Connection, raw: SourceTable) -> None:
    record_faults(
        connection,
        [
            FaultRow(
                raw.name, row.row, None, None, row.text[:200],
                f"has {row.cells} cells where the header has {row.expected}",
            )
            for row in raw.ragged
        ],
    )  # fmt: skip


def _entities(connection: Connection, raw: SourceTable) -> list[str]:
    """Whether letters were written as HTML."""
    if raw.native:
        return []
    cells = " or ".join(
        f"regexp_matches({cell_of(place)}, '&(#\\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);')" for place in range(len(raw.headers))
    )
    found = connection.execute(f"select count(*) from {relation(raw)} where {cells}").fetchone()
    assert found is not None
    return [f"HTML's entities (such as &amp;) are read as letters in {found[0]:,} rows"] if found[0] else []
