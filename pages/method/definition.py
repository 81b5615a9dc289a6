"""One definition of the Method page: what a figure means, and folded, how it is computed."""

from dataclasses import dataclass
from html import escape

from cxdata.questions.definitions import definitions


@dataclass(frozen=True)
class Definition:
    """A figure: its title, what it means, its formula, the details, and the SQL definition that computes it."""

    title: str
    meaning: str
    formula: str
    details: str
    defined_in: str | None = None


def format_definition(each: Definition) -> str:
    """Return a definition as HTML: the meaning in view, the rest folded."""
    found = definitions().get(each.defined_in or "")
    sql = (
        f'<pre tabindex="0" role="region" aria-label="SQL of {escape(each.title)}"><code>{escape(found.sql)}</code>'
        f'</pre><p class="cx-source">{escape(found.file)}</p>'
        if found
        else ""
    )
    return (
        f"<h3>{escape(each.title)}</h3><p>{escape(each.meaning)}</p>"
        "<details class='cx-figures'><summary>How it is computed</summary>"
        f'<p class="cx-formula">{escape(each.formula)}</p><p>{escape(each.details)}</p>{sql}</details>'
    )
