"""Foreign tables under a mapping: styles of headers and dates, unmapped values, and damaged ids.

Every row here is invented, except in the test that reads the extracts of the complaint database.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cxdata.errors import StoryError
from cxdata.ingest.mapping.catalogue import read_mapping
from cxdata.resources import ROOT
from tests.fixtures.databases import look
from tests.fixtures.imports import brought, problems, table

EXTRACTS = ROOT.parent / "shared" / "data" / "cfpb"
# our name of a column, and its header in each of five extracts; None if the extract has no such column
STYLES = {
    "date": ("date_received", "Date received", "Date received", "Date_received", "Date received"),
    "product": ("product", "Product", "Product", "Product", "Product"),
    "issue": ("issue", "Issue", "Issue", "Issue", "Issue"),
    "part": ("sub_issue", "Sub-issue", "Sub-issue", "Sub-issue", "Sub-issue"),
    "company": ("company", "Company", "Company", "Company", "Company"),
    "via": ("submitted_via", "Submitted via", "Submitted via", "Submitted_via", "Submitted via"),
    "answer": (
        "company_response_to_consumer",
        "Company response",
        "Company response to consumer",
        "Company_response_to_consumer",
        "Company response to consumer",
    ),
    "timely": ("timely_response", "Timely response?", "Timely response?", "Timely_response?", "Timely response?"),
    "disputed": (
        "consumer_disputed?",
        "Consumer disputed?",
        "Consumer disputed?",
        "Consumer_disputed?",
        "Consumer disputed?",
    ),
    "id": ("complaint_id", "Complaint ID", None, "Complaint_ID", "Complaint ID"),
}
DAYS = ("{1}/{2}/{0}", "{1}/{2}/{0}", "{1}/{2}/{0}", "{2:0>2}-{1:0>2}-{0}", "{0}-{1:0>2}-{2:0>2}")


def complaint(number: int, **told: Any) -> dict[str, Any]:
    return {
        "date": (2023, 8, 14 + number),
        "product": "Mortgage",
        "issue": f"Invented issue {number}",
        "part": None,
        "company": "Invented Bank",
        "via": "Web",
        "answer": "Closed with explanation",
        "timely": "No",
        "disputed": "Yes",
        "id": 511074 + number,
    } | told


def complaints(path: Path, rows: Sequence[dict[str, Any]], style: int = 4) -> Path:
    """Write complaints in the style of one of the extracts."""
    dated = [
        row | {"date": row["date"] if isinstance(row["date"], str) else DAYS[style].format(*row["date"])}
        for row in rows
    ]
    names = {name: headers[style] for name, headers in STYLES.items() if headers[style]}
    return table(path, [{header: row[name] for name, header in names.items()} for row in dated])


def reviews(path: Path, *rows: dict[str, Any]) -> Path:
    plain = {"company": "Invented Shop", "text": "It was fine.", "date": "2026-04-03", "channel": "Web"}
    return table(path, [{"id": number} | plain | row for number, row in enumerate(rows, start=1)])


def days(base: Path) -> list[str]:
    return [day for (day,) in look(base, "select happened_on from story where story like 'review-%' order by story")]


@pytest.mark.parametrize("style", range(5))
def test_complaint_mapping_reads_every_style_of_headers_and_dates(base: Path, tmp_path: Path, style: int) -> None:
    path = complaints(tmp_path / "invented.csv", [complaint(0), complaint(1, via="Fax")], style)
    report = brought(base, path)
    assert (report.stories, report.faults, report.companies, report.drafts) == (2, (), 1, 2)
    told = look(
        base,
        "select happened_on, title, company, story.job, outcome, touchpoint, list(driver order by event), "
        "any_value(story) from story inner join encounter using (story) inner join effort_event using (story, step) "
        "where company = 'Invented Bank' group by all order by 1",
    )
    drivers = ["avoidable_contact", "wait_for_reply", "disputing"]
    rest = ("Invented Bank", "borrow_money", "unresolved")
    assert [row[:-1] for row in told] == [
        ("2023-08-14", "Mortgage: Invented issue 0", *rest, "website", drivers),
        ("2023-08-15", "Mortgage: Invented issue 1", *rest, "letter", drivers),
    ]
    if STYLES["id"][style]:
        assert [row[-1] for row in told] == ["cfpb-511074", "cfpb-511075"]


@pytest.mark.skipif(not EXTRACTS.is_dir(), reason="the extracts of the complaint database are not beside the project")
def test_complaint_extracts_import_with_three_faults(base: Path) -> None:
    files = sorted(EXTRACTS.glob("*.csv"))
    skipped = brought(base, *files, on_fault="skip", dry_run=True)
    assert (skipped.stories, skipped.fault_count) == (17_511, 3)
    faulty = [file for file, told in zip(files, skipped.files, strict=True) if told.faults]
    stopped = brought(base, *faulty)
    assert (stopped.batch, stopped.stories, stopped.fault_count) == (None, 0, 3)


def test_unmapped_value_is_a_fault_with_the_choices(base: Path, tmp_path: Path) -> None:
    path = complaints(tmp_path / "invented.csv", [complaint(0), complaint(1, via="Carrier pigeon")])
    (found,) = problems(brought(base, path))
    assert found.startswith("row 3: touchpoint 'Carrier pigeon'")
    assert "The codebook has: phone, ivr, " in found


def test_ambiguous_dates_are_faults_until_the_order_is_given(base: Path, tmp_path: Path) -> None:
    path = reviews(tmp_path / "reviews.csv", {"date": "03/04/2026"}, {"date": "05/06/2026"}, {"date": "7/7/2026"})
    asked = (
        "can be read day first (03/04/2026 is 3 April 2026) or month first (03/04/2026 is 4 March 2026). "
        "Say which: --dates 'day first' or 'month first', or 'leave faulty empty'"
    )
    assert problems(brought(base, path, mapping="reviews")) == [
        f"row 2 and 1 more: happened_on '03/04/2026' (and 1 other value) {asked}"
    ]
    assert brought(base, path, mapping="reviews", order="day first").stories == 3
    assert days(base) == ["2026-04-03", "2026-06-05", "2026-07-07"]


def test_one_unambiguous_date_decides_the_order_of_its_column(base: Path, tmp_path: Path) -> None:
    path = reviews(tmp_path / "reviews.csv", {"date": "13/04/2026"}, {"date": "03/04/2026"})
    report = brought(base, path, mapping="reviews")
    assert report.files[0].notes[0] == "dates in 'date' are read as DD/MM/YYYY"
    assert days(base) == ["2026-04-13", "2026-04-03"]


def test_column_of_mixed_orders_rejects_only_ambiguous_dates(base: Path, tmp_path: Path) -> None:
    told = ("13/04/2026", "04/14/2026", "03/04/2026", "2026-04-15", "1/2/26", "31/02/2026")
    path = reviews(tmp_path / "reviews.csv", *({"date": day} for day in told))
    report = brought(base, path, mapping="reviews", on_fault="skip")
    assert [(fault.rows, fault.values) for fault in report.faults] == [
        ("row 4 and 1 more", "03/04/2026 and 1 other value"),  # the other one has an unknown century too
        ("row 7", "31/02/2026"),  # no month has this day
    ]
    assert days(base) == ["2026-04-13", "2026-04-14", "2026-04-15"]


def test_duplicate_rows_without_an_id_are_one_story(base: Path, tmp_path: Path) -> None:
    path = complaints(tmp_path / "invented.csv", [complaint(0), complaint(1), complaint(0)], style=2)
    report = brought(base, path)
    assert (report.stories, report.files[0].duplicate_rows, report.faults) == (2, 1, ())
    assert brought(base, path).known == 2


def test_ids_changed_by_a_spreadsheet_are_repaired_or_rejected(base: Path, tmp_path: Path) -> None:
    ids = (" 6896026.0", "1.23E+11", "AB/12 x", "CFPB_77", "!!", "")
    path = complaints(tmp_path / "invented.csv", [complaint(n, id=told) for n, told in enumerate(ids)])
    report = brought(base, path, on_fault="skip")
    assert report.added == ("cfpb-6896026", "cfpb-ab-12-x", "cfpb-cfpb-77")
    assert problems(report) == [
        "row 3: story '1.23e+11' is a number that a spreadsheet shortened. Export the column as text",
        "row 6: story 'cfpb-' is not lower-case words joined by hyphens, such as ao-laptop",
        "row 7: story is missing",
    ]


def test_different_rows_of_one_id_are_a_fault(base: Path, tmp_path: Path) -> None:
    path = complaints(tmp_path / "invented.csv", [complaint(0), complaint(0, issue="Another", via="Phone")])
    found = problems(brought(base, path))
    assert "row 3: title 'Mortgage: Another' differs from row 2, which has Mortgage: Invented issue 0" in found


def test_faulty_mapping_reports_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'title = "Mine"\nprefix = "mine"\nextra = 1\n'
        '[story]\ncompany = { column = "Firm", value = "Acme" }\nhapened_on = { column = "d" }\n'
        'happened_on = { column = "d", dates = ["%y/%d"] }\ntitle = { colum = "t" }\n'
        '[[encounter]]\n[encounter.fields]\ntouchpoint = { value = "phone" }\n',
        "utf-8",
    )
    with pytest.raises(StoryError) as caught:
        read_mapping(path)
    found = [str(fault) for fault in caught.value.faults]
    for words in (
        "mine.toml: key 'extra'",
        "mine.toml: story: company: give exactly one of value, column and text",
        "happened_on: dates '%y/%d'",
        "title: key 'colum' is unknown. Did you mean column?",
    ):
        assert any(words in fault for fault in found), (words, found)
    path.write_text(path.read_text("utf-8").replace("extra = 1\n", "").replace(', value = "Acme"', "")
                    .replace('%y/%d', "%Y/%m/%d").replace("colum =", "column ="), "utf-8")  # fmt: skip
    with pytest.raises(StoryError, match=r"story: column 'hapened_on' is unknown\. Did you mean happened_on\?"):
        read_mapping(path)


def test_unknown_or_unsuitable_mapping_error_lists_the_choices(base: Path, tmp_path: Path) -> None:
    path = reviews(tmp_path / "reviews.csv", {})
    with pytest.raises(
        StoryError, match=r"'reviws' is unknown\. Did you mean reviews\? The program has: account, cfpb"
    ):
        brought(base, path, mapping="reviws")
    odd = table(tmp_path / "odd.csv", [{"colour": "red", "size": "3"}])
    with pytest.raises(
        StoryError, match=r"its columns are unknown: colour, size.*The mappings are: account, cfpb, reviews"
    ):
        brought(base, odd)
    with pytest.raises(StoryError, match=r"column 'company' is unknown. The file has: colour, size"):
        brought(base, odd, mapping="reviews")


def test_several_efforts_of_one_row_become_events(base: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "mine.toml"
    efforts = "".join(
        f'[[encounter.effort]]\n[encounter.effort.fields]\ndriver = {{ value = "{driver}" }}\n'
        f'evidence = {{ value = "Invented: {driver}." }}\n'
        for driver in ("worry", "repeat_contact", "disputing")
    )
    mapping.write_text(
        'title = "Mine"\nprefix = "mine"\nid = ["no"]\n[story]\ncompany = { column = "firm" }\n'
        'sector = { value = "Retail" }\ntitle = { value = "Invented" }\njob = { value = "buy_a_laptop" }\n'
        'summary = { value = "Invented." }\noutcome = { value = "pending" }\n[[encounter]]\n[encounter.fields]\n'
        'touchpoint = { value = "phone" }\nencounter_summary = { value = "Invented." }\n'
        f'started_by = {{ value = "customer" }}\n{efforts}',
        "utf-8",
    )
    report = brought(
        base, table(tmp_path / "one.csv", [{"no": "1", "firm": "Bank of Inventions"}]), mapping=str(mapping)
    )
    assert problems(report) == []
    assert look(base, "select event, driver from effort_event where story = 'mine-1' order by event") == [
        (1, "worry"),
        (2, "repeat_contact"),
        (3, "disputing"),
    ]
