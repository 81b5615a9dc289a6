"""The open form of an editor, the drafts that keep its content, and those that can be taken up again."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import streamlit as st

from cxdata.access.roles import Action
from cxdata.editing.drafts import Draft, delete_draft, list_drafts, read_draft, save_draft
from cxdata.editing.stories import hash_story
from cxdata.errors import CxdataError
from cxdata.stories import Story
from cxdata.text.formatting import format_count
from pages.add.story_form.content import Content, from_story, is_well_formed, new_content
from pages.ui.cache import get_engine
from pages.ui.escaping import escape_markdown
from pages.ui.permissions import require


@dataclass
class Form:
    """An open form. `draft` names its draft and its widgets, `edits` the story that it changes unless it is new.

    `saved` is the content as last written to the draft, `opened` the key of the open encounter, `message` an error.
    `base` is the hash of the version that the edit began from, `conflict` the version that somebody saved meanwhile.
    """

    draft: str
    editor: str
    edits: str | None
    content: Content
    saved: str
    opened: str | None = None
    is_new: bool = True
    message: str = ""
    base: str = ""
    conflict: Story | None = None


def open_form(editor: str, story: Story | None) -> Form:
    """Return the open form of this editor, or a new one."""
    edits = story.story if story else None
    slot = _slot(editor, edits)
    if slot not in st.session_state:
        content = from_story(story) if story else new_content(editor)
        base = hash_story(story) if story else ""
        st.session_state[slot] = Form(uuid4().hex, editor, edits, content, _canonical_json(content), base=base)
    form: Form = st.session_state[slot]
    return form


def show_drafts(form: Form) -> None:
    """Keep changed content as a draft, and offer this editor's other drafts to a form that nothing is written in."""
    _autosave(form)
    if form.message:
        st.warning(escape_markdown(form.message))
    if not form.is_new:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption("What you write is kept as a draft.")
            st.button("Begin anew", key=f"anew-{form.draft}", on_click=restart, args=(form,))
        return
    found = list_drafts(get_engine())
    for fault in found.faults:
        st.warning(escape_markdown(f"A draft cannot be read: {fault}."))
    titles = {
        draft.draft: _title(draft)
        for draft in found.kept
        if (draft.editor, draft.content.get("edits")) == (form.editor, form.edits) and draft.draft != form.draft
    }
    if not titles:
        return
    with st.container(border=True):
        label = f"You have {format_count(len(titles), 'draft')}"
        chosen: Any = st.selectbox(label, list(titles), format_func=lambda each: titles[each], key=f"kept-{form.draft}")
        with st.container(horizontal=True):
            st.button("Continue", key=f"take-{form.draft}", on_click=_resume, args=(form, chosen))
            st.button("Drop it", key=f"drop-{form.draft}", on_click=delete_own_draft, args=(form, chosen))


def complete(editor: str, story: Story | None) -> None:
    """Empty the form after its story is saved, and delete its draft.

    `story` is the story that the form edits. Raises DraftError if the draft cannot be deleted.
    """
    form: Form | None = st.session_state.pop(_slot(editor, story.story if story else None), None)
    if form is not None:
        delete_draft(get_engine(), form.draft)


def _canonical_json(content: Content) -> str:
    """Return the words and figures as JSON; a field that is drawn but empty is no change."""
    return json.dumps(_without_empty(content), sort_keys=True)


def _autosave(form: Form) -> None:
    """Keep changed content as a draft."""
    written = _canonical_json(form.content)
    if written == form.saved:
        return
    form.is_new = False
    try:
        require(Action.WRITE_STORY)
        kept = {"edits": form.edits, "base": form.base, "story": form.content}
        save_draft(get_engine(), form.draft, form.editor, kept)
        form.saved, form.message = written, ""
    except CxdataError as error:
        form.message = str(error)


def _title(draft: Draft) -> str:
    """Return the label of a draft in a list."""
    story = draft.content.get("story")
    title = story.get("title") if isinstance(story, dict) else None
    return f"{title or 'without a title yet'}, {draft.saved_at:%d %B %Y, %H:%M} UTC"


def restart(form: Form) -> None:
    """Begin with an empty form; the draft stays."""
    st.session_state.pop(_slot(form.editor, form.edits), None)


def _resume(form: Form, draft_id: str) -> None:
    """Open a kept draft of this editor in the form."""
    try:
        require(Action.WRITE_STORY)
        draft = read_draft(get_engine(), draft_id)
    except CxdataError as error:
        form.message = str(error)
        return
    story = draft.content.get("story")
    if not isinstance(story, dict) or not is_well_formed(story) or draft.editor != form.editor:
        form.message = f"draft {draft_id!r} is damaged and cannot be opened"
        return
    # a draft of an older form lacks what the story was read for: that is the edited story's
    content = form.content | story
    base = str(draft.content.get("base") or "")  # unknown of an older draft: then the editor sees both versions
    st.session_state[_slot(form.editor, form.edits)] = Form(
        draft_id, form.editor, form.edits, content, _canonical_json(content), is_new=False, base=base
    )


def delete_own_draft(form: Form, draft_id: str) -> None:
    """Delete a kept draft of this editor."""
    try:
        require(Action.WRITE_STORY)
        # a damaged draft has no editor, and the form does not offer it
        if read_draft(get_engine(), draft_id).editor == form.editor:
            delete_draft(get_engine(), draft_id)
    except CxdataError as error:
        form.message = str(error)


def _slot(editor: str, edits: str | None) -> str:
    """Return the name under which the session holds the form."""
    return f"story-form {editor} {edits or ''}"


def _without_empty(value: object) -> object:
    if isinstance(value, dict):
        kept = {key: _without_empty(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each not in (None, "", [], {})}
    return [_without_empty(each) for each in value] if isinstance(value, list) else value
