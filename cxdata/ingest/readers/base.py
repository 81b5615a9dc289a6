"""Any table file as one plain shape: Parquet, a column `row` with the row's number, then its cells c0, c1, … as text.

Header names never become identifiers: a column is known by its place. Rows count from one, the header being row 1 of a
CSV, as a spreadsheet shows them.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from cxdata.errors import Fault, StoryError
from cxdata.ingest.flat_table.rules import Kind
from cxdata.ingest.limits import Limits
from cxdata.ingest.readers.detection import HEAD, DetectedFile, decoded, detect_separator
from cxdata.store.engine import Connection

NO_ROWS = "has a header and no rows"
LONGEST_HEAD = HEAD * 16  # characters in which the header has to end
Progress = Callable[[str, int, int], None]
"""What is being done, how much of it, of how much."""


@dataclass(frozen=True)
class RaggedRow:
    """A row with more or fewer cells than the header."""

    row: int
    text: str
    cells: int
    expected: int
    separator: str

    @property
    def parted(self) -> list[str]:
        """Its cells."""
        try:
            return next(csv.reader(io.StringIO(self.text, newline=""), delimiter=self.separator), [])
        except csv.Error:
            return [self.text]


@dataclass(frozen=True)
class SourceTable:
    """A table as it came: the file's name, its headers in order, where its cells lie, how it was read."""

    name: str
    headers: tuple[str, ...]
    path: Path
    rows: int
    told: str
    ragged: tuple[RaggedRow, ...] = ()
    ragged_count: int = 0
    """How many there are; of very many only the first are kept."""
    native: bool = False
    """Whether the cells are the columns of the file itself (Parquet), whatever it calls them."""
    typed: Mapping[int, Kind] = field(default_factory=dict)
    """What the cells of a place are already, where they are no text."""


def of_csv(file: DetectedFile, folder: Path, limits: Limits, tell: Progress) -> SourceTable:
    """The table in a CSV, put down as Parquet in `folder`. StoryError where it is none, or too large."""
    # line ends of any system, that of the first Macs among them
    text = io.StringIO(next(decoded(file.path, file.encoding), "")[:LONGEST_HEAD], newline=None)
    separator = detect_separator(text.getvalue())
    try:
        headers = next(csv.reader(text, delimiter=separator), [])
    except csv.Error as error:
        raise refuse(file.name, f"is not a table that can be read: {error}") from None
    check_headers(file.name, headers, limits)
    if not text.read().strip():
        raise refuse(file.name, NO_ROWS)
    ragged: list[RaggedRow] = []
    skipped: set[int] = set()
    blank = kept = 0

    def keep(row: pc.InvalidRow) -> str:
        nonlocal blank, kept
        skipped.add(row.number)
        if not row.text.strip():
            blank += 1  # an empty line is no row, but a spreadsheet numbers it
        elif len(ragged) < limits.faults:
            kept += len(row.text)
            text = row.text if kept < limits.line else row.text[:200]
            ragged.append(RaggedRow(row.number, text, row.actual_columns, row.expected_columns, separator))
        return "skip"

    names = [f"c{place}" for place in range(len(headers))]
    size = file.path.stat().st_size
    target = folder / f"raw-{len(list(folder.iterdir()))}.parquet"
    schema = pa.schema([("row", pa.int64()), *((name, pa.string()) for name in names)])
    rows, number = 0, 2
    try:
        with (
            file.path.open("rb") as source,
            # one thread: only then is a row's number known
            pc.open_csv(
                _text(source, file.encoding),
                read_options=pc.ReadOptions(
                    use_threads=False, block_size=limits.line, column_names=names, skip_rows_after_names=1
                ),
                parse_options=pc.ParseOptions(
                    delimiter=separator, newlines_in_values=True, invalid_row_handler=keep, ignore_empty_lines=False
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
                numbers = _numbers(number, batch.num_rows, skipped)
                writer.write_batch(pa.record_batch([pa.array(numbers, pa.int64()), *batch.columns], schema=schema))
                rows += batch.num_rows
                number = numbers[-1] + 1 if numbers else number
                if rows > limits.rows:
                    raise refuse(file.name, f"has more than {limits.rows:,} rows")
                tell(f"reading {file.name}", source.tell(), size)
    except pa.ArrowInvalid as error:
        raise refuse(file.name, _in_words(str(error), limits)) from None
    return SourceTable(file.name, tuple(headers), target, rows, file.told, tuple(ragged), len(skipped) - blank)


def _numbers(first: int, more: int, skipped: set[int]) -> list[int]:
    """The numbers of the next rows, those that were skipped left out."""
    numbers: list[int] = []
    while len(numbers) < more:
        wanted = range(first, first + more - len(numbers))
        numbers += [number for number in wanted if number not in skipped] if skipped else wanted
        first = wanted.stop
    return numbers


def relation(raw: SourceTable, of: Iterable[int] | None = None) -> str:
    """The table as SQL that gives `row` and the cells, or those of some places; the path is ours, and quoted."""
    path = str(raw.path).replace("'", "''")
    if raw.native:
        places = range(len(raw.headers))
        # named by their places: what the file calls them could be anything, and even the same
        named = ", ".join(map(cell_of, places))
        # and told by the file alone: to DuckDB a folder called a=1 would be a column
        read = f"read_parquet('{path}', file_row_number = true, hive_partitioning = false) as told({named}, number)"
        # a truth, a time of day, a decimal: our rules know text, and numbers and days that they were told of
        cells = (
            cell_of(place) + ("" if place in raw.typed else f"::varchar as {cell_of(place)}") for place in of or places
        )
        return f"(select number + 1 as row, {', '.join(cells)} from {read})"
    return f"read_parquet('{path}')"


def cell_of(place: int) -> str:
    """The name of the column in which the cells of this place stand."""
    return f"c{place}"


def samples(connection: Connection, raw: SourceTable, most: int = 20) -> list[list[str | None]]:
    """The first rows as text, for a preview."""
    cells = ", ".join(f"left({cell_of(place)}::varchar, 200)" for place in range(len(raw.headers)))
    found = connection.execute(f"select {cells} from {relation(raw)} order by row limit {most}")
    return [list(row) for row in found.fetchall()]


def check_headers(name: str, headers: list[str], limits: Limits) -> None:
    """StoryError where the headers do not name the columns, each once."""
    if len(headers) > limits.columns:
        raise refuse(name, f"has {len(headers):,} columns; {limits.columns:,} are the most")
    if not any(header.strip() for header in headers):
        raise refuse(name, "has no header: the first row must name the columns")
    count = Counter(header.strip().casefold() for header in headers if header.strip())
    twice = [header for header in headers if count[header.strip().casefold()] > 1]
    if twice:
        raise refuse(name, f"has the column {twice[0][:60]!r} twice")


def _text(source: BinaryIO, encoding: str) -> pa.NativeFile:
    """The bytes of a file as UTF-8."""
    plain = pa.PythonFile(source, mode="r")
    return plain if encoding in ("utf-8", "utf-8-sig") else pa.transcoding_input_stream(plain, encoding, "utf-8")


def _in_words(error: str, limits: Limits) -> str:
    if "straddling" in error:
        return f"has a row of more than {limits.line:,} bytes, or a quotation mark that is never closed"
    return f"is not a table that can be read: {error.splitlines()[0]}"


def refuse(name: str, problem: str) -> StoryError:
    """The one fault of a file that cannot be read."""
    return StoryError([Fault(name, problem)])
