"""The words of the pages: every term of the glossary that readers meet, folded."""

from html import escape

from cxdata.text.glossary import reader_terms
from pages.method.sections import section_header
from pages.ui.cache import cached
from pages.ui.markup import show_html


def show_words() -> None:
    """Show the glossary, folded, with an anchor for each term."""
    show_html(cached(_words))


def _words() -> str:
    terms = "".join(
        f'<dt id="{term.anchor}">{escape(term.term)}</dt>'
        f"<dd>{escape(term.meaning)} <i>For example: {escape(term.example)}</i></dd>"
        for term in reader_terms().values()
    )
    return (
        f'<div class="cx-method">{section_header("words")}<details class="cx-figures"><summary>'
        f'All {len(reader_terms())} terms, with examples</summary><dl class="cx-glossary">{terms}</dl></details></div>'
    )
