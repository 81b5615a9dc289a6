"""The review queue: preview and sign off drafts, send stories back, edit or withdraw published ones."""

from collections.abc import Sequence

import streamlit as st

from cxdata.codebook.codes import load_codebook
from cxdata.editing.preview import Preview
from cxdata.editing.review import Seen, count_drafts, list_queue, move_to_draft, note_seen, sign_off
from cxdata.editing.stories import require_editable
from cxdata.errors import CxdataError
from cxdata.publish.coverage import describe_reading, format_effort_coverage
from cxdata.store.records.story_reader import read_account, read_story
from cxdata.stories.person_names import is_same_person
from cxdata.text.formatting import format_count
from pages.add.changelog import show_changelog
from pages.add.reply import WHERE_ID, show_reply_form
from pages.add.write_story import open_in_form
from pages.ui.cache import get_connection, get_engine
from pages.ui.escaping import escape_markdown
from pages.ui.page_header import show_flash, show_refusal
from pages.ui.permissions import current_editor, perform, why_not_sign_off
from pages.ui.story.story_view import show_preview

SHOWN = 200


def show_review(_: str) -> None:
    """Show the drafts of a batch, the preview of one, and the actions on it."""
    show_flash("signed-off")
    st.html('<h2 class="cx-headline">Waiting for review</h2>')
    waiting = count_drafts(get_connection())
    if not waiting:
        st.caption("Every story in the database is published.")
    else:
        _show_waiting(waiting)
    _show_published()
    show_reply_form()


def _show_waiting(drafts: dict[str, int]) -> None:
    batch = st.selectbox(
        "Batch",
        list(drafts),
        format_func=lambda name: f"{name}: {format_count(drafts[name], 'story')} not published",
        key="review-batch",
    )
    found = list_queue(get_connection(), batch, SHOWN)
    if not found:
        return
    total, whole, part = (found[0][column] for column in ("waiting", "effort_whole", "effort_part"))
    st.caption(
        f"{format_count(total, 'story')} of this batch {'counts' if total == 1 else 'count'} on no page yet"
        + (f". The first {SHOWN} are listed." if total > SHOWN else ".")
        + " A story is published by somebody who did not code or edit it. "
        + format_effort_coverage(whole, part, total - whole - part)
    )
    _whole_batch(batch, total)
    titles = {
        row["story"]: f"{row['company']}: {row['title']} ({row['status']}, coded by {row['coder']})" for row in found
    }
    story = st.selectbox("One story", list(titles), format_func=lambda name: titles[name], key="review-story")
    if story:
        draft = next(row for row in found if row["story"] == story)
        _show_actions("this story", story, "story", draft["status"], draft["coders_and_editors"])
        st.button("Edit it", icon=":material/edit:", on_click=open_in_form, args=(story,))
        with st.container(border=True):
            st.caption("A preview: this is on no page yet.")
            account = read_account(get_connection(), story)
            show_preview(read_story(get_connection(), story), _preview(), account, describe_reading(draft))
        show_changelog(story)


def _whole_batch(batch: str, total: int) -> None:
    # behind a second click: it names the editor as reviewer of every story
    with st.popover("The whole batch …"):
        st.write(
            f"{format_count(total, 'story')} will name you as their reviewer. Published stories count on every"
            " page. Under Batches you can move all of them back to draft."
        )
        _show_actions("the whole batch", batch, "batch")


def _show_actions(
    what: str, name: str, kind: str, current: str | None = None, coders_and_editors: Sequence[str] = ()
) -> None:
    """Show a button for each other status. An editor signs nothing off, nor does who coded or edited the story."""
    refused = why_not_sign_off()
    if any(is_same_person(person, current_editor()) for person in coders_and_editors):
        refused = "You coded or edited it, so somebody else must publish it."
    seen = note_seen(get_connection(), name)
    with st.container(horizontal=True):
        for status, label in (("reviewed", "Read"), ("published", "Read and publish"), ("draft", "Back to draft")):
            st.button(
                f"{label}: {what}",
                key=f"{kind}-{status}",
                on_click=_sign_off,
                args=(name, status, seen),
                disabled=status == current or (refused is not None and status != "draft"),
                help=refused if status != "draft" else None,
                type="primary" if status == "published" else "secondary",
            )


def _sign_off(name: str, status: str, seen: Seen | None = None) -> None:
    try:
        with st.spinner("Changing the database …"):
            moved = perform(move_to_draft, name) if status == "draft" else perform(sign_off, name, status, seen=seen)
        st.session_state["signed-off"] = (
            f"{format_count(len(moved), 'story')} of {escape_markdown(name)}: {status} now."
        )
    except CxdataError as error:
        st.session_state["edit-failed"] = str(error)


def _show_published() -> None:
    with st.expander("Edit a published story, or move it back to draft", icon=":material/undo:"):
        st.caption("A draft is on no page until somebody publishes it. Shipped stories stay published.")
        story = st.text_input("Id of the story", key="published-story", placeholder=WHERE_ID).strip()
        if not story:
            return
        try:
            require_editable(get_connection(), story)
        except CxdataError as error:
            show_refusal(error)
            return
        with st.container(horizontal=True):
            st.button("Edit this story", icon=":material/edit:", on_click=open_in_form, args=(story,))
            st.button("Back to draft", key="published-draft", on_click=_sign_off, args=(story, "draft"))
        show_changelog(story)


@st.cache_resource
def _preview() -> Preview:
    return Preview(get_engine(), load_codebook())
