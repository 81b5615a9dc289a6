"""The studio's form: size, look, words and choices. Every widget's key is `key_of` a name of `View`."""

from typing import Literal

import streamlit as st

from cxdata.charts.kit.theme import THEMES
from cxdata.export.picture.presets import LARGEST_SIDE, PRESETS, SMALLEST_SIDE
from cxdata.export.view import LONGEST, SCALES, View
from cxdata.publish.charts import PublishedChart
from cxdata.text.formatting import NUMBER_FORMATS, localise_digits, number_format
from pages.studio.address import OWN_SIZE, key_of
from pages.studio.choices import show_choices, show_required

LANGUAGE_LABELS = {"en": "English", "de": "German", "fr": "French"}


def show_form(view: View, published: PublishedChart) -> None:
    """Show the whole form. `write_view` has filled its widgets."""
    show_required(view)
    _size(view)
    _look()
    _words(view)
    show_choices(view, published)


def _size(view: View) -> None:
    preset = view.picture.preset
    with st.container(gap="xxsmall"):
        st.pills("Size", [*PRESETS, OWN_SIZE], format_func=_title, required=True, wrap=True, key=key_of("preset"))
        st.caption(f"{preset.width} × {preset.height} px, for {preset.use}.")
    if st.session_state[key_of("preset")] == OWN_SIZE:
        width, height = st.columns(2)
        width.number_input("Width, px", SMALLEST_SIDE, LARGEST_SIDE, step=10, key=key_of("width"))
        height.number_input("Height, px", SMALLEST_SIDE, LARGEST_SIDE, step=10, key=key_of("height"))


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def _look() -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.segmented_control("Look", list(THEMES), format_func=_title, required=True, key=key_of("look"))
        st.segmented_control(
            "Sharpness",
            SCALES,
            format_func="{}×".format,
            required=True,
            key=key_of("scale"),
            help="Size of the file: 2× for screens, 3× for print.",
        )
    with st.container(horizontal=True, gap="small"):
        st.toggle("Transparent ground", key=key_of("transparent"))
        st.toggle(
            "Chart alone", key=key_of("plain"), help="Without headline, source and id, for a page that has its own."
        )


def _words(view: View) -> None:
    with st.container(gap="xxsmall"):
        _text("headline", "Headline", "content", "Proposed from the figures. Empty it to get the proposal back.")
        count = len(st.session_state[key_of("headline")])
        st.caption(f"{count} of {LONGEST['headline']} characters{'' if view.picture.headline else ', as proposed'}.")
    _text("subtitle", "Subtitle", "content", "What is measured, in what unit, over how many stories.")
    st.text_input("Byline", key=key_of("byline"), max_chars=LONGEST["byline"], placeholder="Chart: your name")
    st.text_input("Notes", key=key_of("notes"), max_chars=LONGEST["notes"], placeholder="What a reader must know")
    _text("alt", "Alternative text", 150, "Read aloud to people who cannot see the picture. It goes with every file.")
    st.selectbox("Numbers", list(NUMBER_FORMATS), format_func=_numbers, key=key_of("language"))


def _numbers(language: str) -> str:
    with number_format(language):
        return f"{LANGUAGE_LABELS.get(language, language)}: {localise_digits('1,234.5')}"


def _text(name: str, label: str, height: int | Literal["content"], help_text: str) -> None:
    # a proposal may exceed the writer's limit
    most = max(LONGEST[name], len(st.session_state[key_of(name)]))
    st.text_area(label, key=key_of(name), height=height, max_chars=most, help=help_text)
