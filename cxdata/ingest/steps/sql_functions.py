"""SQL functions for reading other people's tables, beyond those of DuckDB."""

import html

import pyarrow as pa

from cxdata.store.engine import Connection
from cxdata.text.html_text import TAG, html_to_text
from cxdata.text.invisible import remove_invisible_sql

# blanks of Unicode and two invisible marks: of Word, of the web, at the start of a file
BLANKS = (
    *(*range(9, 14), *range(28, 33), 133, 160),
    *(0x1680, *range(0x2000, 0x200C), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF),
)


def register_functions(connection: Connection) -> None:
    """Add `unescaped(text)`, `untagged(text)`, `visible(text)` and `stripped(text)` to a connection.

    `unescaped` decodes HTML's entities once, and drops the mark that keeps a spreadsheet from running a cell.
    `visible` drops invisible marks, and `stripped` the blanks around a text.
    """
    blanks = "".join(map(chr, BLANKS))
    # the first check is quick, and most cells have no such blanks
    connection.execute(
        "create or replace temp macro stripped(words) as "
        f"case when regexp_matches(words, '^[^!-~]|[^!-~]$') then trim(words, '{blanks}') else words end"
    )
    connection.execute(f"create or replace temp macro visible(words) as {remove_invisible_sql('words')}")
    connection.create_function("text_of_html", _untag, ["VARCHAR"], "VARCHAR", type="arrow")
    connection.execute(
        "create or replace temp macro untagged(words) as case when contains(words, '<') and "
        f"regexp_matches(words, '{TAG}') then text_of_html(words) else words end"
    )
    connection.create_function("letters_of_entities", _unescape, ["VARCHAR"], "VARCHAR", type="arrow")
    connection.execute(
        "create or replace temp macro unescaped(words) as case "
        "when starts_with(words, '''') and regexp_matches(words, '^''[=+\\-@＝＋－＠]') then words[2:] "
        "when contains(words, '&') and contains(words, ';') then letters_of_entities(words) else words end"
    )


def _untag(words: pa.Array) -> pa.Array:
    return pa.array([None if each is None else html_to_text(each) for each in words.to_pylist()], pa.string())


def _unescape(words: pa.Array) -> pa.Array:
    chunks = words.to_pylist()
    return pa.array([None if each is None else html.unescape(each).replace("\0", "") for each in chunks], pa.string())
