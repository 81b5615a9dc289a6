"""Words from records, made safe to show: a story may hold <script>, [x](javascript:...), $ or *, meant as words."""

import re
from html import escape

WORD_JOINER = "\N{WORD JOINER}"  # without width
MARKED = re.compile(r"[\\`*_\[\]{}<>$~#|&@!^=]|:\S|www\.|^[-+\d]")  # what Markdown or Streamlit would read


def escape_markdown(text: object) -> str:
    """A record's words for a Markdown label: every mark that Markdown or Streamlit would read is taken literally."""
    marked = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(str(text).split()))
    # icons and emoji (:material/home:) are looked for after escapes are read: only a break in the word stops them
    return re.sub(r"\\:(?=\w)", rf"\\:{WORD_JOINER}", marked)


def to_paragraphs(text: object) -> str:
    """A record's words for st.html: escaped, one paragraph a line."""
    lines = [line.strip() for line in str(text).splitlines() if line.strip()]
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def external_link(url: str | None, words: str) -> str:
    """A link out to a source, or the words alone: nothing but http(s) is ever followed."""
    if not url or not re.match(r"https?://", url):
        return escape(words)
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(words)}</a>'


def escape_label(text: object) -> str:
    """As `plain`, for the label of a field: untouched where there is nothing to be read, for it is also read aloud."""
    words = " ".join(str(text).split())
    return escape_markdown(words) if MARKED.search(words) else words
