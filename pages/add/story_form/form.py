"""The form that writes one story by hand or edits one: its fields, its faults, a preview, and the end."""

import streamlit as st

from cxdata.stories import Story
from cxdata.stories.partial_story import PartialStory
from cxdata.text.formatting import format_count
from pages.add.story_form.conflict import show_conflict
from pages.add.story_form.drafts import open_form, show_drafts
from pages.add.story_form.faults import describe_fault
from pages.add.story_form.feedback import show_feedback
from pages.add.story_form.fields import FieldScope, show_section
from pages.add.story_form.record import check, existing_names
from pages.add.story_form.sections import story_section


def show_form(editor: str, story: Story | None = None) -> Story | None:
    """Show the form of a new story, or of `story` to be edited.

    Every rerun keeps the content as a draft of this editor. Returns the story when the writer presses save, else None;
    the caller then empties the form with `complete`.
    """
    form = open_form(editor, story)
    names = existing_names(story)
    top = st.container()
    left, right = st.columns([6, 5], gap="large")
    section = story_section(names, form, is_new=form.edits is None)
    with left:
        show_section(FieldScope(f"story-{form.draft}", form.content), section)
    with top:
        show_drafts(form)  # after the fields, because it keeps what they hold now
    checked = check(form.content, names)
    if form.conflict:
        with top:
            show_conflict(form, form.conflict, checked.file)
    with right:
        show_feedback(checked.sketch, [describe_fault(fault, section, form.content) for fault in checked.faults])
    return _show_end(form.draft, checked)


def _show_end(draft: str, checked: PartialStory) -> Story | None:
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
