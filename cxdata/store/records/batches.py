"""Batches: one row for each import or edit."""

from dataclasses import asdict

from cxdata.store.engine import Connection
from cxdata.store.records.rows import ImportBatch


def insert_batch(connection: Connection, batch: ImportBatch, rows: int) -> None:
    """Insert a batch with the number of its stories."""
    values = asdict(batch) | {"rows": rows}
    connection.execute(
        f"insert into batch by name select {', '.join(f'${name} as {name}' for name in values)}",
        values,
    )
