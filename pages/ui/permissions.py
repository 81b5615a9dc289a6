"""Edit permission, checked at every action. By default nobody may change the database.

CXDATA_EDITING=local permits requests from the machine itself. CXDATA_EDITORS=ann@example.org,bob@example.org permits
these people after they sign in (st.login, set up in .streamlit/secrets.toml).
"""

import getpass
from collections.abc import Mapping
from ipaddress import ip_address

import streamlit as st

from cxdata.errors import Refused
from cxdata.settings import get_settings
from pages.ui.escaping import escape_markdown

LOCAL = ("localhost", "127.0.0.1", "[::1]", "::1")
FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")


class EditRefused(Refused):
    """An attempt to change the database without permission."""


def current_editor() -> str | None:
    """Return the name of the editor who makes this request, or None without permission."""
    if editors():
        mail = str(getattr(st.user, "email", "") or "").casefold()
        verified = getattr(st.user, "email_verified", True) in (True, "true", None)
        return mail if _signed_in() and verified and mail in editors() else None
    if get_settings().editing == "local" and _sits_here():
        return _user()
    return None


def require_editor() -> str:
    """Return the editor's name. Every action calls it first. Raises EditRefused without permission."""
    name = current_editor()
    if name is None:
        raise EditRefused("this dashboard is read-only for you; nothing was changed")
    return name


def editors() -> tuple[str, ...]:
    """Return the e-mail addresses that may edit after signing in."""
    return get_settings().editors


def show_sign_in() -> None:
    """Show how to enable editing, or the button to sign in."""
    if editors():
        if not _signed_in() and _can_sign_in():
            st.button("Sign in", on_click=st.login, icon=":material/login:", type="primary")
            st.caption("People on the list of editors can bring stories in once they have signed in.")
        elif not _signed_in():
            st.info("There is a list of editors and no way to sign in: set up `[auth]` in `.streamlit/secrets.toml`.")
        else:
            st.info(
                f"You are signed in as {escape_markdown(st.user.get('email') or 'somebody')}, who is not on the list of"
                " editors."
            )
            st.button("Sign out", on_click=st.logout)
        return
    st.info(
        "**This dashboard is read-only.** Whoever runs it can turn editing on:\n\n"
        "- on a machine of your own: start it with `CXDATA_EDITING=local`. Then whoever sits at that machine may edit, "
        "and nobody who comes over the network;\n"
        "- hosted: list the editors' addresses in `CXDATA_EDITORS=ann@example.org,bob@example.org` and set up sign-in "
        "(`[auth]` in `.streamlit/secrets.toml`, see Streamlit's `st.login`).\n\n"
        "The command line of the server can always do it: `python -m cxdata import FILE`."
    )


def _signed_in() -> bool:
    return bool(getattr(st.user, "is_logged_in", False))


def _can_sign_in() -> bool:
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def _sits_here() -> bool:
    """Return whether the request comes from this machine and not through a proxy."""
    headers: Mapping[str, str] = st.context.headers
    if any(headers.get(name) for name in FORWARDED):
        return False
    host = str(headers.get("host") or "")
    name = host if host.endswith("]") else host.rpartition(":")[0] if host.count(":") == 1 else host
    if "]:" in host:
        name = host.rpartition(":")[0]
    return name in LOCAL and _is_own(st.context.ip_address)


def _is_own(address: str | None) -> bool:
    """Return whether an address is the machine's own. Streamlit gives None for requests to the name localhost."""
    try:
        parsed = ip_address(address or "127.0.0.1")
    except ValueError:
        return False
    # a dual-stack socket gives 127.0.0.1 as ::ffff:127.0.0.1
    return (getattr(parsed, "ipv4_mapped", None) or parsed).is_loopback


def _user() -> str:
    try:
        return get_settings().editor or getpass.getuser()
    except (KeyError, OSError):
        return "the editor"
