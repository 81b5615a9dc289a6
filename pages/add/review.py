"""Read what nobody has published yet, sign it off, send it back; edit or take back what is published."""

import streamlit as st

from cxdata.codebook.codes import shipped_codebook
from cxdata.editing.preview import Preview
from cxdata.editing.review import sign_off
from cxdata.editing.stories import may_be_edited
from cxdata.editing.waiting import draft_batches, waiting_stories
from cxdata.errors import CxdataError
from cxdata.settings import database_path
from cxdata.store.records.story_reader import story_account, story_record
from cxdata.stories.person_names import is_same_person
from cxdata.text.formatting import count
from pages.add.changelog import show_history
from pages.add.reply import WHERE_ID, show_reply
from pages.add.write_story import edit
from pages.ui.cache import database
from pages.ui.done import say_done
from pages.ui.escaping import plain
from pages.ui.permissions import editor, must_edit
from pages.ui.story.story_view import show_draft

SHOWN = 200


def show_review(_: str) -> None:
    """The stories that wait, one of them as it would look, and what can be done with it."""
    say_done("signed-off")
    st.html('<h2 class="cx-headline">Waiting to be read</h2>')
    waiting = draft_batches(database())
    if not waiting:
        st.caption("Every story in the database is published.")
    else:
        _show_waiting(waiting)
    _show_published()
    show_reply()


def _show_waiting(drafts: dict[str, int]) -> None:
    batch = st.selectbox(
        "Batch",
        list(drafts),
        format_func=lambda name: f"{name}: {count(drafts[name], 'story')} not published",
        key="review-batch",
    )
    found = waiting_stories(database(), batch, SHOWN)
    if not found:
        return
    total = found[0]["waiting"]
    st.caption(
        f"{count(total, 'story')} of this batch {'counts' if total == 1 else 'count'} on no page yet"
        + (f"; the first {SHOWN} are listed." if total > SHOWN else ".")
        + " Who signs a story off has neither coded nor edited it."
    )
    _whole_batch(batch, total)
    titles = {
        row["story"]: f"{row['company']}: {row['title']} ({row['status']}, coded by {row['coder']})" for row in found
    }
    story = st.selectbox("One story", list(titles), format_func=lambda name: titles[name], key="review-story")
    if story:
        stands = next(row for row in found if row["story"] == story)
        _buttons("this story", story, "story", stands["status"], coder=stands["coder"])
        st.button("Edit it", icon=":material/edit:", on_click=edit, args=(story,))
        with st.container(border=True):
            st.caption("A preview: this is on no page yet.")
            show_draft(story_record(database(), story), _preview(), story_account(database(), story))
        show_history(story)


def _whole_batch(batch: str, total: int) -> None:
    # behind a second click: it puts somebody's name to every one of them
    with st.popover("The whole batch …"):
        st.write(
            f"{count(total, 'story')} will name you as their reader. Once published they count on every page; under "
            "Batches all of them can be taken back to draft."
        )
        _buttons("the whole batch", batch, "batch")


def _buttons(what: str, name: str, kind: str, stands: str | None = None, coder: str | None = None) -> None:
    """The ways to another status than the one it has; whoever coded it is not offered to sign it off."""
    is_own = is_same_person(coder, editor())
    with st.container(horizontal=True):
        for status, label in (("reviewed", "Read"), ("published", "Read and publish"), ("draft", "Back to draft")):
            st.button(
                f"{label}: {what}",
                key=f"{kind}-{status}",
                on_click=_sign_off,
                args=(name, status),
                disabled=status == stands or (is_own and status != "draft"),
                help="You have coded it: somebody else reads it." if is_own and status != "draft" else None,
                type="primary" if status == "published" else "secondary",
            )


def _sign_off(name: str, status: str) -> None:
    try:
        by = must_edit()
        with st.spinner("Changing the database …"):
            moved = sign_off(database_path(), name, status, by)
        st.session_state["signed-off"] = f"{count(len(moved), 'story')} of {plain(name)}: {status} now."
    except CxdataError as error:
        st.session_state["edit-failed"] = str(error)


def _show_published() -> None:
    with st.expander("Edit a published story, or take it back", icon=":material/undo:"):
        st.caption("Taken back it is a draft, and on no page, until somebody has read it. Shipped stories stay.")
        asked = st.text_input("Id of the story", key="published-story", placeholder=WHERE_ID).strip()
        if not asked:
            return
        try:
            may_be_edited(database(), asked)
        except CxdataError as error:
            st.error(plain(error), icon=":material/block:")
            return
        with st.container(horizontal=True):
            st.button("Edit this story", icon=":material/edit:", on_click=edit, args=(asked,))
            st.button("Back to draft", key="published-draft", on_click=_sign_off, args=(asked, "draft"))
        show_history(asked)


@st.cache_resource
def _preview() -> Preview:
    return Preview(shipped_codebook())
