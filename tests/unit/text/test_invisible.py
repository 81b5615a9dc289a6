"""Marks that nobody sees are taken out of text, and joiners of letters stay."""

import duckdb
import pytest

from cxdata.text.invisible import RANGES, remove_invisible, remove_invisible_sql

MARKS = [chr(code) for ends in RANGES for code in sorted(set(ends))]


@pytest.mark.parametrize("mark", MARKS, ids=ascii)
def test_a_mark_is_removed_in_python_and_in_sql(mark: str) -> None:
    text = f"Am{mark}azon{mark}"
    assert remove_invisible(text) == "Amazon"
    with duckdb.connect() as connection:
        found = connection.execute(f"select {remove_invisible_sql('$text')}", {"text": text}).fetchall()
    assert found == [("Amazon",)]


@pytest.mark.parametrize("text", ["AO.com", "Café – Münster", "می‌خواهم", "👩‍💻", "日本 ½", "क्‍ष"])
def test_letters_emoji_and_their_joiners_stay(text: str) -> None:
    assert remove_invisible(text) == text
    with duckdb.connect() as connection:
        assert connection.execute(f"select {remove_invisible_sql('$text')}", {"text": text}).fetchall() == [(text,)]
