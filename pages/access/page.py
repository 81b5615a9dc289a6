"""Access: the views that everybody may see, and who did what."""

import streamlit as st

from cxdata.access.roles import Action
from pages.access.log import show_log
from pages.access.public import show_public_views
from pages.ui.page_header import choose_section, show_page_header
from pages.ui.permissions import current_role, may
from pages.ui.visitor.duties import show_duties

SECTIONS = {
    "public": ("Public views", Action.CLOSE_VIEW, show_public_views),
    "log": ("Audit log", Action.READ_LOG, show_log),
}

show_page_header("Access", "Which charts may everybody see, who signed in, and who changed what and when?")
offered = {key: label for key, (label, action, _) in SECTIONS.items() if may(action)}
if offered:
    SECTIONS[choose_section(offered, "What do you want to see?")][2]()
else:
    st.info(
        f"This page is for editors and administrators, and you are {current_role().words}. You can read every other"
        " page and make charts."
    )
    show_duties()
