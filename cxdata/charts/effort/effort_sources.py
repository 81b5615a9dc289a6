"""Effort sources: which kinds of unwanted work the stories tell of, most points first."""

from cxdata.charts.kit import bars
from cxdata.charts.kit.declaration import Drawing, Rows
from cxdata.charts.kit.theme import Look
from cxdata.text.formatting import count, listed, points

QUESTION = "effort_sources"
SILENT = "No account here tells of work that the job did not need"
OPENS = ("driver",)
ROWS = ("driver",)


def headline(rows: Rows) -> str:
    """The largest kinds of work, with ties said."""
    top = [row["driver_label"].lower() for row in rows if row["points"] == rows[0]["points"]]
    if len(top) > 1:
        return f"{listed(top, 3).capitalize()} are the largest sources of needless work, alike"
    return f"{top[0].capitalize()} is the largest source of needless work: {rows[0]['share']:.0%} of it"


def subtitle(rows: Rows) -> str:
    """The measure; how many drivers are shown is in the rows."""
    return f"Effort points by driver, the {count(len(rows), 'largest', 'largest')}"


def describe(rows: Rows) -> str:
    """Driver by driver."""
    told = [
        f"{row['driver_label']} {points(row['points'])} in {count(row['story_count'], 'story')} of "
        f"{count(row['companies'], 'company')}"
        for row in rows
    ]
    return f"Bars of effort points by driver, largest first. {'; '.join(told)}."


def draw(rows: Rows, look: Look) -> Drawing:
    """A bar a driver."""
    return bars.draw(rows, look, "driver_label", OPENS)
