"""Similar company names: which pairs are offered for a merge, and how fast."""

import time
from collections.abc import Callable

import duckdb
import pytest

from cxdata.store.records.company_names import (
    CompanyProfile,
    SimilarNames,
    find_similar,
    find_spelled_alike,
    read_profiles,
    significant_words,
)
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


@pytest.mark.parametrize(
    "spelled",
    ["JPMorgan Chase & Co.", "JPMORGAN CHASE.", "JPMorgan Chase, N.A.", "JPMorgan Chase National Association",
     "The JPMorgan Chase Company", "JPMorgan Chase and Company, Inc.", "JPMorgan Chase Holdings LLC",
     "JPMorgan Chase plc", "JPMorgan Chase GmbH & Co. KG", "J.P.Morgan Chase Ltd.", "JPMorgan Chase S.p.A."],
)  # fmt: skip
def test_names_that_differ_in_legal_form_are_offered_for_a_merge(
    spelled: str, database_of: Callable[..., duckdb.DuckDBPyConnection]
) -> None:
    names = ("JPMorgan Chase", "JPMorgan Chase", spelled, "Chase Paymentech", "The Gap")
    found = find_similar(database_of(*(make_story(f"tale-{n}", company=name) for n, name in enumerate(names))))
    assert found == (SimilarNames(spelled, 1, "JPMorgan Chase", 2),)


@pytest.mark.parametrize(
    ("company", "into", "evidence"),
    [
        ("EQUIFAX, INC.", "Equifax", "The words are the same. Capitals, marks or the legal form differ."),
        ("Trans Union", "TransUnion LLC", "The words are the same. Capitals, marks or the legal form differ."),
        ("SunTrust Banks, Inc.", "SunTrust Bank", "The names differ in “banks” and “bank”."),
        ("Santander Bank US", "SANTANDER BANK, NATIONAL ASSOCIATION", "The names differ in “us”."),
    ],
)
def test_a_pair_says_how_its_names_differ(company: str, into: str, evidence: str) -> None:
    assert SimilarNames(company, 1, into, 2).evidence == evidence


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Amazn", "Amazon"),
        ("argoss ltd", "Argos"),
        # pairs of one import of real complaints that are not one company
        ("LAKEVIEW LOAN SERVICING, LLC", None),
        ("PENTAGON FEDERAL CREDIT UNION", None),
        ("Netspend Corporation", None),
        ("Bank 2", None),
        ("Corporation", None),
    ],
)
def test_only_a_name_with_a_letter_or_two_changed_is_nearly_another(name: str, near: str | None) -> None:
    known = ("Amazon", "Argos", "Bayview Loan Servicing, LLC", "NAVY FEDERAL CREDIT UNION", "InDebted Corporation",
             "Bank 1")  # fmt: skip
    assert find_spelled_alike(name, known) == near


def test_profiles_give_sector_and_years(database_of: Callable[..., duckdb.DuckDBPyConnection]) -> None:
    dated = make_story("one", company="Acme", happened_on="2014", happened_basis="told")
    later = make_story("two", company="Acme", happened_on="2016-03", happened_basis="told")
    database = database_of(dated, later, make_story("three", company="Bolt"))
    assert read_profiles(database, ["Acme", "Bolt", "Nobody"]) == {
        "Acme": CompanyProfile("Retail", 2014, 2016),
        "Bolt": CompanyProfile("Retail", None, None),
    }


def test_significant_words_are_never_empty() -> None:
    assert significant_words("Inc.") == ("inc",)
    assert significant_words("The Co. Ltd") == ("co",)
    assert significant_words("The") == ("the",)
    assert significant_words("National Association") == ("national", "association")
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
