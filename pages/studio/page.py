"""Chart studio: from a chart to a picture for an article, with its words, its source and the way back."""

import streamlit as st

from cxdata.charts import CHARTS
from cxdata.errors import name_choices
from pages.studio.gallery import show_chart_head, show_gallery
from pages.studio.reopening import offer_to_open
from pages.studio.studio import show_studio
from pages.ui.escaping import plain
from pages.ui.page_header import show_head

chart = st.query_params.get("chart")
if chart is not None and chart in CHARTS:
    show_chart_head(chart)
    show_studio(chart)
else:
    show_head(
        "Chart studio",
        "Any chart as a picture of the right size, with its headline, source and alternative text, and a way back to "
        "the figures. Choose one.",
    )
    if chart is not None:
        st.warning(plain(f"There is no chart {name_choices(chart, CHARTS, 'the studio')}."))
    show_gallery()
offer_to_open()
