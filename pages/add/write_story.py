"""The part of the page that creates a story or edits an existing one."""

import streamlit as st

from cxdata.editing.stories import StoryChanged, create_story, require_editable, update_story
from cxdata.errors import CxdataError
from cxdata.store.records.story_reader import read_story
from cxdata.stories import Story
from pages.add.erasure import show_erased, show_erasure
from pages.add.story_form.drafts import complete, open_form
from pages.add.story_form.form import show_form
from pages.ui.cache import get_connection
from pages.ui.escaping import escape_markdown
from pages.ui.page_header import show_flash, show_refusal
from pages.ui.permissions import perform

EDIT = "edit"


def show_story_form(editor: str) -> None:
    """Show the form; with ?edit=STORY it holds that story."""
    show_flash("story-written")
    show_erased()
    story_id = st.query_params.get(EDIT)
    try:
        if story_id:
            require_editable(get_connection(), story_id)
        story = read_story(get_connection(), story_id) if story_id else None
    except CxdataError as error:
        show_refusal(error)
        st.button("Write a new story instead", on_click=_cancel)
        return
    if story:
        _explain_editing(story)
    written = show_form(editor, story)
    if written is None:
        return
    try:
        if story:
            perform(update_story, story.story, written, base=open_form(editor, story).base)
            message = (
                f"{escape_markdown(written.title)} is saved as a draft. It is on no page until somebody else"
                " publishes it. Its history keeps the version before."
            )
        else:
            batch = perform(create_story, written)
            message = (
                f"{escape_markdown(written.title)} is saved as a draft (batch {batch}). Somebody else reviews and"
                " publishes it."
            )
    except StoryChanged as changed:
        open_form(editor, story).conflict = changed.present
        st.rerun()
    except CxdataError as error:
        show_refusal(error)
        return
    complete(editor, story)
    st.session_state["story-written"] = message
    _cancel()
    st.rerun()


def open_in_form(story: str) -> None:
    """Open this story in the form, from a button of another part."""
    st.session_state["part"] = "write"
    st.query_params[EDIT] = story


def _explain_editing(story: Story) -> None:
    status = "" if story.status == "draft" else f"It is {story.status}. When you save it, it becomes a draft again. "
    st.info(
        f"You edit “{escape_markdown(story.title)}”. {status}If you edit a story, somebody else must publish it:"
        " a person who did not code or edit it.",
        icon=":material/edit:",
    )
    with st.container(horizontal=True):
        st.button("Cancel", on_click=_cancel)
        show_erasure(story.story)


def _cancel() -> None:
    st.query_params.pop(EDIT, None)
