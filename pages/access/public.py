"""The views that everybody may see: chart, address, who opened each and when, with a button that closes it."""

from urllib.parse import urlsplit

import streamlit as st

from cxdata.access.public_views import close_view, list_views
from cxdata.access.roles import Action
from cxdata.errors import CxdataError
from cxdata.settings import get_settings
from cxdata.text.formatting import format_count
from pages.ui.cache import get_engine
from pages.ui.escaping import escape_markdown
from pages.ui.page_header import show_flash, show_refusal
from pages.ui.permissions import perform, require

CLOSED = "view-closed"  # session key of a message
FAILED = "view-failed"


def show_public_views() -> None:
    """Show every public view, the latest first."""
    show_flash(CLOSED)
    if failed := st.session_state.pop(FAILED, None):
        show_refusal(failed)
    try:
        require(Action.CLOSE_VIEW)
        views = list_views(get_engine())
    except CxdataError as error:
        show_refusal(error)
        return
    if not get_settings().readers:
        st.caption("Everybody can read this dashboard, so everybody can see every chart.")
    if not views:
        st.caption("No view is public. Open a chart in the studio to make one public.")
        return
    st.caption(f"{format_count(len(views), 'view')}. Everybody who has the address sees it, also on other sites.")
    url = urlsplit(st.context.url or "")
    base = f"{url.scheme}://{url.netloc}{url.path.rpartition('/')[0]}"
    for view in views:
        with st.container(border=True):
            details, actions = st.columns([4, 1], vertical_alignment="center")
            title = view.chart.replace("_", " ").capitalize()
            details.markdown(
                f"**{escape_markdown(title)}** · made public by {escape_markdown(view.published_by)} on "
                f"{view.published_at[:16]} UTC  \n[Open it in the studio](studio?chart={view.chart}&{view.query})"
            )
            details.code(f"{base}/public/{view.token}", language=None, wrap_lines=True)
            actions.button("Close it", key=f"close-{view.token}", on_click=_close, args=(view.token,))


def _close(token: str) -> None:
    try:
        perform(close_view, token)
        st.session_state[CLOSED] = "The view is closed. Its address answers nobody any longer."
    except CxdataError as error:
        st.session_state[FAILED] = str(error)
