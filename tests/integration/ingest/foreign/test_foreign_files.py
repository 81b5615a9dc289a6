"""Files as people have them: each is read as it is meant, asked about, or refused with one clear line.

Every text here is invented.
"""

import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from cxdata.errors import StoryError
from cxdata.ingest.mapping.changes import MappingChanges
from cxdata.ingest.reading import ReadOptions
from cxdata.ingest.report import ImportReport
from tests.fixtures.databases import look
from tests.fixtures.imports import brought, problems, refused

ROW = "company,date,text\nAcme,2026-03-15,{}\n"
FOREIGN: dict[str, tuple[bytes, tuple[str, ...], tuple[str, ...]]] = {
    "blank_tail.csv": (b"company,date,text\nAcme,2026-03-15,Blank.\n\n \n,,\n", (), ()),
    "cyrillic.csv": (
        "company,date,text\nСбер,2026-03-15,Долго ждал ответа.\n".encode("cp1251"),
        ("read as Windows-1251, by its letters",),
        (),
    ),
    "japanese.csv": (ROW.format("遅いし高すぎる。").encode("cp932"), ("read as Shift JIS",), ()),
    "title_nl.csv": (
        b'company,date,title,text\nAcme,2026-03-15,"Broken\nlift",Title.\n',
        ("line ends in 'title' are read as blanks in 1 row",),
        (),
    ),
    "title_long.csv": (
        b"company,date,title,text\nAcme,2026-03-15," + b"The lift was broken again. " * 4 + b",Long.\n",
        ("'title' is cut at a word to 80 characters in 1 row",),
        (),
    ),
    "nulls.csv": (b"company,date,text,channel\nAcme,N/A,nan,None\n", (), ()),
    "country.csv": (b"company,date,text,country\nAcme USA,2026-03-15,Land.,United States\n", (), ()),
    "tags.csv": (ROW.format('"<p>I rang <b>twice</b>.</p><br>Then &nbsp; nothing."').encode(), (), ()),
    "preamble.csv": (
        b"Report: comments\nPeriod: March 2026\n\n" + ROW.format("Preamble.").encode(),
        ("row 4 names the columns",),
        (),
    ),
    "semicolons.csv": (
        "company;date;text;effort\nMüller GmbH;15.03.2026;Größe falsch, 3 Mal angerufen.;4\n".encode("cp1252"),
        ("dates in 'date' are read as DD.MM.YYYY",),
        (),
    ),
    "score.csv": (b"company,date,text,effort\nAcme,2026-03-15,Score.,5.5\n", (), ("ces '5.5' is not a whole number",)),
    "comma_score.csv": (b"company;text;effort\nAcme;Comma.;4,5\n", (), ("ces '4.5' is not a whole number",)),
    "nocompany.csv": (ROW.format("One.").encode() + b",2026-03-16,Two.\n", (), ("row 3: company is missing",)),
    "serial.csv": (b"company,date,text\nAcme,46096,Serial.\n", (), ("46096 is 15 March 2026",)),
    "two_digits.csv": (b"company,date,text\nAcme,03/22/26,Digits.\n", (), ("03/22/26 is 22 March 2026",)),
    "array.json": (b'[{"id": "j1", "company": "Acme", "date": "2026-03-15", "text": "Array."}]', (), ()),
    "lines.jsonl": (
        b'{"company": "Acme", "date": "2026-03-15", "text": "Line."}\n{bad\n\n{"company": "Acme", "text": "Second."}\n',
        (),
        ("row 2: is not JSON",),
    ),
    "wrapped.json": (
        b'{"meta": {"page": 1}, "data": [{"company": "Acme", "text": "A."}, {"company": "Acme", "text": "B."}]}',
        (),
        (),
    ),
    "columns.json": (b'{"company": {"0": "Acme", "1": "Bcme"}, "text": {"0": "Columns.", "1": null}}', (), ()),
}  # fmt: skip
STORIES = {"lines.jsonl": 2, "wrapped.json": 2, "columns.json": 2}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("foreign")
    for name, (content, _, _) in FOREIGN.items():
        (folder / name).write_bytes(content)
    return folder


def test_foreign_files_are_read_as_they_are_meant(base: Path, folder: Path) -> None:
    """One import of all of them: each has its own report."""
    report = brought(base, *(folder / name for name in FOREIGN), mapping="reviews", on_fault="skip")
    found = {file.name: file for file in report.files}
    lines = problems(report)
    for name, (_, notes, faults) in FOREIGN.items():
        file = found[name]
        for note in notes:
            assert any(note in each for each in file.notes), (name, file.notes)
        own = [fault for fault in report.faults if fault.file == name]
        assert len(own) == len(faults), (name, lines)
        for fault, words in zip(own, faults, strict=True):
            assert words in str(fault), (name, str(fault))
        lost = len(faults) if name != "lines.jsonl" else 0
        expected = STORIES.get(name, 2 if name == "nocompany.csv" else 1) - lost
        assert file.stories == expected, (name, file, lines)
    assert found["blank_tail.csv"].rows == 1
    told = dict(look(base, "select title, words from story inner join account using (story)"))
    assert told["Broken lift"] == "Title."
    assert told["The lift was broken again. The lift was broken again. The lift was broken…"] == "Long."
    words = {text for (text,) in look(base, "select words from account")}
    assert {"I rang twice.\n\nThen nothing.", "遅いし高すぎる。", "Долго ждал ответа."} <= words
    assert look(base, "select country from company where company = 'Acme USA'") == [("US",)]
    assert look(base, "select happened_on from story where company = 'Müller GmbH'") == [("2026-03-15",)]


@pytest.mark.parametrize(
    ("content", "asked", "outcome"),
    [
        ("Acme,2026-03-15,One.\nAcme,2026-03-16,Two.\n", {}, "Row 1 looks like a story and not like names of columns"),
        ("company,text,Text\nAcme,One.,A\n", {}, "has the column 'text' twice"),
        ("a,b\n1,2\n", {"reading": ReadOptions(encoding="no-such")}, "no encoding has this name"),
        ("a,b\n1,2\n", {"reading": ReadOptions(separator="ab")}, "A separator is one character"),
        ("company,text\nAcme,One.\n", {"changes": MappingChanges(only=(("colour", ("red",)),))}, "no column 'colour'"),
    ],
)
def test_file_that_cannot_be_read_says_why_in_one_line(
    base: Path, tmp_path: Path, content: str, asked: dict[str, Any], outcome: str
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(content, "utf-8")
    (line,) = refused(base, path, mapping="reviews", **asked)
    assert outcome in line


def test_importer_chooses_how_a_file_is_read(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "Kiosk Ltd.csv"
    path.write_bytes(
        "nr|wann|text|effort|kind\n1|03.04.26|Лифт.|9|b\n1|bald|Zwei.|0|b\n2|03.04.26|No.|1|c\n".encode("koi8-r")
    )
    mapping = tmp_path / "kiosk.toml"
    mapping.write_text(
        'title = "Kiosk"\nprefix = "kiosk"\nid = ["nr"]\nevery_row = true\n'
        'only = [{ column = "kind", is = ["B"] }]\n[read]\nencoding = "koi8-r"\nseparator = "|"\nheader = 1\n'
        '[story]\ncompany = { value = "{file}" }\nsector = { value = "Retail" }\n'
        'title = { text = ["From {file}: {text}"] }\n'
        'summary = { value = "Invented." }\naccount = { column = "text" }\njob = { value = "buy_a_product" }\n'
        'happened_on = { column = "wann", dates = ["day first", "leave faulty empty"] }\n'
        'happened_basis = { value = "told" }\nces = { column = "effort", scale = [0, 10], easy = "low" }\n'
        'outcome = { value = "pending" }\n[[encounter]]\n[encounter.fields]\ntouchpoint = { value = "kiosk" }\n'
        'encounter_summary = { value = "Invented." }\nstarted_by = { value = "customer" }\n',
        "utf-8",
    )
    report = brought(base, path, mapping=str(mapping))
    assert (problems(report), report.stories) == ([], 2)
    assert look(base, "select title, happened_on, ces from story where company = 'Kiosk Ltd' order by ces") == [
        ("From Kiosk Ltd: Лифт.", "2026-04-03", 2),  # 7 - 6 * 9 / 10, rounded
        ("From Kiosk Ltd: Zwei.", None, 7),
    ]
    assert "1 row left out by the filter" in report.files[0].notes
    again = brought(base, path, mapping=str(mapping))
    assert (again.stories, again.known) == (0, 2), "the same rows have the same ids"


def test_system_files_in_an_archive_are_passed_over(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "mac.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", ROW.format("Zipped."))
        archive.writestr("__MACOSX/._a.csv", b"\0")
        archive.writestr("sub/.DS_Store", b"\0")
    assert brought(base, path, mapping="reviews", dry_run=True).stories == 1


def workbook(
    path: Path, sheets: dict[str, list[list[Any]]], merged: tuple[int, int, int, int, str] | None = None
) -> Path:
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, dt.datetime):
                    sheet.write_datetime(number, place, value, day)
                elif value is not None:
                    sheet.write(number, place, value)
    if merged:
        sheet.merge_range(*merged)  # of the last sheet
    book.close()
    return path


DATA = [
    ["id", "company", "date", "text", "effort"],
    [7, "Acme", dt.datetime(2026, 3, 15), "One.", 5],
    [8, None, dt.datetime(2026, 3, 16, 14, 2), "Two.", None],
]


def test_workbook_is_read_with_typed_and_merged_cells(base: Path, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "one.xlsx", {"Notes": [["Read me"]], "Data": [[], ["Report"], [], *DATA]}, (4, 1, 5, 1, "Acme")
    )
    report = brought(base, path, mapping="reviews")
    assert problems(report) == []
    assert report.added == ("review-7", "review-8")
    assert look(base, "select happened_on, ces, company from story where story like 'review-%' order by story") == [
        ("2026-03-15", 5, "Acme"),
        ("2026-03-16", None, "Acme"),
    ]
    assert look(base, "select locator from encounter where story = 'review-8'") == [("row 6",)]


def test_several_sheets_are_asked_about(base: Path, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "three.xlsx", {"UK": DATA[:2], "US": [DATA[0], [9, "Bcme", None, "Three.", 1]], "Empty": []}
    )
    (line,) = refused(base, path, mapping="reviews")
    assert line == "three.xlsx: has several sheets with tables: 'UK' (1 rows), 'US' (1 rows). Choose one (--sheet NAME)"
    assert brought(base, path, mapping="reviews", reading=ReadOptions(sheet="us")).added == ("review-9",)


@pytest.mark.parametrize(("row", "column", "why"), [(1_048_575, 16_383, "16,384 columns"), (1_048_575, 0, "too large")])
def test_workbook_of_two_far_cells_is_refused_unread(
    base: Path, tmp_path: Path, row: int, column: int, why: str
) -> None:
    book = xlsxwriter.Workbook(tmp_path / "far.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [f"c{number}" for number in range(900)])
    sheet.write(row, column, "far")
    book.close()
    (line,) = refused(base, tmp_path / "far.xlsx", mapping="reviews")
    assert why in line


MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)


def opendocument(path: Path, rows: str) -> Path:
    space = 'xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"'
    spaces = " ".join(space.format(name) for name in ("office", "table", "text"))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="S">{rows}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return path


def ods_row(*cells: str, more: str = "") -> str:
    return (
        "<table:table-row>"
        + "".join(
            f'<table:table-cell {more} office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in cells
        )
        + "</table:table-row>"
    )


def test_opendocument_is_read_and_measured(base: Path, tmp_path: Path) -> None:
    path = opendocument(tmp_path / "s.ods", ods_row("company", "date", "text") + ods_row("Acme", "15.3.2026", "Open."))
    assert brought(base, path, mapping="reviews", dry_run=True).stories == 1
    far = opendocument(tmp_path / "far.ods", ods_row("a", more='table:number-columns-repeated="16384"'))
    (line,) = refused(base, far, mapping="reviews")
    assert "16,384 columns" in line
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(StoryError, match="cannot be read as a workbook"):
        brought(base, tmp_path / "broken.xlsx", mapping="reviews")


def test_json_of_many_columns_and_kinds_is_flattened(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "nested.json"
    records = [
        {"_source": {"company": "Acme", "text": f"Row {n}.", "who": {"country": "x", "tags": ["a", "b"]}}}
        for n in (1, 2)
    ]
    path.write_text(json.dumps({"hits": {"hits": records}}), "utf-8")
    report = brought(base, path, mapping="reviews", dry_run=True)
    assert (report.stories, report.files[0].unused) == (2, ("who.country", "who.tags"))


def test_faults_of_json_are_written_in_one_go(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"company": "Acme", "text": "Good."}\n' + "{bad\n" * 20_000, "utf-8")
    report: ImportReport = brought(base, path, mapping="reviews", on_fault="skip", dry_run=True)
    assert (report.stories, report.fault_count) == (1, 20_000)
    assert report.seconds < 10, "one statement a fault took minutes"
    with Path(report.file_names["faults"]).open(encoding="utf-8-sig", newline="") as file:
        assert sum(1 for _ in csv.reader(io.StringIO(file.read()))) == 20_001
