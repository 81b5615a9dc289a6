"""Write one story by hand, or edit one that is there."""

import streamlit as st

from cxdata.editing.stories import may_be_edited, save_edit, save_story
from cxdata.errors import CxdataError
from cxdata.settings import database_path
from cxdata.store.records.story_reader import story_record
from cxdata.stories import Story
from pages.add.story_form.form import story_form, story_saved
from pages.ui.cache import database
from pages.ui.done import say_done
from pages.ui.escaping import plain
from pages.ui.permissions import must_edit

EDIT = "edit"


def show_write(editor: str) -> None:
    """The form; with ?edit=STORY it holds that story."""
    say_done("story-written")
    asked = st.query_params.get(EDIT)
    try:
        story = _to_edit(asked) if asked else None
    except CxdataError as error:
        st.error(plain(error), icon=":material/block:")
        st.button("Write a new story instead", on_click=_leave)
        return
    if story:
        _say_what_follows(story)
    written = story_form(editor, story)
    if written is None:
        return
    try:
        name = must_edit()
        if story:
            save_edit(database_path(), story.story, written, name)
            told = "is saved as a draft, and is on no page until somebody else has read it; what stood there before is "
            told = f"{plain(written.title)} {told}in its history."
        else:
            batch = save_story(database_path(), written, name)
            told = f"{plain(written.title)} is saved as a draft (batch {batch}); somebody else reads and publishes it."
    except CxdataError as error:
        st.error(plain(error), icon=":material/block:")
        return
    story_saved(editor, story)
    st.session_state["story-written"] = told
    _leave()
    st.rerun()


def edit(story: str) -> None:
    """Have the form hold this story; for a button of another part."""
    st.session_state["part"] = "write"
    st.query_params[EDIT] = story


def _to_edit(asked: str) -> Story:
    may_be_edited(database(), asked)
    return story_record(database(), asked)


def _say_what_follows(story: Story) -> None:
    stands = "" if story.status == "draft" else f"It is {story.status}; saved, it is a draft again. "
    st.info(
        f"You edit “{plain(story.title)}”. {stands}Whoever edits a story does not sign it off: somebody who has "
        "neither coded nor edited it reads and publishes it.",
        icon=":material/edit:",
    )
    st.button("Leave it as it is", on_click=_leave)


def _leave() -> None:
    st.query_params.pop(EDIT, None)
