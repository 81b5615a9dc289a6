"""JSON whose objects are rows: lines, a list, or a list within an object; nested names are joined by dots."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cxdata.errors import Fault, StoryError
from cxdata.ingest.readers.base import (
    NO_ROWS,
    DetectedFile,
    ReadContext,
    SourceTable,
    check_headers,
    refuse,
)
from cxdata.ingest.readers.cells import CellWriter, clean_text, number_text
from cxdata.ingest.report import FaultRow

DEEPEST = 20  # levels that become dotted names; what lies deeper stays JSON
MOST_NAMED = 200  # faults of a file without a single row
WRAPPINGS = ("_source", "attributes", "properties")
"""Names under which programs keep the fields of a record; the fields are named without them."""

Records = Iterator[tuple[int, str]]


def is_story(record: Any) -> bool:
    """Return whether a record is a nested story of ours, not a row of a table."""
    if not isinstance(record, dict):
        return False
    return "encounters" in record or ("story" in record and isinstance(record.get("company"), dict))


def read_rows(file: DetectedFile, records: Records, context: ReadContext) -> SourceTable:
    """Return the table of records, each given as its number and its JSON. Raises StoryError for one without rows.

    A record that is no object is a fault of its row; the header is row 1 of no JSON, so rows count from 1.
    """
    limits = context.limits
    writer = CellWriter(context.folder)
    places: dict[str, int] = {}
    faults: list[FaultRow] = []
    uncounted = 0
    size, read = file.path.stat().st_size, 0
    for row, text in records:
        read += len(text)
        try:
            record = json.loads(text.strip().removeprefix("\ufeff"))
            problem = "" if isinstance(record, dict) else "is not an object with named values"
        except (ValueError, RecursionError) as error:
            record, problem = {}, f"is not JSON: {str(error)[:200]}"
        if problem:
            if len(faults) < limits.faults:
                faults.append(FaultRow(file.name, row, None, None, text[:200], problem))
            else:
                uncounted += 1
            continue
        cells = {places.setdefault(name, len(places)): value for name, value in flatten_record(record).items()}
        if len(places) > limits.columns:
            check_headers(file.name, list(places), limits)
        writer.add(row, cells)
        if writer.row_count > limits.rows:
            raise refuse(file.name, f"has more than {limits.rows:,} rows")
        if row % 10_000 == 0:
            context.progress(f"reading {file.name}", min(read, size), size)
    if not places:
        found = [Fault(file.name, f"row {fault.row:,}: {fault.why}") for fault in faults[:MOST_NAMED]]
        raise StoryError(found) if found else refuse(file.name, NO_ROWS)
    headers = list(places)
    check_headers(file.name, headers, limits)
    return SourceTable(
        file.name,
        tuple(headers),
        writer.close(len(headers)),
        writer.row_count,
        f"JSON, {file.encoding_name}",
        unreadable=tuple(faults),
        unreadable_count=len(faults) + uncounted,
    )


def flatten_record(record: Mapping[str, Any]) -> dict[str, str]:
    """Return the filled values of a record as text, by their dotted names.

    Values of a list are joined by semicolons; a list of objects stays JSON.
    """
    found: dict[str, str] = {}
    for name, value in _walk(record, "", 0):
        text = clean_text(value)
        if text.strip():
            found.setdefault(name, text)
    return found


def _walk(record: Mapping[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        if isinstance(value, dict) and depth < DEEPEST:
            inner = prefix if name in WRAPPINGS else f"{prefix}{clean_text(name)}."
            yield from _walk(value, inner, depth + 1)
        elif (text := _as_text(value)) is not None:
            yield f"{prefix}{clean_text(name)}", text


def _as_text(value: Any) -> str | None:
    if value is None or value != value or value in ({}, []):  # noqa: PLR0124 - NaN is no number
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, list) and not any(isinstance(each, dict | list) for each in value):
        return "; ".join(text for each in value if (text := _as_text(each)) is not None)
    return json.dumps(value, ensure_ascii=False)


def find_rows(document: Any) -> list[Any] | None:
    """Return the records within a document: the longest list of objects, or a table given column by column."""
    if isinstance(document, list):
        return _with_header(document)
    if not isinstance(document, dict):
        return None
    by_column = _from_columns(document)
    if by_column:
        return by_column
    lists: list[list[Any]] = []
    waiting: list[tuple[Any, int]] = [(document, 0)]
    while waiting:
        each, depth = waiting.pop()
        for value in each.values():
            if isinstance(value, dict) and depth < DEEPEST:
                waiting.append((value, depth + 1))
            elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
                lists.append(value)
    return max(lists, key=len) if lists else None


def _with_header(rows: list[Any]) -> list[Any]:
    """Return rows as objects; rows that are lists themselves are named by the first of them."""
    if len(rows) > 1 and all(isinstance(row, list) for row in rows):
        return [dict(zip(map(str, rows[0]), row, strict=False)) for row in rows[1:]]
    return rows


def _from_columns(document: Mapping[str, Any]) -> list[Any] | None:
    """Return the rows of a table that is written column by column, or as the names of its columns and its data."""
    names, data = document.get("columns"), document.get("data")
    if isinstance(names, list) and isinstance(data, list) and data and isinstance(data[0], list):
        return _with_header([names, *data])
    columns = list(document.values())
    if len(columns) > 1 and all(isinstance(each, dict) for each in columns):
        keys = [tuple(each) for each in columns]
        if keys[0] and all(each == keys[0] for each in keys) and all(key.isdigit() for key in keys[0]):
            return [{name: column[key] for name, column in document.items()} for key in keys[0]]
    if len(columns) > 1 and all(_is_column(each, columns[0]) for each in columns):
        return [dict(zip(document, row, strict=True)) for row in zip(*columns, strict=True)]
    return None


def _is_column(values: Any, first: Any) -> bool:
    """Return whether these are the plain values of a column, as many as in the first one."""
    is_filled = isinstance(values, list) and isinstance(first, list) and 0 < len(values) == len(first)
    return is_filled and not any(isinstance(value, dict) for value in values)
