"""Chart studio: any chart as a picture for an article, with its words, its source and a link back."""

import streamlit as st

from cxdata.charts import CHARTS
from cxdata.publish.kinds import KIND
from cxdata.questions.parameters import ALL_KINDS
from cxdata.text.suggestions import format_choices
from pages.studio.editor import show_editor
from pages.studio.gallery import show_chart_head, show_gallery
from pages.studio.reopening import show_reopen
from pages.ui.escaping import escape_markdown
from pages.ui.filters.form import choose_kind
from pages.ui.page_header import show_page_header

chart = st.query_params.get("chart")
if chart is not None and chart in CHARTS:
    show_chart_head(chart)
    show_editor(chart)
else:
    show_page_header(
        "Chart studio",
        "Which chart do you want to publish? Each becomes a picture of the right size, with headline, source and"
        " alternative text.",
    )
    if chart is not None:
        st.warning(escape_markdown(f"Chart {format_choices(chart, CHARTS, 'the studio')}."))
    show_gallery(str(choose_kind().get(KIND, ALL_KINDS)))
show_reopen()
