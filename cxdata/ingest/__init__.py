"""Ingest: files of stories read, checked and loaded as a batch, whole or not at all."""

from cxdata.ingest.inspection import Look
from cxdata.ingest.request import FaultRow, FileReport, Report
from cxdata.ingest.sandbox import bring_in, look_at

__all__ = ["FaultRow", "FileReport", "Look", "Report", "bring_in", "look_at"]
