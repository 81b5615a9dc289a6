"""The row that names the columns, and the mark between cells: found in the first rows of a file."""

import pytest

from cxdata.errors import StoryError
from cxdata.ingest.readers.csv import detect_separator
from cxdata.ingest.readers.header import FoundHeader, find_header

TABLE = [["company", "date", "text"], ["Acme", "2026-03-15", "One."], ["Acme", "2026-03-16", "Two."]]


def found(*rows: list[str], asked: int | None = None) -> FoundHeader:
    return find_header("t.csv", rows, asked)


@pytest.mark.parametrize(
    "above",
    [
        [],
        [["Report: comments"], ["Period: March 2026"], []],
        [["Report", "", ""], ["", "", ""]],
        [[], []],
        [["Exported", "2026-03-17"]],
    ],
)
def test_header_is_found_below_a_title(above: list[list[str]]) -> None:
    header = found(*above, *TABLE)
    assert (header.headers, header.place, header.first_row) == (tuple(TABLE[0]), len(above), len(above) + 2)
    assert bool(header.doubts) == any(any(row) for row in above)


@pytest.mark.parametrize(
    "row", [["Acme", "2026-03-15", "One."], ["Acme", "x@example.org", "One."], ["1", "2", "One."], ["A", "3/4/26", "b"]]
)
def test_table_without_a_header_has_letters_and_a_doubt(row: list[str]) -> None:
    header = found(row, row, row)
    assert (header.headers, header.first_row) == (("a", "b", "c"), 1)
    assert "--header 1" in header.doubts[0]
    assert found(row, row, asked=1).headers == tuple(row)


def test_person_chooses_the_header() -> None:
    assert found(*TABLE, asked=0).headers == ("a", "b", "c")
    assert found(*TABLE, asked=2).headers == ("Acme", "2026-03-15", "One.")
    with pytest.raises(StoryError, match="has no names of columns in row 9"):
        found(*TABLE, asked=9)


def test_years_may_name_columns() -> None:
    assert found(["region", "2024", "2025"], ["North", "1", "2"]).headers == ("region", "2024", "2025")


def test_rows_that_describe_the_columns_of_qualtrics_are_no_stories() -> None:
    header = found(["Q1", "Q2"], ["How easy?", "What?"], ['{"ImportId":"QID1"}', '{"ImportId":"QID2"}'], ["3", "Two."])
    assert (header.first_row, header.labels) == (4, {0: "How easy?", 1: "What?"})


def test_answers_of_surveymonkey_become_names_of_columns() -> None:
    header = found(
        ["Respondent ID", "What happened?", "Which channels?", ""],
        ["", "Open-Ended Response", "Phone", "Chat"],
        ["118", "They hung up.", "Phone", ""],
    )
    assert header.headers == ("Respondent ID", "What happened?", "Which channels?: Phone", "Which channels?: Chat")
    assert header.first_row == 3


@pytest.mark.parametrize(
    ("text", "mark", "is_doubtful"),
    [
        ("a;b;c\nx, y;1,5;z\nx;2;z, w, v\n", ";", False),
        ("Company (name, as known);Date (day, month)\nAcme;1, 2, 3\nAcme, Ltd;4\n", ";", False),
        ("a,b\n1,2\n", ",", False),
        ("a\tb, c\n1\t2\n", "\t", False),
        ("a,b;c\n1,2;3\n4,5;6\n", ",", True),
    ],
)
def test_separator_is_the_one_that_splits_rows_alike(text: str, mark: str, is_doubtful: bool) -> None:
    rows = {each: [line.split(each) for line in text.splitlines()] for each in ",;\t|"}
    assert detect_separator(rows) == (mark, is_doubtful)
