"""Similar company names: which pairs are offered for a merge, and how fast."""

import time
from collections.abc import Callable

import duckdb
import pytest

from cxdata.store.records.company_names import SimilarNames, find_similar, significant_words
from tests.fixtures.stories import make_story


def test_similar_names_are_offered_rarer_name_first(
    database_of: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    names = ("EQUIFAX, INC.", "Equifax", "Equifax", "Citibank, N.A.", "CITIBANK", "Bank 1", "Bank 2", "Nationwide Bnk",
             "Nationwide Bank", "Société Générale", "Societe Generale", "Trans Union", "TransUnion LLC")  # fmt: skip
    stories = (make_story(f"tale-{number}", company=name) for number, name in enumerate(names))
    found = find_similar(database_of(*stories))
    assert SimilarNames("EQUIFAX, INC.", 1, "Equifax", 2) in found
    assert {frozenset((each.company, each.into)) for each in found} == {
        frozenset(pair)
        for pair in (
            ("EQUIFAX, INC.", "Equifax"),
            ("Citibank, N.A.", "CITIBANK"),
            ("Nationwide Bnk", "Nationwide Bank"),
            ("Société Générale", "Societe Generale"),
            ("Trans Union", "TransUnion LLC"),
        )
    }


def test_significant_words_are_never_empty() -> None:
    assert significant_words("Inc.") == ("inc",)
    assert significant_words("The Co. Ltd") == ("the",)
    assert significant_words("株式会社") == ("株式会社",)
    assert significant_words("!!!") == ("!!!",)
    assert significant_words("AT&T Inc.") == ("at", "and", "t")


@pytest.mark.parametrize("name", ["First {n} savings bank of {m}", "Name {m} of trade {n}", "A company, number {n}"])
def test_three_thousand_names_compare_within_two_seconds(name: str) -> None:
    letters = "abcdefghij"
    with duckdb.connect() as connection:
        connection.execute("create table company (company varchar)")
        connection.execute("create table story (story varchar, company varchar)")
        spelled = ("".join(letters[int(digit)] for digit in f"{number:04}") for number in range(3000))
        rows = [(name.format(n=word, m=word[::-1]),) for word in spelled]
        connection.executemany("insert into company values ($1)", rows)
        started = time.perf_counter()
        find_similar(connection)
        assert time.perf_counter() - started < 2
