"""Cells as text in a Parquet file, for readers whose format is not text: written a batch at a time."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cxdata.ingest.readers.base import SourceTable

BATCH = 500_000  # cells that are held in memory at a time


class CellWriter:
    """Writes rows whose columns may grow: a row that comes late can have a column that no row before it has."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: list[tuple[int, Mapping[int, str]]] = []
        self._width, self._cells = 0, 0
        self._writer: pq.ParquetWriter | None = None
        self._parts: list[tuple[Path, int]] = []
        self.row_count = 0

    def add(self, row: int, cells: Mapping[int, str]) -> None:
        """Add the filled cells of a row, by place; `row` is its number in the file."""
        self._rows.append((row, cells))
        self._width = max(self._width, max(cells, default=-1) + 1)
        self.row_count += 1
        self._cells += len(cells) + 1
        if self._cells > BATCH:
            self._flush()

    def close(self, width: int) -> Path:
        """Write what is left, and return the file of all rows with this number of columns."""
        self._width = width
        self._flush()
        if self._writer:
            self._writer.close()
        if len(self._parts) == 1:
            return self._parts[0][0]
        path = self._new_path()
        with pq.ParquetWriter(path, _schema(width), compression="lz4") as writer:
            for part, _ in self._parts:
                for batch in pq.ParquetFile(part).iter_batches():
                    empty = [pa.nulls(batch.num_rows, pa.string())] * (width + 1 - batch.num_columns)
                    writer.write_batch(pa.record_batch([*batch.columns, *empty], schema=_schema(width)))
        return path

    def _flush(self) -> None:
        if not self._rows and self._parts:
            return
        if not self._parts or self._parts[-1][1] != self._width:
            if self._writer:
                self._writer.close()
            path = self._new_path()
            self._parts.append((path, self._width))
            self._writer = pq.ParquetWriter(path, _schema(self._width), compression="lz4")
        columns = [pa.array([cells.get(place) for _, cells in self._rows], pa.string()) for place in range(self._width)]
        numbers = pa.array([row for row, _ in self._rows], pa.int64())
        assert self._writer is not None
        self._writer.write_batch(pa.record_batch([numbers, *columns], schema=_schema(self._width)))
        self._rows, self._cells = [], 0

    def _new_path(self) -> Path:
        return self._folder / f"cells-{len(list(self._folder.iterdir()))}.parquet"


def _schema(width: int) -> pa.Schema:
    return pa.schema([("row", pa.int64()), *((SourceTable.cell(place), pa.string()) for place in range(width))])


def number_text(value: float) -> str:
    """Return a number or truth value of a typed format as text; whole numbers have no decimals."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def clean_text(text: str) -> str:
    """Return text without the characters that no table can hold: NUL, and halves of a character."""
    text = text.replace("\0", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
