"""Parquet: the file is read in place, its columns named by place."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cxdata.ingest.readers.base import (
    NO_ROWS,
    TABLE_HELP,
    Certainty,
    DetectedFile,
    Kind,
    ReadContext,
    Reader,
    SourceTable,
    check_headers,
    refuse,
)


class ParquetReader:
    """Reads a Parquet file whose columns are text, numbers, days or times."""

    name = "Parquet"
    label = "a table"
    suffixes = ("parquet",)
    help = TABLE_HELP
    position = 3
    is_text = False
    reads_together = False

    def detect(self, head: bytes, _: str) -> int:
        """Return whether the file begins as Parquet does."""
        return Certainty.BY_BYTES if head.startswith(b"PAR1") else Certainty.NONE

    def read(self, file: DetectedFile, context: ReadContext) -> Iterator[SourceTable]:
        """Return the one table. Raises StoryError for a file that is broken, nested or too large."""
        limits = context.limits
        try:
            parquet = pq.ParquetFile(file.path)
            schema, metadata = parquet.schema_arrow, parquet.metadata
            check_headers(file.name, schema.names, limits)
            size = sum(metadata.row_group(each).total_byte_size for each in range(parquet.num_row_groups))
        except (pa.ArrowException, OSError, ValueError) as error:
            raise refuse(file.name, f"cannot be read as Parquet: {str(error).splitlines()[0]}") from None
        if size > limits.unpacked:
            raise refuse(file.name, f"unpacks to {size:,} bytes. At most {limits.unpacked:,} are possible")
        if metadata.num_rows > limits.rows:
            raise refuse(file.name, f"has {metadata.num_rows:,} rows. At most {limits.rows:,} are possible")
        if "file_row_number" in (name.lower() for name in schema.names):
            raise refuse(file.name, "has a column 'file_row_number'. The reader needs this name. Rename the column")
        nested = [each.name for each in schema if pa.types.is_nested(each.type) or pa.types.is_binary(each.type)]
        if nested:
            raise refuse(file.name, f"column {nested[0]!r} has lists or bytes. Write nested stories as JSONL")
        if not metadata.num_rows:
            raise refuse(file.name, NO_ROWS)
        yield SourceTable(
            file.name,
            tuple(schema.names),
            _path_without_pattern(file.path, context.folder),
            metadata.num_rows,
            self.name,
            native=True,
            kinds={place: kind for place, each in enumerate(schema.types) if (kind := _kind(each))},
        )


READER: Reader = ParquetReader()


def _path_without_pattern(path: Path, folder: Path) -> Path:
    """Return a path to the file in which DuckDB sees no pattern: it takes [1] for any file with a 1 there."""
    if not set("*?[") & set(str(path)):
        return path
    other = folder / f"named-{len(list(folder.iterdir()))}.parquet"
    try:
        other.symlink_to(path)
    except OSError:
        shutil.copyfile(path, other)  # a system without links
    return other


def _kind(of: pa.DataType) -> Kind | None:
    if pa.types.is_date(of):
        return "day"
    return "number" if pa.types.is_integer(of) or pa.types.is_floating(of) else None
