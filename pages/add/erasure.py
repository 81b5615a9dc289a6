"""The button that erases the story in the form, and the list of the copies that still hold it."""

import streamlit as st

from cxdata.access.roles import Action
from cxdata.editing.erasure import describe_erasure, erase_story
from cxdata.errors import CxdataError
from pages.ui.escaping import escape_markdown
from pages.ui.permissions import may, perform

ERASED = "story-erased"  # session key of the answer


def show_erasure(story: str) -> None:
    """Show the button that erases a story, to those who may."""
    if not may(Action.ERASE):
        return
    with st.popover("Erase this story …", icon=":material/delete_forever:"):
        st.write(
            "This deletes the story and every word about it: the customer's own words, its history, replies and second "
            "codings. Nobody can undo it."
        )
        st.button("Erase it", key="erase-story", on_click=_erase, args=(story,))


def show_erased() -> None:
    """Show once what the last erasure did, and which files still hold the story."""
    if lines := st.session_state.pop(ERASED, None):
        st.success("  \n".join(escape_markdown(line) for line in lines), icon=":material/delete_forever:")


def _erase(story: str) -> None:
    try:
        with st.spinner("Erasing it …"):
            erasure = perform(erase_story, story)
    except CxdataError as error:
        st.session_state["edit-failed"] = str(error)
        return
    st.session_state[ERASED] = describe_erasure(erasure)
    st.query_params.pop("edit", None)
