"""The definitions of sql/views with their comments, read from the files for the Method page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from cxdata.resources import SQL

PART = re.compile(r"(One row|Points|Reason|Caution):\s+(.*)")


@dataclass(frozen=True)
class Definition:
    """A view or macro: its comment by part ('' for plain words), its SQL and its file."""

    name: str
    said: Mapping[str, str]
    sql: str
    file: str


@cache
def definitions() -> Mapping[str, Definition]:
    """Read all views and macros by name, in the order of their creation."""
    found = {}
    for path in sorted(SQL.glob("views/*.sql")):
        text = path.read_text("utf-8")
        statement = r"((?:^--[^\n]*\n)*)(create or replace (?:view|macro) (\w+).*?;)$"
        for comment, sql, name in re.findall(statement, text, flags=re.MULTILINE | re.DOTALL):
            found[name] = Definition(name, _parts(comment), sql, f"sql/views/{path.name}")
    return found


def _parts(comment: str) -> Mapping[str, str]:
    parts: dict[str, str] = {}
    part = ""
    for line in comment.splitlines():
        words = line.removeprefix("--").strip()
        started = PART.fullmatch(words)
        if started:
            part, words = started[1], started[2]
        parts[part] = f"{parts.get(part, '')} {words}".strip()
    return parts
