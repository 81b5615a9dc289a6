"""The text of HTML: without tags, scripts and styles, with a line for each paragraph."""

import re

BLOCKS = "p|div|li|tr|h[1-6]|blockquote|section|article|header|footer|table|ul|ol|pre|dd|dt"
BREAK = re.compile(rf"<br\b[^>]*>|</(?:{BLOCKS})\s*>", re.IGNORECASE)
INLINE = "a|abbr|b|big|body|code|em|font|html|hr|i|img|s|small|span|strike|strong|sub|sup|td|th|u"
TAG = rf"(?i)</?(?:br|{BLOCKS}|{INLINE})(?:\s[^<>]*)?/?>"
"""A regular expression that finds a tag of HTML in a text; RE2 reads it too."""
UNSEEN = "script, style, head, template, noscript"


def html_to_text(html: str, is_document: bool = False) -> str:
    """Return the text of HTML. In a document line ends of the source are blanks, as a browser shows them."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - few texts have tags

    if is_document:
        html = re.sub(r"\s+", " ", html)
    tree = LexborHTMLParser(BREAK.sub(lambda tag: f"\n{tag[0]}", html))
    for node in tree.css(UNSEEN):
        node.decompose()
    text = tree.body.text() if tree.body else tree.text()
    lines = (" ".join(line.split()) for line in text.replace("\xa0", " ").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
