"""The editor of one chart: its form, and the picture exactly as downloaded."""

import streamlit as st

from cxdata.errors import CxdataError
from pages.studio.address import current_view, write_view
from pages.studio.files import (
    base_url,
    encode_view,
    published_of,
    show_downloads,
    show_preview,
    show_remarks,
    show_snippets,
)
from pages.studio.form import show_form
from pages.studio.public import show_public
from pages.ui.escaping import escape_markdown
from pages.ui.frame import fragment


@fragment
def show_editor(chart: str) -> None:
    """Show the editor of one chart as a fragment, so that a change reruns it alone."""
    try:
        view, messages = current_view(chart)
        query = encode_view(view)
        published = published_of(query)
    except CxdataError as error:
        st.error(escape_markdown(error))
        return
    proposals = {"headline": published.headline, "subtitle": published.subtitle, "alt": published.alt_text}
    write_view(view, proposals, messages)
    for sentence in messages:
        st.warning(escape_markdown(sentence))
    with st.container(key="studio"):
        form, made = st.columns([4, 7], gap="large")
        with form:
            show_form(view, published)
        with made:
            if published.spec is None:
                st.info(f"{published.headline}: there is nothing to draw. Choose other stories.")
                return
            show_preview(query)
            show_downloads(query)
            show_public(query, base_url())
            show_remarks(query)
    show_snippets(query)
