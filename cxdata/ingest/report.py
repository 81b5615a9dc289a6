"""The report of an import, as the worker sends it and pages show it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from cxdata.text.formatting import format_count, join_list

PLURALS = {"e-mail address": "e-mail addresses"}
OnFault = Literal["stop", "skip"]


@dataclass(frozen=True)
class FileReport:
    """The counts of one file, and how it was read."""

    name: str
    read_as: str
    rows: int
    stories: int
    known: int
    left_out: int
    duplicate_rows: int
    """Number of exact duplicate rows."""
    faults: int
    notes: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    personal_data: Mapping[str, int] = field(default_factory=dict)
    """Number of e-mail addresses, phone numbers and card numbers in the texts of the file, by kind."""
    is_redacted: bool = False
    """Whether they were replaced."""


@dataclass(frozen=True)
class FaultRow:
    """One kind of fault: its first place, the value, the problem as its predicate, and the nearest choice."""

    file: str
    row: int | None
    story: str | None
    column: str | None
    value: str | None
    why: str
    nearest: str | None = None
    repeats: int = 0
    """Number of further rows of the file with this fault, among the faults that are kept."""
    others: int = 0
    """Number of other values in those rows."""
    are_all_kept: bool = True

    @property
    def rows(self) -> str:
        """The rows as 'row 2', 'row 2 and 9,999 more' or 'my-story and 3 more'; empty for a single fault of no row."""
        least = "" if self.are_all_kept else "at least "
        more = f" and {least}{self.repeats:,} more" if self.repeats else ""
        if self.row:
            return f"row {self.row:,}{more}"
        return f"{self.story}{more}" if self.story and more else ""

    @property
    def values(self) -> str | None:
        """The values as '3/4/2026' or '3/4/2026 and 79 other values'; None for an empty cell."""
        return None if self.value is None else f"{self.value}{self._and_others}"

    @property
    def _and_others(self) -> str:
        return f" and {self.others:,} other {'value' if self.others == 1 else 'values'}" if self.others else ""

    def __str__(self) -> str:
        where = [self.file, self.rows or self.story or ""]
        place = ": ".join(part for part in where if part)
        others = f" ({self._and_others.strip()})" if self.others else ""
        value = f" {self.value!r}{others}" if self.value is not None else ""
        finding, _, rest = self.why.partition(". ")
        if self.nearest:
            rest = f"Did you mean {self.nearest}? {rest}".rstrip()
        why = f"{finding}. {rest}" if rest else finding
        return f"{place}: {self.column}{value} {why}" if self.column else f"{place}: {self.why}"


@dataclass(frozen=True)
class ImportReport:
    """The outcome of an import. `batch` is None where nothing was imported."""

    batch: str | None
    stories: int = 0
    known: int = 0
    files: tuple[FileReport, ...] = ()
    companies: int = 0
    """Number of new companies."""
    notes: tuple[str, ...] = ()
    faults: tuple[FaultRow, ...] = ()
    """The first kinds of fault, each with its first row; faults.csv has all faults that are kept."""
    fault_count: int = 0
    fault_kinds: int = 0
    """Number of kinds among the faults that are kept."""
    seconds: float = 0.0
    dry_run: bool = False
    drafts: int = 0
    added: tuple[str, ...] = ()
    """The first of the new stories, by id."""
    file_names: Mapping[str, str] = field(default_factory=dict)
    """Paths of the files of faults, by what each holds."""
    on_fault: OnFault = "stop"
    effort_whole: int = 0
    """Number of new stories that were read for every effort type."""
    effort_part: int = 0
    """Number of new stories that were read for some effort types."""

    @property
    def effort_counts(self) -> tuple[int, int, int]:
        """The numbers of new stories that were read for every effort type, for some, and for none."""
        return self.effort_whole, self.effort_part, self.stories - self.effort_whole - self.effort_part

    @property
    def holds_personal_data(self) -> bool:
        """Whether personal data was found in the texts and not replaced."""
        return any(file.personal_data and not file.is_redacted for file in self.files)

    @property
    def personal_data(self) -> str:
        """A sentence with the number of each kind of personal data in the texts; empty without any."""
        counts = Counter[str]()
        for file in self.files:
            counts.update(file.personal_data)
        found = join_list(format_count(number, kind, PLURALS.get(kind)) for kind, number in sorted(counts.items()))
        outcome = "They are imported as they are." if self.holds_personal_data else "They are replaced."
        return f"The texts contain {found}. {outcome}" if counts else ""

    @property
    def is_refused(self) -> bool:
        """Whether the import was refused for its faults."""
        return bool(self.fault_count) and self.batch is None and (self.on_fault == "stop" or not self.known)


def report_to_plain(report: ImportReport) -> dict[str, Any]:
    """Return the report as plain values, for JSON."""
    return asdict(report)


def report_from_plain(plain: Mapping[str, Any]) -> ImportReport:
    """Return the report that `report_to_plain` made plain."""
    files = (FileReport(**each | {key: tuple(each[key]) for key in ("notes", "unused")}) for each in plain["files"])
    faults = (FaultRow(**each) for each in plain["faults"])
    texts = {key: tuple(plain[key]) for key in ("notes", "added")}
    return ImportReport(**dict(plain) | texts | {"files": tuple(files), "faults": tuple(faults)})
