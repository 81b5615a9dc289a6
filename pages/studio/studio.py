"""The chart studio: the form of one chart, and the picture that it makes, byte for byte as it is downloaded."""

import streamlit as st

from cxdata.errors import CxdataError
from pages.studio.address import current_view, keep
from pages.studio.files import address_of, offer_files, published_of, show_preview, show_remarks, show_snippets
from pages.studio.form import show_form
from pages.ui.escaping import plain


@st.fragment
def show_studio(chart: str) -> None:
    """The studio on one chart. A change reruns this fragment alone."""
    try:
        view, said = current_view(chart)
        query = address_of(view)
        published = published_of(query)
    except CxdataError as error:
        st.error(plain(error))
        return
    keep(view, {"headline": published.headline, "subtitle": published.subtitle, "alt": published.alt_text}, said)
    for sentence in said:
        st.warning(plain(sentence))
    with st.container(key="studio"):
        form, made = st.columns([4, 7], gap="large")
        with form:
            show_form(view, published)
        with made:
            if published.spec is None:
                st.info(f"{published.headline}: there is nothing to draw. Take a filter away.")
                return
            show_preview(query)
            offer_files(query)
            show_remarks(query)
    show_snippets(query)
