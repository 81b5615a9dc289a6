"""The top of a page: what it is and the question it answers."""

from html import escape

import streamlit as st


def show_page_header(title: str, lead: str) -> None:
    """The page's one first-level heading, and a sentence that says what the page is for."""
    st.html(f'<h1 class="cx-title">{escape(title)}</h1><p class="cx-lead">{escape(lead)}</p>')
