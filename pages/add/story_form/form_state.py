"""The state of a story form: the content written so far, the draft that keeps it, and the moves between drafts.

Content is plain dicts and lists, so that a draft can keep it as JSON.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import streamlit as st

from cxdata.editing.drafts import Draft, Drafts, delete_draft, list_drafts, read_draft, save_draft
from cxdata.editing.stories import UNREAD
from cxdata.errors import CxdataError
from cxdata.stories import Story
from pages.ui.cache import get_engine
from pages.ui.permissions import require_editor

NEW = "+ new"  # no name or id of a source has a plus and a space
OWN = ("key", "spellings", "company_choice", "source_choice")  # fields of the form alone, not of the story
SEVERAL = ("encounters", "promises", "signs")
NUMBERS = ("feeling", "times", "minutes", "ces")

Content = dict[str, Any]


@dataclass
class Form:
    """An open form. `draft` names its draft and its widgets, `edits` the story that it changes unless it is new.

    `saved` is the content as last written to the draft, `opened` the key of the open encounter, `message` an error.
    """

    draft: str
    editor: str
    edits: str | None
    content: Content
    saved: str
    opened: str | None = None
    is_new: bool = True
    message: str = ""


def form_of(editor: str, story: Story | None) -> Form:
    """Return the open form of this editor, or a new one."""
    edits = story.story if story else None
    slot = _slot(editor, edits)
    if slot not in st.session_state:
        content = from_story(story) if story else new_content(editor)
        st.session_state[slot] = Form(uuid4().hex, editor, edits, content, _canonical(content))
    form: Form = st.session_state[slot]
    return form


def autosave(form: Form) -> None:
    """Keep changed content as a draft."""
    written = _canonical(form.content)
    if written == form.saved:
        return
    form.is_new = False
    try:
        require_editor()
        save_draft(get_engine(), form.draft, form.editor, {"edits": form.edits, "story": form.content})
        form.saved, form.message = written, ""
    except CxdataError as error:
        form.message = str(error)


def kept_drafts(form: Form) -> Drafts:
    """Return this editor's other drafts of the same story, or of new stories."""
    found = list_drafts(get_engine())
    own = [
        draft
        for draft in found.kept
        if draft.editor == form.editor and draft.content.get("edits") == form.edits and draft.draft != form.draft
    ]
    return Drafts(tuple(own), found.faults)


def resume(form: Form, draft_id: str) -> None:
    """Open a kept draft of this editor in the form."""
    try:
        require_editor()
        draft = read_draft(get_engine(), draft_id)
    except CxdataError as error:
        form.message = str(error)
        return
    story = draft.content.get("story")
    if not isinstance(story, dict) or not is_well_formed(story) or draft.editor != form.editor:
        form.message = f"draft {draft_id!r} is damaged and cannot be taken up"
        return
    content = new_content(form.editor) | story
    st.session_state[_slot(form.editor, form.edits)] = Form(
        draft_id, form.editor, form.edits, content, _canonical(content), is_new=False
    )


def delete(form: Form, draft_id: str) -> None:
    """Delete a kept draft of this editor."""
    try:
        require_editor()
        # a damaged draft has no editor, and the form does not offer it
        if read_draft(get_engine(), draft_id).editor == form.editor:
            delete_draft(get_engine(), draft_id)
    except CxdataError as error:
        form.message = str(error)


def restart(form: Form) -> None:
    """Begin with an empty form; the draft stays."""
    st.session_state.pop(_slot(form.editor, form.edits), None)


def complete(editor: str, story: Story | None) -> None:
    """Empty the form after its story is saved and delete its draft. `story` is the one the form was opened to edit.

    Raises DraftError if the draft cannot be deleted.
    """
    form: Form | None = st.session_state.pop(_slot(editor, story.story if story else None), None)
    if form is not None:
        delete_draft(get_engine(), form.draft)


def title_of(draft: Draft) -> str:
    """Return the label of a draft in a list."""
    story = draft.content.get("story")
    title = story.get("title") if isinstance(story, dict) else None
    return f"{title or 'without a title yet'}, {draft.saved_at:%d %B %Y, %H:%M} UTC"


def new_content(editor: str) -> Content:
    """Return the content of an empty form."""
    return {
        "status": "draft",
        "coder": editor,
        "coded_on": date.today().isoformat(),
        "company": {},
        "source": {},
        "encounters": [],
        "promises": [],
        "signs": [],
    }


def from_story(story: Story) -> Content:
    """Return the content of an existing story to be edited: a draft, because nobody has reviewed the edit."""
    content = story.model_copy(update=UNREAD).model_dump(mode="json")
    for item in (*content["encounters"], *content["promises"]):
        item["key"] = new_key()
        for event in item.get("effort", []):
            event["key"] = new_key()
    # chosen from the known ones, so that a new company or source begins empty
    chosen = {"company_choice": story.company.name, "source_choice": story.source.id}
    return content | {"company": {}, "source": {}} | chosen


def is_well_formed(content: Mapping[str, Any]) -> bool:
    """Return whether the form can show this content of a draft; somebody may have changed the file."""
    return all(_fits(name, value) for name, value in content.items())


def _fits(name: str, value: Any) -> bool:
    if name in (*SEVERAL, "effort"):
        return isinstance(value, list) and all(
            isinstance(item, dict)
            and is_well_formed(item)
            and isinstance(item.get("key", "" if name == "signs" else None), str)
            for item in value
        )
    if name in ("company", "source"):
        return isinstance(value, dict) and is_well_formed(value)
    if name in ("emotions", "aliases"):
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if name == "shown":
        return value is None or isinstance(value, bool)
    return value is None or (isinstance(value, int | float if name in NUMBERS else str) and not isinstance(value, bool))


def new_key() -> str:
    """Return a key for an item, so that it keeps its widgets when it moves."""
    return uuid4().hex[:8]


def move(items: list[Content], key: str, by: int) -> None:
    """Move the item with this key by some places, unless it would leave the list."""
    index = _index(items, key)
    if 0 <= index + by < len(items):
        items.insert(index + by, items.pop(index))


def remove(items: list[Content], key: str) -> None:
    """Remove the item with this key."""
    del items[_index(items, key)]


def _index(items: Sequence[Content], key: str) -> int:
    return next(index for index, item in enumerate(items) if item["key"] == key)


def _slot(editor: str, edits: str | None) -> str:
    """Return the name under which the session holds the form."""
    return f"story-form {editor} {edits or ''}"


def _canonical(content: Content) -> str:
    """Return the words and figures as JSON; a field that is drawn but empty is no change."""
    return json.dumps(_without_empty(content), sort_keys=True)


def _without_empty(value: object) -> object:
    if isinstance(value, dict):
        kept = {key: _without_empty(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each not in (None, "", [], {})}
    return [_without_empty(each) for each in value] if isinstance(value, list) else value
