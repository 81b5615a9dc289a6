"""The studio's form, its last part: which stories and companies the chart shows."""

from collections.abc import Mapping
from dataclasses import fields

import streamlit as st

from cxdata.charts import chart_named
from cxdata.database import question
from cxdata.export.frame import Picture
from cxdata.export.view import View
from cxdata.publish import Published
from cxdata.words import count
from pages.shared.data import rows
from pages.shared.filters import FILTERS
from pages.shared.resolve import offers
from pages.shared.studio_address import key_of

MOST_OFFERED = 500  # stories in one list


def show_choices(view: View, published: Published) -> None:
    """What the chart is over; the choices that it cannot do without stand open."""
    parameters = question(chart_named(view.chart).QUESTION).parameters
    if "story" in parameters:
        _story(view)
    if "left" in parameters:
        _pair(view)
    if "most" in parameters:
        st.number_input("Rows at most", 1, 50, key=key_of("most"), placeholder="All")
    _highlight(view, published)
    filters = {parameter: label for parameter, label in FILTERS.values() if parameter in parameters}
    if not filters:
        return
    chosen = sum(1 for name in (*filters, "since", "until") if view.choices.get(name))
    with st.expander("Stories to show", icon=":material/filter_alt:", key="studio-stories"):
        for name, (parameter, label) in FILTERS.items():
            if parameter in filters:
                st.multiselect(label, *_options(name), key=key_of(parameter), placeholder="All")
        _period(view)
    if chosen:
        st.caption(f"{count(chosen, 'filter')} set: {count(published.story_count, 'story')} left.")
