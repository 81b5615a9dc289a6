"""Stories: what happened, step by step. Without a story in the URL the list of them, with one the story."""

import streamlit as st

from pages.shared.story import show_story
from pages.shared.story_list import show_stories

asked = st.query_params.get("story")
if asked:
    show_story(asked)
else:
    show_stories()
