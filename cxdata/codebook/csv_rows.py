"""Rows of the codebook's CSV files, read and checked."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails

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
            faults += [f"{place}: {_describe_fault(fault)}" for fault in error.errors()]


def _describe_fault(fault: ErrorDetails) -> str:
    """Say which cell is faulty and why; a fault of the whole row says so itself."""
    problem = str(fault["ctx"]["error"]) if fault["type"] == "value_error" else fault["msg"]
    if not fault["loc"]:
        return problem
    column = ".".join(map(str, fault["loc"]))
    return f"{column} is missing" if fault["type"] == "missing" else f"{column} {truncate(fault['input'])!r}: {problem}"


def _cells(path: Path, faults: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Return the cells of each whole row by column, with the line that the row begins in."""
    line = 1
    try:
        text = path.read_bytes().decode("utf-8")
        reader = csv.DictReader(io.StringIO(text, newline=""), restkey="cells beyond the header", strict=True)
        header = reader.fieldnames or ()
        line = reader.line_num + 1
        for cells in reader:
            line = reader.line_num - sum(str(cell).count("\n") for cell in cells.values())
            filled = sum(cell is not None for cell in cells.values())
            if filled < len(header):
                faults.append(f"{path.name}: line {line}: has {filled} of the {len(header)} cells of the header")
            else:
                yield line, cells
            line = reader.line_num + 1
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        faults.append(f"{path.name}: line {line}: is not UTF-8: {error.reason}")
    except csv.Error as error:
        faults.append(f"{path.name}: line {line}: {error}. Write a quotation mark inside a quoted cell twice.")
    except OSError as error:
        faults.append(f"{path.name}: {error.strerror or error}")
