"""The inspection of files before an import: format, columns, first rows, and the likely meaning of each column."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cxdata.codebook.codes import load_codebook
from cxdata.errors import StoryError
from cxdata.ingest.limits import COMMAND_LINE, UPLOAD
from cxdata.ingest.mapping.catalogue import guess_columns, is_own_table, match_mapping
from cxdata.ingest.readers.base import DetectedFile, Nested, ReadContext, SourceTable
from cxdata.ingest.readers.detection import detect
from cxdata.ingest.request import ImportRequest
from cxdata.ingest.values.days import DayReading, read_column, strip_clock_sql
from cxdata.settings import Address, Settings
from cxdata.store import open_engine
from cxdata.store.engine import Connection

MAX_DAYS = 20_000  # distinct days that are looked at
MAX_WORDS = 40  # distinct words of a column that a person can map to codes


@dataclass(frozen=True)
class FileInspection:
    """The content of one file or table; `fault` is the reason why it cannot be read."""

    name: str
    label: str = ""
    """The kind of file in a sentence: 'a story file'."""
    read_as: str = ""
    rows: int = 0
    headers: tuple[str, ...] = ()
    first: tuple[tuple[str | None, ...], ...] = ()
    """The first rows, as text."""
    words: Mapping[str, tuple[str, ...]] | None = None
    """The distinct words of columns that have few of them."""
    is_ours: bool = False
    mapping: str | None = None
    """The shipped mapping that matches."""
    guessed: Mapping[str, str] | None = None
    """For each of our columns the header that most likely means it."""
    doubts: tuple[str, ...] = ()
    """Guesses of the reader, each with how to choose otherwise."""
    sheets: tuple[str, ...] = ()
    """The sheets of a workbook of which a person chooses one."""
    labels: Mapping[str, str] | None = None
    """The question behind a header, where the file has both."""
    day_readings: Mapping[DayReading, str] | None = None
    """For each way to read the likely dates an example; empty where they can be read in one way only."""
    fault: str = ""


def inspect(request: ImportRequest) -> list[FileInspection]:
    """Inspect each file of a request. Called in the process that reads untrusted files; nothing is imported."""
    found: list[FileInspection] = []
    for file in request.files:
        path = Path(file)
        try:
            found += _inspect_file(path, request)
        except StoryError as error:
            found.append(FileInspection(path.name, fault="; ".join(fault.finding for fault in error.faults)))
    return found


def inspections_to_plain(inspections: list[FileInspection]) -> list[dict[str, Any]]:
    """Return inspections as plain values, for JSON."""
    return [asdict(each) for each in inspections]


def inspection_from_plain(plain: Mapping[str, Any]) -> FileInspection:
    """Return the inspection that `inspections_to_plain` made plain."""
    return FileInspection(
        **dict(plain)
        | {
            "headers": tuple(plain["headers"]),
            "first": tuple(tuple(row) for row in plain["first"]),
            "doubts": tuple(plain["doubts"]),
            "sheets": tuple(plain["sheets"]),
            "words": {name: tuple(words) for name, words in (plain["words"] or {}).items()},
        }
    )


def _inspect_file(path: Path, request: ImportRequest) -> Iterator[FileInspection]:
    limits, folder = UPLOAD if request.upload else COMMAND_LINE, Path(request.folder)
    file = detect(path, folder, limits, request.reading)
    context = ReadContext(
        folder, limits, load_codebook(), tuple, lambda *_: None, options=request.reading, is_inspection=True
    )
    for source in file.read(context):
        if isinstance(source, Nested):
            yield FileInspection(source.name, file.reader.label, source.description)
        else:
            yield _inspect_table(source, file, request)


def _inspect_table(table: SourceTable, file: DetectedFile, request: ImportRequest) -> FileInspection:
    engine = open_engine(Settings(database=Address.parse(request.database)))
    guessed = guess_columns(table.headers)
    with engine.scratch((Path(request.folder), file.path)) as connection:
        return FileInspection(
            table.name,
            file.reader.label,
            table.description,
            table.total_rows,
            table.headers,
            tuple(tuple(row) for row in table.samples(connection)),
            _distinct_words(connection, table),
            is_own_table(table.headers),
            table.mapping or match_mapping(table.headers),
            guessed,
            table.doubts,
            table.sheets,
            {table.headers[place]: text for place, text in table.labels.items() if place < len(table.headers)},
            _day_readings(connection, table, guessed.get("happened_on")),
        )


def _day_readings(connection: Connection, table: SourceTable, header: str | None) -> Mapping[DayReading, str]:
    """Return examples of the ways to read a column of days; none where it needs no answer."""
    if header is None:
        return {}
    cell = strip_clock_sql(f"{table.cell(table.headers.index(header))}::varchar")
    found = connection.execute(f"select distinct {cell} from {table.relation()} where {cell} <> '' limit {MAX_DAYS}")
    return read_column(text for (text,) in found.fetchall()).readings


def _distinct_words(connection: Connection, table: SourceTable) -> dict[str, tuple[str, ...]]:
    found = {}
    for header, cell in zip(table.headers, table.all_cells, strict=True):
        words = connection.execute(
            f"select distinct trim({cell}::varchar) from {table.relation()} "
            f"where length(trim({cell}::varchar)) between 1 and 60 limit {MAX_WORDS + 1}"
        ).fetchall()
        if 0 < len(words) <= MAX_WORDS:
            found[header] = tuple(sorted(word for (word,) in words))
    return found
