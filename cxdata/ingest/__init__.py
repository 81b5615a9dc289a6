"""Ingest: files of stories are read, checked and loaded as one batch, or not at all."""

from cxdata.ingest.inspection import FileInspection
from cxdata.ingest.report import FaultRow, FileReport, ImportReport
from cxdata.ingest.sandbox import inspect_files, run_import

__all__ = ["FaultRow", "FileInspection", "FileReport", "ImportReport", "inspect_files", "run_import"]
