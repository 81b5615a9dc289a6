"""Ingest: files of stories read, checked and loaded as a batch, whole or not at all."""

from cxdata.ingest.inspection import FileInspection
from cxdata.ingest.report import FaultRow, FileReport, ImportReport
from cxdata.ingest.sandbox import inspect_files, run_import

__all__ = ["FaultRow", "FileInspection", "FileReport", "ImportReport", "inspect_files", "run_import"]
