"""Playbook: the lessons of the stories, and the companies that follow or break them."""

import streamlit as st

from pages.playbook.lessons import show_lesson, show_lessons
from pages.playbook.message_lens import show_message_lens
from pages.playbook.sign_table import show_sign_table
from pages.ui.filters.form import choose_kind
from pages.ui.filters.subject import choose_company
from pages.ui.page_header import show_page_header

show_page_header("Playbook", "What do the stories teach, which company follows it, and which breaks it?")
if lesson := st.query_params.get("lesson"):
    show_lesson(lesson)
kind = choose_kind()
company = choose_company()
show_sign_table(company, kind)
show_message_lens()
show_lessons(company)
