"""Every rerun, of a page and of a part of it alone, is counted under its page and has an id of its own."""

from cxdata.http.monitoring.metrics import METRICS
from tests.fixtures.pages import AppTest


def count(page: str, part: str) -> float:
    found = METRICS.registry.get_sample_value("cxdata_rerun_seconds_count", {"page": page, "part": part})
    return found or 0.0


SCRIPT = """
import streamlit as st

from cxdata.observability.request_id import current_id
from pages.ui.frame import fragment, watch_page

@fragment
def part() -> None:
    st.text(f"part {current_id()}")

with watch_page("A page"):
    st.text(f"page {current_id()}")
    part()
"""


def test_page_and_its_parts_run_under_one_id_and_count_once() -> None:
    before = count("A page", "page"), count("A page", "fragment")
    app = AppTest.from_string(SCRIPT).run()
    assert not app.exception
    first = app.text[0].value.removeprefix("page ")
    assert app.text[1].value == f"part {first}"
    assert len(first) == 16
    assert (count("A page", "page"), count("A page", "fragment")) == (before[0] + 1, before[1])
    app.run()
    assert app.text[0].value not in (f"page {first}", "page ")
