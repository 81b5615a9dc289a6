"""The codebook: the codes that records may use, read from sql/codebook/*.csv and checked.

A driver, touchpoint or job is added by adding a row; nothing else needs to change.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cxdata.errors import CodebookError, name_choices, shorten
from cxdata.places import SQL

Word = Annotated[str, Field(min_length=1)]


class Code(BaseModel):
    """One row of a codebook table; `source` is where it comes from, `checked_by` who looked."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Word
    description: Word
    source: Word
    checked_by: Word
    checked_on: date


class Touchpoint(Code):
    """Where company and customer meet; `is_contact` says whether staff must answer its use."""

    channel: Word
    is_contact: bool


class Driver(Code):
    """A kind of effort. 1 point is about five minutes of unwanted work."""

    points: Annotated[float, Field(ge=0, le=100)]
    points_per_hour: Annotated[float, Field(ge=0, le=100)]
    kind: Literal["do", "feel"]
    failure_demand: bool
    reason: Word


class Emotion(Code):
    """An emotion that an account can name."""

    valence: Literal["positive", "negative", "mixed"]


class Placed(Code):
    """A code with its place in an order."""

    position: Annotated[int, Field(ge=1)]


class Feeling(Code):
    """An anchor of the feeling scale: what in an account justifies the value."""

    code: Annotated[str, Field(pattern=r"^-?[0-5]$")]


TABLES: dict[str, type[Code]] = {
    "touchpoints": Touchpoint,
    "drivers": Driver,
    "emotions": Emotion,
    "outcomes": Code,
    "jobs": Code,
    "loyalty": Code,
    "signs": Placed,
    "stages": Placed,
    "feelings": Feeling,
}


@dataclass(frozen=True)
class Codebook:
    """All codes by table, in the order of the files."""

    tables: dict[str, dict[str, Code]]

    def __getitem__(self, table: str) -> dict[str, Code]:
        return self.tables[table]

    def label(self, table: str, code: str) -> str:
        """The words for a code, or the code itself if it is not one of ours."""
        found = self.tables[table].get(code)
        return found.label if found else code

    def check(self, table: str, code: str) -> str:
        """The code, or a ValueError that names the choices."""
        if code not in self.tables[table]:
            raise ValueError(name_choices(code, self.tables[table], "the codebook"))
        return code


def read_codebook(folder: Path = SQL / "codebook") -> Codebook:
    """All codebook tables, or a CodebookError with every fault in them."""
    faults: list[str] = []
    tables = {table: _read_table(folder / f"{table}.csv", row_type, faults) for table, row_type in TABLES.items()}
    if faults:
        raise CodebookError("\n".join(faults))
    return Codebook(tables)


@cache
def shipped_codebook() -> Codebook:
    """The codebook that comes with the project, read once."""
    return read_codebook()


def _read_table(path: Path, row_type: type[Code], faults: list[str]) -> dict[str, Code]:
    codes: dict[str, Code] = {}
    for line, cells in _rows(path, faults):
        place = f"{path.name}: line {line}"
        try:
            row = row_type.model_validate(cells)
        except ValidationError as error:
            faults += [
                f"{place}: {'.'.join(map(str, fault['loc']))} {shorten(fault['input'])!r}: {fault['msg']}"
                for fault in error.errors()
            ]
            continue
        if row.code in codes:
            faults.append(f"{place}: code {row.code!r} stands twice")
        codes[row.code] = row
    if not codes and not any(fault.startswith(f"{path.name}: ") for fault in faults):
        faults.append(f"{path.name}: has no codes")
    return codes


def _rows(path: Path, faults: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, restkey="cells beyond the header", strict=True)
            for cells in reader:
                yield reader.line_num, {name: cell for name, cell in cells.items() if cell is not None}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        faults.append(f"{path.name}: {error}")
