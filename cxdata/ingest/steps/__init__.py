"""The steps of an import, in order. Each takes `Staged` and returns it with its additions.

A table that needs no cleaning is staged as views, so a step that writes to a staged table first calls
`materialise_staging`; a coding step need not.
"""

from collections.abc import Mapping

from cxdata.ingest.readers.base import Nested, SourceTable
from cxdata.ingest.staging import CodingStep, Steps
from cxdata.ingest.steps.coding import code
from cxdata.ingest.steps.flattening import flatten
from cxdata.ingest.steps.mapping_choice import choose_mapping
from cxdata.ingest.steps.nested import stage_records
from cxdata.ingest.steps.normalisation import normalise
from cxdata.ingest.steps.personal_data import find_personal_texts
from cxdata.ingest.steps.profiling import profile
from cxdata.ingest.steps.reconciliation import reconcile
from cxdata.ingest.steps.validation import find_first_rows, require_fields, validate_cells, validate_references

STEPS: Mapping[type[SourceTable | Nested], Steps] = {
    SourceTable: (
        choose_mapping,
        profile,
        flatten,
        validate_cells,
        find_first_rows,
        normalise,
        find_personal_texts,
        code,
        require_fields,
        validate_references,
        reconcile,
    ),
    Nested: (stage_records, find_personal_texts, code, reconcile),
}
"""The steps of a table, and of stories that are valid records already."""

CODING_STEPS: tuple[CodingStep, ...] = ()
"""Machines that `code` runs, in order; none is shipped."""
