"""The sections of the Method page: their headings, and the table of contents."""

import streamlit as st

SECTIONS = {
    "words": "The words we use",
    "unit": "The unit of effort",
    "scores": "The scores",
    "coding": "How a story is coded",
    "reading": "What stories are read for",
    "limits": "What these figures can and cannot show",
    "agreement": "How far coders agree",
    "codebook": "The codebook",
    "sources": "Sources",
    "data": "Download the data",
    "kept": "What is kept, and for how long",
    "cite": "How to cite",
    "demo": "How to open the demo",
}


def section_header(name: str) -> str:
    """Return the heading of a section with the anchor of its links."""
    return f'<h2 class="cx-headline" id="{name}">{SECTIONS[name]}</h2>'


def show_contents() -> None:
    """Show a link to each section."""
    links = " ".join(f'<a href="#{name}">{words}</a>' for name, words in SECTIONS.items())
    st.html(f'<nav class="cx-way" aria-label="On this page">{links}</nav>')
