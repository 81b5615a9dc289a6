"""Rows to be read and not only looked at: a table of HTML, its words wrapped, on a phone one row below the other.

Streamlit's own table is a picture of cells: it cuts long words off, and whoever has it read aloud hears a few of them.
"""

from collections.abc import Mapping, Sequence
from html import escape

WIDE = 24  # characters from which a column is given room


def format_row_table(label: str, rows: Sequence[Mapping[str, object]], as_typed: str = "") -> str:
    """A table with a column for each key that any row fills; the first column names the row. Every cell is words.

    What stands in the column `as_typed` is somebody's own, shown as it was typed.
    """
    heads = [head for head in (rows[0] if rows else ()) if any(_is_present(row[head]) for row in rows)]
    wide = {head for head in heads[1:] if any(len(str(row[head] or "")) > WIDE for row in rows)}
    top = "".join(f'<th scope="col" role="columnheader">{escape(head)}</th>' for head in heads)
    body = "".join(
        f'<tr role="row">{_first(row[heads[0]])}'
        f"{''.join(_cell(head, row[head], head in wide, head == as_typed) for head in heads[1:])}</tr>"
        for row in rows
    )
    # the roles are those of the elements, said again: on a phone they are laid out as blocks and would lose them
    return (
        f'<div class="cx-scroll cx-rows" tabindex="0" role="region" aria-label="{escape(label)}"><table role="table">'
        f'<thead role="rowgroup"><tr role="row">{top}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _first(value: object) -> str:
    return f'<th scope="row" role="rowheader">{_words(value)}</th>'


def _cell(head: str, value: object, is_wide: bool, is_typed: bool) -> str:
    words = _words(value)
    kind = "cx-nothing" if not words else "cx-wide" if is_wide else "cx-typed" if is_typed else ""
    told = f"<code>{words}</code>" if is_typed and words else words
    return f'<td role="cell" data-head="{escape(head)}" class="{kind}">{told}</td>'


def _words(value: object) -> str:
    return escape(f"{value:,}" if isinstance(value, int) else str(value)) if _is_present(value) else ""


def _is_present(value: object) -> bool:
    return value is not None and value != ""
