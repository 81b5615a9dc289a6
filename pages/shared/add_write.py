"""Write one story by hand, or edit one that is there."""

import streamlit as st

from cxdata.database.read_back import story_record
from cxdata.errors import CxdataError
from cxdata.intake import save_edit, save_story
from cxdata.places import database_path
from pages.shared.data import database
from pages.shared.editing import must_edit
from pages.shared.plain import plain
from pages.shared.story_form import story_form, story_saved

EDIT = "edit"


def show_write(editor: str) -> None:
    """The form; with ?edit=STORY it holds that story."""
    if told := st.session_state.pop("story-written", None):
        st.success(told, icon=":material/check:")
    asked = st.query_params.get(EDIT)
    try:
        story = story_record(database(), asked) if asked else None
    except CxdataError as error:
        st.error(plain(error))
        return
    if story:
        st.caption(f"You edit “{plain(story.title)}”. What stands there now is kept in the story's history.")
    written = story_form(editor, story)
    if written is None:
        return
    try:
        name = must_edit()
        if story:
            save_edit(database_path(), story.story, written, name)
            told = f"{plain(written.title)} is saved; what stood there before is in its history."
        else:
            batch = save_story(database_path(), written, name)
            told = f"{plain(written.title)} is saved as a draft (batch {batch}); somebody else reads and publishes it."
    except CxdataError as error:
        st.error(plain(error))
        return
    story_saved(editor, story)
    st.session_state["story-written"] = told
    st.query_params.pop(EDIT, None)
    st.rerun()
