"""Editing: what people change in the database, keeping what was there before."""

from cxdata.editing.batches import batches, take_out
from cxdata.editing.changelog import history_of
from cxdata.editing.companies import merge_companies, rename_company
from cxdata.editing.replies import record_reply, withdraw_reply
from cxdata.editing.review import STATUSES, sign_off
from cxdata.editing.stories import may_be_edited, save_edit, save_story
from cxdata.editing.waiting import draft_batches, waiting_stories

__all__ = [
    "STATUSES",
    "batches",
    "draft_batches",
    "history_of",
    "may_be_edited",
    "merge_companies",
    "record_reply",
    "rename_company",
    "save_edit",
    "save_story",
    "sign_off",
    "take_out",
    "waiting_stories",
    "withdraw_reply",
]
