"""The form in which an editor adds a dated note to the charts over time, or withdraws one."""

from datetime import date

import streamlit as st

from cxdata.access.roles import Action
from cxdata.editing.annotations import LONGEST, record_annotation, withdraw_annotation
from cxdata.errors import CxdataError
from cxdata.questions.rows import AnnotationsRow
from pages.ui.cache import rows
from pages.ui.escaping import escape_markdown
from pages.ui.page_header import show_flash, show_refusal
from pages.ui.permissions import may, perform

DONE, FAILED = "note-done", "note-failed"
ALL = "All companies"


def show_notes() -> None:
    """Show the form to those who may add a note; nothing to others, but why their last one was refused."""
    show_flash(DONE)
    if failed := st.session_state.pop(FAILED, None):
        show_refusal(failed)
    if not may(Action.ANNOTATE):
        return
    with st.expander("Note what happened on a day", icon=":material/flag:"):
        st.caption("Charts show it as a dashed line. A note says what happened, and not that it changed anything.")
        words = st.text_input("What happened", placeholder="New returns policy", max_chars=LONGEST, key="note-words")
        when, whom = st.columns(2)
        noted_on = when.date_input("When", date.today(), key="note-on")
        names = [row["value"] for row in rows("choices") if row["filter"] == "company"]
        company = whom.selectbox("Whom it concerns", names, index=None, placeholder=ALL, key="note-company")
        st.button(
            "Add the note",
            key="note-record",
            disabled=not words.strip(),
            on_click=_record,
            args=(words, noted_on, company or ""),
        )
        for row in rows("annotations"):
            _show_note(row)


def _show_note(row: AnnotationsRow) -> None:
    number = row["annotation"]
    named = escape_markdown(row["company"] or ALL.lower())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{row['noted_on']:%d %B %Y}, {named}: {escape_markdown(row['words'])}")
        st.button("Withdraw this note", key=f"note-back-{number}", on_click=_withdraw, args=(number,), type="tertiary")


def _record(words: str, noted_on: date, company: str) -> None:
    try:
        perform(record_annotation, words.strip(), noted_on, company=company)
        st.session_state[DONE] = "The note is in the charts over time."
        st.session_state["note-words"] = ""
    except CxdataError as error:
        st.session_state[FAILED] = str(error)


def _withdraw(number: int) -> None:
    try:
        perform(withdraw_annotation, number)
        st.session_state[DONE] = "The note is withdrawn."
    except CxdataError as error:
        st.session_state[FAILED] = str(error)
