"""Files as other programs write them: encodings, line ends, separators and blanks are read or refused."""

import codecs
import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxdata.stories import Library, Story
from cxdata.text.spreadsheet import escape_formula
from tests.fixtures.databases import look
from tests.fixtures.imports import brought, problems, refused, table, told_rows

Write = Callable[..., Path]
WORDS = "Zoë’s kettle – “cold”"  # Windows-1252 has these characters and Latin-1 does not


@pytest.fixture
def rows(library: Library) -> list[dict[str, Any]]:
    """A copy of a shipped story, as rows of our own table."""
    return again(library.stories[0])


def again(story: Story, **told: Any) -> list[dict[str, Any]]:
    first, *others = told_rows(story.model_copy(update={"story": "again"} | told))
    rows = [first | {"title": "Told again", "sector": story.company.sector}, *others]
    return [{column: escape_formula(value) for column, value in row.items()} for row in rows]


def titled(base: Path, *names: str) -> list[Any]:
    return [
        title for (title,) in look(base, f"select title from story where story in {names or ('again', '')} order by 1")
    ]


def as_bytes(rows: list[dict[str, Any]], folder: Path, **how: Any) -> str:
    return table(folder / "plain.csv", rows, **how).read_text("utf-8")


@pytest.mark.parametrize(
    ("encoding", "mark", "said"),
    [
        ("utf-8", codecs.BOM_UTF8, "UTF-8 with a byte order mark"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "UTF-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "UTF-16"),
        ("utf-16-le", b"", "UTF-16 without a byte order mark"),
        ("utf-16-be", b"", "UTF-16 without a byte order mark"),
        ("cp1252", b"", "Windows-1252, because it is not UTF-8"),
    ],
)
def test_csv_is_read_in_every_encoding(
    base: Path, tmp_path: Path, rows: list[dict[str, Any]], encoding: str, mark: bytes, said: str
) -> None:
    rows[0]["title"] = WORDS
    keep = {name: value for name, value in rows[0].items() if str(value).isascii() or name == "title"}
    rows = [keep | {"summary": "S.", "encounter_summary": "E.", "short": "E.", "locator": "L."}]
    path = tmp_path / "stories.csv"
    path.write_bytes(mark + as_bytes([row | {"source": None} for row in rows], tmp_path).encode(encoding))
    report = brought(base, path, status="draft")
    assert (report.stories, report.faults, report.files[0].read_as) == (1, (), said)
    assert titled(base) == [WORDS]


def test_json_is_read_in_every_encoding(base: Path, tmp_path: Path, library: Library) -> None:
    told = library.stories[0].model_dump(mode="json", exclude_none=True)
    lines = [json.dumps(told | {"story": f"again-{n}", "title": f"{WORDS} {n}"}, ensure_ascii=False) for n in range(3)]
    for number, (encoding, end) in enumerate((("utf-8-sig", "\r\n"), ("utf-16", "\n\n"), ("utf-16-le", "\r\n"))):
        path = tmp_path / f"{number}.jsonl"
        path.write_bytes((lines[number] + end).encode(encoding))
        report = brought(base, path)
        assert (report.added, report.faults) == ((f"again-{number}",), ())
    assert titled(base, "again-0", "again-1", "again-2") == [f"{WORDS} {n}" for n in range(3)]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_is_read_with_every_separator_and_line_end(
    base: Path, tmp_path: Path, rows: list[dict[str, Any]], separator: str, end: str
) -> None:
    path = table(tmp_path / "stories.csv", rows, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL)
    report = brought(base, path, dry_run=True)
    assert (report.stories, report.faults, report.files[0].rows) == (1, (), len(rows))


def test_cells_are_cleaned_of_entities_blanks_and_invisible_characters(
    base: Path, tmp_path: Path, rows: list[dict[str, Any]]
) -> None:
    rows[0] |= {
        "title": "  R&amp;D \u2013 caf&eacute;&nbsp;\u3000",
        "account": 'One.\r\n\r\n"Two", she said;\n three &lt;3',
        "notes": " \t ",
        "loyalty": "\u00a0",
        "company": "\ufeffAmazon\u200b",
        "sector": "",
    }
    path = table(tmp_path / "stories.csv", rows, lineterminator="\r\n")
    report = brought(base, path, status="draft")
    assert (report.stories, report.faults) == (1, ())
    assert look(base, "select title, notes, loyalty, company from story where story = 'again'") == [
        ("R&D – café", None, None, "Amazon")
    ]
    assert look(base, "select words from account") == [('One.\n\n"Two", she said;\n three <3',)]
    assert "HTML entities (such as &amp;) are read as letters in 1 rows" in report.files[0].notes


def test_faults_use_the_row_numbers_of_a_spreadsheet(base: Path, tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    rows = [{column: " ".join(str(cell or "").split()) for column, cell in row.items()} for row in rows]
    rows[1] |= {"driver": "wory", "evidence": "It is told."}
    rows[-1] |= {"driver": "wury", "evidence": "It is told."}
    header, *lines = as_bytes(rows, tmp_path).split("\n")[:-1]
    odd = ["x,y", header + ",z", lines[0].replace("again", '"ag\nain"', 1) + ",too,many"]
    path = tmp_path / "stories.csv"
    path.write_text(
        "\n".join([header, lines[0], "", "," * (len(rows[0]) - 1), lines[1], *odd, *lines[2:], "", ""]) + "\n", "utf-8"
    )
    found = problems(brought(base, path))
    cells = len(rows[0])
    assert [fault.partition(":")[0] for fault in found] == [
        "row 5",
        "row 6",
        "row 7",
        "row 8",
        f"row {8 + len(lines) - 2}",
    ]
    assert [fault.partition(": ")[2] for fault in found[1:4]] == [
        f"has {count} cells, and the header has {cells}" for count in (2, cells + 1, cells + 2)
    ]


def test_too_long_text_is_a_fault_with_a_shortened_value(
    base: Path, tmp_path: Path, rows: list[dict[str, Any]]
) -> None:
    rows[0] |= {"notes": "n" * 20_001, "title": "two\nlines", "summary": "bell \x07"}
    found = brought(base, table(tmp_path / "stories.csv", rows)).faults
    assert [(fault.row, fault.column, fault.why) for fault in found] == [
        (2, "notes", "is too long (at most 20,000 characters are possible) or cannot be shown"),
        (2, "summary", "has characters that cannot be shown"),
        (2, "title", "is too long (at most 80 characters, on one line are possible) or cannot be shown"),
    ]
    assert len(found[0].value or "") == 200


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\r\n\r\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"story,title,job,summary\n", "has a header but no rows"),
        (b"story,title,job,summary", "has a header but no rows"),
        (b"story,title,job,summary\n\n\n", "has a header but no rows"),
        (b",,,\n,,,\n", "has no header. The first row must name the columns"),
        (b"story,title,job,summary,Title\na,b,c,d,e\n", "has the column 'title' twice"),
        (b"story,title,job,summary\na,b\x00,c,d\n", "has a NUL character at position 28"),
        (
            b"story,title,job,summary\na,\x81,c,d\n",
            "is not UTF-8 (byte 27) and not Windows-1252 (byte 27). Save it",
        ),
        (
            "story,title\n".encode("utf-16-le") + b"\x00",
            "begins as UTF-16 without a byte order mark, but the rest is not",
        ),
        (b'story,title,job,summary\na,"b,c,d\n', "row 2: has 2 cells, and the header has 4"),
    ],
)
def test_file_that_is_not_a_table_is_refused_with_a_reason(
    base: Path, tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    before = base.read_bytes()
    assert any(why in fault for fault in refused(base, path))
    assert base.read_bytes() == before
