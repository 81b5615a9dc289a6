"""Which contacts were avoidable: runs of attempts that nobody answers, and the contact that ends them."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from cxdata.questions.ask import ask, ask_rows
from tests.fixtures.stories import make_story, step, work

Make = Callable[..., duckdb.DuckDBPyConnection]
Told = dict[str, Any]


def attempt(demand: str = "failure", times: int = 1, **told: Any) -> Told:
    return step(None, work("unanswered_contact", times=times), demand=demand, **told)


def call(demand: str = "failure", *effort: Told, **told: Any) -> Told:
    return step(None, *effort, demand=demand, **told)


REPEAT = work("repeat_contact")


@pytest.mark.parametrize(
    ("encounters", "needed", "avoidable"),
    [
        ([call("value")], 1, 0),
        ([call("failure", work("avoidable_contact"))], 0, 1),
        # the first attempt was for something of value: one contact is needed, and it is the answered one
        ([attempt("value"), call("failure", REPEAT)], 1, 1),
        ([attempt("value"), attempt(), call("failure", REPEAT)], 1, 2),
        ([attempt("value", touchpoint="ivr"), attempt(touchpoint="ivr"), call("failure", REPEAT)], 1, 2),
        ([attempt("value", times=3), call("failure", REPEAT)], 1, 3),
        # several attempts and the answered contact in one encounter
        ([call("value", work("unanswered_contact", times=2), REPEAT)], 1, 2),
        # nobody ever answers: one contact was needed all the same
        ([attempt("value")], 1, 0),
        ([attempt("value"), attempt(), attempt()], 1, 2),
        # where even the first attempt came of a failure, no contact was needed
        ([attempt(), attempt(), call("failure", REPEAT)], 0, 3),
        ([attempt()], 0, 1),
        # the answered contact ends the run: what follows stands for itself
        ([attempt("value"), call("failure", REPEAT), call("failure", REPEAT)], 1, 2),
        ([attempt("value"), call("failure", REPEAT), attempt(), call("failure", REPEAT)], 1, 3),
        ([call("value"), attempt(), call("failure", REPEAT)], 1, 2),
        # another job is another matter
        ([attempt("value"), call("failure", REPEAT, job="return_a_laptop")], 1, 1),
        ([attempt("value"), call("value", job="return_a_laptop"), call("failure", REPEAT)], 2, 1),
        # thanks and news are neither, and the company's own calls are none of the customer's
        ([attempt("value"), step(None), step(None, demand="failure", started_by="company")], 1, 0),
        # a menu with a person behind it later is no contact by itself
        ([step(None, touchpoint="ivr", demand="value"), call("value")], 1, 0),
    ],
)
def test_one_contact_of_a_run_was_needed(
    encounters: list[Told], needed: int, avoidable: int, database_of: Make
) -> None:
    rows = ask_rows(database_of(make_story("tale", *encounters)), "failure_demand")
    counts = {row["demand"]: row["contacts"] for row in rows}
    assert (counts.get("value", 0), counts.get("failure", 0)) == (needed, avoidable)


def test_an_answered_call_after_attempts_costs_the_company_nothing_it_could_have_avoided(database_of: Make) -> None:
    story = make_story("tale", attempt("value"), attempt(), call("failure", REPEAT), outcome="resolved")
    database = database_of(story)
    assert ask_rows(database, "cost_of_failure") == []
    assert {row["saved_low"] for row in ask_rows(database, "what_to_fix")} == {None}
    assert {row["saved_low"] for row in ask_rows(database, "fix_first")} == {None}


def test_the_codebook_names_the_effort_type_of_attempts(database_of: Make) -> None:
    database = database_of(make_story("tale", attempt("value"), call("failure", REPEAT)))
    database.execute("update codebook_drivers set is_unanswered = code = 'repeat_contact'")
    counts = database.execute("select demand, contacts, answered from customer_contact order by step").fetchall()
    assert counts == [("value", 1, 1), ("failure", 1, 0)]  # now the second call is the attempt


def test_a_repeated_call_after_an_answered_one_is_priced(database_of: Make) -> None:
    story = make_story("tale", call("value"), call("failure", work("repeat_contact", times=2)))
    rows = ask_rows(database_of(story), "what_to_fix", {"costs": ["phone:9:12"]})
    assert [(row["saved_low"], row["saved_high"]) for row in rows] == [(18, 24)]  # two calls


@pytest.mark.parametrize(
    ("company", "needed", "avoidable"),
    [
        ("Amazon", 0, 1),  # a chat, as the site would not take the return
        ("AO.com", 1, 2),  # two calls that nobody answers, then the one that was needed
        ("Apple", 1, 1),  # a call, and another as the first advice did not hold
        ("Argos", 1, 0),  # a chat to arrange the return
        ("MemoryBits", 0, 1),  # a mail to answer a needless check
        ("Software4Students", 0, 1),  # a mail to ask where the rest is
    ],
)
def test_shipped_stories_recounted_by_hand(
    company: str, needed: int, avoidable: int, database: duckdb.DuckDBPyConnection
) -> None:
    rows = ask(database, "failure_demand", {"companies": [company]}).to_pylist()
    counts = {row["demand"]: row["contacts"] for row in rows}
    assert (counts.get("value", 0), counts.get("failure", 0)) == (needed, avoidable)


def test_six_of_nine_contacts_of_the_shipped_stories_were_avoidable(database: duckdb.DuckDBPyConnection) -> None:
    first = {row["company"]: row for row in ask_rows(database, "failure_demand")}.values()
    assert (sum(row["avoidable_contacts"] for row in first), sum(row["company_contacts"] for row in first)) == (6, 9)
