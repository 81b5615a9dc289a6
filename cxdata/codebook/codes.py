"""The codebook: the codes that records may use, read from sql/codebook/*.csv and checked.

A driver, touchpoint or job is added by adding a row; nothing else needs to change.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cxdata.codebook.csv_rows import OPEN, Minutes, Pounds, Weight, Word, read_rows
from cxdata.errors import CodebookError
from cxdata.resources import SQL
from cxdata.text.suggestions import format_choices


class Code(BaseModel):
    """One row of a codebook table; `source` is its origin, `checked_by` the person who checked it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Word
    description: Word
    source: Word
    checked_by: Word
    checked_on: date


class Touchpoint(Code):
    """A place where company and customer meet; `is_contact` is whether staff must answer its use."""

    channel: Word
    is_contact: bool


class Driver(Code):
    """A kind of effort.

    One time counts `hassle_points`, and a point for each five minutes times `minute_share`: the minutes of the story,
    or `usual_minutes` where it gives none. All times together count `ceiling_points` each at most, or in a story.
    `low_minutes` and `high_minutes` are usual minutes to try instead; `basis` says what the usual minutes rest on.
    `is_unanswered` marks the type whose times are attempts at a contact that nobody answers.
    """

    hassle_points: Weight
    usual_minutes: Minutes
    low_minutes: Minutes
    high_minutes: Minutes
    minute_share: Annotated[float, Field(ge=0, le=1)]
    ceiling_points: Annotated[Weight, Field(gt=0)]
    ceiling_of: Literal["time", "story"]
    basis: Literal["figure", "part figure", "assumption", "not timed"]
    kind: Literal["do", "feel"]
    theme: Word
    failure_demand: bool
    is_unanswered: bool
    reason: Word

    @model_validator(mode="after")
    def _check_minutes(self) -> "Driver":
        if self.low_minutes <= self.usual_minutes <= self.high_minutes:
            return self
        raise ValueError(
            f"{self.code}: low_minutes {self.low_minutes:g}, usual_minutes {self.usual_minutes:g} and "
            f"high_minutes {self.high_minutes:g} must not fall"
        )


class Emotion(Code):
    """An emotion that an account can name."""

    valence: Literal["positive", "negative", "mixed"]


class OrderedCode(Code):
    """A code with its place in an order."""

    position: Annotated[int, Field(ge=1)]


class Kind(OrderedCode):
    """A kind of story. `source_kinds` are kinds of sources whose stories are of this kind, joined by '; '."""

    source_kinds: Annotated[str | None, OPEN]


class Outcome(Code):
    """How an account ends. `is_resolved` is None where nothing was asked of the company."""

    is_resolved: Annotated[bool | None, OPEN]
    refund_at_risk: bool


class Weighting(OrderedCode):
    """A way to weigh drivers: hassle points and a share of minutes for all of them, and a factor for one theme.

    None keeps the driver's own.
    """

    hassle_points: Annotated[Weight | None, OPEN]
    minute_share: Annotated[Weight | None, OPEN]
    theme: Annotated[str | None, OPEN]
    factor: Annotated[Weight | None, OPEN]


class Cost(Code):
    """The cost to a company of one contact, parcel or order in GBP, from and to; None where the reader must give it.

    A contact's cost has the channel as its code; a parcel's names the driver whose events make parcels.
    """

    basis: Literal["contact", "parcel", "order"]
    driver: Annotated[str | None, OPEN]
    low: Annotated[Pounds | None, OPEN]
    high: Annotated[Pounds | None, OPEN]
    year: Annotated[str | None, OPEN]


class Feeling(Code):
    """An anchor of the feeling scale: the evidence in an account that justifies the value."""

    code: Annotated[str, Field(pattern=r"^-?[0-5]$")]


TABLES: dict[str, type[Code]] = {
    "touchpoints": Touchpoint,
    "themes": OrderedCode,
    "drivers": Driver,
    "emotions": Emotion,
    "kinds": Kind,
    "outcomes": Outcome,
    "jobs": Code,
    "loyalty": Code,
    "signs": OrderedCode,
    "stages": OrderedCode,
    "feelings": Feeling,
    "weightings": Weighting,
    "costs": Cost,
}


@dataclass(frozen=True)
class Codebook:
    """All codes by table, in the order of the files."""

    tables: dict[str, dict[str, Code]]

    def __getitem__(self, table: str) -> dict[str, Code]:
        return self.tables[table]

    def label(self, table: str, code: str) -> str:
        """Return the label of a code, or the code itself if the table lacks it."""
        found = self.tables[table].get(code)
        return found.label if found else code

    def check(self, table: str, code: str) -> str:
        """Return the code. Raises ValueError with the choices if the table lacks it."""
        if code not in self.tables[table]:
            raise ValueError(format_choices(code, self.tables[table], "the codebook"))
        return code


def read_codebook(folder: Path = SQL / "codebook") -> Codebook:
    """Return all codebook tables. Raises CodebookError with every fault in them."""
    faults: list[str] = []
    tables = {table: _read_table(folder / f"{table}.csv", row_type, faults) for table, row_type in TABLES.items()}
    faults += _stray_references(tables)
    if faults:
        raise CodebookError("\n".join(faults))
    return Codebook(tables)


def _stray_references(tables: dict[str, dict[str, Code]]) -> Iterator[str]:
    for table, column, other in (
        ("drivers", "theme", "themes"),
        ("weightings", "theme", "themes"),
        ("costs", "driver", "drivers"),
    ):
        for row in tables[table].values():
            named = getattr(row, column)
            if named is not None and named not in tables[other]:
                yield f"{table}.csv: {row.code}: {column} {format_choices(named, tables[other], 'the codebook')}"


@cache
def load_codebook() -> Codebook:
    """Return the codebook that ships, read once."""
    return read_codebook()


def _read_table(path: Path, row_type: type[Code], faults: list[str]) -> dict[str, Code]:
    codes: dict[str, Code] = {}
    for place, row in read_rows(path, row_type, faults):
        if row.code in codes:
            faults.append(f"{place}: code {row.code!r} is there twice")
        codes[row.code] = row
    if not codes and not any(fault.startswith(f"{path.name}: ") for fault in faults):
        faults.append(f"{path.name}: has no codes")
    return codes
