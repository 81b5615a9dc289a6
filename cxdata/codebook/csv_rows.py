"""Rows of the codebook's CSV files, read and checked."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from cxdata.text.formatting import truncate

Row = TypeVar("Row", bound=BaseModel)

Word = Annotated[str, Field(min_length=1)]

Weight = Annotated[float, Field(ge=0, le=100)]

Minutes = Annotated[float, Field(ge=0, le=1440)]

Pounds = Annotated[float, Field(ge=0, le=1_000_000)]

OPEN = BeforeValidator(lambda cell: None if cell == "" else cell)  # an empty cell is unknown


def read_rows(path: Path, row_type: type[Row], faults: list[str]) -> Iterator[tuple[str, Row]]:
    """Return the valid rows of a CSV file as records, each with its place; add the faults of the others to `faults`."""
    for line, cells in _cells(path, faults):
        place = f"{path.name}: line {line}"
        try:
            yield place, row_type.model_validate(cells)
        except ValidationError as error:
            faults += [
                f"{place}: {'.'.join(map(str, fault['loc']))} {truncate(fault['input'])!r}: {fault['msg']}"
                for fault in error.errors()
            ]


def _cells(path: Path, faults: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, restkey="cells beyond the header", strict=True)
            for cells in reader:
                yield reader.line_num, {name: cell for name, cell in cells.items() if cell is not None}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        faults.append(f"{path.name}: {error}")
