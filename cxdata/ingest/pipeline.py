"""The import of files as one batch: read, staged by steps, loaded and reported, in one transaction.

It runs in a process of its own (cxdata/ingest/worker.py). An import that does not end keeps nothing.
"""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from cxdata.codebook.codes import read_codebook
from cxdata.errors import DatabaseError, OutOfMemory
from cxdata.ingest.limits import COMMAND_LINE, UPLOAD
from cxdata.ingest.quarantine import (
    create_quarantine,
    quarantine_rows,
    record_unreadable_rows,
    summarise_faults,
    write_fault_file,
    write_faulty_rows,
)
from cxdata.ingest.readers.base import DetectedFile, Nested, Progress, ReadContext, SourceTable, refuse
from cxdata.ingest.readers.detection import detect, unique_names
from cxdata.ingest.report import FileReport, ImportReport
from cxdata.ingest.request import ImportRequest, validate_labels
from cxdata.ingest.staging import CodingStep, Staged, create_staging, insert_staged
from cxdata.ingest.steps import CODING_STEPS, STEPS
from cxdata.ingest.steps.mapping_choice import read_options
from cxdata.ingest.steps.reconciliation import list_companies, suggest_merges
from cxdata.ingest.steps.sql_functions import register_functions
from cxdata.settings import Address, Settings
from cxdata.store import open_engine, translate_errors
from cxdata.store.engine import Connection
from cxdata.store.file_swap import is_disk_full, translate_full_disk
from cxdata.store.records.batches import insert_batch
from cxdata.store.records.rows import ImportBatch, batch_time
from cxdata.store.records.story_reader import read_coded_stories
from cxdata.store.sql import count_rows

NOTHING_IMPORTED = "nothing was imported"


class _RollBack(Exception):
    """Ends a transaction so that nothing of it is kept."""


@dataclass(frozen=True)
class _Import:
    """The request, batch and coding steps that all files of an import share."""

    request: ImportRequest
    batch: ImportBatch
    context: ReadContext
    coding_steps: tuple[CodingStep, ...]

    def stage(self, source: SourceTable | Nested) -> Staged:
        """Return a source with nothing staged yet."""
        context = self.context
        return Staged(
            self.request, self.batch, context.codebook, context.limits, context.progress, source, self.coding_steps
        )


def run_pipeline(
    request: ImportRequest, progress: Progress, coding_steps: tuple[CodingStep, ...] = CODING_STEPS
) -> ImportReport:
    """Import files in one transaction, and keep it unless there are faults or it is a dry run.

    Raises StoryError and DatabaseError; then nothing is changed.
    """
    started = time.monotonic()
    reading = read_options(request)
    batch = _describe_batch(request)
    codebook, limits = read_codebook(), UPLOAD if request.upload else COMMAND_LINE
    folder = Path(request.folder)
    report = ImportReport(None)
    engine = open_engine(Settings(database=Address.parse(request.database)))
    try:
        with (
            engine.transaction([folder, *map(Path, request.files)]) as connection,
            translate_full_disk(folder, NOTHING_IMPORTED),
        ):
            register_functions(connection)
            create_quarantine(connection)
            batch = _name_batch(connection, request, batch)
            companies = list_companies(connection)
            context = ReadContext(
                folder, limits, codebook, lambda: read_coded_stories(connection), progress, request.on_fault, reading
            )
            shared = _Import(request, batch, context, coding_steps)
            imported = [each for file in _detect_files(shared) for each in _import_file(connection, file, shared)]
            report = _report(connection, imported, shared, companies)
            if report.batch is None or request.dry_run:
                raise _RollBack
            _check_unchanged(request, batch)
            insert_batch(connection, batch, report.stories)
            progress("saving the stories", 0, 0)
    except _RollBack:
        pass
    return replace(report, seconds=round(time.monotonic() - started, 2))


def _import_file(connection: Connection, file: DetectedFile, shared: _Import) -> list[Staged]:
    """Read a file, then stage and load each of its tables. Raises StoryError for a file that cannot be read."""
    imported: list[Staged] = []
    source: SourceTable | Nested | None = None
    try:
        with translate_errors():
            for source in file.read(shared.context):
                imported.append(_import_source(connection, shared.stage(source)))
    except (OutOfMemory, MemoryError):
        raise refuse(file.name, "needs more memory than an import may use. Split it and import the parts") from None
    except DatabaseError as error:
        if not isinstance(source, SourceTable) or not source.native or is_disk_full(error):
            raise  # a disk is full, or a reader of ours wrote this file, so the fault is not the user's
        problem = str(error).splitlines()[0].replace(shared.request.folder, "").replace(str(file.path.parent), "")
        raise refuse(file.name, f"cannot be read as {source.description}: {problem[:300]}") from None
    return imported


def _import_source(connection: Connection, staged: Staged) -> Staged:
    """Take a source through its steps, and load it unless there are faults to stop at."""
    create_staging(connection)
    for step in STEPS[type(staged.source)]:
        staged = step(connection, staged)
    table = staged.source if isinstance(staged.source, SourceTable) else None
    uncounted = record_unreadable_rows(connection, table) if table else 0
    faults = count_rows(connection, "staged_fault") + uncounted
    connection.execute("insert into import_fault select * from staged_fault")
    if faults and table:
        quarantine_rows(connection, table)
    if not faults or staged.request.on_fault == "skip":
        insert_staged(connection)
    return replace(staged, fault_count=faults)


def _detect_files(shared: _Import) -> list[DetectedFile]:
    """Detect all files before the first is read; those of a format that is read together are one, with `others`."""
    together: dict[str, list[DetectedFile]] = {}
    for number, file in enumerate(unique_names(_detect_each(shared))):
        together.setdefault(file.reader.name if file.reader.reads_together else f"{number}", []).append(file)
    return [replace(first, others=tuple(others)) for first, *others in together.values()]


def _detect_each(shared: _Import) -> Iterator[DetectedFile]:
    for path in map(Path, shared.request.files):
        try:
            yield detect(path, shared.context.folder, shared.context.limits, shared.context.options)
        except OSError as error:
            if is_disk_full(error):
                raise
            raise refuse(path.name, f"cannot be read: {error.strerror or error}") from None


def _describe_batch(request: ImportRequest) -> ImportBatch:
    """Return the batch by the name that is asked for, else one made of the day and the files' hash."""
    now = batch_time()
    digest = _hash_files(request)
    labels = validate_labels(request)
    name = labels.batch or f"{now:%Y-%m-%d}-{digest[:8]}"
    files = ", ".join(Path(file).name for file in request.files)
    return ImportBatch(name, files, digest, labels.by, now, request.mapping)


def _name_batch(connection: Connection, request: ImportRequest, batch: ImportBatch) -> ImportBatch:
    """Return the batch by a name that no other has. Raises StoryError if a person gave a name that is taken."""
    taken = {name for (name,) in connection.execute("select batch from batch").fetchall()}
    if batch.batch not in taken:
        return batch
    if request.batch:
        raise refuse(batch.batch, "another batch has this name. Choose another name")
    return replace(batch, batch=next(name for n in count(2) if (name := f"{batch.batch}-{n}") not in taken))


def _check_unchanged(request: ImportRequest, batch: ImportBatch) -> None:
    """Raise StoryError if a file changed during the import, which reads it more than once."""
    if _hash_files(request) != batch.sha256:
        raise refuse(batch.file, "changed while it was read. Nothing was imported. Import it again")


def _hash_files(request: ImportRequest) -> str:
    digests = sorted(_hash_file(Path(file)) for file in request.files)
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def _hash_file(path: Path) -> str:
    if path.exists() and not path.is_file():
        raise refuse(path.name, "is not a file")  # a folder, or a device without an end
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise refuse(path.name, f"cannot be read: {error.strerror or error}") from None


def _report(connection: Connection, imported: list[Staged], shared: _Import, companies: set[str]) -> ImportReport:
    """Report the counts of the database after the import; `companies` are those from before it."""
    request, context, batch = shared.request, shared.context, {"batch": shared.batch.batch}
    faults = sum(file.fault_count for file in imported)
    written: dict[str, str] = {}
    if faults:
        tables = [file.source for file in imported if isinstance(file.source, SourceTable)]
        written["faults"] = write_fault_file(connection, context.folder, context.codebook, context.limits)
        written |= write_faulty_rows(connection, context.folder, tables)
    counts = {
        table: connection.execute(f"select count(*) from {table} where batch = $batch", batch).fetchall()[0][0]
        for table in ("story", "lesson", "second_coding")
    }
    refused = bool(faults) and request.on_fault == "stop"
    ((drafts, whole, part),) = connection.execute(
        "select count_if(status <> 'published'), count_if(read_effort = 'whole'), count_if(read_effort = 'part')"
        " from story where batch = $batch",
        batch,
    ).fetchall()
    added = connection.execute("select story from story where batch = $batch order by 1 limit 50", batch).fetchall()
    new = list_companies(connection) - companies
    first, kinds = summarise_faults(connection, context.codebook, faults)
    return ImportReport(
        batch=shared.batch.batch if any(counts.values()) and not refused else None,
        stories=0 if refused else counts["story"],
        known=sum(file.reconciled.known for file in imported),
        files=tuple(map(_report_file, imported)),
        companies=len(new),
        notes=tuple(suggest_merges(connection, new)),
        faults=first,
        fault_count=faults,
        fault_kinds=kinds,
        dry_run=request.dry_run,
        drafts=drafts,
        added=() if refused else tuple(name for (name,) in added),
        file_names=written,
        on_fault=request.on_fault,
        effort_whole=0 if refused else whole,
        effort_part=0 if refused else part,
    )


def _report_file(staged: Staged) -> FileReport:
    counts = staged.reconciled
    return FileReport(
        staged.name, staged.source.description, staged.row_count, counts.new, counts.known, counts.left_out,
        staged.duplicate_rows, staged.fault_count, staged.notes, staged.unused,
        staged.personal_data, staged.is_redacted,
    )  # fmt: skip
