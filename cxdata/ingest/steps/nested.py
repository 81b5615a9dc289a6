"""Staging of nested stories, which are valid records already, chunk by chunk."""

from dataclasses import replace

from cxdata.ingest.staging import Staged, record_faults, stage_accounts, stage_library
from cxdata.store.engine import Connection


def stage_records(connection: Connection, staged: Staged) -> Staged:
    """Stage the stories of a source, record the faults of the others, and apply the status that was asked for."""
    rows = 0
    for chunk in staged.nested.chunks:
        stage_library(connection, chunk.library, staged.batch)
        stage_accounts(connection, chunk.accounts)
        record_faults(connection, chunk.faults)
        rows += chunk.rows
    _apply_status(connection, staged)
    return replace(staged, row_count=rows)


def _apply_status(connection: Connection, staged: Staged) -> None:
    """Set the status as a sign-off would: the importer of a draft is its reviewer, and other reviewers stay."""
    if staged.request.status:
        connection.execute(
            "update staged_story set status = $status, "
            "reviewer = case when $status = 'draft' then null when status = 'draft' then $by "
            "else coalesce(reviewer, $by) end, "
            "reviewed_on = case when $status = 'draft' then null when status = 'draft' then $on "
            "else coalesce(reviewed_on, $on) end",
            {"status": staged.request.status, "by": staged.request.by, "on": staged.day},
        )
