"""What has just been done, said where it is seen: at the head of the page, and wherever the reader is on it."""

import streamlit as st


def show_flash(kept: str) -> None:
    """What a button left in the session under this name, once."""
    if told := st.session_state.pop(kept, None):
        st.success(told, icon=":material/check:")
        # a long page stands where its button was pressed, and the head of it is out of sight
        st.toast(told, icon=":material/check:")
