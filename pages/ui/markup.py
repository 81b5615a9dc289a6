"""HTML on a page: long HTML, and glossary terms that open their meaning by mouse, finger or keyboard."""

from functools import lru_cache
from html import escape
from zlib import crc32

import streamlit as st

from cxdata.text.glossary import Term, split_at_terms


class _Markup(str):
    """HTML of which Streamlit takes every character as it is."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def show_html(html: str, *, has_script: bool = False) -> None:
    """Show HTML as `st.html` does, without its search for a common indentation: 2 ms for the tables of a codebook.

    Only a script that the security policy names runs.
    """
    st.html(_Markup(html), unsafe_allow_javascript=has_script)


@lru_cache(maxsize=512)
def explain_terms(text: str) -> str:
    """Return a text as HTML in which the first mention of each glossary term opens its meaning."""
    place = f"{crc32(text.encode()):x}"
    return "".join(
        escape(words) if term is None else _button(words, term, place) for words, term in split_at_terms(text)
    )


def _button(words: str, term: Term, place: str) -> str:
    # the popover API opens and closes it without script: Enter, Escape and a click outside work in every browser
    name = f"{term.anchor}-{place}"
    return (
        f'<button type="button" class="cx-term" popovertarget="{name}">{escape(words)}</button>'
        f'<span popover class="cx-meaning" id="{name}" role="note"><b>{escape(term.term)}</b>: '
        f"{escape(term.meaning)} <i>For example: {escape(term.example)}</i></span>"
    )
