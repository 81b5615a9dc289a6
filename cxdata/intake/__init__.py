"""Intake: bring stories in as a batch, take a batch out whole, and edit what is there, keeping what stood before."""

from cxdata.intake.batches import batches, take_out
from cxdata.intake.companies import merge_companies, rename_company
from cxdata.intake.history import history_of
from cxdata.intake.job import FaultRow, FileReport, Report
from cxdata.intake.look import Look
from cxdata.intake.replies import record_reply, withdraw_reply
from cxdata.intake.review import STATUSES, sign_off
from cxdata.intake.run import bring_in, look_at
from cxdata.intake.save import may_be_edited, save_edit, save_story
from cxdata.intake.spellings import Spelling, spellings
from cxdata.intake.waiting import draft_batches, waiting_stories

__all__ = [
    "STATUSES",
    "FaultRow",
    "FileReport",
    "Look",
    "Report",
    "Spelling",
    "batches",
    "bring_in",
    "draft_batches",
    "history_of",
    "look_at",
    "may_be_edited",
    "merge_companies",
    "record_reply",
    "rename_company",
    "save_edit",
    "save_story",
    "sign_off",
    "spellings",
    "take_out",
    "waiting_stories",
    "withdraw_reply",
]
