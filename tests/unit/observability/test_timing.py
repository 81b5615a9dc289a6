"""Questions report their time; the log names slow ones and repeats no reader's words."""

import logging

import duckdb
import pytest

from cxdata.errors import CxdataError
from cxdata.observability.timing import listen, stop_listening, warn_of_slow
from cxdata.questions.ask import ask, ask_rows

SECRET = "Ann Reader of 1 Main Street"


def test_every_answer_is_reported_and_a_failed_one_too(database: duckdb.DuckDBPyConnection) -> None:
    seen: list[tuple[str, float]] = []
    listener = lambda name, seconds: seen.append((name, seconds))  # noqa: E731 - the same object is taken off again
    listen(listener)
    try:
        ask(database, "company_scores")
        ask_rows(database, "library")
        broken = duckdb.connect()
        with pytest.raises(CxdataError):
            ask(broken, "library")
    finally:
        stop_listening(listener)
    assert [name for name, _ in seen] == ["company_scores", "library", "library"]
    assert all(0 < seconds < 60 for _, seconds in seen)
    ask_rows(database, "library")
    assert len(seen) == 3


def test_slow_question_is_logged_by_name_without_its_choices(
    database: duckdb.DuckDBPyConnection, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("cxdata"), "propagate", True)
    listener = warn_of_slow(0.0001)
    listen(listener)
    try:
        ask_rows(database, "stories_behind", {"search": SECRET})
    finally:
        stop_listening(listener)
    (record,) = caplog.records
    assert (record.getMessage(), record.question) == ("slow question", "stories_behind")
    assert isinstance(record.ms, int)
    assert SECRET not in str(vars(record))


def test_quick_question_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    warn_of_slow(1000)("library", 0.999)
    assert caplog.records == []
