"""CSV: the cells are copied as text into a Parquet file, with the number of each row."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from cxdata.ingest.limits import Limits
from cxdata.ingest.readers.account import read_account
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
from cxdata.ingest.readers.header import LOOKED_AT, FoundHeader, Rows, find_header
from cxdata.ingest.reading import ReadOptions

SEPARATORS = ",;\t|"
TOO_LONG = "a cell that is too long"
LEAST_ALIKE = 0.7  # share of lines that a mark splits alike in a table
MAX_PROSE = 1 << 16  # characters by which text is told from a table
ALSO_LIKELY = 0.95  # share of rows that a second mark splits alike, from which the choice is in doubt
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
        """Return the one table, or plain text that is none as one account. Raises StoryError for what is neither."""
        if file.name.lower().endswith(".txt") and context.options.separator is None and _is_prose(file):
            yield read_account(file, context)
        else:
            yield _copy_table(file, _read_layout(file, context.options, context.limits), context)


READER: Reader = CsvReader()


@dataclass(frozen=True)
class _Layout:
    """The separator of a file, its header, and the number of lines before the header's row."""

    separator: str
    header: FoundHeader
    lines_before: int
    doubts: tuple[str, ...]


def detect_separator(rows_of: Mapping[str, Rows]) -> tuple[str, bool]:
    """Return the mark that splits most rows into the same number of cells, and whether another does as well.

    `rows_of` has the first rows of a file as each mark splits them.
    """
    scores = {mark: _consistency(rows) for mark, rows in rows_of.items()}
    best = max(scores, key=lambda mark: scores[mark])
    is_doubtful = (
        any(scores[mark][0] >= ALSO_LIKELY and scores[mark][1] > 1 for mark in scores if mark != best)
        and scores[best][1] > 1
    )
    return best, is_doubtful


def _consistency(rows: Rows) -> tuple[float, int]:
    """Return the share of rows that have the most frequent number of cells, and that number; 0 for a single cell."""
    counts = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    width = max(counts, key=lambda each: (counts[each] if each > 1 else 0, each), default=0)
    if width < 2:
        return 0.0, 0
    return round(counts[width] / counts.total(), 2), width


def _read_layout(file: DetectedFile, options: ReadOptions, limits: Limits) -> _Layout:
    # newline=None takes the line ends of any system, those of the first Macs among them
    head = next(file.texts(), "")
    text = io.StringIO(head[:MAX_HEADER], newline=None).getvalue()
    is_cut = len(head) > MAX_HEADER
    asked = {"tab": "\t", "\\t": "\t", "space": " "}.get(options.separator or "", options.separator)
    if asked is not None and len(asked) != 1:
        raise refuse(file.name, f"cannot be split at {asked!r}. A separator is one character, or the word tab")
    split, problem = {}, ""
    for mark in asked or SEPARATORS:
        try:
            split[mark] = _split(text, mark, is_cut)
        except csv.Error as error:
            problem = str(error)
    if not split:
        raise refuse(file.name, f"cannot be read as a table: {problem}")
    separator, is_doubtful = detect_separator({mark: rows for mark, (rows, _) in split.items()})
    rows, lines = split[separator]
    header = find_header(file.name, rows, options.header)
    check_headers(file.name, list(header.headers), limits)
    if not any(cell.strip() for row in rows[header.first_row - 1 :] for cell in row) and len(rows) < LOOKED_AT:
        raise refuse(file.name, NO_ROWS)
    named = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars", ":": "colons"}
    doubt = (
        f"the cells are separated by {named.get(separator, separator)}, as most rows suggest. Another mark is possible "
        "(--separator)"
    )
    first = max(header.place if header.place >= 0 else header.first_row - 1, 0)
    return _Layout(
        separator,
        header,
        lines[first],
        (*((file.doubt,) if file.doubt else ()), *((doubt,) if is_doubtful else ()), *header.doubts),
    )


def _is_prose(file: DetectedFile) -> bool:
    """Return whether no mark splits the first lines into rows alike; quoted cells count as one."""
    text = next(file.texts(), "")
    part = io.StringIO(text[:MAX_PROSE], newline=None).getvalue()
    try:
        rows = [_split(part, mark, len(text) > MAX_PROSE)[0] for mark in SEPARATORS]
    except csv.Error:
        return False  # the reader of tables says what is wrong
    return all(_consistency(each)[0] < LEAST_ALIKE for each in rows)


def _split(text: str, mark: str, is_cut: bool) -> tuple[Rows, list[int]]:
    """Return the first rows of a text, and for each the number of lines before it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    rows: list[list[str]] = []
    lines = [0]
    try:
        for row in reader:
            rows.append(row)
            lines.append(reader.line_num)
            if len(rows) == LOOKED_AT:
                return rows, lines
    except csv.Error:
        if not rows:
            raise
        return [*rows, [TOO_LONG]], [*lines, reader.line_num]  # which is said when it is read
    # the last row of a part of a file may be cut
    return (rows[:-1] if is_cut and len(rows) > 1 else rows), lines


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


def _copy_table(file: DetectedFile, layout: _Layout, context: ReadContext) -> SourceTable:
    limits, separator, headers = context.limits, layout.separator, layout.header.headers
    invalid = _InvalidRows(separator, limits)
    names = [SourceTable.cell(place) for place in range(len(headers))]
    size = file.path.stat().st_size
    target = context.folder / f"raw-{len(list(context.folder.iterdir()))}.parquet"
    schema = pa.schema([("row", pa.int64()), *((name, pa.string()) for name in names)])
    row_count, number = 0, layout.header.first_row
    try:
        with (
            file.path.open("rb") as source,
            # one thread: only then is a row's number known
            pc.open_csv(
                _transcode(source, file.encoding),
                read_options=pc.ReadOptions(
                    use_threads=False,
                    block_size=limits.line,
                    column_names=names,
                    skip_rows=layout.lines_before,
                    skip_rows_after_names=layout.header.skipped + 1 if layout.header.place >= 0 else 0,
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
        doubts=layout.doubts,
        labels=layout.header.labels,
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
