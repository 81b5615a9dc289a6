"""The form that writes one story by hand or edits one, with its faults and a preview as it grows."""

from typing import Any

import streamlit as st

from cxdata.stories import Story
from cxdata.text.formatting import format_count
from pages.add.story_form.feedback import show_feedback
from pages.add.story_form.fields import FieldScope, show_section
from pages.add.story_form.form_state import Form, autosave, delete, form_of, kept_drafts, restart, resume, title_of
from pages.add.story_form.record import CheckedContent, check, existing_names
from pages.add.story_form.sections import story_section
from pages.ui.escaping import escape_markdown


def show_form(editor: str, story: Story | None = None) -> Story | None:
    """Show the form of a new story, or of `story` to be edited.

    Every rerun keeps the content as a draft of this editor. Returns the story when the writer presses save, else None;
    the caller then empties the form with `form_state.complete`.
    """
    form = form_of(editor, story)
    names = existing_names(story)
    top = st.container()
    left, right = st.columns([6, 5], gap="large")
    with left:
        show_section(FieldScope(f"story-{form.draft}", form.content), story_section(names, form))
    autosave(form)
    with top:
        _show_drafts(form)  # after autosave, which may have failed
    checked = check(form.content, names)
    with right:
        show_feedback(checked.sketch, checked.faults)
    return _show_end(form.draft, checked)


def _show_drafts(form: Form) -> None:
    if form.message:
        st.warning(escape_markdown(form.message))
    if not form.is_new:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption("What you write is kept as a draft.")
            st.button("Begin anew", key=f"anew-{form.draft}", on_click=restart, args=(form,))
        return
    found = kept_drafts(form)
    for fault in found.faults:
        st.warning(escape_markdown(f"A draft cannot be read: {fault}."))
    if not found.kept:
        return
    titles = {draft.draft: title_of(draft) for draft in found.kept}
    with st.container(border=True):
        label = f"You have {format_count(len(titles), 'draft')}"
        chosen: Any = st.selectbox(label, list(titles), format_func=lambda each: titles[each], key=f"kept-{form.draft}")
        with st.container(horizontal=True):
            st.button("Take it up", key=f"take-{form.draft}", on_click=resume, args=(form, chosen))
            st.button("Drop it", key=f"drop-{form.draft}", on_click=delete, args=(form, chosen))


def _show_end(draft: str, checked: CheckedContent) -> Story | None:
    story = checked.story
    if story is None:
        st.caption(f"{format_count(len(checked.faults), 'thing')} still to do before the story can be saved.")
    with st.container(horizontal=True):
        is_pressed = st.button("Save to the database", type="primary", key=f"save-{draft}", disabled=story is None)
        st.download_button(
            "Download as a story file",
            checked.file,
            f"{story.story}.toml" if story else "story.toml",
            "application/toml",
            key=f"download-{draft}",
            on_click="ignore",
            disabled=story is None,
        )
    return story if is_pressed else None
