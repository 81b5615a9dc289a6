"""Write one story by hand, or edit one that is there."""

import streamlit as st

from cxdata.database.read_back import story_record
from cxdata.errors import CxdataError
from cxdata.intake import may_be_edited, save_edit, save_story
from cxdata.places import database_path
from cxdata.stories import Story
from pages.shared.data import database
from pages.shared.done import say_done
from pages.shared.editing import must_edit
from pages.shared.plain import plain
from pages.shared.story_form import story_form, story_saved

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
