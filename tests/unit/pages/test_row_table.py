"""The row table and the import report: all values, escaped, with headings for phones and screen readers."""

import re
from html import unescape

from pages.ui.tables.row_table import format_row_table
from tests.fixtures.pages import AppTest

LONG = "the codebook has: " + ", ".join(f"choice_{number}" for number in range(40))
ROWS = [
    {"where": "row 3", "value": "<script>alert(1)</script>", "why": LONG, "nearest": None},
    {"where": "row 4", "value": "", "why": "is missing", "nearest": ""},
]


def cells(html: str) -> list[str]:
    return [unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", html)]


def test_table_shows_every_value_and_leaves_out_empty_columns() -> None:
    told = cells(format_row_table("Faults", ROWS, as_typed="value"))
    assert told == ["where", "value", "why", "row 3", ROWS[0]["value"], LONG, "row 4", "", "is missing"]


def test_cells_headings_and_labels_are_escaped() -> None:
    html = format_row_table('"><script>', [{"<b>": "<i>", '"x': "<script>y</script>"}])
    assert not re.findall(r"<(?:script|b|i)>", html)
    assert 'aria-label="&quot;&gt;&lt;script&gt;"' in html
    assert 'data-head="&quot;x"' in html


def test_first_cell_labels_its_row_and_headings_label_cells() -> None:
    html = format_row_table("Faults", ROWS)
    assert html.count('<th scope="col" role="columnheader">') == 3
    assert html.count('<th scope="row" role="rowheader">') == 2
    assert re.findall(r'<td role="cell" data-head="(\w+)"', html) == ["value", "why", "value", "why"]


def test_numbers_are_grouped_and_zero_is_shown() -> None:
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


def test_report_shows_fifty_faults_and_a_long_reason_once() -> None:
    app = AppTest.from_function(report, kwargs={"faults": 120, "kinds": 120}).run()
    assert not app.exception
    assert "120 faults: nothing would be imported." in app.error[0].value
    (html,) = [each.proto.body for each in app.get("html") if "<table" in each.proto.body]
    assert html.count("<tr") == 51  # fifty and the headings
    assert html.count("the codebook has") == 1
    assert html.count("as at row 2<") == 49
    assert "&lt;b&gt;jobb&lt;/b&gt;" in html
    assert [each.value for each in app.caption] == ["The first 50 of 120 faults. The file has all of them."]


def test_report_groups_rows_with_the_same_fault() -> None:
    app = AppTest.from_function(report, kwargs={"faults": 3_000, "kinds": 3, "again": 999}).run()
    assert not app.exception
    (html,) = [each.proto.body for each in app.get("html") if "<table" in each.proto.body]
    assert html.count("<tr") == 4
    assert "row 2 and 999 more" in html
    assert [each.value for each in app.caption] == ["3 kinds among 3,000 faults. The file has all of them."]


def test_report_without_faults_shows_no_fault_table() -> None:
    app = AppTest.from_function(report, kwargs={"faults": 0, "kinds": 0}).run()
    assert not app.exception
    assert not [each for each in app.get("html") if "Faults" in each.proto.body]
