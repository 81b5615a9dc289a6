"""What the studio gives: the preview, the files, the remarks of a careful editor, and snippets to paste.

All of it is kept by the view's address and the version of the data: a rerun that changes nothing makes nothing.
"""

from functools import lru_cache, partial
from urllib.parse import parse_qs, urlencode, urlsplit

import streamlit as st

from cxdata.errors import CxdataError
from cxdata.export.formats import FORMATS, file_name, publish_view, render
from cxdata.export.view import View, query_of, read_view
from cxdata.publish import Published
from pages.shared.data import database, version
from pages.shared.plain import plain

LABELS = {"zip": "Everything (zip)", "json": "Vega-Lite"}
LEVELS = {
    "stop": (":material/block:", "Mend this first"),
    "warn": (":material/warning:", "Look again"),
    "note": (":material/info:", "Know this"),
}


def address_of(view: View) -> str:
    """A view as one text: its chart, and the query that asks for it."""
    return f"{view.chart}?{urlencode(query_of(view), doseq=True)}"


def view_at(address: str) -> View:
    """The inverse of `address_of`."""
    chart, _, query = address.partition("?")
    return read_view(chart, parse_qs(query))


def published_of(address: str) -> Published:
    """The published chart of a view. Shared between readers: not to be changed."""
    return _published(address, version())


def file_of(address: str, form: str) -> bytes:
    """The view as a file."""
    return _file(address, form, version())


@lru_cache(maxsize=256)
def _published(address: str, _: str) -> Published:
    return publish_view(database(), view_at(address))


@lru_cache(maxsize=64)
def _file(address: str, form: str, _: str) -> bytes:
    return render(database(), view_at(address), form)


def show_preview(address: str) -> None:
    """The picture as readers will see it: the bytes of the download, at the width it is meant for."""
    view = view_at(address)
    preset = view.picture.preset
    picture = file_of(address, "png")
    published = published_of(address)
    with st.container(key="studio-preview", width=preset.shown):
        # a width below the picture's own would make Streamlit resample it
        st.image(picture, width=preset.width * view.scale, alt=getattr(view.picture, "alt", None) or published.alt_text)
    st.caption(
        f"{preset.width * view.scale:,} × {preset.height * view.scale:,} pixels, {_size(len(picture))}. Shown here as "
        f"the reader will see it, {preset.shown} px wide where there is room. This is the file that you download."
    )


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(round(count / 1000), 1)} KB"


def offer_files(address: str) -> None:
    """A button for each format; a file is made when it is asked for."""
    view, published = view_at(address), published_of(address)
    with st.container(horizontal=True, key="studio-files"):
        for name, form in FORMATS.items():
            st.download_button(
                LABELS.get(name, name.upper()),
                partial(file_of, address, name),
                file_name(published, view, name),
                form.media_type,
                help=form.use[:1].upper() + form.use[1:],
                icon=":material/download:" if name in ("png", "zip") else None,
                type="primary" if name == "png" else "secondary",
                key=f"studio-file-{name}",
                on_click="ignore",
            )
