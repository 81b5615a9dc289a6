"""CSV: the cells are copied as text into a Parquet file, with the number of each row."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from cxdata.ingest.limits import Limits
from cxdata.ingest.readers.base import (
    NO_ROWS,
    TABLE_HELP,
    Certainty,
    DetectedFile,
    RaggedRow,
    ReadContext,
    Reader,
    SourceTable,
    check_headers,
    has_suffix,
    refuse,
)

SEPARATORS = ",;\t|"
MAX_HEADER = 1 << 20  # characters in which the header has to end


class CsvReader:
    """Reads text whose rows are lines and whose cells are separated by a mark."""

    name = "CSV"
    label = "a table"
    suffixes = ("csv", "tsv", "txt")
    help = TABLE_HELP
    position = 2
    is_text = True
    reads_together = False

    def detect(self, _: bytes, name: str) -> int:
        """Return whether the suffix is one of a table's."""
        return Certainty.BY_SUFFIX if has_suffix(self, name) else Certainty.NONE

    def read(self, file: DetectedFile, context: ReadContext) -> Iterator[SourceTable]:
        """Return the one table. Raises StoryError for text that is no table, or too large."""
        yield _copy_table(file, *_read_header(file, context.limits), context)


READER: Reader = CsvReader()


def detect_separator(head: str) -> str:
    """Return the mark that separates most cells of a header line, quoted cells counted as one."""
    counts = {}
    for mark in SEPARATORS:
        try:
            counts[mark] = len(next(csv.reader(io.StringIO(head), delimiter=mark), []))
        except csv.Error:
            counts[mark] = 0
    return max(counts, key=lambda mark: counts[mark])


def _read_header(file: DetectedFile, limits: Limits) -> tuple[str, tuple[str, ...]]:
    # newline=None takes the line ends of any system, those of the first Macs among them
    text = io.StringIO(next(file.texts(), "")[:MAX_HEADER], newline=None)
    separator = detect_separator(text.getvalue())
    try:
        headers = next(csv.reader(text, delimiter=separator), [])
    except csv.Error as error:
        raise refuse(file.name, f"cannot be read as a table: {error}") from None
    check_headers(file.name, headers, limits)
    if not text.read().strip():
        raise refuse(file.name, NO_ROWS)
    return separator, tuple(headers)


class _InvalidRows:
    """Collects the rows that Arrow skips: blank lines, and rows of another number of cells than the header."""

    def __init__(self, separator: str, limits: Limits) -> None:
        self._separator, self._limits = separator, limits
        self.numbers: set[int] = set()
        self.ragged: list[RaggedRow] = []
        self.blank_count = 0
        self._kept = 0

    def __call__(self, row: pc.InvalidRow) -> str:
        self.numbers.add(row.number)
        if not row.text.strip():
            self.blank_count += 1  # an empty line is no row, but a spreadsheet numbers it
        elif len(self.ragged) < self._limits.faults:
            self._kept += len(row.text)
            text = row.text if self._kept < self._limits.line else row.text[:200]
            self.ragged.append(RaggedRow(row.number, text, row.actual_columns, row.expected_columns, self._separator))
        return "skip"


def _copy_table(file: DetectedFile, separator: str, headers: tuple[str, ...], context: ReadContext) -> SourceTable:
    limits = context.limits
    invalid = _InvalidRows(separator, limits)
    names = [SourceTable.cell(place) for place in range(len(headers))]
    size = file.path.stat().st_size
    target = context.folder / f"raw-{len(list(context.folder.iterdir()))}.parquet"
    schema = pa.schema([("row", pa.int64()), *((name, pa.string()) for name in names)])
    row_count, number = 0, 2
    try:
        with (
            file.path.open("rb") as source,
            # one thread: only then is a row's number known
            pc.open_csv(
                _transcode(source, file.encoding),
                read_options=pc.ReadOptions(
                    use_threads=False, block_size=limits.line, column_names=names, skip_rows_after_names=1
                ),
                parse_options=pc.ParseOptions(
                    delimiter=separator, newlines_in_values=True, invalid_row_handler=invalid, ignore_empty_lines=False
                ),
                convert_options=pc.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()),
                    null_values=[""],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=True,
                ),
            ) as reader,
            pq.ParquetWriter(target, schema, compression="lz4", use_dictionary=True) as writer,
        ):
            for batch in reader:
                numbers = _number_rows(number, batch.num_rows, invalid.numbers)
                writer.write_batch(pa.record_batch([pa.array(numbers, pa.int64()), *batch.columns], schema=schema))
                row_count += batch.num_rows
                number = numbers[-1] + 1 if numbers else number
                if row_count > limits.rows:
                    raise refuse(file.name, f"has more than {limits.rows:,} rows")
                context.progress(f"reading {file.name}", source.tell(), size)
    except pa.ArrowInvalid as error:
        raise refuse(file.name, _describe_problem(str(error), limits)) from None
    ragged_count = len(invalid.numbers) - invalid.blank_count
    return SourceTable(
        file.name,
        headers,
        target,
        row_count,
        file.encoding_name,
        ragged=tuple(invalid.ragged),
        ragged_count=ragged_count,
    )


def _number_rows(first: int, count: int, skipped: set[int]) -> list[int]:
    """Return the numbers of the next rows, without those that were skipped."""
    numbers: list[int] = []
    while len(numbers) < count:
        wanted = range(first, first + count - len(numbers))
        numbers += [number for number in wanted if number not in skipped] if skipped else wanted
        first = wanted.stop
    return numbers


def _transcode(source: BinaryIO, encoding: str) -> pa.NativeFile:
    """Return the bytes of a file as UTF-8."""
    plain = pa.PythonFile(source, mode="r")
    return plain if encoding in ("utf-8", "utf-8-sig") else pa.transcoding_input_stream(plain, encoding, "utf-8")


def _describe_problem(error: str, limits: Limits) -> str:
    if "straddling" in error:
        return f"has a row of more than {limits.line:,} bytes, or a quotation mark that is never closed"
    return f"cannot be read as a table: {error.splitlines()[0]}"
