"""Choose which column of a source table is which of ours: by a mapping, a person's choice, or the names."""

from collections.abc import Mapping
from dataclasses import replace

from cxdata.errors import Fault, StoryError
from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.mapping.catalogue import (
    is_own_table,
    is_shipped,
    match_mapping,
    own_columns,
    read_mapping,
    shipped_mappings,
)
from cxdata.ingest.mapping.changes import change_mapping
from cxdata.ingest.mapping.model import TableMapping, parse_mapping
from cxdata.ingest.readers.base import SourceTable, normalise_header, refuse
from cxdata.ingest.reading import ReadOptions
from cxdata.ingest.request import ImportRequest
from cxdata.ingest.staging import Staged
from cxdata.store.engine import Connection
from cxdata.text.suggestions import format_choices


def choose_mapping(_: Connection, staged: Staged) -> Staged:
    """Choose the mapping that is asked for, or that matches the headers; none for a table in our own columns.

    Raises StoryError where no mapping matches, or where the table lacks a column that it needs.
    """
    mapping = _find_mapping(staged.table, staged.request)
    columns: Mapping[str, int] = {}
    coder = None
    if mapping:
        is_known = is_shipped(mapping)
        mapping = change_mapping(mapping, staged.request.changes)
        _check_columns(staged.table, mapping)
        # importers who give a mapping of their own code by it, and sign off nothing that they coded
        coder = f"the mapping {mapping.title}"[:200] if is_known else None
    else:
        columns = _own_places(staged.table, staged.request)
    return replace(staged, mapping=mapping, columns=columns, coder=coder)


def read_options(request: ImportRequest) -> ReadOptions:
    """Return how files are read: as the request says, else as its mapping says. Raises StoryError for a faulty one."""
    mapping = _asked_mapping(request)
    return request.reading.over(mapping.reading) if mapping else request.reading


def _asked_mapping(request: ImportRequest) -> TableMapping | None:
    if not request.mapping:
        return None
    # the page gives the text of a mapping that was edited there
    is_text = "\n" in request.mapping
    return parse_mapping(request.mapping.encode(), "mapping") if is_text else read_mapping(request.mapping)


def _find_mapping(table: SourceTable, request: ImportRequest) -> TableMapping | None:
    mapping = _asked_mapping(request)
    if mapping is None and table.mapping:
        mapping = read_mapping(table.mapping)
    if mapping is None and request.columns is None and not is_own_table(table.headers):
        name = match_mapping(table.headers)
        if name is None:
            columns = ", ".join(table.headers[:12])
            raise refuse(
                table.name,
                f"its columns are unknown: {columns[:300]}. Our own columns are {', '.join(FLAT_COLUMNS[:5])}, …. The "
                f"mappings are: {', '.join(shipped_mappings())}. Map the columns on the page Add stories, or write a "
                f"mapping{_doubts(table)}",
            )
        mapping = read_mapping(name)
    return mapping


def _own_places(table: SourceTable, request: ImportRequest) -> dict[str, int]:
    """Return the place of each of our columns, by a person's choice or by the headers.

    Raises StoryError where two headers have the letters of one of our columns: either could be meant.
    """
    columns = request.columns if request.columns is not None else own_columns(table.headers)
    letters = [normalise_header(header) for header in table.headers]
    places: dict[str, int] = {}
    for column, header in columns.items():
        own = normalise_header(header)
        for other, others in zip(table.headers, letters, strict=True):
            if others == own and other != header:
                raise refuse(table.name, f"has the column {column!r} twice: as {other!r} and as {header!r}")
        places[column] = table.places[own]
    return places


def _check_columns(table: SourceTable, mapping: TableMapping) -> None:
    if table.mapping and mapping.story["company"].column and table.find(mapping.story["company"].column) is None:
        raise refuse(table.name, "does not say which company it is about. Say so (--company NAME)")
    missing = [
        f"column {format_choices(names[0], table.headers, 'the file')}{_doubts(table)}"
        for field, names in mapping.columns().items()
        if field != "id" and table.find(names) is None and _is_needed(mapping, field)
    ]
    if missing:
        raise StoryError([Fault(table.name, problem) for problem in dict.fromkeys(missing)])


def _doubts(table: SourceTable) -> str:
    """Return the guesses of the reader as further sentences: one of them may be why no column fits."""
    return "".join(f". {doubt[0].upper()}{doubt[1:]}" for doubt in table.doubts)


def _is_needed(mapping: TableMapping, field: str) -> bool:
    """Return whether the mapping needs this field's column in every table."""
    cell = mapping.story.get(field)
    return field == "company" and cell is not None and cell.missing is None
