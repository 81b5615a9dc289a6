"""Stories: the list, or the story that the URL names."""

import streamlit as st

from pages.stories.story_list import show_stories
from pages.ui.story.story_view import show_story

asked = st.query_params.get("story")
if asked:
    show_story(asked)
else:
    show_stories()
