"""The audit log: the latest events of a person, an action or some days, and all of them as CSV."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from cxdata.access.audit_log import Event, list_events, list_people
from cxdata.access.roles import Action
from cxdata.errors import CxdataError
from cxdata.text.formatting import format_count
from pages.ui.cache import get_engine
from pages.ui.page_header import show_refusal
from pages.ui.permissions import require
from pages.ui.tables.row_table import format_row_table

SHOWN = 200
ENDINGS = {"done": "", "begun": "not finished", "refused": "refused", "failed": "failed"}


def show_log() -> None:
    """Show filters, the link to the file and the latest events."""
    try:
        require(Action.READ_LOG)
        people = list_people(get_engine())
    except CxdataError as error:
        show_refusal(error)
        return
    if not people:
        st.caption("Nothing has been recorded yet.")
        return
    chosen = {name: value for name, value in _choose(people).items() if value}
    events = list_events(get_engine(), **chosen, most=SHOWN + 1)
    st.html(
        f'<a class="cx-button" href="{"audit-log.csv" + (f"?{urlencode(chosen)}" if chosen else "")}" download'
        ' target="_self">Download as CSV</a>'
    )
    if not events:
        st.caption("Nothing matches. Remove a filter.")
        return
    more = len(events) > SHOWN
    st.caption(
        f"The latest {SHOWN} events. The file has them all." if more else f"{format_count(len(events), 'event')}."
    )
    st.html(format_row_table("Who did what", [_line(event) for event in events[:SHOWN]]))


def _choose(people: list[str]) -> dict[str, Any]:
    """Return the filters as keyword arguments of `list_events`."""
    who, action, since, until = st.columns(4)
    actions = [each.words for each in Action]
    days = [
        place.date_input(label, None, max_value=date.today(), key=f"log-{label.lower()}")
        for place, label in ((since, "From"), (until, "To"))
    ]
    return {
        "who": who.selectbox("Who", people, None, placeholder="Everybody", key="log-who"),
        "action": action.selectbox("What", actions, None, placeholder="Everything", key="log-action"),
        "since": days[0].isoformat() if isinstance(days[0], date) else None,
        "until": days[1].isoformat() if isinstance(days[1], date) else None,
    }


def _line(event: Event) -> dict[str, str]:
    ending = ENDINGS.get(event.outcome, event.outcome)
    return {
        "When (UTC)": event.at,
        "Who": event.who,
        "What": event.action,
        "Of what": event.subject,
        "Details": ": ".join(part for part in (ending, event.detail) if part),
    }
