"""The report of an import or of its dry run: counts, notes and faults."""

from typing import Any

import streamlit as st

from cxdata.ingest import FileReport, ImportReport
from cxdata.ingest.limits import UPLOAD
from cxdata.ingest.report import FaultRow
from cxdata.publish.coverage import format_effort_coverage
from cxdata.text.formatting import format_count
from pages.ui.escaping import escape_markdown
from pages.ui.tables.row_table import format_row_table

NOTES = 20
LONG = 120  # characters: a longer reason is written once and then referred to
SHOWN = 50  # kinds of fault listed here; nobody fixes more of them by eye


def show_import_report(report: ImportReport, kept: dict[str, bytes]) -> None:
    """Show the report, with the files of faulty rows to download."""
    _show_outcome(report)
    if report.holds_personal_data:
        st.warning(f"{report.personal_data} Tick “Replace” above to replace them.", icon=":material/person_alert:")
    elif report.personal_data:
        st.caption(report.personal_data)
    if report.files:
        st.html(format_row_table("What each file held", [_line(file) for file in report.files]))
    for file in report.files:
        notes = [*file.notes, *([f"columns not used: {', '.join(file.unused)}"] if file.unused else [])]
        if notes:
            st.caption(f"{escape_markdown(file.name)}: {escape_markdown('; '.join(notes))}.")
    if report.stories:
        st.caption(format_effort_coverage(*report.effort_counts))
    if report.notes:
        with st.expander(f"Companies that may be one ({len(report.notes)})", icon=":material/help:"):
            for note in report.notes[:NOTES]:
                st.markdown(f"- {escape_markdown(note)}")
            more = f"And {len(report.notes) - NOTES:,} more. " if len(report.notes) > NOTES else ""
            st.caption(f"{more}Nothing is merged by itself. After the import, see Companies.")
    if report.faults:
        st.html('<h3 class="cx-headline">Faults</h3>')
    # above the table, which is long on a phone
    with st.container(horizontal=True):
        for what, content in kept.items():
            name = f"{what.replace(' ', '-').removesuffix('.csv')}.csv"
            st.download_button(
                f"{what[:1].upper()}{what[1:]} (CSV)", content, name, "text/csv", on_click="ignore", key=f"kept-{what}"
            )
    if report.faults:
        _show_faults(report)


def _describe_no_change(report: ImportReport) -> str:
    """Explain why an import that is not refused adds nothing. Faulty rows may still be new."""
    known = "every story is in the database already, word for word" if report.known else ""
    if report.fault_count:
        aside = f"Apart from {format_count(report.fault_count, 'fault')}, there is nothing new"
        return f"{aside}: {known}." if known else f"{aside}."
    return f"Nothing new: {known}." if known else "Nothing new."


def _show_outcome(report: ImportReport) -> None:
    if report.is_refused:
        st.error(
            f"{format_count(report.fault_count, 'fault')}: nothing {'would be' if report.dry_run else 'was'} imported."
            " Fix the file and import it again, or choose to import the good rows.",
            icon=":material/block:",
        )
    elif report.batch is None:
        st.info(_describe_no_change(report))
    else:
        added = format_count(report.stories, "story")
        if report.companies:
            added += f", with {format_count(report.companies, 'new company')}"
        if report.dry_run:
            st.success(f"Would be imported: {added}. Nothing is changed yet.", icon=":material/check:")
        else:
            rest = f" {format_count(report.drafts, 'story')} to be read and published." if report.drafts else ""
            st.success(f"Imported as batch {escape_markdown(report.batch)}: {added}.{rest}", icon=":material/check:")


def _line(file: FileReport) -> dict[str, Any]:
    return {
        "file": file.name,
        "read as": file.read_as,
        "rows": file.rows,
        "new stories": file.stories,
        "there already": file.known,
        "left out": file.left_out,
        "duplicate rows": file.duplicate_rows,
        "faults": file.faults,
    }


def _show_faults(report: ImportReport) -> None:
    shown = report.faults[:SHOWN]
    files = {fault.file for fault in shown}
    if report.fault_count > len(shown):
        kept = "all of them" if report.fault_count <= UPLOAD.faults else f"the first {UPLOAD.faults:,}"
        kinds = "" if report.fault_kinds == report.fault_count else f"{format_count(report.fault_kinds, 'kind')} among "
        part = f"The first {len(shown):,} of " if report.fault_kinds > len(shown) else ""
        st.caption(f"{part}{kinds}{format_count(report.fault_count, 'fault')}. The file has {kept}.")
    rows = [_fault(fault, len(files) > 1) for fault in shown]
    first: dict[str, str] = {}
    for row in rows:
        # a long list of choices repeated in every row would hide the differences
        first_place = first.setdefault(row["why"], row["where"])
        if first_place != row["where"] and len(row["why"]) > LONG:
            row["why"] = f"as at {first_place}"
    st.html(format_row_table("Faults", rows, as_typed="value"))


def _fault(fault: FaultRow, name_file: bool) -> dict[str, Any]:
    return {
        "where": ", ".join(part for part in (fault.file if name_file or not fault.row else "", fault.rows) if part),
        "story": fault.story,
        "column": fault.column,
        "value": fault.values,
        "why": fault.why,
        "nearest choice": fault.nearest,
    }
