"""The links to take along or follow what a page shows: a board pack, and a feed."""

from collections.abc import Mapping
from html import escape

from cxdata.export.pack.scope import parse_scope
from cxdata.questions.ask import Value
from pages.ui.markup import show_html

FORMS = {"pptx": "Slides (PPTX)", "pdf": "Paper (PDF)"}


def show_pack_links(choices: Mapping[str, Value]) -> None:
    """Show the links over these choices, parameters of questions: a board pack as slides and as a paper, and a feed."""
    query = parse_scope({name: _texts(value) for name, value in choices.items() if value}).query()
    links = "".join(
        f'<a href="{escape(f"pack.{form}?{query}")}" target="_self" download>{words}</a>'
        for form, words in FORMS.items()
    )
    feed = f'<a href="{escape(f"feed.atom?{query}")}" target="_self" type="application/atom+xml">Feed (Atom)</a>'
    show_html(f'<p class="cx-pack"><span>Board pack</span>{links}<span>Follow</span>{feed}</p>')


def _texts(value: Value) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]
