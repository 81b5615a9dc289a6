"""A conflict of two edits: the version of this form beside the one that somebody else has saved meanwhile."""

import streamlit as st

from cxdata.editing.stories import hash_story
from cxdata.stories import Story
from cxdata.stories.serialiser import serialise_story
from pages.add.changelog import changed_lines
from pages.add.story_form.drafts import Form, restart


def show_conflict(form: Form, present: Story, own: str) -> None:
    """Show both versions as story files, and let the editor choose; `own` is the file of this form."""
    st.error(
        "Somebody else changed this story while you edited it. Nothing was saved, and nothing you wrote is lost.",
        icon=":material/call_split:",
    )
    theirs = serialise_story(present)
    st.caption("The differences: − is their version, + is yours.")
    st.code("\n".join(changed_lines({"before": theirs, "after": own})), language="diff", wrap_lines=True)
    for label, text in (("Their version", theirs), ("Your version", own)):
        with st.expander(label):
            st.code(text, language="toml", wrap_lines=True)
    with st.container(horizontal=True):
        st.button("Keep my version", key=f"mine-{form.draft}", on_click=_keep_own, args=(form, present))
        st.button("Take their version", key=f"theirs-{form.draft}", on_click=restart, args=(form,))
    st.caption("Keep yours and save again: theirs stays in the history. Or take theirs: yours stays as a draft.")


def _keep_own(form: Form, present: Story) -> None:
    form.base, form.conflict = hash_story(present), None
