"""The request for an import, as one process sends it to another."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pydantic import ValidationError

from cxdata.errors import StoryError
from cxdata.ingest.mapping.changes import UNCHANGED, MappingChanges, changes_from_plain
from cxdata.ingest.reading import FOUND_OUT, ReadOptions, options_from_plain
from cxdata.ingest.report import OnFault
from cxdata.ingest.values.days import DayReading
from cxdata.stories.faults import translate_faults
from cxdata.stories.records import Line, Record

Status = Literal["draft", "reviewed", "published"]


@dataclass(frozen=True)
class ImportRequest:
    """Files to import into a database as one batch."""

    database: str
    files: tuple[str, ...]
    folder: str
    """Folder for the work, and for the files of faults and faulty rows."""
    by: str
    batch: str | None = None
    mapping: str | None = None
    """The name of a shipped mapping, the path of one or its text; None takes the one that matches."""
    columns: Mapping[str, str] | None = None
    """For a table in our own columns: the header of each; None goes by their names."""
    order: DayReading | None = None
    """How days are read where they could be read in several ways."""
    leave_days: bool = False
    """Whether days that cannot be read are left empty; else they are faults."""
    changes: MappingChanges = UNCHANGED
    """What the importer changes in the mapping."""
    status: Status | None = None
    on_fault: OnFault = "stop"
    dry_run: bool = False
    redact: bool = False
    """Whether personal data in texts is replaced; a mapping may ask for it too."""
    inspect_only: bool = False
    """Whether files are inspected, and nothing is imported."""
    reading: ReadOptions = FOUND_OUT
    """How files are read, where a person says so."""
    upload: bool = False
    """Whether the files come from the page, which accepts less than the command line."""


class BatchLabels(Record):
    """The names of a batch and of its importer."""

    batch: Line | None
    by: Line


def validate_labels(request: ImportRequest) -> BatchLabels:
    """Return the names as they are kept. Raises StoryError for a name that is no single line of text."""
    try:
        return BatchLabels(batch=request.batch, by=request.by)
    except ValidationError as error:
        raise StoryError(translate_faults(BatchLabels, "import", error)) from None


def request_to_plain(request: ImportRequest) -> dict[str, Any]:
    """Return the request as plain values, for JSON."""
    return asdict(request)


def request_from_plain(plain: Mapping[str, Any]) -> ImportRequest:
    """Return the request that `request_to_plain` made plain."""
    return ImportRequest(
        **dict(plain)
        | {
            "files": tuple(plain["files"]),
            "reading": options_from_plain(plain["reading"]),
            "changes": changes_from_plain(plain["changes"]),
        }
    )
