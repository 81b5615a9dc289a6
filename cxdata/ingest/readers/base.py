"""The interface of readers and their results: tables whose cells are in a file, or stories that are records already.

A header never becomes an identifier: a column is known by its place. Rows count from one, as a spreadsheet shows them;
the header of a CSV is row 1.
"""

import codecs
import csv
import io
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from pathlib import Path
from typing import Literal, Protocol

from cxdata.codebook.codes import Codebook
from cxdata.errors import CxdataError, Fault, StoryError
from cxdata.ingest.limits import Limits, lacks_memory
from cxdata.ingest.reading import FOUND_OUT, ReadOptions
from cxdata.ingest.report import FaultRow, OnFault
from cxdata.store import translate_errors
from cxdata.store.engine import Connection
from cxdata.store.file_swap import is_disk_full
from cxdata.store.sql import quote_path
from cxdata.stories import CodedStory, Library

NO_ROWS = "has a header but no rows"
CHUNK = 1 << 22  # bytes that are decoded at once
ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 without a byte order mark",
    "utf-16-be": "UTF-16 without a byte order mark",
    "cp1252": "Windows-1252, because it is not UTF-8",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "cp1257": "Windows-1257",
    "cp1258": "Windows-1258",
    "cp874": "Windows-874",
    "cp866": "DOS 866",
    "cp437": "DOS 437",
    "cp850": "DOS 850",
    "koi8-r": "KOI8-R",
    "koi8-u": "KOI8-U",
    "mac-cyrillic": "Macintosh Cyrillic",
    "mac-roman": "Macintosh Roman",
    "iso8859-2": "ISO 8859-2",
    "iso8859-5": "ISO 8859-5",
    "iso8859-7": "ISO 8859-7",
    "iso8859-8": "ISO 8859-8",
    "cp932": "Shift JIS",
    "euc_jp": "EUC-JP",
    "cp949": "EUC-KR",
    "big5": "Big5",
    "gb18030": "GB 18030",
}
TABLE_HELP = """**{names} with our columns**: one row per effort event, or per step without effort.
The first row of a story has its fields. The first row of a step has those of the step. An empty cell means not stated,
and 0 means none."""

log = logging.getLogger("cxdata")

Kind = Literal["number", "day"]
"""The type of a cell that is not text."""


class Progress(Protocol):
    """Reports what an import is doing, and how much of it is done; a total of 0 is unknown."""

    def __call__(self, doing: str, done: int, total: int, /) -> None:
        """Report one step."""


class Certainty(IntEnum):
    """The certainty of a reader that a file has its format."""

    NONE = 0
    BY_SUFFIX = 1
    BY_BYTES = 2


@dataclass(frozen=True)
class DetectedFile:
    """A file that a reader accepts: the path of its unpacked bytes, and the encoding of its text."""

    path: Path
    name: str
    reader: "Reader"
    encoding: str = ""
    """Empty where the format is not text."""
    others: tuple["DetectedFile", ...] = ()
    """Further files of the import, where the format's files are read together."""
    doubt: str = ""
    """The doubt about the encoding in a sentence; empty where there is none."""

    @property
    def encoding_name(self) -> str:
        """The encoding as the report names it."""
        return ENCODING_NAMES.get(self.encoding, self.encoding)

    def texts(self) -> Iterator[str]:
        """Return the text in pieces of some million characters. Raises UnicodeDecodeError."""
        return decode(self.path, self.encoding)

    def read(self, context: "ReadContext") -> Iterator["SourceTable | Nested"]:
        """Give the tables or stories of the file.

        Raises StoryError for a file that cannot be read, also where its reader fails, then with the reader's name;
        MemoryError and OutOfMemory where it takes too much memory.
        """
        try:
            with translate_errors():
                yield from self.reader.read(self, context)
        except (CxdataError, MemoryError):
            raise
        except Exception as error:
            if lacks_memory(repr(error)):
                raise MemoryError from error
            if is_disk_full(error):
                raise
            raise reader_failure(self.name, self.reader, error) from error


@dataclass(frozen=True)
class ReadContext:
    """The facts of an import that a reader may use."""

    folder: Path
    """The folder that a reader may write to; it is removed when the import ends."""
    limits: Limits
    codebook: Codebook
    coded_stories: Callable[[], Iterable[CodedStory]]
    """Gives the stories of the database, for second codings to refer to."""
    progress: Progress
    on_fault: OnFault = "stop"
    """With 'skip' a reader goes on after a fault, with the valid stories."""
    options: ReadOptions = FOUND_OUT
    is_inspection: bool = False
    """Whether a person only looks at the file: then the first of several sheets is shown."""


@dataclass(frozen=True)
class RaggedRow:
    """A row with more or fewer cells than the header."""

    row: int
    text: str
    cell_count: int
    expected: int
    separator: str

    def cells(self) -> list[str]:
        """Return its cells."""
        try:
            return next(csv.reader(io.StringIO(self.text, newline=""), delimiter=self.separator), [])
        except csv.Error:
            return [self.text]


@dataclass(frozen=True)
class SourceTable:
    """A table as its file has it: the headers in order, and the path of its cells as Parquet.

    The Parquet file has a column `row` and the cells `c0`, `c1`, ... as text, unless it is `native`.
    """

    name: str
    headers: tuple[str, ...]
    path: Path
    row_count: int
    description: str
    """How the file was read, for the report."""
    ragged: tuple[RaggedRow, ...] = ()
    ragged_count: int = 0
    """Number of ragged rows; of very many only the first are kept."""
    native: bool = False
    """Whether the file is the user's own Parquet, with columns of any name and type."""
    kinds: Mapping[int, Kind] = field(default_factory=dict)
    """The type of the columns, by place, that are not text."""
    unreadable: tuple[FaultRow, ...] = ()
    """Faults of rows that are none, such as a line that is not JSON."""
    unreadable_count: int = 0
    """Number of such rows; of very many only the first faults are kept."""
    doubts: tuple[str, ...] = ()
    """Guesses of the reader, each in a sentence that says how to choose otherwise."""
    labels: Mapping[int, str] = field(default_factory=dict)
    """The question behind a header, by place, where the file has both."""
    mapping: str | None = None
    """The shipped mapping of tables that this reader makes itself."""
    sheets: tuple[str, ...] = ()
    """The sheets with tables of a workbook that has several."""

    @property
    def all_cells(self) -> list[str]:
        """The names of the cells, in order."""
        return [self.cell(place) for place in range(len(self.headers))]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each header, by its normalised letters."""
        return {normalise_header(header): place for place, header in enumerate(self.headers)}

    @property
    def total_rows(self) -> int:
        """Number of rows, the ragged ones among them."""
        return self.row_count + self.ragged_count + self.unreadable_count

    @staticmethod
    def cell(place: int) -> str:
        """Return the column name of the cells at a place."""
        return f"c{place}"

    def find(self, names: Iterable[str]) -> tuple[str, int] | None:
        """Return the first of these names that is a header, with its place; None if the table has none of them."""
        found = ((name, self.places.get(normalise_header(name))) for name in names)
        return next(((name, place) for name, place in found if place is not None), None)

    def relation(self, places: Iterable[int] | None = None) -> str:
        """Return the table as SQL that gives `row` and the cells, or those of some places."""
        path = quote_path(self.path)
        if not self.native:
            return f"read_parquet({path})"
        # columns are named by place, as two may have one name; a folder named a=1 is no column
        names = ", ".join(self.all_cells)
        source = f"read_parquet({path}, file_row_number = true, hive_partitioning = false) as source({names}, number)"
        # rules exist for text, numbers and days; booleans, times of day and decimals become text
        cells = (
            self.cell(place) if place in self.kinds else f"{self.cell(place)}::varchar as {self.cell(place)}"
            for place in places or range(len(self.headers))
        )
        return f"(select number + 1 as row, {', '.join(cells)} from {source})"

    def samples(self, connection: Connection, limit: int = 20) -> list[list[str | None]]:
        """Return the first rows as text, for a preview."""
        cells = ", ".join(f"left({cell}::varchar, 200)" for cell in self.all_cells)
        found = connection.execute(f"select {cells} from {self.relation()} order by row limit {limit}")
        return [list(row) for row in found.fetchall()]


@dataclass(frozen=True)
class NestedChunk:
    """Some of the stories of a file, and the faults found while reading them."""

    library: Library = field(default_factory=lambda: Library(()))
    accounts: Mapping[str, str] = field(default_factory=dict)
    """The customer's own words, by story."""
    faults: tuple[FaultRow, ...] = ()
    rows: int = 0
    """Number of files or lines that this chunk comes from."""


@dataclass(frozen=True)
class Nested:
    """Stories that are records already, read a chunk at a time."""

    name: str
    chunks: Iterator[NestedChunk]
    description: str


class Reader(Protocol):
    """One format. A module of this folder has one as READER; a package gives one by the entry point cxdata.readers."""

    @property
    def name(self) -> str:
        """The format as the Add page lists it."""

    @property
    def label(self) -> str:
        """A file of this format in a sentence: 'a story file'."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Suffixes of such files, without the dot."""

    @property
    def help(self) -> str:
        """The line on the Add page; readers with the same line share it, with their names as {names}."""

    @property
    def position(self) -> int:
        """The position of the format in lists, from 0."""

    @property
    def is_text(self) -> bool:
        """Whether the encoding must be detected."""

    @property
    def reads_together(self) -> bool:
        """Whether all files of the format are read at once; else one by one."""

    def detect(self, head: bytes, name: str, /) -> int:
        """Return a Certainty, given the first bytes of a file and its name."""

    def read(self, file: DetectedFile, context: ReadContext) -> Iterable[SourceTable | Nested]:
        """Return the tables or stories of a file. Raises StoryError for a file that cannot be read."""


def normalise_header(header: str) -> str:
    """Return the letters and digits of a header in lower case, by which it is recognised."""
    return re.sub(r"[^\w]|_", "", header.casefold())


def has_suffix(reader: Reader, name: str) -> bool:
    """Return whether a file name ends as files of this format do."""
    return name.lower().rpartition(".")[2] in reader.suffixes


def decode(path: Path, encoding: str) -> Iterator[str]:
    """Return the text of a file in pieces. Raises UnicodeDecodeError."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def check_headers(name: str, headers: list[str], limits: Limits) -> None:
    """Raise StoryError unless the headers name the columns, each once."""
    if len(headers) > limits.columns:
        raise refuse(name, f"has {len(headers):,} columns. At most {limits.columns:,} are possible")
    if not any(header.strip() for header in headers):
        raise refuse(name, "has no header. The first row must name the columns")
    count = Counter(header.strip().casefold() for header in headers if header.strip())
    repeated = [header for header in headers if count[header.strip().casefold()] > 1]
    if repeated:
        raise refuse(name, f"has the column {repeated[0][:60]!r} twice")


def refuse(name: str, problem: str) -> StoryError:
    """Return the error of a file that cannot be read."""
    return StoryError([Fault(name, problem)])


def reader_failure(name: str, reader: Reader, error: Exception) -> StoryError:
    """Return the error of a file whose reader raised something unexpected, and log where it was raised."""
    log.error("%s: the reader %s failed", name, reader.name, exc_info=error)
    return refuse(name, f"cannot be read: the reader {reader.name} failed with {type(error).__name__}. See the log")
