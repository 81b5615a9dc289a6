"""The list of a story's promises: the claim, the outcome in this story, and the standard."""

from collections.abc import Sequence
from html import escape

from cxdata.charts.halls.promise_gap import say_outcome
from cxdata.questions.rows import PromisesRow, StoryPromisesRow

HALLS = {"broken": "shame", "kept": "fame", "exceeded": "fame"}
READING = "(this customer's reading)"


def format_promises(promises: Sequence[StoryPromisesRow | PromisesRow], is_read: bool = True) -> str:
    """Return the promises as HTML, or a sentence if there are none or nobody read the story for them."""
    if not is_read:
        return '<p class="cx-silent">Nobody read this story for promises.</p>'
    if not promises:
        return '<p class="cx-silent">The story mentions no promise.</p>'
    return f'<ul class="cx-promises">{"".join(_promise(row) for row in promises)}</ul>'


def _promise(row: StoryPromisesRow | PromisesRow) -> str:
    hall = HALLS.get(row["kept"])
    tone = f" cx-{hall}-text" if hall else ""
    standard = escape((row["standard"] or "").removesuffix(READING).strip())
    read = f'<p class="cx-source">The standard, as this customer reads it: {standard}.</p>' if standard else ""
    return (
        f'<li><span class="cx-outcome{tone}">{say_outcome(row["kept"]).capitalize()}</span><div>'
        f'<p class="cx-claim">{escape(row["claim"])}</p><p>{escape(row["evidence"])}</p>{read}'
        f'<p class="cx-source">Told {escape(row["locator"])}</p></div></li>'
    )
