"""The choice of a mapping: our own columns, a known mapping, or one made by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from cxdata.ingest import FileInspection
from cxdata.ingest.mapping.catalogue import read_mapping, shipped_mappings
from cxdata.ingest.mapping.changes import UNCHANGED, MappingChanges
from cxdata.ingest.readers.base import normalise_header
from cxdata.ingest.values.days import DayReading
from pages.add.import_form.row_choices import choose_days, choose_rows
from pages.add.manual_mapping import show_manual_mapping
from pages.ui.escaping import escape_markdown

OURS, KEPT, BY_HAND = "ours", "kept", "by hand"
LARGEST = 200_000  # bytes of a mapping file


@dataclass(frozen=True)
class MappingChoice:
    """The meaning of the columns: a mapping by its name or text, or our own columns under these headers."""

    mapping: str | None = None
    columns: dict[str, str] | None = field(default=None)
    order: DayReading | None = None
    leave_days: bool = False
    changes: MappingChanges = UNCHANGED


def choose_mapping(inspections: Sequence[FileInspection]) -> MappingChoice | None:
    """Offer the guessed mapping and its alternatives, one for all tables. Return None while a choice is missing."""
    inspection, tables = inspections[0], len(inspections)
    kinds = {name: read_mapping(path).title for name, path in shipped_mappings().items()}
    labels = {OURS: "Our own columns (see the template)", **kinds}
    labels |= {
        BY_HAND: "Another table: I say what its columns mean",
        KEPT: "Another table: I have its mapping as a file",
    }
    guessed = OURS if inspection.is_ours else inspection.mapping or BY_HAND
    if tables > 1:
        st.caption(f"The {tables} tables are read in the same way. The mapping looks for its columns in each of them.")
    chosen = st.selectbox(
        "What the columns are",
        list(labels),
        index=list(labels).index(guessed),
        format_func=lambda each: labels[each],
        key="way",
    )
    order, leave_days = choose_days(inspections)
    if chosen == OURS:
        return MappingChoice(order=order, leave_days=leave_days)
    changes = choose_rows(inspections)
    mapping: str | None = chosen
    if chosen in kinds and not _names_company(chosen, inspection):
        company = st.text_input("Company, for every row", key="shipped-company", max_chars=80).strip()
        if not company:
            st.info("Still to say: which company.")
            return None
        changes = replace(changes, company=company)
    if chosen in (BY_HAND, KEPT):
        mapping = _load_mapping_file() if chosen == KEPT else show_manual_mapping(inspections)
    return None if mapping is None else MappingChoice(mapping, None, order, leave_days, changes)


def _names_company(name: str, inspection: FileInspection) -> bool:
    """Return whether a table has a column in which this mapping finds the company."""
    columns = read_mapping(name).columns().get("company", ())
    known = {normalise_header(header) for header in inspection.headers}
    return any(normalise_header(column) in known for column in columns)


def _load_mapping_file() -> str | None:
    """Return the text of an uploaded mapping. The import worker parses it, because the file is not trusted."""
    kept = st.file_uploader("The mapping", type="toml", key="mapping-file")
    if kept is None:
        st.info("Still needed: the mapping file that you or a colleague saved.")
        return None
    if kept.size > LARGEST:
        st.error(
            f"{escape_markdown(kept.name)} is larger than a mapping can be: {kept.size:,} bytes.",
            icon=":material/block:",
        )
        return None
    try:
        return kept.getvalue().decode("utf-8-sig") + "\n"
    except UnicodeDecodeError:
        st.error(f"{escape_markdown(kept.name)} is not text in UTF-8.", icon=":material/block:")
        return None
