"""Sign-in as Streamlit keeps it: what its cookies and a proxy's headers say of a person, and where it begins.

These functions of Streamlit are its own; the pin of its version keeps them, and the tests sign in through them.
"""

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from streamlit.auth_util import get_origin_from_redirect_uri, get_secrets_auth_section
from streamlit.proto.AuthRedirect_pb2 import AuthRedirect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.starlette import starlette_websocket as streamlit_sessions
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from cxdata.access.audit_log import record_at_once, record_once_a_day
from cxdata.access.identity import Identity
from cxdata.access.roles import Action, find_role
from cxdata.access.sign_ins import end_sign_in, is_ended
from cxdata.http.gate.visitors import Visitors
from cxdata.http.local_key import LOCAL_KEY
from cxdata.settings import get_settings
from pages.ui.cache import get_engine

LONGEST_END = 500  # bytes; a longer message has contents of a page, and is not read
ONLY = "default"  # Streamlit's name of the one provider of a short [auth] section


def read_user(headers: Headers) -> Mapping[str, Any]:
    """Return what `st.user` would hold in a session with these headers."""
    user: dict[str, Any] = {}
    origin = get_origin_from_redirect_uri()
    if origin:
        cookies = cookie_parser(headers.get("cookie", ""))
        signed = streamlit_sessions._get_signed_cookie_with_chunks(cookies, USER_COOKIE_NAME)
        if signed:
            user |= streamlit_sessions._parse_decoded_user_cookie(signed, origin)
    return user | streamlit_sessions.gather_user_info(headers)


def list_providers() -> list[str]:
    """Return the names of the providers that the [auth] section of the secrets sets up."""
    section = get_secrets_auth_section()
    named = [name for name, value in section.items() if isinstance(value, Mapping) and "client_id" in value]
    return [ONLY, *named] if "client_id" in section else named


def write_ways() -> str:
    """Return links that lead through sign-in back to this page, as HTML; '' if nobody can sign in here."""
    query = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    asked = urlsplit(st.context.url or "").path or "/"
    asked += f"?{urlencode(query)}" if query else ""
    providers = list_providers()
    label = "Sign in" if len(providers) == 1 else "Sign in with {}"
    return "".join(
        f'<a class="cx-button" href="{escape("sign-in?" + urlencode({"next": asked, "with": name}))}" target="_self">'
        f"{escape(label.format(name.capitalize()))}</a>"
        for name in providers
    )


def begin_sign_in(provider: str) -> str | None:
    """Return the address that begins a sign-in with a provider, or None if there is no such provider."""
    return generate_login_redirect_url(provider) if provider in list_providers() else None


def is_sign_in_ended(person: Identity) -> bool:
    """Return whether this sign-in was ended, in this session or another."""
    return is_ended(get_engine(), person)


def sign_in(person: Identity) -> None:
    """Record that a person has signed in."""
    record_at_once(get_engine(), person.email, Action.SIGN_IN, detail=_describe(person))


def visit(person: Identity) -> None:
    """Record the person of a session whom a proxy names; nobody else hears of their sign-in."""
    if not person.sign_in:
        record_once_a_day(get_engine(), person.email, Action.SIGN_IN, f"{_describe(person)}, named by a proxy")


def _describe(person: Identity) -> str:
    return find_role(person, get_settings()).words


def sign_out(person: Identity) -> None:
    """End the sign-in of a person in every tab and browser that has its cookie."""
    end_sign_in(get_engine(), person)
    record_at_once(get_engine(), person.email, Action.SIGN_OUT)


def ends_run(message: bytes) -> bool:
    """Return whether a message to a browser ends a run of a page."""
    if len(message) > LONGEST_END:
        return False
    sent = ForwardMsg.FromString(message)
    is_end = sent.WhichOneof("type") == "script_finished"
    return bool(is_end and sent.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN)


# an empty address is the browser's own: it asks for its page again, and the gate answers
FAREWELL: bytes = ForwardMsg(auth_redirect=AuthRedirect(url="")).SerializeToString()
"""The message that makes the browser of a session load its page again."""

VISITORS = Visitors(
    read_user,
    dict(st.get_option("server.trustedUserHeaders")),
    is_sign_in_ended,
    LOCAL_KEY.holds,
)
"""What the gate of this process knows of visitors."""
