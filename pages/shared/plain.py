"""Words from records, made safe to show: a story may hold <script>, [x](javascript:...), $ or *, meant as words."""

import re
from html import escape

WORD_JOINER = "\N{WORD JOINER}"  # without width


def plain(text: object) -> str:
    """A record's words for a Markdown label: every mark that Markdown or Streamlit would read is taken literally."""
    marked = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(str(text).split()))
    # icons and emoji (:material/home:) are looked for after escapes are read: only a break in the word stops them
    return re.sub(r"\\:(?=\w)", rf"\\:{WORD_JOINER}", marked)


def paragraphs(text: object) -> str:
    """A record's words for st.html: escaped, one paragraph a line."""
    lines = [line.strip() for line in str(text).splitlines() if line.strip()]
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def link_to(url: str | None, words: str) -> str:
    """A link out to a source, or the words alone: nothing but http(s) is ever followed."""
    if not url or not re.match(r"https?://", url):
        return escape(words)
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(words)}</a>'
