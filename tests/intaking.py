"""Tables and files to be brought in, and the import within this process: two seconds quicker than in one of its own."""

import csv
import io
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from editing import look

from cxdata.errors import StoryError
from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.flat_table.template import flat_rows
from cxdata.ingest.pipeline import run_pipeline
from cxdata.ingest.report import ImportReport
from cxdata.ingest.request import ImportRequest
from cxdata.stories import Story

NUMBERS: dict[str, Any] = {"ces": int, "step": int, "feeling": int, "times": int, "minutes": float}
KEPT = ("story", "source", "company", "encounter", "emotion", "effort_event", "account")


def brought(path: Path, *files: Path, **asked: Any) -> ImportReport:
    """What becomes of these files, brought into the database at `path` by 'me'."""
    folder = tempfile.mkdtemp(dir=path.parent.parent, prefix="work-")
    job = ImportRequest(str(path), tuple(map(str, files)), folder, **{"by": "me"} | asked)
    return run_pipeline(job, lambda *_: None)


def refused(path: Path, *files: Path, **asked: Any) -> list[str]:
    """Why these files are refused; nothing where they are not."""
    try:
        report = brought(path, *files, **asked)
    except StoryError as error:
        return [str(fault) for fault in error.faults]
    return [str(fault) for fault in report.faults] if report.is_refused else []


def problems(report: ImportReport) -> list[str]:
    """What is wrong, each without the name of its file."""
    return [str(fault).removeprefix(f"{fault.file}: ") for fault in report.faults]


def kept(path: Path) -> dict[str, list[Any]]:
    """The rows of the tables that stories are kept in, but for which batch they came with."""
    return {
        table: look(path, f"select * exclude ({'batch' if has_batch else 'story'}) from {table} order by all")
        if (has_batch := table in ("story", "source", "company"))
        else look(path, f"from {table} order by all")
        for table in KEPT
    }


def told_rows(*stories: Story) -> list[dict[str, Any]]:
    """Stories as rows of our own table."""
    return [dict(zip(FLAT_COLUMNS, row, strict=True)) for story in stories for row in flat_rows(story)]


def typed(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a row tells: numbers as such, all else as text."""
    return {name: NUMBERS.get(name, str)(value) for name, value in row.items() if value not in ("", None)}


def table(path: Path, rows: Iterable[Mapping[str, Any]], columns: Sequence[str] | None = None, **how: Any) -> Path:
    """Rows as a CSV, with these columns or those of the first row."""
    rows = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, columns or list(rows[0]), extrasaction="ignore", **{"lineterminator": "\n"} | how)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), "utf-8", newline="")
    return path
