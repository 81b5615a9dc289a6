"""The field that searches everything: beside every page, and at the top of the Search page."""

from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from pages.ui.markup import show_html

WORDS = "q"  # key of the address
ASKED = "search-asked"  # session key: words that the reader has just entered beside a page
PAGE = "search/page.py"
ADDRESS = "search"
LABEL = "Search everything"
LONGEST = 200  # characters of words


def show_search_field(page: str) -> None:
    """Show the field beside a page, and open the Search page once the reader has entered words."""
    with st.sidebar:
        show_html(script(), has_script=True)
        if page == ADDRESS:
            return  # the page has the field itself
        st.text_input(
            LABEL,
            key="search-field",
            icon=":material/search:",
            placeholder="Ctrl K",
            max_chars=LONGEST,
            on_change=_ask,
        )
    if words := st.session_state.pop(ASKED, ""):
        st.switch_page(PAGE, query_params={WORDS: words})


def read_words() -> str:
    """Return the words of the address that are searched for; '' for none."""
    return " ".join(st.query_params.get(WORDS, "")[:LONGEST].split())


def show_main_field() -> None:
    """Show the field on the Search page, with the words of the address."""
    st.session_state["search-words"] = read_words()
    st.text_input(
        LABEL,
        key="search-words",
        icon=":material/search:",
        placeholder="A company, what happened, an effort type …",
        max_chars=LONGEST,
        on_change=_write,
    )


def search_link(words: str) -> str:
    """Return the address of a search, relative to any page."""
    return f"{ADDRESS}?{urlencode({WORDS: words})}"


@cache
def script() -> str:
    """Return the script of the shortcut as HTML. The security policy of the dashboard allows it by its hash."""
    return f"<script>{Path(__file__).with_name('search_field.js').read_text('utf-8')}</script>"


def _ask() -> None:
    st.session_state[ASKED] = st.session_state["search-field"].strip()


def _write() -> None:
    st.query_params[WORDS] = st.session_state["search-words"].strip()
