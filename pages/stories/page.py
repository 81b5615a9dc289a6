"""Stories: the list, or the story that the URL names."""

import streamlit as st

from pages.stories.story_list import show_stories
from pages.ui.story.story_view import show_story

story = st.query_params.get("story")
if story:
    show_story(story)
else:
    show_stories()
