"""Everything this package raises on purpose.

CxdataError                 pages and the command line catch this one and show its text
├── CodebookError           a codebook CSV does not hold together
├── StoryError              story files with faults; carries all of them at once
├── QuestionError           an unknown question or parameter, or a value it does not take
├── ChartError              an unknown chart
├── ExportError             an unknown table, or a file that cannot be made
├── SettingsError           an environment variable has a value that is not taken
├── DraftError              a draft that cannot be kept or read
└── DatabaseError           the database cannot be opened, built or read

An error names the place, the value and the choices:
`ao-laptop.toml: encounter 3: touchpoint 'fone'; the codebook has: phone, ivr, live_chat, ...`
"""

from collections.abc import Sequence
from dataclasses import dataclass


class CxdataError(Exception):
    """What went wrong, in words for the person who can put it right."""


class CodebookError(CxdataError):
    """A codebook CSV does not hold together."""


class QuestionError(CxdataError):
    """An unknown question or parameter, or a value that the question does not take."""


class ChartError(CxdataError):
    """An unknown chart."""


class ExportError(CxdataError):
    """An unknown table, or a file that cannot be made."""


class SettingsError(CxdataError):
    """An environment variable has a value that is not taken."""


class DraftError(CxdataError):
    """A draft that cannot be kept or read."""


class DatabaseError(CxdataError):
    """The database cannot be opened, built or read."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one story file: where it stands and what would be right."""

    place: str
    problem: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


class StoryError(CxdataError):
    """Story files with faults; `faults` has every one of them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
