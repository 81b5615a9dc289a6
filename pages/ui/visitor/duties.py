"""What each role may do, in words for somebody who may not."""

import streamlit as st

from cxdata.access.roles import Action, Role
from cxdata.text.formatting import join_list
from pages.ui.tables.row_table import format_row_table

DUTIES = {
    Action.READ: "read every page and make charts",
    Action.DOWNLOAD_DATABASE: "download the data",
    Action.READ_DRAFTS: "read drafts",
    Action.IMPORT: "import files of stories",
    Action.WRITE_STORY: "write or change a story",
    Action.DELETE_BATCH: "delete an import",
    Action.BACK_TO_DRAFT: "take a story off the pages",
    Action.REPLY: "add a company’s reply",
    Action.CHANGE_COMPANY: "rename and merge companies",
    Action.ANNOTATE: "note what happened on a day",
    Action.PUBLISH_VIEW: "show a chart to everybody",
    Action.CLOSE_VIEW: "hide it again",
    Action.SIGN_OFF: "publish a story that somebody else coded",
    Action.ERASE: "erase a story",
    Action.RETAIN: "delete old words of customers",
    Action.READ_LOG: "see who did what",
    Action.BACK_UP: "back up the data",
    Action.RESTORE: "restore the data",
}
"""What a person does in each action, in the order in which the roles name them. Anybody may sign in and out."""


def show_duties() -> None:
    """Show a folded table of the roles and what each may do."""
    with st.expander("Who may do what", icon=":material/badge:"):
        st.html(format_row_table("Who may do what", [_line(role) for role in Role if role > Role.STRANGER]))


def _line(role: Role) -> dict[str, object]:
    own = join_list([words for action, words in DUTIES.items() if action.needs == role], len(DUTIES))
    return {"role": role.name.capitalize(), "may": own if role == Role.READER else f"also {own}"}
