"""The studio's gallery: every chart with its present picture and finding."""

from html import escape

import streamlit as st

from cxdata.charts import CHARTS
from cxdata.claims.grammar import uncapitalise
from cxdata.errors import CxdataError
from cxdata.export.picture.options import PictureOptions
from cxdata.export.picture.presets import find_preset
from cxdata.export.view import View
from cxdata.questions.ask import find_question
from pages.studio.address import first_view
from pages.studio.files import encode_view, published_of
from pages.ui.cache import cached
from pages.ui.links import picture_link, studio_link
from pages.ui.markup import show_html

THUMBNAIL = find_preset("900x600")


def show_gallery(kind: str) -> None:
    """Show a card for each chart over a kind of story. Pictures load from the live address as the reader scrolls."""
    show_html(cached(_gallery, "dark" if st.context.theme.type == "dark" else "light", kind))


def _gallery(theme: str, kind: str) -> str:
    return f'<ul class="cx-gallery">{"".join(_card(chart, theme, kind) for chart in CHARTS)}</ul>'


def _card(chart: str, theme: str, kind: str) -> str:
    title = escape(title_of(chart))
    try:
        view = first_view(chart, kind)
        published = published_of(encode_view(view))
    except CxdataError as error:
        return f"<li><b>{title}</b><p>{escape(str(error))}.</p></li>"
    if published.spec is None:
        return f"<li><b>{title}</b><p>No story has anything to show here yet.</p></li>"
    small = View(chart, view.choices, PictureOptions(THUMBNAIL, theme=theme, is_plain=True), scale=1)
    return (
        f'<li><a href="{escape(studio_link(view))}" target="_self">'
        f'<img src="{escape(picture_link(small))}" alt="" loading="lazy" width="{THUMBNAIL.width}" '
        f'height="{THUMBNAIL.height}"><b>{title}</b></a><p>{escape(published.headline)}</p></li>'
    )


def title_of(chart: str) -> str:
    """Return the title of a chart, such as 'Effort types by company'."""
    return CHARTS[chart].CHART.title or chart.replace("_", " ").capitalize()


def show_chart_head(chart: str) -> None:
    """Show the top of the studio on one chart: the link back, its name, its question."""
    question = find_question(CHARTS[chart].CHART.question).question
    st.html(
        '<nav class="cx-way cx-studio-way" aria-label="Chart studio">'
        '<a href="studio" target="_self">← All charts</a></nav>'
        f'<h1 class="cx-title">Chart studio: {escape(uncapitalise(title_of(chart)))}</h1>'
        f'<p class="cx-subtitle">{escape(question)}</p>'
    )
