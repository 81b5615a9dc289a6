"""A search finds the same stories as a scan of the records, and shows the matching text."""

import duckdb
import pytest

from cxdata.questions.ask import ask, ask_rows
from cxdata.store import new_cursor
from tests.fixtures.large_databases import Stock


def test_search_covers_accounts(many: duckdb.DuckDBPyConnection, stock: Stock) -> None:
    found = ask_rows(many, "stories_behind", {"search": "I QUOTE no. 1234 of", "most": 10})
    assert [row["story"] for row in found] == [f"{stock.prefix}-1234"]
    assert "I quote no. 1234 of my letters" in found[0]["evidence"][0]


def test_search_finds_the_same_stories_as_a_scan_of_the_records(many: duckdb.DuckDBPyConnection, stock: Stock) -> None:
    """A search covers titles, summaries, companies, authors, jobs, and accounts or else encounters and evidence."""
    one = ask_rows(many, "stories_behind", {"most": 1})[0]
    who = [one[column] for column in ("company", "author", "job_label")]
    for words in ("tale of 12", "customer 99", "in line 1", "I QUOTE no. 12", *who, who[0].upper()):
        found = {row["story"] for row in ask_rows(many, "stories_behind", {"search": words})}
        looked = many.execute(
            """
            select story.story
            from story
            inner join source on story.source = source.source
            inner join codebook_jobs on story.job = codebook_jobs.code
            where
                contains(lower(concat_ws(' ', story.title, story.summary)), $words)
                or contains(lower(story.company), $words)
                or contains(lower(source.author), $words)
                or contains(lower(codebook_jobs.label), $words)
            union select story from account where contains(lower(words), $words)
            union (
                select story from encounter where contains(lower(short || ' ' || summary), $words)
                union select story from effort_event where contains(lower(evidence), $words)
                except select story from account
            )
            """,
            {"words": words.lower()},
        ).fetchall()
        assert found == {story for (story,) in looked}
        assert found, words


def test_search_evidence_comes_from_the_account_or_else_the_encounters(
    many: duckdb.DuckDBPyConnection, stock: Stock
) -> None:
    told = {story for (story,) in many.execute("select story from account").fetchall()}
    found = ask_rows(many, "stories_behind", {"search": "customer", "most": 400})
    assert {row["story"] in told for row in found} == {True, False}
    for row in found:
        assert all("customer" in each.lower() for each in row["evidence"] or [])
        if row["story"] in told:
            assert len(row["evidence"] or []) <= 1  # a passage of the account, not of its encounters


def test_search_ignores_case(database: duckdb.DuckDBPyConnection) -> None:
    found = ask(database, "stories_behind", {"search": "TOOTHBRUSH"}).to_pylist()
    assert [row["story"] for row in found] == ["amazon-toothbrush"]


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("garden street", "garden street"),
        ("nowhere to be found", "be found"),  # b is its rarest letter
        ("order 017 of", "7 of"),
        ("aé straße", "é straße"),
        ("buzz", "buzz"),  # z would leave two letters
        ("é", "é"),
        ("", ""),
    ],
)
def test_search_starts_from_its_rarest_letter(words: str, end: str, database: duckdb.DuckDBPyConnection) -> None:
    assert new_cursor(database).execute("select from_rarest($words)", {"words": words}).fetchone() == (end,)
