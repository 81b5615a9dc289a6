"""An import as it is asked for, and what became of it: plain values that go from one process to another."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pydantic import ValidationError

from cxdata.errors import StoryError
from cxdata.ingest.report import ImportReport, OnFault
from cxdata.stories.faults import translate_faults
from cxdata.stories.records import Line, Record


@dataclass(frozen=True)
class ImportRequest:
    """Files to bring into a database as one batch."""

    database: str
    files: tuple[str, ...]
    folder: str
    """Where to work, and where faults and faulty rows are written."""
    by: str
    batch: str | None = None
    mapping: str | None = None
    """The name of a shipped mapping or the path of one; None finds the fitting one."""
    columns: Mapping[str, str] | None = None
    """For a table in our own columns: which of its headers each goes by; None goes by the names."""
    order: Literal["day first", "month first"] | None = None
    status: Literal["draft", "reviewed", "published"] | None = None
    on_fault: OnFault = "stop"
    dry_run: bool = False
    look: bool = False
    """Whether files are only to be looked at: what they are, and their first rows."""
    upload: bool = False
    """Whether the file comes from the page, which takes less than the command line."""


class BatchLabels(Record):
    """Who brings something in, and as what."""

    batch: Line | None
    by: Line


def validate_labels(job: ImportRequest) -> BatchLabels:
    """The names as they are kept; StoryError for those that are none: they are shown on a line, and asked for again."""
    try:
        return BatchLabels(batch=job.batch, by=job.by)
    except ValidationError as error:
        raise StoryError(translate_faults(BatchLabels, "import", error)) from None


def to_plain(told: ImportRequest | ImportReport) -> dict[str, Any]:
    """As plain values."""
    return asdict(told)
