"""What a page says to its visitor: who they are, why they may not do something, and how to sign in or out."""

from html import escape

import streamlit as st

from cxdata.access.identity import Identity
from cxdata.settings import get_settings
from pages.ui.escaping import escape_markdown
from pages.ui.permissions import current_role, has_people, identity
from pages.ui.visitor.duties import show_duties
from pages.ui.visitor.sign_in import visit, write_ways

VISITED = "visited"  # session key: this session is recorded


def show_sign_in() -> None:
    """Show how to enable editing, or the button to sign in."""
    if has_people():
        _show_who(identity())
        return
    if get_settings().editing == "local":
        st.info(
            "**This browser may not edit yet.** The server has printed a link in its terminal. Open it on the same"
            " machine. It works once."
        )
        return
    st.info(
        "**This dashboard is read-only.** You can read every page and make charts. Nobody can add or change stories"
        " here at the moment. The people who run it can allow that."
    )
    show_duties()
    _show_set_up()


def _show_set_up() -> None:
    """Show, folded, how to allow editing."""
    with st.expander("For the people who run this dashboard", icon=":material/settings:"):
        st.markdown(
            "- **For yourself, on your own machine:** start it with `CXDATA_EDITING=local`, and open the link that it"
            " prints. Only that browser may edit.\n"
            "- **For a team:** list the editors’ addresses in `CXDATA_EDITORS`, and those of the people who publish in"
            " `CXDATA_REVIEWERS`. Then set up sign-in (`[auth]` in `.streamlit/secrets.toml`).\n"
            "- **Without the pages:** `python -m cxdata import FILE` imports stories on the server."
        )


def _show_who(person: Identity | None) -> None:
    """Show why this person may not edit, and the button that helps."""
    ways = write_ways()
    if person is None and ways:
        st.html(ways)
        st.caption("Sign in to add stories. You need the role of an editor.")
    elif person is None:
        st.info("Nobody can sign in here yet, so nobody can add stories. The people who run it can set that up.")
    else:
        who = f"You are signed in as {escape_markdown(person.email)}"
        if person.is_verified:
            st.info(
                f"{who}, who is not on the list of editors. You can read every page and make charts. Ask the people who"
                " run this dashboard if you want to add stories."
            )
        else:
            st.info(f"{who}. Your sign-in provider has not verified this address, so nobody may edit with it.")
    show_duties()
    if person is None and not ways:
        _show_set_up()


def show_visitor() -> None:
    """Show beside the pages who has signed in, with the button that ends it."""
    person = identity()
    if person is None:
        return
    if VISITED not in st.session_state:
        visit(person)
        st.session_state[VISITED] = True
    with st.sidebar.container(key="visitor"):
        st.html(f'<p class="cx-source">{escape(person.email)}, {current_role().words}.</p>')
        if person.sign_in:
            st.button("Sign out", on_click=st.logout, icon=":material/logout:", type="tertiary")


def show_signed_out() -> None:
    """Show instead of a page that this person may not read it; the gate refuses the next request."""
    st.html('<h1 class="cx-title">You are signed out</h1><p class="cx-lead">Sign in to read on.</p>' + write_ways())
