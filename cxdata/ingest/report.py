"""The report of an import, as the worker sends it and the page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

OnFault = Literal["stop", "skip"]


@dataclass(frozen=True)
class FileReport:
    """What one file held and how it was read."""

    name: str
    read_as: str
    rows: int
    stories: int
    known: int
    left_out: int
    again: int
    """Rows that tell word for word what another row tells."""
    faults: int
    notes: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


@dataclass(frozen=True)
class FaultRow:
    """One thing wrong: where it stands first, the value, why, and the choice that comes nearest."""

    file: str
    row: int | None
    story: str | None
    column: str | None
    value: str | None
    why: str
    nearest: str | None = None
    again: int = 0
    """How many more rows of the file are wrong in the same way, of those whose faults were kept."""
    others: int = 0
    """How many other values stand in those."""
    are_all_kept: bool = True

    @property
    def rows(self) -> str:
        """'row 2', 'row 2 and 9,999 more', 'my-story and 3 more'; nothing of a single fault that stands in no row."""
        least = "" if self.are_all_kept else "at least "
        more = f" and {least}{self.again:,} more" if self.again else ""
        if self.row:
            return f"row {self.row:,}{more}"
        return f"{self.story}{more}" if self.story and more else ""

    @property
    def values(self) -> str | None:
        """'3/4/2026', '3/4/2026 and 79 other values'; None where nothing stands there."""
        return None if self.value is None else f"{self.value}{self._and_others}"

    @property
    def _and_others(self) -> str:
        return f" and {self.others:,} other {'value' if self.others == 1 else 'values'}" if self.others else ""

    def __str__(self) -> str:
        where = [self.file, self.rows or self.story or ""]
        place = ": ".join(part for part in where if part)
        value = f" {self.value!r}{self._and_others}" if self.value is not None else ""
        hint = f" (did you mean {self.nearest}?)" if self.nearest else ""
        return f"{place}: {self.column}{value}{hint}: {self.why}" if self.column else f"{place}: {self.why}"


@dataclass(frozen=True)
class ImportReport:
    """What became of an import. `batch` is None where nothing was brought in."""

    batch: str | None
    stories: int = 0
    known: int = 0
    files: tuple[FileReport, ...] = ()
    companies: int = 0
    """New companies."""
    notes: tuple[str, ...] = ()
    faults: tuple[FaultRow, ...] = ()
    """The first kinds of them, with the row where each stands first; all that are kept stand in faults.csv."""
    fault_count: int = 0
    fault_kinds: int = 0
    """How many kinds there are among those that are kept."""
    seconds: float = 0.0
    dry_run: bool = False
    drafts: int = 0
    added: tuple[str, ...] = ()
    """The first of the new stories, by name."""
    file_names: Mapping[str, str] = field(default_factory=dict)
    """Files that were written, by what they are."""
    on_fault: OnFault = "stop"

    @property
    def is_refused(self) -> bool:
        """Whether faults kept everything out."""
        return bool(self.fault_count) and self.batch is None and (self.on_fault == "stop" or not self.known)


def report_from_plain(told: Mapping[str, Any]) -> ImportReport:
    """The report that `to_json` made plain."""
    return ImportReport(
        **dict(told)
        | {
            "files": tuple(
                FileReport(**each | {"notes": tuple(each["notes"]), "unused": tuple(each["unused"])})
                for each in told["files"]
            ),
            "faults": tuple(FaultRow(**each) for each in told["faults"]),
            "notes": tuple(told["notes"]),
            "added": tuple(told["added"]),
        }
    )
