"""Batches: one row an import or edit."""

from dataclasses import asdict

from cxdata.store.engine import Connection
from cxdata.store.records.rows import ImportBatch


def insert_batch(connection: Connection, batch: ImportBatch, rows: int) -> None:
    """Write down a batch, with how many stories it brought."""
    told = asdict(batch) | {"rows": rows}
    connection.execute(
        f"insert into batch by name select {', '.join(f'${name} as {name}' for name in told)}",
        told,
    )
