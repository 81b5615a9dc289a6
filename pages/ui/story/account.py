"""What a customer said, in their own words, where a story came in with them."""

from pages.ui.escaping import to_paragraphs

LONG = 1_200  # characters that are read at a glance; of more the whole opens on a click
NOTE = "As it was given to whoever brought it in, and unchecked."


def account_html(words: str | None) -> str:
    """The account under its heading; nothing where there is none."""
    if not words:
        return ""
    told = f'<blockquote class="cx-notes">{to_paragraphs(words)}</blockquote>'
    if len(words) > LONG:
        told = f"<details><summary>All of it: {len(words.split()):,} words</summary>{told}</details>"
    return f'<h2 class="cx-headline">In the customer’s own words</h2><p class="cx-note">{NOTE}</p>{told}'
