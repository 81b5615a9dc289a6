"""The state of one story form: what is written so far, the draft that keeps it, and the ways between them."""

import json
from dataclasses import dataclass
from uuid import uuid4

import streamlit as st

from cxdata.editing.drafts import Draft, Drafts, delete_draft, list_drafts, read_draft, save_draft
from cxdata.errors import CxdataError
from cxdata.settings import database_path
from cxdata.stories import Story
from pages.add.story_form.form_state import Content, from_story, is_well_formed, new_content
from pages.ui.permissions import require_editor


@dataclass
class Form:
    """A form under way. `draft` names the draft and the widgets, `edits` the story it changes if it is not new."""

    draft: str
    editor: str
    edits: str | None
    content: Content
    saved: str
    opened: str | None = None
    is_new: bool = True
    said: str = ""


def form_of(editor: str, story: Story | None) -> Form:
    """The form under way of this editor, or a new one."""
    place = _place(editor, story.story if story else None)
    if place not in st.session_state:
        st.session_state[place] = _new(
            editor, story.story if story else None, from_story(story) if story else new_content(editor)
        )
    form: Form = st.session_state[place]
    return form


def autosave(form: Form) -> None:
    """Keep what is written as a draft, where it has changed."""
    written = _written(form.content)
    if written == form.saved:
        return
    form.is_new = False
    try:
        require_editor()
        save_draft(database_path(), form.draft, form.editor, {"edits": form.edits, "story": form.content})
        form.saved, form.said = written, ""
    except CxdataError as error:
        form.said = str(error)


def kept_drafts(form: Form) -> Drafts:
    """The drafts of this editor for what this form is for."""
    found = list_drafts(database_path())
    own = [
        draft
        for draft in found.kept
        if draft.editor == form.editor and draft.content.get("edits") == form.edits and draft.draft != form.draft
    ]
    return Drafts(tuple(own), found.faults)


def resume(form: Form, draft_id: str) -> None:
    """Go on with a kept draft of this editor."""
    try:
        require_editor()
        draft = read_draft(database_path(), draft_id)
    except CxdataError as error:
        form.said = str(error)
        return
    story = draft.content.get("story")
    if not isinstance(story, dict) or not is_well_formed(story) or draft.editor != form.editor:
        form.said = f"draft {draft_id!r} is damaged and cannot be taken up"
        return
    whole = new_content(form.editor) | story
    st.session_state[_place(form.editor, form.edits)] = Form(
        draft_id, form.editor, form.edits, whole, _written(whole), is_new=False
    )


def delete(form: Form, draft_id: str) -> None:
    """Forget a kept draft of this editor."""
    try:
        require_editor()
        # a damaged one is nobody's, and is not offered
        if read_draft(database_path(), draft_id).editor == form.editor:
            delete_draft(database_path(), draft_id)
    except CxdataError as error:
        form.said = str(error)


def restart(form: Form) -> None:
    """Begin with an empty form; what was written stays among the drafts."""
    st.session_state.pop(_place(form.editor, form.edits), None)


def complete(editor: str, edits: str | None) -> None:
    """The story is where it belongs: neither its draft nor the form is needed any longer. DraftError if it stays."""
    form: Form | None = st.session_state.pop(_place(editor, edits), None)
    if form is not None:
        delete_draft(database_path(), form.draft)


def title_of(draft: Draft) -> str:
    """What a draft is called in a list."""
    story = draft.content.get("story")
    title = story.get("title") if isinstance(story, dict) else None
    return f"{title or 'without a title yet'}, {draft.saved_at:%d %B %Y, %H:%M} UTC"


def _new(editor: str, edits: str | None, content: Content) -> Form:
    return Form(uuid4().hex, editor, edits, content, _written(content))


def _place(editor: str, edits: str | None) -> str:
    return f"story-form {editor} {edits or ''}"


def _written(content: Content) -> str:
    """What counts as a change: words and figures, not whether a field has been drawn yet."""
    return json.dumps(_error_message(content), sort_keys=True)


def _error_message(value: object) -> object:
    if isinstance(value, dict):
        return {key: said for key, each in value.items() if (said := _error_message(each)) not in (None, "", [], {})}
    return [_error_message(each) for each in value] if isinstance(value, list) else value
