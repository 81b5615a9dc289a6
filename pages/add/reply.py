"""The form that records a company's reply to a story or withdraws it."""

from datetime import date

import streamlit as st

from cxdata.editing.replies import record_reply, withdraw_reply
from cxdata.errors import CxdataError
from cxdata.questions.parameters import ALL_KINDS
from pages.ui.cache import rows
from pages.ui.permissions import perform
from pages.ui.story.replies import format_reply

LISTED = 500
WHERE_ID = "the word after story= in its address"


def show_reply_form() -> None:
    """Show the form: author, words, date and address. A recorded reply appears beside the story."""
    with st.expander("Record what a company says to a story", icon=":material/reply:"):
        story = _choose_story()
        if story:
            _show_known(story)
        author = st.text_input("Who speaks for the company", placeholder="AO.com, customer care", key="reply-author")
        words = st.text_area("What it says, in its own words", max_chars=4000, key="reply-words")
        replied_on = st.date_input("When it was said", date.today(), key="reply-on")
        url = st.text_input("Where it can be read (optional)", placeholder="https://", key="reply-url")
        st.button(
            "Record it",
            key="reply-record",
            disabled=not (story and author.strip() and words.strip()),
            on_click=_reply,
            args=(story, author, words, replied_on, url.strip() or None),
        )


def _choose_story() -> str | None:
    """Return a published story from a list, or by its id if there are too many to list."""
    titles = {
        row["story"]: f"{row['company']}: {row['title']}"
        for row in rows("stories_behind", story_kind=ALL_KINDS, most=LISTED)
    }
    if len(titles) == LISTED:
        return st.text_input("Id of the story it replies to", key="reply-id", placeholder=WHERE_ID).strip() or None
    chosen: str | None = st.selectbox(
        "Story it replies to", list(titles), index=None, format_func=lambda name: titles[name], key="reply-story"
    )
    return chosen


def _show_known(story: str) -> None:
    try:
        known = rows("story_replies", story=story)
    except CxdataError:
        return  # the button that records a reply reports an unknown story
    for row in known:
        with st.container(border=True):
            st.html(format_reply(row))
            number = row["reply"]
            st.button("Withdraw this reply", key=f"reply-back-{number}", on_click=_withdraw, args=(story, number))


def _withdraw(story: str, number: int) -> None:
    try:
        perform(withdraw_reply, story, number)
        st.session_state["signed-off"] = "The reply is withdrawn. The history of the story keeps its words."
    except CxdataError as error:
        st.session_state["edit-failed"] = str(error)


def _reply(story: str, author: str, words: str, replied_on: date, url: str | None) -> None:
    try:
        perform(record_reply, story, author, words, replied_on=replied_on, url=url)
        st.session_state["signed-off"] = "The reply is now beside the story."
        st.session_state["reply-words"] = ""
    except CxdataError as error:
        st.session_state["edit-failed"] = str(error)
