"""The lines of the log, as readable text or as JSON. One event is one line, whatever it quotes."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Literal, TextIO

from cxdata.observability.request_id import current_id

Format = Literal["text", "json"]

FIELDS = ("question", "ms", "route", "method", "status", "page", "part")
"""What a line may carry beside its words, by `extra`. Names and figures of ours; readers' words have no place here."""

LOGGER = "cxdata"


class LineFormatter(logging.Formatter):
    """Readable text: time, level, id, words, fields. Control characters of quoted text are escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the event as one line; a traceback follows in lines of its own, each with two blanks before it."""
        identity = f" [{current_id()}]" if current_id() else ""
        fields = "".join(f" {name}={value}" for name, value in _fields(record).items())
        line = _one_line(f"{_time(record)} {record.levelname}{identity} {record.getMessage()}{fields}")
        trace = _traceback(self, record)
        return line + "".join(f"\n  {_one_line(each)}" for each in trace.splitlines())


class JSONFormatter(logging.Formatter):
    """One JSON object a line, in ASCII: time, level, logger, id, message, the fields, and a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the event as one line of JSON."""
        event: dict[str, object] = {"time": _time(record), "level": record.levelname, "logger": record.name}
        if current_id():
            event["id"] = current_id()
        event |= {"message": record.getMessage()} | _fields(record)
        if trace := _traceback(self, record):
            event["traceback"] = trace
        return json.dumps(event, default=str)


def configure_logs(form: Format, stream: TextIO | None = None) -> None:
    """Write the log of this program, and in JSON that of the libraries too, to `stream`, by default standard error.

    Text has warnings and errors. JSON also has a line for each request and each rerun.
    """
    formatter = JSONFormatter() if form == "json" else LineFormatter()
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    own = logging.getLogger(LOGGER)
    own.handlers = [handler]
    own.propagate = False
    own.setLevel(logging.INFO if form == "json" else logging.WARNING)
    if form == "json":
        logging.captureWarnings(capture=True)
        logging.root.handlers = [handler]
        _reformat_libraries(formatter)


def _reformat_libraries(formatter: logging.Formatter) -> None:
    """Give every handler of another logger our format, those of loggers that are made later too.

    Streamlit gives each of its loggers, and those of its server, a handler of its own.
    """

    class Reformatted(logging.Logger):
        def addHandler(self, hdlr: logging.Handler) -> None:  # noqa: N802 - the name is logging's
            hdlr.setFormatter(formatter)
            super().addHandler(hdlr)

    for logger in logging.root.manager.loggerDict.values():
        for handler in getattr(logger, "handlers", ()):
            handler.setFormatter(formatter)
    logging.setLoggerClass(Reformatted)


def _fields(record: logging.LogRecord) -> dict[str, object]:
    return {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _traceback(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    parts = [formatter.formatException(record.exc_info) if record.exc_info and record.exc_info[0] else ""]
    parts.append(formatter.formatStack(record.stack_info) if record.stack_info else "")
    return "\n".join(part for part in parts if part)


def _one_line(text: str) -> str:
    """Escape what could end a line or steer a terminal; line separators of Unicode too."""
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in text)
