"""What is kept of a customer, for how long, and how to ask for its erasure."""

from html import escape

import streamlit as st

from cxdata.access.roles import people_by_role
from cxdata.settings import Settings, get_settings
from cxdata.text.formatting import format_count
from pages.method.sections import section_header

KEPT = """
<p>For each story we keep its codes, a summary in our words and its source. Where a customer's own words came with an
import, we keep them too. They can be searched, and the story page shows them.</p>
<p>An import counts e-mail addresses, phone numbers and card numbers. Its editor can replace them.</p>
"""
NO_READERS = "<p>We keep no record of readers.</p>"
LOG = """
<p>A log has who signed in and when, and what editors did. Administrators read it. {end}</p>
"""
ERASURE = """
<p>Is a story about you? You can ask for its erasure: {contact}. Name the story or its address. We then delete the
story, the words, its history and every reply. Backups that still hold it are deleted or written again.</p>
"""


def show_privacy() -> None:
    """Show what is kept, for how long, and where to ask for erasure."""
    settings = get_settings()
    st.html(f'<div class="cx-method">{section_header("kept")}{describe_retention()}{_erasure(settings.contact)}</div>')


def describe_retention() -> str:
    """Return what is kept and for how long, as HTML."""
    settings = get_settings()
    return describe_accounts(settings) + describe_log(settings)


def describe_log(settings: Settings) -> str:
    """Return what is kept of people who sign in, as HTML."""
    if not any(people_by_role(settings).values()):
        return NO_READERS
    months = settings.keep_log_months
    end = f"Its entries are kept for {format_count(months, 'month')}." if months else "Its entries have no time limit."
    return LOG.format(end=end)


def describe_accounts(settings: Settings) -> str:
    """Return what is kept of stories, as HTML."""
    months = settings.keep_accounts_months
    if months is None:
        return f"{KEPT}<p>There is no time limit: words are kept until somebody asks for their erasure.</p>"
    end = (
        "deleted" if settings.old_accounts == "delete" else "freed of e-mail addresses, phone numbers and card numbers"
    )
    return f"{KEPT}<p>Customers' own words are kept for {format_count(months, 'month')}. Then they are {end}.</p>"


def _erasure(contact: str | None) -> str:
    if contact is None:
        return ERASURE.format(contact="write to the people who run this dashboard")
    address = contact if "://" in contact else f"mailto:{contact}"
    return ERASURE.format(contact=f'write to <a href="{escape(address)}">{escape(contact)}</a>')
