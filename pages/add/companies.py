"""Company names: merge similar names, or rename a company. Old links keep working."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from cxdata.editing.companies import merge_companies, rename_company
from cxdata.errors import CxdataError
from cxdata.store.records.company_names import find_similar
from cxdata.text.formatting import format_count
from pages.ui.cache import get_connection, rows
from pages.ui.escaping import escape_markdown
from pages.ui.page_header import show_flash
from pages.ui.permissions import perform

SHOWN = 30


def show_companies(_: str) -> None:
    """Show pairs of similar names with a button to merge them, and a form to rename a company."""
    show_flash("company-changed")
    st.html('<h2 class="cx-headline">Names that are nearly the same</h2>')
    found = find_similar(get_connection())
    if not found:
        st.caption("No two companies have nearly the same name.")
    for pair in found[:SHOWN]:
        with st.container(border=True):
            details, actions = st.columns([3, 2], vertical_alignment="center")
            details.markdown(
                f"**{escape_markdown(pair.company)}** ({format_count(pair.story_count, 'story')})  \n"
                f"**{escape_markdown(pair.into)}** ({format_count(pair.into_story_count, 'story')})"
            )
            with actions.popover(f"Merge {escape_markdown(pair.company)} …", width="stretch"):
                st.write(
                    "Are they one company? After you merge them, the other name still finds it in links, filters"
                    " and imports."
                )
                for old_name, new_name in ((pair.company, pair.into), (pair.into, pair.company)):
                    st.button(
                        f"Call both {escape_markdown(new_name)}",
                        key=f"merge-{old_name}-{new_name}",
                        on_click=_apply,
                        args=(merge_companies, f"{old_name} is {new_name} now.", old_name, new_name),
                    )
    if len(found) > SHOWN:
        st.caption(f"And {len(found) - SHOWN:,} more pairs. They appear when you have merged these.")
    st.html('<h2 class="cx-headline">Rename a company</h2>')
    names = [row["company"] for row in rows("company_names")]
    old, new = st.columns(2)
    company = old.selectbox("Company", names, index=None, placeholder="Which?", key="rename-old")
    called = new.text_input("Its new name", max_chars=80, key="rename-new")
    st.button(
        "Rename",
        key="rename",
        disabled=not (company and called.strip()),
        on_click=_apply,
        args=(rename_company, f"{company} is called {called} now.", company, called),
    )


def _apply(change: Callable[..., Any], message: str, company: str, name: str) -> None:
    try:
        with st.spinner("Changing the database …"):
            perform(change, company, name)
        st.session_state["company-changed"] = escape_markdown(message)
    except CxdataError as error:
        st.session_state["edit-failed"] = str(error)
