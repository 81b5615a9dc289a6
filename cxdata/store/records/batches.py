"""Batches: one row an import or edit."""

from dataclasses import asdict

import duckdb

from cxdata.store.records.rows import ImportBatch


def insert_batch(connection: duckdb.DuckDBPyConnection, batch: ImportBatch, rows: int) -> None:
    """Write down a batch, with how many stories it brought."""
    told = asdict(batch) | {"rows": rows}
    connection.execute(
        f"insert into batch by name select {', '.join(f'${name} as {name}' for name in told)}",
        told,
    )
