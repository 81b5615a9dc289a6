"""Company names: merge two names, similar or not, or rename a company. Old links keep working."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from cxdata.editing.companies import merge_companies, rename_company
from cxdata.errors import CxdataError
from cxdata.publish.kinds import KIND
from cxdata.questions.parameters import ALL_KINDS
from cxdata.store.records.company_names import CompanyProfile, find_similar, read_profiles
from cxdata.text.formatting import format_count, format_period
from pages.ui.cache import get_connection, rows
from pages.ui.escaping import escape_markdown
from pages.ui.links import page_link
from pages.ui.page_header import show_flash
from pages.ui.permissions import perform

SHOWN = 30


def show_companies(_: str) -> None:
    """Show pairs of similar names with what speaks for one company, and forms to merge any two and to rename one."""
    show_flash("company-changed")
    st.html('<h2 class="cx-headline">Names that are nearly the same</h2>')
    found = find_similar(get_connection())
    if not found:
        st.caption("No two companies have nearly the same name.")
    profiles = read_profiles(get_connection(), {name for pair in found[:SHOWN] for name in (pair.company, pair.into)})
    for pair in found[:SHOWN]:
        with st.container(border=True):
            details, actions = st.columns([4, 1], vertical_alignment="center")
            details.markdown(
                f"{_describe(pair.company, pair.story_count, profiles)}  \n"
                f"{_describe(pair.into, pair.into_story_count, profiles)}"
            )
            details.caption(escape_markdown(pair.evidence))
            with actions.popover("Merge …", width="stretch"):
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
    names = list(dict.fromkeys(row["company"] for row in rows("company_names")))  # a row per spelling
    st.html('<h2 class="cx-headline">Merge two other names</h2>')
    gone, kept = st.columns(2)
    company = gone.selectbox("The name that goes", names, index=None, placeholder="Which?", key="merge-old")
    into = kept.selectbox("The name that stays", names, index=None, placeholder="Which?", key="merge-new")
    st.button(
        "Merge",
        key="merge",
        disabled=not (company and into) or company == into,
        on_click=_apply,
        args=(merge_companies, f"{company} is {into} now.", company, into),
    )
    st.html('<h2 class="cx-headline">Rename a company</h2>')
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


def _describe(company: str, story_count: int, profiles: Mapping[str, CompanyProfile]) -> str:
    """Return what speaks for and against one company: a link to the stories, their number and years, the sector."""
    profile = profiles[company]
    years = format_period(profile.first_year, profile.last_year)
    link = page_link("stories", {"company": company, KIND: ALL_KINDS})
    return (
        f"[**{escape_markdown(company)}**]({link}) · {format_count(story_count, 'story')} ·"
        f" {years} · {escape_markdown(profile.sector)}"
    )


def _apply(change: Callable[..., Any], message: str, company: str, name: str) -> None:
    try:
        with st.spinner("Changing the database …"):
            perform(change, company, name)
        st.session_state["company-changed"] = escape_markdown(message)
    except CxdataError as error:
        st.session_state["edit-failed"] = str(error)
