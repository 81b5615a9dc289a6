"""What a company says to a story that is told of it: beside the account, in the company's words."""

from html import escape
from typing import Any

import streamlit as st

from cxdata.text.formatting import sentence
from pages.ui.cache import rows
from pages.ui.escaping import link_to, paragraphs

NOTE = "In the company’s own words, which nobody has checked; no figure here follows from them."


def show_replies(story: str) -> None:
    """Every reply to the story, the first first; nothing where there is none."""
    replies = rows("story_replies", story=story)
    if replies:
        told = "".join(reply_html(row) for row in replies)
        st.html(f'<h2 class="cx-headline">What the company says</h2><p class="cx-note">{NOTE}</p>{told}')


def reply_html(row: dict[str, Any]) -> str:
    """One reply, with who said it, when and where."""
    said = sentence(
        [escape(row["author"]), f"{row['replied_on']}", link_to(row["url"], "the reply itself") if row["url"] else ""]
    )
    return f'<blockquote class="cx-notes">{paragraphs(row["words"])}</blockquote><p class="cx-source">{said}</p>'
