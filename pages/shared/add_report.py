"""What became of an import, or would become of it: counts, what was noticed, and every fault."""

from typing import Any

import streamlit as st

from cxdata.intake import FileReport, Report
from cxdata.words import count
from pages.shared.plain import plain

NOTES = 20


def show_report(report: Report, kept: dict[str, bytes]) -> None:
    """The report, with the files of faults to download."""
    _show_outcome(report)
    if report.files:
        st.dataframe([_line(file) for file in report.files], hide_index=True)
    for file in report.files:
        notes = [*file.notes, *([f"columns that are not used: {', '.join(file.unused)}"] if file.unused else [])]
        for note in notes:
            st.caption(f"{plain(file.name)}: {plain(note)}.")
    if report.notes:
        with st.expander(f"Companies that may be one ({len(report.notes)})", icon=":material/help:"):
            for note in report.notes[:NOTES]:
                st.markdown(f"- {plain(note)}")
            st.caption("Nothing is merged by itself: see Companies.")
    if report.faults:
        _show_faults(report)
    for what, content in kept.items():
        st.download_button(
            f"{what[:1].upper()}{what[1:]} (CSV)", content, f"{what.replace(' ', '-')}.csv", "text/csv",
            on_click="ignore", key=f"kept-{what}",
        )  # fmt: skip


def _show_outcome(report: Report) -> None:
    if report.is_refused:
        st.error(f"{count(report.fault_count, 'fault')}: nothing was brought in.", icon=":material/block:")
    elif report.batch is None:
        st.info(
            "Nothing new: every story is in the database already, word for word." if report.known else "Nothing new."
        )
    else:
        told = f"{count(report.stories, 'story')} of {count(report.companies, 'new company')}"
        if report.dry_run:
            st.success(f"{told} would come in. Nothing is changed yet.", icon=":material/check:")
        else:
            drafts = f" {count(report.drafts, 'story')} wait to be read and published." if report.drafts else ""
            st.success(f"{told} are in, as batch {plain(report.batch)}.{drafts}", icon=":material/check:")


def _line(file: FileReport) -> dict[str, Any]:
    return {
        "file": file.name,
        "read as": file.read_as,
        "rows": file.rows,
        "new stories": file.stories,
        "there already": file.known,
        "left out": file.left_out,
        "rows told twice": file.again,
        "faults": file.faults,
    }


def _show_faults(report: Report) -> None:
    st.html('<h3 class="cx-headline">What is wrong</h3>')
    st.dataframe(
        [
            {
                "file": fault.file,
                "row": str(fault.row or ""),
                "story": fault.story or "",
                "column": fault.column or "",
                "value": fault.value or "",
                "why": fault.why,
                "nearest choice": fault.nearest or "",
            }
            for fault in report.faults
        ],
        hide_index=True,
    )
    if report.fault_count > len(report.faults):
        st.caption(f"The first {len(report.faults):,} of {report.fault_count:,}; all of them are in the file below.")
