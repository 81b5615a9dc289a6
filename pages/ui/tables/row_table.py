"""Tables of rows as HTML with wrapped words; on a phone one row below the other.

Streamlit's own table draws its cells on a canvas: it cuts long words, and screen readers announce only a few.
"""

from collections.abc import Mapping, Sequence
from html import escape

WIDE = 24  # characters: a column with longer words gets more room


def format_row_table(label: str, rows: Sequence[Mapping[str, object]], as_typed: str = "") -> str:
    """Return a table with a column for each key that any row fills; the first column names the row.

    Cells are words. The column `as_typed` shows users' values exactly as typed.
    """
    heads = [head for head in (rows[0] if rows else ()) if any(_is_present(row[head]) for row in rows)]
    wide = {head for head in heads[1:] if any(len(str(row[head] or "")) > WIDE for row in rows)}
    top = "".join(f'<th scope="col" role="columnheader">{escape(head)}</th>' for head in heads)
    body = "".join(
        f'<tr role="row">{_first(row[heads[0]])}'
        f"{''.join(_cell(head, row[head], head in wide, head == as_typed) for head in heads[1:])}</tr>"
        for row in rows
    )
    # explicit roles: the phone layout uses blocks, which would lose them
    return (
        f'<div class="cx-scroll cx-rows" tabindex="0" role="region" aria-label="{escape(label)}"><table role="table">'
        f'<thead role="rowgroup"><tr role="row">{top}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _first(value: object) -> str:
    return f'<th scope="row" role="rowheader">{_words(value)}</th>'


def _cell(head: str, value: object, is_wide: bool, is_typed: bool) -> str:
    words = _words(value)
    kind = "cx-nothing" if not words else "cx-wide" if is_wide else "cx-typed" if is_typed else ""
    content = f"<code>{words}</code>" if is_typed and words else words
    return f'<td role="cell" data-head="{escape(head)}" class="{kind}">{content}</td>'


def _words(value: object) -> str:
    return escape(f"{value:,}" if isinstance(value, int) else str(value)) if _is_present(value) else ""


def _is_present(value: object) -> bool:
    return value is not None and value != ""
