"""Playbook: the lessons of the stories, and the companies that follow or break them."""

from pages.playbook.lessons import choose_company, show_lessons
from pages.playbook.message_lens import show_message_lens
from pages.playbook.sign_table import show_sign_table
from pages.ui.page_header import show_page_header

show_page_header("Playbook", "What do the stories teach, which company follows it, and which breaks it?")
company = choose_company()
show_sign_table(company)
show_message_lens()
show_lessons(company)
