"""Edit permission, checked at every action. By default nobody may change the database.

CXDATA_EDITING=local permits the browser that has opened the link in the server's terminal.
CXDATA_EDITORS=ann@example.org,bob@example.org permits these people once they have signed in (st.login, set up in
.streamlit/secrets.toml) or a proxy names them (server.trustedUserHeaders).
"""

import getpass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from cxdata.errors import Refused
from cxdata.http.identity import Identity, read_identity
from cxdata.http.local_key import LOCAL_KEY
from cxdata.http.uploads import PERMITS
from cxdata.settings import People, get_settings
from pages.ui.escaping import escape_markdown


class EditRefused(Refused):
    """An attempt to change the database without permission."""


def current_editor() -> str | None:
    """Return the name of the editor who makes this request, or None without permission."""
    if editors():
        person = identity()
        return person.email if person and person.is_verified and editors().includes(person.email) else None
    if get_settings().editing == "local" and _holds_local_key():
        return _user()
    return None


def identity() -> Identity | None:
    """Return the person of this session, whether st.login or a proxy names them; None for a stranger."""
    return read_identity(st.user.to_dict(), tuple(st.get_option("server.trustedUserHeaders").values()))


def require_editor() -> str:
    """Return the editor's name. Every action calls it first. Raises EditRefused without permission."""
    name = current_editor()
    if name is None:
        raise EditRefused("this dashboard is read-only for you. Nothing was changed")
    return name


def editors() -> People:
    """Return the people who may edit after signing in."""
    return get_settings().editors


def permit_uploads(most: int) -> None:
    """Let this session keep uploaded files of at most `most` bytes together; 0 refuses every file."""
    context = get_script_run_ctx()
    if context is not None:
        PERMITS.permit(context.session_id, most)


def show_sign_in() -> None:
    """Show how to enable editing, or the button to sign in."""
    if editors():
        _show_who(identity())
        return
    if get_settings().editing == "local":
        st.info(
            "**This browser may not edit yet.** Open the link in the server’s terminal, on the same machine. It"
            " works once."
        )
        return
    st.info(
        "**This dashboard is read-only.** Whoever runs it can turn editing on:\n\n"
        "- On your own machine, start it with `CXDATA_EDITING=local`, and open the link that it prints. Only"
        " that browser may edit.\n"
        "- On a server, list the editors' addresses in `CXDATA_EDITORS=ann@example.org,bob@example.org`. Then set"
        " up sign-in ("
        "`[auth]` in `.streamlit/secrets.toml`, see Streamlit's `st.login`).\n\n"
        "The command line of the server can always do it: `python -m cxdata import FILE`."
    )


def _show_who(person: Identity | None) -> None:
    """Show why this person may not edit, and the button that helps."""
    if person is None and _can_sign_in():
        st.button("Sign in", on_click=st.login, icon=":material/login:", type="primary")
        st.caption("People on the list of editors can import stories after they sign in.")
    elif person is None:
        st.info("There is a list of editors and no way to sign in: set up `[auth]` in `.streamlit/secrets.toml`.")
    else:
        who = f"You are signed in as {escape_markdown(person.email)}"
        if person.is_verified:
            st.info(f"{who}, who is not on the list of editors.")
        else:
            st.info(f"{who}. Your sign-in provider has not verified this address, so nobody may edit with it.")
        if _can_sign_in():
            st.button("Sign out", on_click=st.logout)


def _can_sign_in() -> bool:
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def _holds_local_key() -> bool:
    """Return whether the browser of this session has opened the link that the server printed."""
    return LOCAL_KEY.opens(st.context.cookies, st.context.headers.get("Origin"))


def _user() -> str:
    try:
        return get_settings().editor or getpass.getuser()
    except (KeyError, OSError):
        return "the editor"
