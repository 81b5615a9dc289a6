"""The message lens: four questions that a reader puts to any message of a company."""

from html import escape

import streamlit as st

from cxdata.text.formatting import format_count, join_list
from cxdata.text.message_lens import MessageReading, read_message

LONGEST = 20_000  # characters of a message
MOST = 8  # words shown of a kind


def show_message_lens() -> None:
    """Two fields, and below them what the message shows for each question."""
    st.html(
        '<h2 class="cx-headline">Read a company’s message</h2><p class="cx-subtitle">Does it use the name, answer,'
        " and commit to a date? Whose interest does it serve?</p>"
    )
    with st.expander("Paste a message"):
        text = st.text_area("The message", key="lens-message", max_chars=LONGEST, height=200)
        name = st.text_input("The customer’s name", key="lens-name", max_chars=200)
        if text.strip():
            st.html(format_reading(read_message(text, name)))
        st.caption(
            "The four questions are ours, after Maz Iqbal’s remarks on one email. The lens finds words in English, and"
            " you judge. It does not save the message."
        )


def format_reading(reading: MessageReading) -> str:
    """HTML: each question with what the text shows."""
    times = f"The text names {_listed(reading.times)}." if reading.times else "The text names no day, date or deadline."
    hedges = f" It leaves open: {_listed(reading.hedges)}." if reading.hedges else ""
    items = (
        ("Does it use the name?", _name(reading)),
        ("Does it answer?", "Only you can judge this. Write down the question, and look for its answer in the text."),
        ("Does it commit to a date?", f"{times}{hedges} Is any of it a promise to this customer?"),
        (
            "Whose interest does it serve?",
            f"It speaks of its writer (we, our, I) {format_count(reading.writer_count, 'time')} and of its reader"
            f" (you, your) {format_count(reading.reader_count, 'time')}. That is a hint only.",
        ),
    )
    return '<ul class="cx-lens">' + "".join(f"<li><b>{ask}</b> {said}</li>" for ask, said in items) + "</ul>"


def _name(reading: MessageReading) -> str:
    greeting = " The greeting names nobody." if reading.is_greeting_nameless else ""
    if reading.uses_name is None:
        return f"Enter the customer’s name to look for it.{greeting}"
    return f"{'Yes: the name occurs.' if reading.uses_name else 'No: the name does not occur.'}{greeting}"


def _listed(words: tuple[str, ...]) -> str:
    return join_list([f"“{escape(word)}”" for word in words], MOST)
