"""Intake: bring stories in as a batch, take a batch out whole, and edit what is there, keeping what stood before."""

from cxdata.intake.batches import batches, take_out
from cxdata.intake.companies import merge_companies, rename_company
from cxdata.intake.history import history_of
from cxdata.intake.job import FaultRow, FileReport, Report
from cxdata.intake.replies import record_reply, withdraw_reply
from cxdata.intake.review import STATUSES, sign_off
from cxdata.intake.run import bring_in
from cxdata.intake.spellings import Spelling, spellings

__all__ = [
    "STATUSES",
    "FaultRow",
    "FileReport",
    "Report",
    "Spelling",
    "batches",
    "bring_in",
    "history_of",
    "merge_companies",
    "record_reply",
    "rename_company",
    "sign_off",
    "spellings",
    "take_out",
    "withdraw_reply",
]
