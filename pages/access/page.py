"""Access: who did what, for those who may know it."""

import streamlit as st

from cxdata.access.roles import Action
from pages.access.log import show_log
from pages.ui.page_header import choose_section, show_page_header
from pages.ui.permissions import current_role, may

SECTIONS = {"log": ("Audit log", Action.READ_LOG, show_log)}

show_page_header("Access", "Who signed in, and who changed what and when?")
offered = {key: label for key, (label, action, _) in SECTIONS.items() if may(action)}
if offered:
    SECTIONS[choose_section(offered, "What do you want to see?")][2]()
else:
    st.info(f"This page is for editors and administrators. You are {current_role().words}.")
