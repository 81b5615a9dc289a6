"""Promises and signs of the story form; a story may have neither."""

from typing import Any

import streamlit as st

from cxdata.codebook.codes import load_codebook
from cxdata.text.formatting import format_count
from pages.add.story_form.fields import FieldScope, choice, text_area, text_field
from pages.add.story_form.form_state import Content, new_key, remove
from pages.ui.escaping import escape_markdown

KEPT = {"kept": "Kept", "exceeded": "Exceeded", "broken": "Broken", "unclear": "Unclear"}
SHOWN = {True: "Shown", False: "Not shown"}


def show_promises(at: FieldScope) -> None:
    """What the company claims, and what happened."""
    promises: list[Content] = at.held["promises"]
    st.subheader("Promises")
    st.caption("What the company says of itself, and what became of it here. Leave out what the account does not tell.")
    for place, promise in enumerate(promises):
        own = at.within(promise["key"], promise, f"Promise {place + 1}")
        with st.container(border=True):
            st.markdown(f"**{own.called}**")
            text_field(own, "claim", "Claim", example="Free returns within 30 days")
            choice(own, "kept", "What became of it", KEPT)
            text_field(own, "standard", "Law or norm appealed to", example="none")
            text_area(own, "evidence", "Evidence", height=70)
            text_field(own, "locator", "Where the account tells it")
            st.button(
                f"Remove promise {place + 1}", key=own.key("remove"), on_click=remove, args=(promises, promise["key"])
            )
    st.button("Add a promise", icon=":material/add:", key=at.key("add-promise"), on_click=_add, args=(promises,))


def show_signs(at: FieldScope) -> None:
    """The six signs of a company that earns advocates, each with what the account says."""
    signs = load_codebook()["signs"]
    told: dict[str, Content] = {sign["sign"]: sign for sign in at.held["signs"] if sign.get("sign") in signs}
    with st.expander(f"The six signs: {format_count(len(told), 'sign')} filled in", key=at.key("signs")):
        st.caption("Leave both fields of a sign empty to leave it out; “not told” with a word of why is kept.")
        for sign, known in signs.items():
            own = at.within(sign, told.get(sign, {"sign": sign}))
            choice(own, "shown", known.label, SHOWN, "not told", escape_markdown(known.description))
            text_area(own, "evidence", f"Evidence: {known.label}", height=70)
            told[sign] = own.held
    at.held["signs"] = [sign for sign in told.values() if _says(sign)]


def _says(sign: dict[str, Any]) -> bool:
    return sign.get("shown") is not None or bool(sign.get("evidence"))


def _add(promises: list[Content]) -> None:
    promises.append({"key": new_key()})
