"""The list of import batches: file, editor, time and mapping of each, with a button that deletes it."""

import streamlit as st

from cxdata.editing.batches import delete_batch, list_batches
from cxdata.editing.review import count_drafts, move_to_draft
from cxdata.errors import CxdataError
from cxdata.text.formatting import format_count
from pages.ui.cache import get_connection
from pages.ui.escaping import escape_markdown
from pages.ui.page_header import show_flash
from pages.ui.permissions import perform

SHOWN = 50


def show_batches(_: str) -> None:
    """Show the batches, newest first, each with a button that deletes it."""
    show_flash("batch-gone")
    found = [row for row in list_batches(get_connection()) if row["batch"] != "shipped"]
    st.html('<h2 class="cx-headline">Batches</h2>')
    if not found:
        st.caption("Nothing has been imported yet. The database holds the shipped stories only.")
        return
    st.caption(
        f"{format_count(len(found), 'batch', 'batches')}, the latest first. Deleting a batch deletes all its"
        " stories, and no others."
    )
    drafts = count_drafts(get_connection())
    for row in found[:SHOWN]:
        with st.container(border=True):
            details, actions = st.columns([4, 1], vertical_alignment="center")
            waiting = f", {drafts[row['batch']]:,} not published" if row["batch"] in drafts else ""
            details.markdown(
                f"**{escape_markdown(row['batch'])}** · {format_count(row['rows'], 'story')}{waiting}  \n"
                f"{escape_markdown(row['file'][:300])}{_mapping(row['mapping'])}  \n"
                f"{row['imported_at']:%Y-%m-%d %H:%M} UTC by {escape_markdown(row['imported_by'])} · "
                f"sha-256 {row['sha256'][:12]}…"
            )
            with actions.popover(f"Delete {escape_markdown(row['batch'])} …", width="stretch"):
                st.write(f"{format_count(row['rows'], 'story')} will be deleted, with all changes and replies.")
                st.button("Delete the batch", key=f"undo-{row['batch']}", on_click=_delete, args=(row["batch"],))
                st.write("Or move them back to draft. They are then on no page until somebody publishes them again:")
                st.button("Back to draft", key=f"draft-{row['batch']}", on_click=_unpublish, args=(row["batch"],))
    if len(found) > SHOWN:
        st.caption(f"And {len(found) - SHOWN:,} older ones. The people who run this dashboard can delete them.")


def _mapping(mapping: str | None) -> str:
    """Name the mapping of a batch. A batch keeps the whole text of a mapping made on the page."""
    if not mapping:
        return ""
    return " · mapped by hand" if "\n" in mapping else f" · mapping {escape_markdown(mapping[:60])}"


def _delete(batch: str) -> None:
    try:
        with st.spinner("Deleting the batch …"):
            deleted = perform(delete_batch, batch)
        st.session_state["batch-gone"] = (
            f"Batch {escape_markdown(batch)} is deleted: {format_count(len(deleted), 'story')}."
        )
    except CxdataError as error:
        st.session_state["edit-failed"] = str(error)


def _unpublish(batch: str) -> None:
    try:
        with st.spinner("Changing the database …"):
            changed = perform(move_to_draft, batch)
        st.session_state["batch-gone"] = (
            f"Batch {escape_markdown(batch)}: {format_count(len(changed), 'story')} back to draft."
        )
    except CxdataError as error:
        st.session_state["edit-failed"] = str(error)
