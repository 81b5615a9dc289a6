"""The studio's form: size, look, words and what the chart shows. Every widget's key is `key_of` a name of `View`."""

from dataclasses import fields

import streamlit as st

from cxdata.charts.theme import LOOKS
from cxdata.export.frame import Picture
from cxdata.export.presets import LARGEST_SIDE, PRESETS, SMALLEST_SIDE
from cxdata.export.view import LONGEST, SCALES, View
from cxdata.publish import Published
from pages.shared.studio_address import OWN_SIZE, key_of
from pages.shared.studio_choices import show_choices


def show_form(view: View, published: Published) -> None:
    """The whole form. What it holds was put there by `keep`."""
    _size(view)
    _look()
    _words(view)
    show_choices(view, published)


def _size(view: View) -> None:
    preset = view.picture.preset
    st.pills("Size", [*PRESETS, OWN_SIZE], format_func=str.capitalize, required=True, key=key_of("preset"))
    if st.session_state[key_of("preset")] == OWN_SIZE:
        width, height = st.columns(2)
        width.number_input("Width, px", SMALLEST_SIDE, LARGEST_SIDE, step=10, key=key_of("width"))
        height.number_input("Height, px", SMALLEST_SIDE, LARGEST_SIDE, step=10, key=key_of("height"))
    st.caption(f"{preset.width} × {preset.height} px, for {preset.use}.")


def _look() -> None:
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        st.segmented_control("Look", list(LOOKS), format_func=str.capitalize, required=True, key=key_of("look"))
        st.segmented_control(
            "Sharpness",
            SCALES,
            format_func="{}×".format,
            required=True,
            key=key_of("scale"),
            help="Pixels of the file for each pixel of its size: 2× for screens of today, 3× for print.",
        )
    with st.container(horizontal=True, gap="medium"):
        st.toggle("Transparent ground", key=key_of("transparent"))
        st.toggle("Chart alone", key=key_of("plain"), help="No headline, source or id: for a page that has its own.")


def _words(view: View) -> None:
    _text("headline", "Headline", 96, "Proposed from the figures. Empty it to have the proposal back.")
    count = len(st.session_state[key_of("headline")])
    st.caption(f"{count} of {LONGEST['headline']} characters{'' if view.picture.headline else ', as proposed'}.")
    _text("subtitle", "Subtitle", 80, "What is measured, in what unit, over how many stories.")
    byline, notes = st.columns(2)
    with byline:
        st.text_input("Byline", key=key_of("byline"), max_chars=LONGEST["byline"], placeholder="Chart: your name")
    with notes:
        st.text_input("Notes", key=key_of("notes"), max_chars=LONGEST["notes"], placeholder="What a reader must know")
    if any(field.name == "alt" for field in fields(Picture)):
        _text("alt", "Alternative text", 140, "Read out to those who cannot see the picture; it goes with every file.")


def _text(name: str, label: str, height: int, said: str) -> None:
    # a proposal may be longer than what the writer may write
    most = max(LONGEST[name], len(st.session_state[key_of(name)]))
    st.text_area(label, key=key_of(name), height=height, max_chars=most, help=said)

