"""Insertion of records within a change of the database, without files."""

from cxdata.errors import Fault, StoryError
from cxdata.ingest.staging import create_staging, insert_staged, stage_library
from cxdata.ingest.steps.reconciliation import ReconcileOptions, reconcile_records
from cxdata.store.engine import Connection
from cxdata.store.records.batches import insert_batch
from cxdata.store.records.rows import ImportBatch
from cxdata.stories import Library


def insert_library(connection: Connection, library: Library, batch: ImportBatch, is_new: bool = True) -> None:
    """Stage, reconcile and insert records within a change. Raises StoryError with every fault."""
    create_staging(connection)
    stage_library(connection, library, batch)
    reconciled = reconcile_records(connection, ReconcileOptions(batch.file, strict=True, keyed=False, skip=False))
    faults = connection.execute('select story, "column", value, why from staged_fault order by all').fetchall()
    if faults:
        raise StoryError([Fault(str(story), f"{column} {value!r}: {why}") for story, column, value, why in faults])
    if reconciled.known and not reconciled.new:
        raise StoryError([Fault(library.stories[0].story, "is already in the database, word for word")])
    insert_staged(connection)
    if is_new:
        insert_batch(connection, batch, len(library.stories))
