"""Days as other programs write them: read in one way, or asked about with what each reading gives."""

import datetime as dt

import pytest

from cxdata.ingest.values.days import DayReading, read_column, strip_clock

TODAY = dt.date(2026, 11, 28)


def read(*texts: str, asked: DayReading | None = None, forms: tuple[str, ...] = ()) -> list[str | None]:
    stripped = [strip_clock(text) for text in texts]
    found = read_column(set(stripped), forms, asked, TODAY)
    return [found.days.get(text) for text in stripped]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-15", "2026-3-15", "2026/03/15", "2026.03.15", "20260315", "2026-03-15 14:22:01", "2026-03-15T14:22",
        "2026-03-15T14:22Z", "2026-03-15T14:22:01.123456Z", "2026-03-15T14:22:01+05:30", "2026-03-15 14:22:01 -0800",
        "2026-03-15 14:22:01,123", "2026-03-15T23:59:59-11:00", "2026-03-15 14:22:01 UTC", "20260315T142201Z",
        "2026-03-15T14:22:01+01:00[Europe/Paris]", "15/03/2026", "15.3.2026", "15.03.2026 14:22", "15-03-2026",
        "15 / 03 / 2026", "3/15/2026", "03/15/2026 02:22:10 PM", "3/15/2026, 2:22 PM", "3/15/2026 2pm",
        "March 15, 2026", "Mar 15 2026", "Mar. 15, 2026", "15 March 2026", "15th of March 2026", "15-Mar-2026",
        "15MAR2026", "2026 Mar 15", "15. March 2026", "Sunday, 15 March 2026", "Sun, 15 Mar 2026 10:00:00 +0000",
        "Sun Mar 15 2026 14:22:01 GMT+0000 (Coordinated Universal Time)", "Sun Mar 15 14:22:01 UTC 2026",
        "March 15th, 2026 at 3:04pm", "14:22 15/03/2026", "2026年3月15日",
    ],
)  # fmt: skip
def test_day_with_one_reading_is_read_in_every_form(text: str) -> None:
    assert read(text) == ["2026-03-15"]


@pytest.mark.parametrize(
    ("text", "day"), [("2026", "2026"), ("2026-03", "2026-03"), ("March 2026", "2026-03"), ("03/2026", "2026-03")]
)
def test_year_and_month_stay_what_they_are(text: str, day: str) -> None:
    assert read(text) == [day]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("03/04/2026", {"day first": "3 April 2026", "month first": "4 March 2026"}),
        ("03/22/26", {"month first": "22 March 2026"}),
        ("31-Jul-26", {"day first": "31 July 2026", "year first": "26 July 1931"}),
        ("46096", {"spreadsheet days": "15 March 2026"}),
        ("46096.5", {"spreadsheet days": "15 March 2026"}),
        ("1773583200", {"unix seconds": "15 March 2026"}),
        ("1773583200000", {"unix milliseconds": "15 March 2026"}),
    ],
)
def test_day_in_doubt_is_asked_with_what_each_reading_gives(text: str, readings: dict[DayReading, str]) -> None:
    found = read_column([text], today=TODAY)
    assert (found.days, found.doubtful) == ({}, {text})
    assert found.readings == {reading: f"{text} is {day}" for reading, day in readings.items()}
    for reading in readings:
        assert repr(reading) in found.question
        assert read(text, asked=reading) != [None]


def test_one_day_decides_for_its_column() -> None:
    assert read("03/04/2026", "13/04/2026", "2026-01-02") == ["2026-04-03", "2026-04-13", "2026-01-02"]
    assert read("03/04/2026", "soon") == [None, None]
    assert read("03/04/2026", "04/13/2026", "soon") == ["2026-03-04", "2026-04-13", None]
    assert read("7/7/2026") == ["2026-07-07"]


def test_mixed_orders_are_read_row_by_row_without_the_doubtful_ones() -> None:
    assert read("13/04/2026", "04/14/2026", "03/04/2026") == ["2026-04-13", "2026-04-14", None]


def test_mapping_decides_between_readings_of_its_separator() -> None:
    forms = ("%Y-%m-%d", "%m/%d/%Y", "%d-%m-%Y")
    assert read("03/04/2026", "03-04-2026", forms=forms) == ["2026-03-04", "2026-04-03"]


@pytest.mark.parametrize("text", ["31/02/2026", "soon", "5 May", "2026-13-01", "32.01.2026", "0000-00-00", "12", ""])
def test_what_is_no_day_stays_unread(text: str) -> None:
    assert read(text) == [None]


def test_year_of_two_digits_is_never_far_ahead() -> None:
    assert read("03/22/27", "03/22/68", asked="month first") == ["2027-03-22", "1968-03-22"]
