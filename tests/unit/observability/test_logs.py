"""One event is one line of the log, and no quoted text can forge another."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from cxdata.errors import QuestionError
from cxdata.observability.logs import Format, JSONFormatter, LineFormatter, configure_logs
from cxdata.observability.request_id import use_id

FORGED = 'a search\n2026-11-28T00:00:00.000Z ERROR forged\r\x1b[2K\x85\u2028}{"level": "ERROR"}\x00'


@pytest.fixture
def _loggers() -> Iterator[None]:
    """Put the loggers back as they were."""
    own, root = logging.getLogger("cxdata"), logging.root
    kept = [(logger, logger.handlers[:], logger.level, logger.propagate) for logger in (own, root)]
    every = [root, *(each for each in root.manager.loggerDict.values() if isinstance(each, logging.Logger))]
    formatters = {handler: handler.formatter for logger in every for handler in logger.handlers}
    kind = logging.getLoggerClass()
    yield
    logging.setLoggerClass(kind)
    logging.captureWarnings(capture=False)
    for handler, formatter in formatters.items():
        handler.setFormatter(formatter)
    for logger, handlers, level, propagate in kept:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def write_lines(form: Format, level: int = logging.ERROR, error: Exception | None = None) -> list[str]:
    stream = io.StringIO()
    configure_logs(form, stream)
    with use_id("request-1"):
        logging.getLogger("cxdata.test").log(level, "not taken: %s", FORGED, exc_info=error, extra={"ms": 12})
    return stream.getvalue().split("\n")[:-1]


@pytest.mark.usefixtures("_loggers")
def test_text_is_one_line_with_id_and_fields() -> None:
    (line,) = write_lines("text")
    assert line.isprintable()
    assert " ERROR [request-1] not taken: a search\\n2026" in line
    assert line.endswith(" ms=12")


@pytest.mark.usefixtures("_loggers")
def test_json_is_one_object_in_ascii() -> None:
    (line,) = write_lines("json")
    event = json.loads(line)
    assert line.isascii()
    assert (event["id"], event["level"], event["ms"]) == ("request-1", "ERROR", 12)
    assert event["message"] == f"not taken: {FORGED}"


@pytest.mark.usefixtures("_loggers")
def test_traceback_that_quotes_a_reader_forges_no_line() -> None:
    try:
        raise QuestionError(FORGED)
    except QuestionError as error:
        text = write_lines("text", error=error)
        (line,) = write_lines("json", error=error)
    assert [each for each in text[1:] if not each.startswith("  ")] == []
    assert [each for each in text if not each.isprintable()] == []
    assert "QuestionError" in json.loads(line)["traceback"]


@pytest.mark.usefixtures("_loggers")
def test_text_has_warnings_and_json_every_request() -> None:
    assert write_lines("text", logging.INFO) == []
    assert len(write_lines("json", logging.INFO)) == 1


@pytest.mark.usefixtures("_loggers")
def test_json_holds_for_loggers_with_handlers_of_their_own() -> None:
    """Streamlit gives each of its loggers a handler; one of them is made before, one after."""
    before = logging.getLogger("test.library.before")
    before.addHandler(logging.StreamHandler())
    configure_logs("json", io.StringIO())
    after = logging.getLogger("test.library.after")
    after.addHandler(logging.StreamHandler())
    try:
        assert [type(each.handlers[0].formatter) for each in (before, after)] == [JSONFormatter, JSONFormatter]
    finally:
        before.handlers, after.handlers = [], []


def test_record_without_an_id_or_fields_is_plain() -> None:
    record = logging.LogRecord("cxdata", logging.WARNING, "", 1, "words", None, None)
    assert LineFormatter().format(record).endswith("Z WARNING words")
    assert set(json.loads(JSONFormatter().format(record))) == {"time", "level", "logger", "message"}
