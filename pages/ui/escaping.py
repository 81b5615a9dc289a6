"""Escaping of words from records: a story may hold <script>, [x](javascript:...), $ or * as plain words."""

import re
from html import escape

from cxdata.text.invisible import remove_invisible

WORD_JOINER = "\N{WORD JOINER}"  # has no width
MARKED = re.compile(r"[\\`*_\[\]{}<>$~#|&@!^=]|:\S|www\.|^[-+\d]")  # marks that Markdown or Streamlit interprets


def escape_markdown(text: object) -> str:
    """Return a record's words for a Markdown label, every mark of Markdown and Streamlit escaped."""
    marked = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(remove_invisible(str(text)).split()))
    # Streamlit finds icons (:material/home:) after it resolves escapes: only a break in the word stops them
    return re.sub(r"\\:(?=\w)", rf"\\:{WORD_JOINER}", marked)


def to_paragraphs(text: object) -> str:
    """Return a record's words for st.html: escaped, one paragraph a line."""
    lines = [line.strip() for line in remove_invisible(str(text)).splitlines() if line.strip()]
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def external_link(url: str | None, words: str) -> str:
    """Return a link to a source, or the words alone unless the address is http(s)."""
    if not url or not re.match(r"https?://", url):
        return escape(words)
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(words)}</a>'


def escape_label(text: object) -> str:
    """Escape the label of a field. A label without marks stays as it is, because screen readers announce it."""
    words = " ".join(remove_invisible(str(text)).split())
    return escape_markdown(words) if MARKED.search(words) else words
