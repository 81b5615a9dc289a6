"""The top of a page: what it is and the question it answers."""

from html import escape

import streamlit as st


def show_page_header(title: str, lead: str) -> None:
    """The page's one first-level heading, and a sentence that says what the page is for."""
    st.html(f'<h1 class="cx-title">{escape(title)}</h1><p class="cx-lead">{escape(lead)}</p>')


def show_flash(kept: str) -> None:
    """What a button left in the session under this name, once."""
    if told := st.session_state.pop(kept, None):
        st.success(told, icon=":material/check:")
        # a long page stands where its button was pressed, and the head of it is out of sight
        st.toast(told, icon=":material/check:")
