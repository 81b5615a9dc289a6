"""A table file read, whichever it is: a CSV is put down as Parquet, and Parquet is read where it lies."""

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cxdata.ingest.flat_table.rules import Kind
from cxdata.ingest.limits import Limits
from cxdata.ingest.readers.base import NO_ROWS, Progress, SourceTable, check_headers, of_csv, refuse
from cxdata.ingest.readers.detection import DetectedFile


def read_table_file(file: DetectedFile, folder: Path, limits: Limits, tell: Progress) -> SourceTable:
    """The table in a file. StoryError where it is none, or more than the limits allow."""
    return _of_parquet(file, folder, limits) if file.kind == "parquet" else of_csv(file, folder, limits, tell)


def _of_parquet(file: DetectedFile, folder: Path, limits: Limits) -> SourceTable:
    try:
        about = pq.ParquetFile(file.path)
        schema = about.schema_arrow
        check_headers(file.name, schema.names, limits)
        size = sum(about.metadata.row_group(each).total_byte_size for each in range(about.num_row_groups))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise refuse(file.name, f"is not Parquet that can be read: {str(error).splitlines()[0]}") from None
    if size > limits.unpacked:
        raise refuse(file.name, f"unpacks to {size:,} bytes; {limits.unpacked:,} are the most")
    if about.metadata.num_rows > limits.rows:
        raise refuse(file.name, f"has {about.metadata.num_rows:,} rows; {limits.rows:,} are the most")
    if "file_row_number" in (name.lower() for name in schema.names):
        raise refuse(file.name, "has a column 'file_row_number', which its reader means itself; call it otherwise")
    nested = [each.name for each in schema if pa.types.is_nested(each.type) or pa.types.is_binary(each.type)]
    if nested:
        raise refuse(file.name, f"column {nested[0]!r} holds lists or bytes; give nested stories as JSONL")
    typed = {place: kind for place, each in enumerate(schema.types) if (kind := _kind(each))}
    rows = about.metadata.num_rows
    if not rows:
        raise refuse(file.name, NO_ROWS)
    return SourceTable(
        file.name,
        tuple(schema.names),
        _under_a_plain_name(file.path, folder),
        rows,
        "Parquet",
        native=True,
        typed=typed,
    )


def _under_a_plain_name(path: Path, folder: Path) -> Path:
    """The file by a path in which DuckDB sees no pattern: to it [1] would be any file with a 1 there."""
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
