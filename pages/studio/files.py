"""The outputs of the studio: preview, files, editorial remarks, and snippets to paste.

They are cached by the view's address until the database changes.
"""

from functools import lru_cache, partial
from urllib.parse import parse_qs, urlencode, urlsplit

import streamlit as st

from cxdata.access.signing_keys import get_signing_key
from cxdata.errors import ExportError, Unavailable
from cxdata.export.editorial_review import review_view
from cxdata.export.file_names import file_name
from cxdata.export.formats import FORMATS, explain_refusal, publish_view, render_file
from cxdata.export.origin.metadata import chart_alt_text
from cxdata.export.origin.own_words import list_words
from cxdata.export.origin.signature import sign_view
from cxdata.export.view import View, complete_view, format_query, parse_view
from cxdata.export.web.snippets import build_snippets
from cxdata.publish.charts import PublishedChart
from cxdata.settings import get_settings
from pages.studio.public import public_path
from pages.ui.cache import cached, cached_file, get_connection, get_engine
from pages.ui.escaping import escape_markdown

LABELS = {"zip": "Everything (zip)", "json": "Vega-Lite"}
LEVELS = {
    "stop": (":material/block:", "Fix this first"),
    "warn": (":material/warning:", "Look again"),
    "note": (":material/info:", "Know this"),
}


def encode_view(view: View) -> str:
    """Return a view as one text: its chart, and the query that asks for it."""
    return f"{view.chart}?{urlencode(format_query(view), doseq=True)}"


@lru_cache(maxsize=256)
def decode_view(address: str) -> View:
    """Return the view of an encoded address. Readers share it: do not change it."""
    chart, _, query = address.partition("?")
    return parse_view(chart, parse_qs(query))


def published_of(address: str) -> PublishedChart:
    """Return the published chart of a view. Readers share it: do not change it."""
    return cached(_publish, address)


def file_of(address: str, form: str) -> bytes:
    """Return the view as a file. Pictures are cached for the preview; other files are rendered on request."""
    return cached_file(_render, address, form) if form == "png" else _render(address, form)


def _publish(address: str) -> PublishedChart:
    return publish_view(get_connection(), decode_view(address))


def _render(address: str, form: str) -> bytes:
    return render_file(get_connection(), decode_view(address), form)


def show_preview(address: str) -> None:
    """Show the bytes of the download, at the width for which the picture is made."""
    view = decode_view(address)
    preset = view.picture.preset
    published = published_of(address)
    try:
        picture = file_of(address, "png")
    except ExportError as error:
        st.error(escape_markdown(error))
        return
    with st.container(gap="xsmall"):
        ground = f"-on-{view.picture.theme}" if view.picture.is_transparent else ""
        with st.container(key=f"studio-preview{ground}", width=preset.shown):
            # Streamlit resamples a picture whose width is below its own
            st.image(picture, width=preset.width * view.scale, alt=chart_alt_text(published, view))
        st.caption(
            f"The file itself: {preset.width * view.scale:,} × {preset.height * view.scale:,} pixels, "
            f"{_size(len(picture))}, made to be shown {preset.shown} px wide."
        )


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(round(count / 1000), 1)} KB"


def show_downloads(address: str) -> None:
    """Show a button for each format; a file is rendered when a reader asks for it."""
    view, published = decode_view(address), published_of(address)
    with st.container(horizontal=True, gap="xsmall", key="studio-files"):
        for name, form in FORMATS.items():
            refused = explain_refusal(view, name)
            st.download_button(
                LABELS.get(name, name.upper()),
                partial(file_of, address, name),
                file_name(published, view, name),
                form.media_type,
                help=escape_markdown(refused) if refused else form.use[:1].upper() + form.use[1:],
                disabled=refused is not None,
                icon=":material/download:" if name in ("png", "zip") else None,
                type="primary" if name == "png" else "secondary",
                key=f"studio-file-{name}",
                on_click="ignore",
            )


def show_remarks(address: str) -> None:
    """Show the remarks of an editorial review. They block nothing."""
    remarks = cached(_review, address)
    st.html('<h2 class="cx-small">Before you publish</h2>')
    lines = [f"- {LEVELS[level][0]} **{LEVELS[level][1]}.** {escape_markdown(text)}" for level, text in remarks]
    with st.container(key="studio-remarks"):
        st.markdown("\n".join(lines) or ":material/check: Nothing to fix.")


def show_snippets(address: str) -> None:
    """Show the code and citations to paste into a page, an article or a bibliography."""
    pasted = st.expander(
        "Code and citations to paste", icon=":material/code:", key="studio-snippets", on_change="rerun"
    )
    # built only when open: the tabs cost a tenth of a rerun
    if not pasted.open:
        return
    public = public_path(address)
    with pasted:
        try:
            made = cached(_write_snippets, address, base_url(), public)
        except Unavailable as error:
            st.error(f"Your words could not be signed, so no address can show them. {escape_markdown(error)}")
            return
        if get_settings().readers and not public:
            st.caption("Only people who sign in see what these addresses show. An editor can make this view public.")
        for place, text in zip(st.tabs(list(made)), made.values(), strict=True):
            with place:
                st.code(text, language=None, wrap_lines=True)


def base_url() -> str:
    """Return the address of the dashboard as the reader has it, its base path too, without a slash at the end."""
    url = urlsplit(st.context.url or "")
    return f"{url.scheme}://{url.netloc}{url.path.rpartition('/')[0]}"


def _review(address: str) -> tuple[tuple[str, str], ...]:
    return tuple((remark.level, remark.text) for remark in review_view(published_of(address), decode_view(address)))


def _write_snippets(address: str, base: str, public: str) -> dict[str, str]:
    published = published_of(address)
    view = complete_view(published, decode_view(address))
    if list_words(view.picture):
        view = sign_view(view, get_signing_key(get_engine()))
    return build_snippets(published, view, base, public)
