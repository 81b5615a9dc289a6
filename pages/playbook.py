"""Playbook: what the stories teach, and who shows it."""

from pages.shared.head import show_head
from pages.shared.lessons import choose_company, show_lessons
from pages.shared.sign_table import show_sign_table

show_head("Playbook", "What do the stories teach, which company follows it, and which breaks it?")
company = choose_company()
show_sign_table(company)
show_lessons(company)
