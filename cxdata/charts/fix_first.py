"""Fix first: which work, at which touchpoint of which company, weighs most in these accounts."""

from typing import Any

from cxdata.charts import bars
from cxdata.charts.theme import Look
from cxdata.charts.types import Drawing, Rows
from cxdata.words import count, listed, points, pounds, sentence, work_time

QUESTION = "fix_first"
SILENT = "No account here tells of work that the job did not need"
OPENS = ("company", "touchpoint", "driver")
ROWS = ("company", "touchpoint", "driver")


def headline(rows: Rows) -> str:
    """The heaviest work; a tie is said, not broken."""
    ties = [row for row in rows if row["points"] == rows[0]["points"]]
    worth = work_time(rows[0]["points"])
    if len(ties) == 1:
        return f"Fix first: {_where(rows[0])}, {worth} of work"
    kinds = list(dict.fromkeys(row["driver_label"].lower() for row in ties))
    return f"Fix first, alike: {listed(kinds, 3)}, {worth} of work each"


def subtitle(rows: Rows) -> str:
    """The measure; ordered by weight in the accounts, not by how often it happens."""
    return (
        f"Effort points by company, touchpoint and driver, the {len(rows)} largest; GBP saved a story at assumed costs"
    )


def describe(rows: Rows) -> str:
    """Row by row."""
    told = [
        f"{_where(row)}: {points(row['points'])} in {count(row['story_count'], 'story')}"
        + (f", {_saved(row)}" if _saved(row) else "")
        for row in rows
    ]
    return f"Bars of effort points, largest first. {'; '.join(told)}."


def draw(rows: Rows, look: Look) -> Drawing:
    """A bar a kind of work at a touchpoint of a company."""
    named = [
        row
        | {
            "work": f"{row['company']}: {row['driver_label'].lower()}, {_at(row)}",
            "head": row["driver_label"],
            "detail": sentence([f"{row['company']}, {_at(row)}", _saved(row)]),
        }
        for row in rows
    ]
    return bars.draw(named, look, "work", OPENS)


def _where(row: dict[str, Any]) -> str:
    return f"{str(row['driver_label']).lower()} at {row['company']} ({_at(row)})"


def _at(row: dict[str, Any]) -> str:
    return str(row["touchpoint_label"]).lower()


def _saved(row: dict[str, Any]) -> str:
    return f"saves {pounds(row['saved_low'], row['saved_high'])}" if row["saved_low"] else ""
