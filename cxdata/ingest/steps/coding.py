"""Coding of staged stories by machine: under the name of the step, as drafts, and with its slips named as its own."""

from dataclasses import replace

from cxdata.ingest.staging import CodingStep, Staged, materialise_staging
from cxdata.ingest.steps.validation import find_record_faults
from cxdata.store.engine import Connection
from cxdata.store.records.fingerprints import content_hash
from cxdata.store.sql import count_rows

CODING_COLUMNS = {
    "story": (
        "title", "kind", "job", "summary", "happened_on", "happened_basis", "outcome", "loyalty", "verdict", "ces",
        "read_feeling", "read_effort", "read_drivers", "read_promises", "read_signs",
    ),
    "encounter": ("step", "job", "touchpoint", "stage", "short", "summary", "feeling", "started_by", "demand"),
    "emotion": ("step", "emotion"),
    "effort_event": ("step", "event", "driver", "times", "minutes", "evidence"),
    "promise": ("promise", "claim", "kept", "standard", "evidence"),
    "sign": ("sign", "shown", "evidence"),
}  # fmt: skip
"""A step that changes any of these columns has coded the story."""

HAS_CODES = """
coalesce(job, outcome, loyalty, nullif(verdict, 'none')) is not null
or exists (
    from staged_encounter as encounter
    where
        encounter.story = told.story
        and coalesce(encounter.touchpoint, encounter.stage, encounter.demand, encounter.feeling::varchar) is not null
)
or exists (from staged_emotion as emotion where emotion.story = told.story)
or exists (from staged_effort_event as event where event.story = told.story and event.driver is not null)
or exists (from staged_promise as promise where promise.story = told.story)
or exists (from staged_sign as sign where sign.story = told.story)
"""
"""SQL that is true of a staged story, `told`, that came with codes."""


def code(connection: Connection, staged: Staged) -> Staged:
    """Run the coding steps, each of which answers for the stories that it changes."""
    for step in staged.coding_steps:
        staged = _run(connection, staged, step)
    return staged


def _run(connection: Connection, staged: Staged, step: CodingStep) -> Staged:
    materialise_staging(connection)
    hashes = content_hash("staged_", "select story from staged_story", CODING_COLUMNS)
    connection.execute(
        f"create or replace temp table uncoded as select before.*, told.coder, {HAS_CODES} as has_codes "
        f"from ({hashes}) as before inner join staged_story as told using (story)"
    )
    find_record_faults(connection, "fault_before", staged.codebook)
    staged = step.code(connection, staged)
    connection.execute(
        "create or replace temp table coded_story as "
        f"select story from ({hashes}) as now inner join uncoded using (story) "
        "where now.digest is distinct from uncoded.digest"
    )
    find_record_faults(connection, "fault_after", staged.codebook)
    connection.execute(
        "insert into staged_fault "
        "select $file, row, story, \"column\", value, concat(why, '. The coding step ', $coder, ' caused this') "
        "from (from fault_after except from fault_before)",
        {"file": staged.name, "coder": repr(step.coder)},
    )
    _sign(connection, staged, step)
    coded = count_rows(connection, "coded_story")
    return replace(staged, notes=(*staged.notes, f"{step.coder} coded {coded:,} of these stories"))


def _sign(connection: Connection, staged: Staged, step: CodingStep) -> None:
    """Put the coded stories under the step's name, as drafts, and keep the coder before it in their history.

    An importer who is the coder only because the file names none has coded nothing in a story without codes.
    """
    machine = {"coder": step.coder}
    connection.execute(
        "insert into staged_history by name "
        "select story, 'coder' as field, coder as before, $coder as after, $coder as changed_by, $at as changed_at "
        "from uncoded where story in (select story from coded_story) and coder <> $coder "
        "and (has_codes or coder <> $default)",
        machine | {"default": staged.coder or staged.batch.imported_by, "at": staged.batch.imported_at},
    )
    connection.execute(
        "update staged_story set coder = $coder, coded_on = $on, status = 'draft', reviewer = null, "
        "reviewed_on = null where story in (select story from coded_story)",
        machine | {"on": staged.day},
    )
