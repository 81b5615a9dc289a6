"""A table to be read: every word is there, none is run, and a phone or a screen reader loses no heading."""

import re
from html import unescape

from streamlit.testing.v1 import AppTest

from pages.ui.row_table import format_row_table

LONG = "the codebook has: " + ", ".join(f"choice_{number}" for number in range(40))
ROWS = [
    {"where": "row 3", "value": "<script>alert(1)</script>", "why": LONG, "nearest": None},
    {"where": "row 4", "value": "", "why": "is missing", "nearest": ""},
]


def cells(html: str) -> list[str]:
    return [unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", html)]


def test_every_word_is_in_the_table_and_a_column_that_nobody_fills_is_not() -> None:
    told = cells(format_row_table("Faults", ROWS, as_typed="value"))
    assert told == ["where", "value", "why", "row 3", ROWS[0]["value"], LONG, "row 4", "", "is missing"]


def test_no_cell_heading_or_label_is_run() -> None:
    html = format_row_table('"><script>', [{"<b>": "<i>", '"x': "<script>y</script>"}])
    assert not re.findall(r"<(?:script|b|i)>", html)
    assert 'aria-label="&quot;&gt;&lt;script&gt;"' in html
    assert 'data-head="&quot;x"' in html


def test_a_row_is_named_by_its_first_cell_and_each_cell_by_its_heading() -> None:
    html = format_row_table("Faults", ROWS)
    assert html.count('<th scope="col" role="columnheader">') == 3
    assert html.count('<th scope="row" role="rowheader">') == 2
    assert re.findall(r'<td role="cell" data-head="(\w+)"', html) == ["value", "why", "value", "why"]


def test_numbers_are_grouped_and_nought_is_said() -> None:
    assert cells(format_row_table("Files", [{"file": "a", "rows": 12345, "faults": 0}]))[3:] == ["a", "12,345", "0"]


def report(faults: int, kinds: int, again: int = 0) -> None:
    from dataclasses import replace  # noqa: PLC0415

    from cxdata.ingest.report import FaultRow, ImportReport  # noqa: PLC0415 - AppTest runs the text of this function alone
    from pages.add.import_report import show_import_report  # noqa: PLC0415

    why = "the codebook has: " + "x, " * 60
    told = [FaultRow("a.csv", row, f"invented-{row}", "job", "<b>jobb</b>", why, "job") for row in range(2, 202)]
    told = [replace(fault, repeats=again) for fault in told[:kinds]]
    told_of = {"faults": tuple(told), "fault_count": faults, "fault_kinds": kinds}
    show_import_report(ImportReport(None, dry_run=True, **told_of), {"faults": b"row"})


def test_the_first_faults_are_read_on_the_page_and_a_long_reason_once() -> None:
    app = AppTest.from_function(report, kwargs={"faults": 120, "kinds": 120}).run()
    assert not app.exception
    assert "120 faults: nothing would be brought in." in app.error[0].value
    (html,) = [each.proto.body for each in app.get("html") if "<table" in each.proto.body]
    assert html.count("<tr") == 51  # fifty and the headings
    assert html.count("the codebook has") == 1
    assert html.count("as at row 2<") == 49
    assert "&lt;b&gt;jobb&lt;/b&gt;" in html
    assert [each.value for each in app.caption] == ["The first 50 of 120 faults; the file has all of them."]


def test_one_wrong_value_in_many_rows_is_told_once() -> None:
    app = AppTest.from_function(report, kwargs={"faults": 3_000, "kinds": 3, "again": 999}).run()
    assert not app.exception
    (html,) = [each.proto.body for each in app.get("html") if "<table" in each.proto.body]
    assert html.count("<tr") == 4
    assert "row 2 and 999 more" in html
    assert [each.value for each in app.caption] == ["3 kinds among 3,000 faults; the file has all of them."]


def test_a_report_without_faults_shows_no_table_of_them() -> None:
    app = AppTest.from_function(report, kwargs={"faults": 0, "kinds": 0}).run()
    assert not app.exception
    assert not [each for each in app.get("html") if "What is wrong" in each.proto.body]
