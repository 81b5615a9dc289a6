"""The questions of an executive, each with its answer in a line and a link to the page that shows more."""

from html import escape

from cxdata.questions.ask import Value
from pages.ui.cache import cached, claimed
from pages.ui.links import page_link
from pages.ui.markup import show_html

FILES = "Every chart is a picture, a page or a data file, with its source and its number of stories."


def show_doors(filters: dict[str, Value]) -> None:
    """Show each question with its answer and a link."""
    show_html(cached(_doors, **filters))


def _doors(**filters: Value) -> str:
    doors = (
        ("Who?", _answer("fame_and_shame", filters), "Fame and shame", page_link("fame-and-shame", filters)),
        ("Why?", _answer("effort_by_driver", filters), "Effort", page_link("effort", filters)),
        ("What to fix?", _answer("what_to_fix", filters), "What to fix", page_link("effort", filters, part="fix")),
        ("Getting better?", _answer("experience_over_time", filters), "Change over time", page_link("change", filters)),
        ("Take it along", FILES, "Chart studio", page_link("studio", {})),
    )
    lines = "".join(
        f"<div><dt>{question}</dt><dd>{escape(answer)}</dd>"
        f'<dd><a href="{escape(link)}" target="_self">{words} →</a></dd></div>'
        for question, answer, words, link in doors
    )
    return f'<h2 class="cx-headline">Five questions, and where each is answered</h2><dl class="cx-doors">{lines}</dl>'


def _answer(chart: str, filters: dict[str, Value]) -> str:
    return f"{claimed(chart, **filters).headline}."
