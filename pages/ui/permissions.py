"""Permission, asked at every action. Without lists of people everybody reads and nobody changes anything.

CXDATA_EDITING=local permits the browser that has opened the link in the server's terminal.
CXDATA_READERS, _EDITORS, _REVIEWERS and _ADMINS name people who have signed in (st.login, set up in
.streamlit/secrets.toml) or whom a proxy names (server.trustedUserHeaders).
"""

import getpass
from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from cxdata.access.identity import Identity, read_identity
from cxdata.access.performing import action_of
from cxdata.access.roles import Action, Role, find_role, is_local, people_by_role
from cxdata.access.sign_ins import is_ended
from cxdata.errors import Refused
from cxdata.http.local_key import LOCAL_KEY
from cxdata.http.uploads import PERMITS
from cxdata.settings import get_settings
from pages.ui.cache import get_engine

Result = TypeVar("Result")


class EditRefused(Refused):
    """An attempt to change the database without permission."""


def current_role() -> Role:
    """Return the role of the person who makes this request."""
    settings = get_settings()
    if is_local(settings):
        return Role.ADMINISTRATOR if _holds_local_key() else Role.READER
    return find_role(identity(), settings)


def current_editor() -> str | None:
    """Return the name under which this person's changes are recorded, or None if they may change nothing."""
    return current_name() if current_role() >= Role.EDITOR else None


def current_name() -> str | None:
    """Return the name by which this person is recorded; None for somebody without one."""
    if is_local(get_settings()):
        return _user() if _holds_local_key() else None
    person = identity()
    return person.email if person else None


def identity() -> Identity | None:
    """Return the person of this session, whether st.login or a proxy names them; None for a stranger."""
    person = read_identity(st.user.to_dict(), tuple(st.get_option("server.trustedUserHeaders").values()))
    return None if person is not None and is_ended(get_engine(), person) else person


def may(action: Action) -> bool:
    """Return whether the person who makes this request may do something."""
    return current_role() >= action.needs


def why_not_sign_off() -> str | None:
    """Return why this person may not sign stories off, or None if they may."""
    if may(Action.SIGN_OFF):
        return None
    settings = get_settings()
    if settings.reviewers or settings.admins:
        return "A reviewer publishes stories."
    return "Nobody may publish stories yet. The people who run this dashboard can name reviewers."


def require(action: Action) -> str:
    """Return the name to record for an action. Raises EditRefused without permission."""
    name = current_editor()
    if name is None:
        raise EditRefused("this dashboard is read-only for you. Nothing was changed")
    if not may(action):
        raise EditRefused(
            f"only {action.needs.words} may {action.words}, and you are {current_role().words}. Nothing was changed"
        )
    return name


def perform(function: Callable[..., Result], *arguments: Any, **choices: Any) -> Result:
    """Call an editing function as the person of this session, who may perform its action.

    The function gets the engine first and the person's name as `by`. Raises EditRefused without permission, Refused
    for a function that declares no action, and the errors of the function.
    """
    return function(get_engine(), *arguments, by=require(action_of(function)), **choices)


def has_people() -> bool:
    """Return whether the settings name anybody who may do more than read."""
    return any(people for role, people in people_by_role(get_settings()).items() if role > Role.READER)


def permit_uploads(most: int) -> None:
    """Let this session keep uploaded files of at most `most` bytes together; 0 refuses every file."""
    context = get_script_run_ctx()
    if context is not None:
        PERMITS.permit(context.session_id, most)


def _holds_local_key() -> bool:
    """Return whether the browser of this session has opened the link that the server printed."""
    return LOCAL_KEY.opens(st.context.cookies, st.context.headers.get("Origin"))


def _user() -> str:
    try:
        return get_settings().editor or getpass.getuser()
    except (KeyError, OSError):
        return "the editor"
