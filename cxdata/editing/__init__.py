"""Editing: changes that people make to the database, which keeps the former values."""

from cxdata.editing.annotations import record_annotation, withdraw_annotation
from cxdata.editing.batches import delete_batch, list_batches
from cxdata.editing.changelog import read_changelog
from cxdata.editing.companies import merge_companies, rename_company
from cxdata.editing.replies import record_reply, withdraw_reply
from cxdata.editing.review import STATUSES, count_drafts, list_queue, sign_off
from cxdata.editing.stories import create_story, require_editable, update_story

__all__ = [
    "STATUSES",
    "count_drafts",
    "create_story",
    "delete_batch",
    "list_batches",
    "list_queue",
    "merge_companies",
    "read_changelog",
    "record_annotation",
    "record_reply",
    "rename_company",
    "require_editable",
    "sign_off",
    "update_story",
    "withdraw_annotation",
    "withdraw_reply",
]
