"""One DuckDB file: built from the shipped stories, opened in one place, asked by name."""

from cxdata.database.ask import Question, ask, ask_rows, question, questions
from cxdata.database.build import build, build_into, shipped_version
from cxdata.database.connect import data_version, open_database
from cxdata.database.cursor import cursor_of

__all__ = [
    "Question",
    "ask",
    "ask_rows",
    "build",
    "build_into",
    "cursor_of",
    "data_version",
    "open_database",
    "question",
    "questions",
    "shipped_version",
]
