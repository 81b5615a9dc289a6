"""A form to write one story by hand, or to edit one: every field, its faults and its picture as it grows."""

from functools import lru_cache
from typing import Any

import streamlit as st

from cxdata.codebook.codes import load_codebook
from cxdata.errors import Fault, StoryError
from cxdata.store.engine import Connection
from cxdata.store.records.story_reader import list_story_ids, read_companies, read_sources
from cxdata.stories import Story
from cxdata.stories.partial_story import PLACE, complete_story, parse_partial
from cxdata.stories.serialiser import serialise_story
from cxdata.text.formatting import format_count
from pages.add.story_form.feedback import show_faults, show_preview
from pages.add.story_form.fields import FieldScope, choice, code, text_area, text_field
from pages.add.story_form.form_state import ExistingNames, to_record, with_own_names
from pages.add.story_form.sections import show_encounters
from pages.add.story_form.story_claims import show_promises, show_signs
from pages.add.story_form.story_origin import show_company, show_source
from pages.add.story_form.story_state import (
    Form,
    autosave,
    complete,
    delete,
    form_of,
    kept_drafts,
    restart,
    resume,
    title_of,
)
from pages.ui.cache import get_connection
from pages.ui.escaping import escape_markdown

VERDICTS = {"fame": "Fame: the author praises it", "shame": "Shame: the author accuses", "none": "None is given"}
BASIS = {"told": "Told in the account", "inferred": "Inferred"}
CES = {score: str(score) for score in range(1, 8)}


def show_form(editor: str, story: Story | None = None) -> Story | None:
    """The form of a new story, or of `story` to be edited; the story when its writer wants it saved, else None.

    What is written is kept as a draft of this editor at every rerun. Whoever has saved the story calls `story_saved`.
    """
    form = form_of(editor, story)
    known = with_own_names(_known(get_connection()), story)
    top = st.container()
    written, seen = st.columns([6, 5], gap="large")
    with written:
        _show_fields(FieldScope(f"story-{form.draft}", form.content), form, known)
    autosave(form)
    with top:
        _show_drafts(form)  # once it is known whether the draft could be kept
    record = to_record(form.content, known)
    told, faults = parse_partial(record, load_codebook())
    faults += _is_id_taken(record, known)
    file = ""
    if told is not None:
        try:
            file = _file(told)
        except StoryError as error:  # longer than a story file may be
            faults += error.faults
    with seen:
        show_preview(complete_story(record, load_codebook()))
        show_faults(faults)
    return _show_end(form, told if not faults else None, file, len(faults))


def reset_form(editor: str, story: Story | None = None) -> None:
    """Empty the form and drop its draft. `story` is what the form was given to edit."""
    complete(editor, story.story if story else None)


def _show_fields(at: FieldScope, form: Form, known: ExistingNames) -> None:
    show_company(at, known)
    code(at, "job", "Job the customer wanted done", "jobs")
    text_field(at, "title", "Title of the story", "What happened, in a line.", most=80)
    text_area(at, "summary", "Summary of the story", "In your own words, two sentences or three.")
    _show_id(at, form, known)
    text_field(
        at, "happened_on", "When it happened", "A year, a month or a day.", "2017, 2017-12 or 2017-12-24", most=10
    )
    choice(at, "happened_basis", "How this is known", BASIS, "not told when")
    code(at, "outcome", "Outcome", "outcomes")
    code(at, "loyalty", "Loyalty", "loyalty", "not told")
    choice(at, "verdict", "The author’s own verdict", VERDICTS)
    said = "How easy the company made it, 1 to 7, only where the customer gave a figure."
    choice(at, "ces", "Customer effort score", CES, "not told", said)
    show_source(at, known)
    show_encounters(form, at)
    show_promises(at)
    show_signs(at)
    text_area(at, "notes", "Notes on the coding", "Why it is coded so: for the reviewer.", most=20_000)


def _show_id(at: FieldScope, form: Form, known: ExistingNames) -> None:
    """The id, offered from company and title until somebody writes another; of a story that is there it stays."""
    key = at.key("story")
    if form.edits is None and not at.held.get("story"):
        st.session_state[key] = to_record(at.held, known)["story"]
    at.seed("story", at.held.get("story") or "")
    said = "Lower-case words joined by hyphens; empty it to have the proposal back."
    st.text_input(
        "Id of the story",
        key=key,
        max_chars=80,
        help=said,
        disabled=form.edits is not None,
        on_change=_take_id,
        args=(form, key),
    )


def _take_id(form: Form, key: str) -> None:
    form.content["story"] = st.session_state[key].strip() or None


def _show_drafts(form: Form) -> None:
    if form.said:
        st.warning(escape_markdown(form.said))
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


def _show_end(form: Form, story: Story | None, file: str, faults: int) -> Story | None:
    if story is None:
        st.caption(f"{format_count(faults, 'thing')} still to do before the story can be saved.")
    with st.container(horizontal=True):
        wanted = st.button("Save to the database", type="primary", key=f"save-{form.draft}", disabled=story is None)
        st.download_button(
            "Download as a story file",
            file,
            f"{story.story}.toml" if story else "story.toml",
            "application/toml",
            key=f"download-{form.draft}",
            on_click="ignore",
            disabled=story is None,
        )
    return story if wanted else None


def _is_id_taken(record: dict[str, Any], known: ExistingNames) -> list[Fault]:
    if record["story"] in known.stories:
        return [Fault(PLACE, f"story {record['story']!r} is in the database; call this one otherwise")]
    return []


@lru_cache(maxsize=8)
def _file(story: Story) -> str:
    return serialise_story(story)


@lru_cache(maxsize=1)
def _known(connection: Connection) -> ExistingNames:
    companies = {company.name: company for company in read_companies(connection)}
    sources = {source.id: source for source in read_sources(connection)}
    return ExistingNames(companies, sources, frozenset(list_story_ids(connection)))
