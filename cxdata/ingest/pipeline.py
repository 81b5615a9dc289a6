"""Bring files into the database as one batch: read, checked, fitted in; all or none, or the good ones if so asked.

This is what runs in a process of its own (cxdata/ingest/worker.py); nothing is kept of it unless it comes to its end.
"""

import hashlib
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from cxdata.codebook.codes import Codebook, read_codebook
from cxdata.errors import DatabaseError, Fault, OutOfMemory, StoryError
from cxdata.ingest.limits import COMMAND_LINE, UPLOAD, Limits
from cxdata.ingest.quarantine import quarantine_rows, summarise_faults, write_fault_file, write_faulty_rows
from cxdata.ingest.readers.base import Progress, SourceTable
from cxdata.ingest.readers.detection import DetectedFile, detect, unique_names
from cxdata.ingest.readers.jsonl import fault_rows, record_faults, stage_json, stage_library
from cxdata.ingest.report import FileReport, ImportReport
from cxdata.ingest.request import ImportRequest, validate_labels
from cxdata.ingest.staging import create_staging
from cxdata.ingest.steps.reconciliation import (
    ReconcileOptions,
    insert_staged,
    list_companies,
    reconcile,
    suggest_merges,
)
from cxdata.ingest.steps.sql_functions import register_functions
from cxdata.ingest.tables import stage_table
from cxdata.settings import Address, Settings
from cxdata.store import open_engine, translate_errors
from cxdata.store.engine import Connection
from cxdata.store.records.batches import insert_batch
from cxdata.store.records.rows import ImportBatch
from cxdata.store.records.story_reader import read_coded_stories
from cxdata.store.sql import count_rows
from cxdata.stories import read_story_files


class _RollBack(Exception):
    """Ends a change so that nothing of it is kept."""


def run_pipeline(job: ImportRequest, tell: Progress) -> ImportReport:
    """Do what the job asks; the report. Raises StoryError and DatabaseError, and then nothing is changed."""
    return _Pipeline(job, tell).run()


class _Pipeline:
    def __init__(self, job: ImportRequest, tell: Progress) -> None:
        self._job, self._tell = job, tell
        self._limits: Limits = UPLOAD if job.upload else COMMAND_LINE
        self._folder = Path(job.folder)
        self._codebook: Codebook = read_codebook()
        self._files: list[FileReport] = []
        self._raws: list[SourceTable] = []
        self._notes: list[str] = []
        self._at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)

    def run(self) -> ImportReport:
        """Read all files in one change, and keep it if it may be kept."""
        started = time.monotonic()
        batch = self._batch()
        report = ImportReport(None)
        try:
            readable = [self._folder, *map(Path, self._job.files)]
            with open_engine(Settings(database=Address.parse(self._job.database))).transaction(readable) as connection:
                register_functions(connection)
                batch = self._free_name(connection, batch)
                before = list_companies(connection)
                connection.execute(
                    "create or replace temp table every_fault "
                    '(file varchar, row bigint, story varchar, "column" varchar, value varchar, why varchar)'
                )
                connection.execute(
                    "create or replace temp table every_faulty_row (file varchar, row bigint, why varchar)"
                )
                for files in _groups(unique_names(self._sniffed())):
                    self._try_files(connection, files, batch)
                report = self._report(connection, batch, before)
                if report.batch is None or self._job.dry_run:
                    raise _RollBack
                self._check_unchanged(batch)
                insert_batch(connection, batch, report.stories)
                self._tell("putting it in place", 0, 0)
        except _RollBack:
            pass
        return replace(report, seconds=round(time.monotonic() - started, 2))

    def _check_unchanged(self, batch: ImportBatch) -> None:
        """StoryError where a file is another than at the beginning: it was read more than once, and must be one."""
        if self._digest() != batch.sha256:
            raise StoryError(
                [Fault(batch.file, "was changed while it was read; nothing was brought in, give it again")]
            )

    def _digest(self) -> str:
        digests = sorted(_digest(Path(file)) for file in self._job.files)
        return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()

    def _batch(self) -> ImportBatch:
        digest = self._digest()
        asked = validate_labels(self._job)
        name = asked.batch or f"{self._at:%Y-%m-%d}-{digest[:8]}"
        files = ", ".join(Path(file).name for file in self._job.files)
        return ImportBatch(name, files, digest, asked.by, self._at, self._job.mapping)

    def _free_name(self, connection: Connection, batch: ImportBatch) -> ImportBatch:
        """The batch under a name that no other has; one that a person gave is not changed."""
        taken = {name for (name,) in connection.execute("select batch from batch").fetchall()}
        if batch.batch not in taken:
            return batch
        if self._job.batch:
            raise StoryError([Fault(batch.batch, "another batch is called so; choose another name")])
        return replace(batch, batch=next(name for n in count(2) if (name := f"{batch.batch}-{n}") not in taken))

    def _sniffed(self) -> Iterator[DetectedFile]:
        for file in self._job.files:
            path = Path(file)
            try:
                yield detect(path, path.name, self._folder, self._limits)
            except OSError as error:
                raise StoryError([Fault(path.name, f"cannot be read: {error.strerror or error}")]) from None

    def _try_files(self, connection: Connection, files: list[DetectedFile], batch: ImportBatch) -> None:
        """As `_bring_files`; StoryError where what reads a file cannot."""
        try:
            with translate_errors():
                self._bring_files(connection, files, batch)
        except (OutOfMemory, MemoryError):
            raise StoryError([Fault(files[0].name, "takes more memory than it may; give it in parts")]) from None
        except DatabaseError as error:
            if files[0].kind != "parquet":
                raise  # of what we have written ourselves
            problem = str(error).splitlines()[0].replace(str(self._folder), "").replace(str(files[0].path.parent), "")
            raise StoryError([Fault(files[0].name, f"is not Parquet that can be read: {problem[:300]}")]) from None

    def _bring_files(self, connection: Connection, files: list[DetectedFile], batch: ImportBatch) -> None:
        """Files of one kind that are read together: story files all at once, others one by one."""
        create_staging(connection)
        name, read_as = files[0].name, files[0].told
        rows, again, strict, keyed, untold = len(files), 0, True, False, 0
        unused: tuple[str, ...] = ()
        notes: tuple[str, ...] = ()
        if files[0].kind == "story":
            name = name if len(files) == 1 else f"{len(files)} story files"
            self._stage_story_files(connection, files, batch)
        elif files[0].kind == "jsonl":
            rows = stage_json(connection, files[0], self._codebook, batch, self._limits, self._tell)
            self._set_status(connection)
        else:
            staged = stage_table(
                connection, files[0], self._folder, self._codebook, batch, self._job, self._limits, self._tell
            )
            self._raws.append(staged.raw)
            rows, again, strict, keyed = staged.raw.rows + staged.raw.ragged_count, staged.again, False, staged.keyed
            untold = staged.raw.ragged_count - len(staged.raw.ragged)
            unused, notes = staged.unused, staged.notes
        self._tell(f"comparing {name}", 0, 0)
        fitted = reconcile(connection, ReconcileOptions(name, strict, keyed, self._job.on_fault == "skip"))
        faults = count_rows(connection, "fault") + untold
        connection.execute("insert into every_fault select * from fault")
        if faults and files[0].kind in ("csv", "parquet"):
            quarantine_rows(connection, self._raws[-1])
        if not faults or self._job.on_fault == "skip":
            insert_staged(connection)
        self._files.append(
            FileReport(
                name, read_as, rows, fitted.added, fitted.known, fitted.left_out, again, faults,
                (*notes, *fitted.notes), unused,
            )
        )  # fmt: skip

    def _stage_story_files(self, connection: Connection, files: list[DetectedFile], batch: ImportBatch) -> None:
        paths = [file.path for file in files]
        known = read_coded_stories(connection)
        while paths:
            try:
                stage_library(connection, read_story_files(paths, self._codebook, known), batch)
                break
            except StoryError as error:
                record_faults(connection, fault_rows(error))
                faulty = {fault.place.partition(":")[0] for fault in error.faults}
                good = [path for path in paths if path.name not in faulty and str(path) not in faulty]
                if self._job.on_fault == "stop" or len(good) == len(paths):
                    break
                paths = good
        self._set_status(connection)

    def _set_status(self, connection: Connection) -> None:
        """As a sign-off would: who brings a draft in as read is its reviewer; what others have read stays theirs."""
        if self._job.status:
            connection.execute(
                "update staged_story set status = $status, "
                "reviewer = case when $status = 'draft' then null when status = 'draft' then $by "
                "else coalesce(reviewer, $by) end, "
                "reviewed_on = case when $status = 'draft' then null when status = 'draft' then $on "
                "else coalesce(reviewed_on, $on) end",
                {"status": self._job.status, "by": self._job.by, "on": self._at.date()},
            )

    def _report(self, connection: Connection, batch: ImportBatch, before: set[str]) -> ImportReport:
        faults = sum(file.faults for file in self._files)
        written: dict[str, str] = {}
        if faults:
            written["faults"] = write_fault_file(connection, self._folder, self._codebook, self._limits)
            written |= write_faulty_rows(connection, self._folder, self._raws)
        taken = {"batch": batch.batch}
        news = {
            table: connection.execute(f"select count(*) from {table} where batch = $batch", taken).fetchall()[0][0]
            for table in ("story", "lesson", "second_coding")
        }
        refused = bool(faults) and self._job.on_fault == "stop"
        drafts = connection.execute(
            "select count(*) from story where batch = $batch and status <> 'published'", taken
        ).fetchall()
        added = connection.execute("select story from story where batch = $batch order by 1 limit 50", taken).fetchall()
        new = list_companies(connection) - before
        first, kinds = summarise_faults(connection, self._codebook, faults)
        return ImportReport(
            batch=batch.batch if any(news.values()) and not refused else None,
            stories=0 if refused else news["story"],
            known=sum(file.known for file in self._files),
            files=tuple(self._files),
            companies=len(new),
            notes=tuple(suggest_merges(connection, new)),
            faults=first,
            fault_count=faults,
            fault_kinds=kinds,
            dry_run=self._job.dry_run,
            drafts=drafts[0][0],
            added=() if refused else tuple(name for (name,) in added),
            file_names=written,
            on_fault=self._job.on_fault,
        )


def _groups(files: Iterator[DetectedFile]) -> Iterator[list[DetectedFile]]:
    by_kind: dict[str, list[DetectedFile]] = defaultdict(list)
    for number, file in enumerate(files):
        by_kind["story" if file.kind == "story" else f"{number}"].append(file)
    yield from by_kind.values()


def _digest(path: Path) -> str:
    if path.exists() and not path.is_file():
        raise StoryError([Fault(path.name, "is not a file")])  # a folder, or what never comes to its end
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StoryError([Fault(path.name, f"cannot be read: {error.strerror or error}")]) from None
