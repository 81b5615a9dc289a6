"""The sources and their authors, and how to cite the collection."""

from html import escape

from cxdata.publish.origin import join_authors
from cxdata.questions.parameters import ALL_KINDS
from cxdata.questions.rows import SourcesRow
from cxdata.text.formatting import format_count, join_parts
from cxdata.version import __version__
from pages.method.sections import section_header
from pages.ui.cache import cached, rows, version
from pages.ui.escaping import external_link
from pages.ui.markup import show_html

MOST = 200  # sources on the page; the table `source` has all of them


def show_sources() -> None:
    """Show every source with its author."""
    show_html(cached(_sources))


def show_citation() -> None:
    """Show the line to cite, with the versions of data and code."""
    show_html(cached(_citation))


def _sources() -> str:
    found = rows("sources")
    items = "".join(_source(row) for row in found[:MOST]) or '<li class="cx-silent">There are none yet.</li>'
    more = (
        f"<p>and {format_count(len(found) - MOST, 'further source')} in the table <code>source</code>.</p>"
        if len(found) > MOST
        else ""
    )
    return (
        f'<div class="cx-method">{section_header("sources")}<p>The stories come from these pieces. We took the'
        " facts and wrote every summary and every piece of evidence in our own"
        f" words.</p><ul>{items}</ul>{more}</div>"
    )


def _source(row: SourcesRow) -> str:
    counts = [
        format_count(row["story_count"], "story") if row["story_count"] else "",
        format_count(row["lesson_count"], "lesson") if row["lesson_count"] else "",
    ]
    details = join_parts(
        [escape(row["kind"]), escape(row["publication"] or ""), escape(row["published"] or ""), *counts]
    )
    cited = f"{escape(row['author'])}, “{external_link(row['url'], row['title'])}”"
    return f'<li>{cited}<br><span class="cx-source">{details}</span></li>'


def _citation() -> str:
    data = version()
    authors = join_authors(rows("library", story_kind=ALL_KINDS)[0])
    credit = f" Stories by {escape(authors)}, coded by the project." if authors else ""
    return (
        f'<div class="cx-method">{section_header("cite")}<p>Name the author of the story first, then this'
        f' collection:</p><p class="cx-formula">Hall of fame, hall of shame: customer stories as records.{credit}'
        " Data"
        f" {data}, code {__version__}.</p><p>The data version, <b>{data}</b>, changes when any record, code or"
        " definition changes. It is shown under every chart and in the name of every file. The code version is"
        f" <b>{__version__}</b>.</p></div>"
    )
