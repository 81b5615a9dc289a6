"""What reading other people's tables needs beyond DuckDB's own functions."""

import html

import duckdb
import pyarrow as pa
from duckdb.func import ARROW


def add_intake_functions(connection: duckdb.DuckDBPyConnection) -> None:
    """Add `unescaped(text)`: HTML's entities as the letters they stand for, once; and cells freed of the mark that
    keeps a spreadsheet from running them.
    """
    connection.create_function("letters_of_entities", _unescape, ["VARCHAR"], "VARCHAR", type=ARROW)
    connection.execute(
        "create or replace temp macro unescaped(words) as case "
        "when starts_with(words, '''') and regexp_matches(words, '^''[=+\\-@＝＋－＠]') then words[2:] "
        "when contains(words, '&') and contains(words, ';') then letters_of_entities(words) else words end"
    )


def _unescape(words: pa.Array) -> pa.Array:
    chunks = words.to_pylist()
    return pa.array([None if each is None else html.unescape(each).replace("\0", "") for each in chunks], pa.string())
