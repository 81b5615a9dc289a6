"""Add stories: import files or write a story, review and publish, delete batches, fix company names."""

import streamlit as st

from cxdata.access.roles import Action
from cxdata.http.limits import UPLOADED_BYTES
from pages.add.batches import show_batches
from pages.add.companies import show_companies
from pages.add.formats import show_formats
from pages.add.review import show_review
from pages.add.upload import show_upload
from pages.add.write_story import show_story_form
from pages.ui.escaping import escape_markdown
from pages.ui.page_header import choose_section, show_page_header, show_refusal
from pages.ui.permissions import current_editor, current_role, may, permit_uploads
from pages.ui.visitor.prompts import show_sign_in

SECTIONS = {
    "file": ("From a file", show_upload),
    "write": ("Write one", show_story_form),
    "review": ("Read and publish", show_review),
    "batches": ("Batches", show_batches),
    "companies": ("Companies", show_companies),
}

show_page_header(
    "Add stories",
    "How do you add your own stories, one by one or a million at once? You see every fault before anything"
    " changes, and you can delete every import again. Nobody publishes what they coded themselves.",
)
name = current_editor()
permit_uploads(UPLOADED_BYTES if may(Action.IMPORT) else 0)
# shown to everybody: an editor may have lost the right while the page was open
if failed := st.session_state.pop("edit-failed", None):
    show_refusal(failed)
    st.toast(escape_markdown(failed.partition("\n")[0]), icon=":material/block:")
if name is None:
    show_sign_in()
    show_formats()
else:
    part = choose_section({key: label for key, (label, _) in SECTIONS.items()}, "What do you want to do?")
    SECTIONS[part][1](name)
    if part == "file":
        show_formats()
    st.caption(f"You edit as {escape_markdown(name)}, {current_role().words}.")
