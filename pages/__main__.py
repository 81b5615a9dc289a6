"""The frame around every page: browser tab, navigation, style."""

from pathlib import Path

import streamlit as st

from pages.shared.style import apply_style

# A picture of our own: Streamlit would fetch a Material icon for the browser tab from Google.
TAB_ICON = Path(__file__).parent / "static" / "icon.png"

st.set_page_config(
    page_icon=TAB_ICON,
    layout="wide",
    menu_items={"About": "Customer stories: who makes customers' lives easier, and who makes them harder."},
)

page = st.navigation(
    {
        "Compare": [
            st.Page("overview.py", title="Overview", icon=":material/balance:", default=True),
            st.Page(
                "fame_and_shame.py",
                title="Fame and shame",
                icon=":material/thumbs_up_down:",
                url_path="fame-and-shame",
            ),
            st.Page("head_to_head.py", title="Head to head", icon=":material/compare_arrows:", url_path="head-to-head"),
            st.Page("touchpoints.py", title="Touchpoints", icon=":material/touch_app:", url_path="touchpoints"),
            st.Page("effort.py", title="Effort", icon=":material/hiking:", url_path="effort"),
        ],
        "Read": [
            st.Page("stories.py", title="Stories", icon=":material/auto_stories:", url_path="stories"),
            st.Page("playbook.py", title="Playbook", icon=":material/lightbulb:", url_path="playbook"),
        ],
        "Publish": [
            st.Page("studio.py", title="Chart studio", icon=":material/photo_frame:", url_path="studio"),
        ],
        "Data": [
            st.Page("add.py", title="Add stories", icon=":material/add_notes:", url_path="add"),
            st.Page("method.py", title="Method", icon=":material/straighten:", url_path="method"),
        ],
    },
    expanded=True,
)

apply_style()
page.run()
