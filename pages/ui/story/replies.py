"""A company's replies to a story, in the company's words."""

from html import escape

import streamlit as st

from cxdata.questions.rows import StoryRepliesRow
from cxdata.text.formatting import join_parts
from pages.ui.cache import rows
from pages.ui.escaping import external_link, to_paragraphs

NOTE = "These are the company’s own words. Nobody has checked them, and they change no figure."


def show_replies(story: str) -> None:
    """Show every reply to the story, oldest first; show nothing if there are none."""
    replies = rows("story_replies", story=story)
    if replies:
        quotes = "".join(format_reply(row) for row in replies)
        st.html(f'<h2 class="cx-headline">What the company says</h2><p class="cx-note">{NOTE}</p>{quotes}')


def format_reply(row: StoryRepliesRow) -> str:
    """Return one reply as HTML, with its author, date and link."""
    origin = join_parts(
        [
            escape(row["author"]),
            f"{row['replied_on']}",
            external_link(row["url"], "the reply itself") if row["url"] else "",
        ]
    )
    return f'<blockquote class="cx-notes">{to_paragraphs(row["words"])}</blockquote><p class="cx-source">{origin}</p>'
