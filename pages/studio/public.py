"""Making a view public: one chart, for everybody who has its address, on a dashboard that is for readers alone."""

from urllib.parse import parse_qsl, urlencode

import streamlit as st

from cxdata.access.public_views import close_view, find_address, open_view
from cxdata.access.roles import Action
from cxdata.errors import CxdataError
from cxdata.settings import get_settings
from pages.ui.cache import get_engine
from pages.ui.escaping import escape_markdown
from pages.ui.page_header import show_refusal
from pages.ui.permissions import may, perform

FAILED = "studio-public-failed"  # session key of an error


def split_address(address: str) -> tuple[str, str]:
    """Return the chart and the query of an encoded view; views that are the same have the same query."""
    chart, _, query = address.partition("?")
    return chart, urlencode(sorted(parse_qsl(query)))


def public_path(address: str) -> str:
    """Return the path of a view that is public, below the base path; '' for any other."""
    found = find_address(get_engine(), *split_address(address))
    return f"public/{found.token}" if found else ""


def show_public(address: str, base: str) -> None:
    """Show whether everybody may see a view, and the button that opens or closes it, to those who may."""
    if not get_settings().readers or not may(Action.PUBLISH_VIEW):
        return
    if failed := st.session_state.pop(FAILED, None):
        show_refusal(failed)
    found = find_address(get_engine(), *split_address(address))
    with st.container(border=True, key="studio-public"):
        if found is None:
            st.caption("Only readers see this chart. You can open this one view to everybody who has its address.")
            st.button("Make this view public", icon=":material/public:", on_click=_open, args=(address,))
            return
        st.caption(
            f"Everybody who has the address sees this view. {escape_markdown(found.published_by)} made it public on "
            f"{found.published_at[:10]}. Its figures follow the stories."
        )
        st.code(f"{base}/public/{found.token}", language=None, wrap_lines=True)
        st.button("Close it", icon=":material/public_off:", on_click=_close, args=(found.token,))


def _open(address: str) -> None:
    try:
        perform(open_view, *split_address(address))
    except CxdataError as error:
        st.session_state[FAILED] = str(error)


def _close(token: str) -> None:
    try:
        perform(close_view, token)
    except CxdataError as error:
        st.session_state[FAILED] = str(error)
