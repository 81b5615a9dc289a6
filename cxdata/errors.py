"""All errors that this package raises on purpose, by cause: the cause decides what a caller can do about it.

CxdataError              pages and the command line catch this one and show its text
├── NotFound             no story, company, batch, question, chart or file goes by this name
│   └── ChartError       an unknown chart
├── Invalid              a value, a file or a setting that is not taken
│   ├── CodebookError    a codebook CSV with faults
│   ├── StoryError       story files with faults; carries all of them at once
│   ├── QuestionError    a parameter, or a value of one, that a question does not take
│   ├── ExportError      a choice of a view, or a format, that is not taken
│   └── SettingsError    an environment variable with a value that is not taken
├── Refused              a change that the rules forbid, such as publishing one's own coding
├── Conflict             the database is not in the state that the change needs; another try may succeed
│   └── DatabaseMissing  there is no database yet; start-up and `cxdata migrate` build it
└── Unavailable          a disk, a file or the engine fails; nobody who asks can help it
    └── DatabaseError    the database cannot be opened, built, read or changed
        └── OutOfMemory  the engine needs more memory than it may use

An error names the place, the value and the choices:
`ao-laptop.toml: encounter 3: touchpoint 'fone' is unknown. Did you mean phone? The codebook has: phone, ivr, ...`
"""

from collections.abc import Sequence
from dataclasses import dataclass


class CxdataError(Exception):
    """Any error of this package; its text is for the person who can correct the cause."""


class NotFound(CxdataError):
    """Nothing goes by this name; the text lists the nearest choices."""


class Invalid(CxdataError):
    """A value, a file or a setting is not taken."""


class Refused(CxdataError):
    """The rules forbid this change."""


class Conflict(CxdataError):
    """The database is not in the state that the change needs."""


class Unavailable(CxdataError):
    """A disk, a file or the engine fails."""


class DatabaseMissing(Conflict):
    """There is no database at this address yet."""


class ChartError(NotFound):
    """An unknown chart."""


class CodebookError(Invalid):
    """A codebook CSV with faults."""


class QuestionError(Invalid):
    """An unknown parameter, or a value that the question does not take."""


class ExportError(Invalid):
    """A choice of a view, or a format, that is not taken."""


class SettingsError(Invalid):
    """An environment variable with a value that is not taken."""


class DatabaseError(Unavailable):
    """The database cannot be opened, built, read or changed."""


class OutOfMemory(DatabaseError):
    """The engine needs more memory than it may use."""


FieldPath = tuple[str | int, ...]
"""Names of fields and indices from 0, from a record to a value in it: ('encounters', 2, 'touchpoint')."""

ITEMS = {"encounters": "encounter", "promises": "promise", "signs": "sign", "lessons": "lesson", "stories": "story",
         "points": "point", "effort": "effort event", "drivers": "driver", "emotions": "emotion",
         "aliases": "alias"}  # fmt: skip
"""The word for one item of a list, by the list's field."""


@dataclass(frozen=True)
class Fault:
    """One fault of a file or of a record in it, and the correction.

    `path` leads to the faulty value; a fault of the whole file has none. A predicate continues the name of that value,
    as in 'title is missing'; any other problem is a sentence of its own.
    """

    file: str
    problem: str
    path: FieldPath = ()
    is_predicate: bool = False

    @property
    def record(self) -> str:
        """The words for the record within the file: 'encounter 3'; empty for the whole."""
        steps = name_steps(self.path)
        return ": ".join(steps[:-1] if self.is_predicate else steps)

    @property
    def place(self) -> str:
        """The file and the record: 'ao-laptop.toml: encounter 3'."""
        return f"{self.file}: {self.record}" if self.record else self.file

    @property
    def finding(self) -> str:
        """The problem, with the name of the value that it continues: 'title is missing'."""
        return f"{name_steps(self.path)[-1]} {self.problem}" if self.is_predicate and self.path else self.problem

    def __str__(self) -> str:
        return f"{self.place}: {self.finding}"


def name_steps(path: FieldPath) -> list[str]:
    """Return ('encounters', 2, 'effort', 0) as ['encounter 3', 'effort event 1']."""
    steps: list[str] = []
    for part in path:
        if isinstance(part, int) and steps:
            steps[-1] = f"{ITEMS.get(steps[-1], steps[-1])} {part + 1}"
        else:
            steps.append(str(part))
    return steps


class StoryError(Invalid):
    """Story files with faults; `faults` has every one of them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
