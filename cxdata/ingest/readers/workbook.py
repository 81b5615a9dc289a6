"""Workbooks (.xlsx, .xls, .ods): the cells of one sheet as text, each as it is meant.

Days become YYYY-MM-DD and whole numbers have no decimals. A sheet is measured before it is read: a workbook of two
cells may span billions.
"""

import contextlib
import datetime as dt
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cxdata.ingest.limits import Limits
from cxdata.ingest.readers.base import (
    NO_ROWS,
    TABLE_HELP,
    Certainty,
    DetectedFile,
    ReadContext,
    Reader,
    SourceTable,
    check_headers,
    has_suffix,
    refuse,
)
from cxdata.ingest.readers.cells import CellWriter, clean_text, number_text
from cxdata.ingest.readers.header import LOOKED_AT, find_header

MAX_CELLS = 60_000_000  # cells of a sheet, the empty ones between others among them: each takes 32 bytes
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
CELL = re.compile(rb'<(?:\w+:)?c(?:\s[^>]*?)?\sr="([A-Z]{1,3})(\d{1,7})"[^>]*?(/?)>')
UNPLACED = re.compile(rb"<(?:\w+:)?c(?:\s+(?!r=)[\w:]+=\"[^\"]*\")*\s*>")
ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?r="(\d{1,7})"')
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
PIECE = 1 << 20  # bytes of a sheet that are looked at together
OVERLAP = 1 << 12  # bytes, more than the mark of a cell has


class WorkbookReader:
    """Reads one sheet of a workbook, through python-calamine."""

    name = "Excel"
    label = "a workbook"
    suffixes = ("xlsx", "xlsm", "xls", "ods")
    help = TABLE_HELP
    position = 4
    is_text = False
    reads_together = False

    def detect(self, head: bytes, name: str) -> int:
        """Return whether the bytes are those of a workbook; an archive with another suffix is none."""
        if head.startswith(OLE):
            return Certainty.BY_BYTES if has_suffix(self, name) or b"W\0o\0r\0k\0b\0o\0o\0k" in head else Certainty.NONE
        if not head.startswith(b"PK\x03\x04"):
            return Certainty.NONE
        is_workbook = ODS in head[:200] or b"xl/work" in head or b"xl/_rels" in head or has_suffix(self, name)
        return Certainty.BY_BYTES if is_workbook else Certainty.NONE

    def read(self, file: DetectedFile, context: ReadContext) -> Iterator[SourceTable]:
        """Return the table of the sheet that is asked for, else of the only one that holds a table.

        Raises StoryError for a broken or protected workbook, one that is too large, and one with several tables.
        """
        _check_size(file, context.limits)
        with _open(file) as book:
            sheets = _find_tables(file, book)
            yield _read_sheet(file, book, sheets, context)


READER: Reader = WorkbookReader()


@dataclass(frozen=True)
class _Sheet:
    name: str
    rows: int
    is_visible: bool


@contextlib.contextmanager
def _open(file: DetectedFile) -> Iterator[Any]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - few imports need it

    try:
        with CalamineWorkbook.from_path(str(file.path)) as book:
            yield book
    except PasswordError:
        raise refuse(file.name, "is protected by a password. Save it without one") from None
    except CalamineError as error:
        raise refuse(file.name, f"cannot be read as a workbook: {str(error)[:200]}") from None


def _find_tables(file: DetectedFile, book: Any) -> list[_Sheet]:
    """Return the sheets that hold more than one row. Raises StoryError if there is none."""
    found = []
    for about in book.sheets_metadata:
        if "sheet" not in str(about.typ).lower():
            continue  # a chart, or a macro
        sheet = book.get_sheet_by_name(about.name)
        if sheet.height > 1 or (sheet.height and sheet.width > 1):
            found.append(_Sheet(about.name, sheet.height, "visible" in str(about.visible).lower()))
    if not found:
        raise refuse(file.name, NO_ROWS)
    return found


def _choose_sheet(file: DetectedFile, sheets: Sequence[_Sheet], asked: str | None) -> tuple[_Sheet, tuple[str, ...]]:
    """Return the sheet to read, and the doubt about it. Raises StoryError if a person has to choose."""
    named = ", ".join(f"{sheet.name!r} ({sheet.rows - 1:,} rows)" for sheet in sheets)
    if asked is not None:
        chosen = [sheet for sheet in sheets if sheet.name.strip().casefold() == asked.strip().casefold()]
        if not chosen:
            raise refuse(file.name, f"has no sheet {asked!r} with a table. Its sheets are: {named}")
        return chosen[0], ()
    visible = [sheet for sheet in sheets if sheet.is_visible] or list(sheets)
    if len(visible) > 1:
        raise refuse(file.name, f"has several sheets with tables: {named}. Choose one (--sheet NAME)")
    hidden = len(sheets) - len(visible)
    return visible[0], ((f"{hidden} hidden sheets are not read (--sheet NAME reads one)",) if hidden else ())


def _read_sheet(file: DetectedFile, book: Any, sheets: Sequence[_Sheet], context: ReadContext) -> SourceTable:
    asked = context.options.sheet
    names = tuple(sheet.name for sheet in sheets)
    is_ambiguous = asked is None and context.is_inspection
    chosen, doubts = (sheets[0], ()) if is_ambiguous else _choose_sheet(file, sheets, asked)
    sheet = book.get_sheet_by_name(chosen.name)
    merged = _merged_down(sheet)
    rows = _as_text(sheet.iter_rows(), sheet.start, merged)
    head = [row for row, _ in zip(rows, range(LOOKED_AT), strict=False)]
    header = find_header(file.name, [row for _, row in head], context.options.header)
    limits = context.limits
    check_headers(file.name, list(header.headers), limits)
    writer = CellWriter(context.folder)
    width = len(header.headers)
    begins = header.first_row - 1
    for place, (number, row) in enumerate(_chain(head, rows)):
        cells = {column: cell for column, cell in enumerate(row[:width]) if cell}
        if place < begins or not cells:
            continue
        writer.add(number, cells)
        if writer.row_count > limits.rows:
            raise refuse(file.name, f"has more than {limits.rows:,} rows")
        if place % 10_000 == 0:
            context.progress(f"reading {file.name}", place, chosen.rows)
    if not writer.row_count:
        raise refuse(file.name, NO_ROWS)
    notes = [*doubts, *header.doubts]
    if merged:
        notes.append(f"merged cells are read in each of their rows ({len(merged):,})")
    if len(names) > 1 and asked is None and not is_ambiguous:
        notes.insert(
            0, f"the sheet {chosen.name!r} is read, and not: {', '.join(n for n in names if n != chosen.name)}"
        )
    return SourceTable(
        file.name, header.headers, writer.close(width), writer.row_count, f"sheet {chosen.name!r} of a workbook",
        doubts=tuple(notes), labels=header.labels, sheets=names,
    )  # fmt: skip


def _chain(head: list[tuple[int, list[str]]], rest: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    yield from head
    yield from rest


def _merged_down(sheet: Any) -> dict[tuple[int, int], int]:
    """Return the last row of merged cells by their first row and column, for those that span rows."""
    ranges = sheet.merged_cell_ranges or ()
    return {(top, left): bottom for (top, left), (bottom, _) in ranges if bottom > top}


def _as_text(
    rows: Iterator[list[Any]], start: tuple[int, int] | None, merged: dict[tuple[int, int], int]
) -> Iterator[tuple[int, list[str]]]:
    """Return each row's number in the sheet and its cells as text; merged cells have their value in every row."""
    left = start[1] if start else 0  # empty rows above are given, and empty columns are not
    open_: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(rows):
        cells = [cell_text(value) for value in row]
        for column, (last, text) in list(open_.items()):
            if number > last:
                del open_[column]
            elif column < len(cells) and not cells[column]:
                cells[column] = text
        for column in range(len(cells)):
            last = merged.get((number, column + left), -1)
            if last > number and cells[column]:
                open_[column] = (last, cells[column])
        yield number + 1, cells


def cell_text(value: Any) -> str:
    """Return the value of a cell as text: days as YYYY-MM-DD, whole numbers without decimals, nothing as ''."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, dt.datetime):
        is_day = value.time() == dt.time()
        return value.date().isoformat() if is_day else value.isoformat(" ", "seconds")
    if isinstance(value, dt.timedelta):
        return f"{value.total_seconds() / 60:g} min"
    return "" if value is None else str(value)


def _check_size(file: DetectedFile, limits: Limits) -> None:
    """Measure the sheets without reading them. Raises StoryError for one that would not fit into memory."""
    with file.path.open("rb") as opened:
        if opened.read(2) != b"PK":
            return  # the older format has at most 16,777,216 cells a sheet
    try:
        with zipfile.ZipFile(file.path) as archive:
            if sum(each.file_size for each in archive.infolist()) > _most_unpacked(file.path, limits):
                raise refuse(file.name, f"unpacks to more than {_most_unpacked(file.path, limits):,} bytes")
            for name in archive.namelist():
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                    with archive.open(name) as sheet:
                        _check_cells(file.name, *_measure_sheet(sheet), limits)
                elif name == "content.xml":
                    with archive.open(name) as content:
                        for rows, columns in _measure_tables(content):
                            _check_cells(file.name, rows, columns, limits)
    except (zipfile.BadZipFile, ET.ParseError, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise refuse(file.name, f"cannot be read as a workbook: {str(error)[:200]}") from None


def _most_unpacked(path: Path, limits: Limits) -> int:
    return min(limits.unpacked, max(limits.growth_from, path.stat().st_size * limits.growth))


def _check_cells(name: str, rows: int, columns: int, limits: Limits) -> None:
    if columns > limits.columns:
        raise refuse(
            name,
            f"has a sheet of {columns:,} columns. At most {limits.columns:,} are possible. Delete the cells "
            "far to the right",
        )
    if rows * columns > MAX_CELLS:
        raise refuse(
            name,
            f"has a sheet that spans {rows:,} rows and {columns:,} columns, which is too large. Delete the cells "
            "far from the table, or save the sheet as CSV (UTF-8)",
        )


def _measure_sheet(sheet: IO[bytes]) -> tuple[int, int]:
    """Return the number of rows and columns that the filled cells of a sheet span, at least."""
    rows = columns = 0
    is_unplaced = False
    last_row = 0
    rest = b""
    while piece := sheet.read(PIECE):
        text = rest + piece
        for letters, number, is_empty in CELL.findall(text):
            if not is_empty:
                rows, columns = max(rows, int(number)), max(columns, _column_number(letters))
        is_unplaced = is_unplaced or bool(UNPLACED.search(text))
        last_row = max([last_row, *map(int, ROW.findall(text))])
        rest = text[-OVERLAP:]
    # a cell without a place follows the one before it, in a row that may be far away
    return (max(rows, last_row), max(columns, 1)) if is_unplaced else (rows, columns)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _measure_tables(content: IO[bytes]) -> Iterator[tuple[int, int]]:
    """Return for each table of an OpenDocument the number of rows and columns up to its last filled cell."""
    rows = last_row = widest = 0
    column = width = 0
    for event, element in ET.iterparse(content, ("start", "end")):  # noqa: S314 - expat limits what entities expand to
        if event == "start":
            if element.tag == f"{TABLE}table":
                rows = last_row = widest = 0
            elif element.tag == f"{TABLE}table-row":
                column = width = 0
        elif element.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            column += int(element.get(f"{TABLE}number-columns-repeated", "1"))
            if len(element) or any(name.endswith("}value-type") for name in element.attrib):
                width = column
            element.clear()
        elif element.tag == f"{TABLE}table-row":
            rows += int(element.get(f"{TABLE}number-rows-repeated", "1"))
            if width:
                last_row, widest = rows, max(widest, width)
            element.clear()
        elif element.tag == f"{TABLE}table":
            yield last_row, widest
