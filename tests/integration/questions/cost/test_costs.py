"""Costs of failure and failure demand, recomputed in plain Python from the story files."""

from collections import defaultdict

import duckdb
import pytest

from cxdata.codebook.codes import Codebook, Outcome, Touchpoint
from cxdata.errors import QuestionError
from cxdata.questions.ask import ask
from cxdata.stories import Library, Story

Database = duckdb.DuckDBPyConnection
REPEATED = {"repeat_contact", "channel_switch", "avoidable_contact"}


def contacts_of(story: Story, codebook: Codebook) -> list[tuple[str, str, int, int]]:
    """Return channel, demand, number and number answered of the contacts that the customer tried for.

    Of attempts that nobody answers and the answered contact that ends them, on the same job, one was needed if any of
    them was.
    """
    found: list[tuple[str, str, int, int]] = []
    runs: dict[str, list[tuple[str, str, int, int]]] = defaultdict(list)

    def end(run: list[tuple[str, str, int, int]]) -> None:
        needed = any(demand == "value" for _, demand, _, _ in run)
        for place, (channel, demand, attempts, answered) in enumerate(run):
            own = int(needed and (place == len(run) - 1 if run[-1][3] else place == 0))
            if not any(attempts for _, _, attempts, _ in run):
                own = answered if demand == "value" else 0
            found.append((channel, "value", own, min(own, answered)))
            found.append((channel, "failure", attempts + answered - own, answered - min(own, answered)))

    for encounter in story.encounters:
        touchpoint = codebook["touchpoints"][encounter.touchpoint]
        assert isinstance(touchpoint, Touchpoint)
        attempts = sum(event.times for event in encounter.effort if event.driver == "unanswered_contact")
        repeats = [event.times for event in encounter.effort if event.driver in REPEATED]
        if encounter.started_by != "customer" or not encounter.demand or not (touchpoint.is_contact or attempts):
            continue
        answered = max([0 if attempts else 1, *repeats]) if touchpoint.is_contact else 0
        run = runs[encounter.job or story.job]
        run.append((touchpoint.channel, encounter.demand, attempts, answered))
        if answered:
            end(run)
            run.clear()
    for run in runs.values():
        end(run)
    return [each for each in found if each[2]]


def test_cost_of_failure_matches_plain_python(database: Database, library: Library, codebook: Codebook) -> None:
    asked = {"costs": ["phone:9:12", "refund:50:100"], "frequency_low": 1, "frequency_high": 3}
    rows = ask(database, "cost_of_failure", asked).to_pylist()
    prices = {"phone": (9, 12), "email": (3.55, 3.85), "live_chat": (3.05, 3.34), "parcel": (3, 5), "refund": (50, 100)}
    for story in library.stories:  # one story a company
        counted: dict[str, int] = defaultdict(int)
        for channel, demand, _, answered in contacts_of(story, codebook):
            counted[channel] += answered if demand == "failure" else 0
        for encounter in story.encounters:
            counted["parcel"] += sum(event.times for event in encounter.effort if event.driver == "split_delivery")
        outcome = codebook["outcomes"][story.outcome]
        assert isinstance(outcome, Outcome)
        counted["refund"] += outcome.refund_at_risk
        own = [row for row in rows if row["company"] == story.company.name]
        assert {row["item"]: row["counted"] for row in own} == {item: n for item, n in counted.items() if n}
        for row in own:
            low, high = prices[row["item"]]
            low = 0 if row["basis"] == "order" else low  # an order at risk may cost nothing
            assert (row["low"], row["high"]) == (
                pytest.approx(row["counted"] * low),
                pytest.approx(row["counted"] * high),
            )
            # of 10,000 orders 1 in 100 is 100, 3 in 100 are 300
            assert row["scaled_low"] == pytest.approx(row["low"] * 100)
            assert row["scaled_high"] == pytest.approx(row["high"] * 300)


def test_items_without_a_price_are_counted_with_unknown_cost(database: Database) -> None:
    rows = [row for row in ask(database, "cost_of_failure").to_pylist() if row["item"] == "refund"]
    assert {row["company"] for row in rows} == {"AO.com", "MemoryBits", "Software4Students"}
    assert {(row["low"], row["high"], row["counted"]) for row in rows} == {(None, None, 1)}


@pytest.mark.parametrize("wrong", ["phone", "phone:1", "phone:3:2", "phone:a:b", "fone:1:2", "phone:-1:2"])
def test_invalid_price_is_refused(database: Database, wrong: str) -> None:
    with pytest.raises(QuestionError, match="costs"):
        ask(database, "cost_of_failure", {"costs": [wrong]})


def test_failure_demand_matches_plain_python(database: Database, library: Library, codebook: Codebook) -> None:
    rows = {(row["company"], row["demand"]): row for row in ask(database, "failure_demand").to_pylist()}
    found = {
        (story.company.name, demand): sum(n for _, of, n, _ in contacts_of(story, codebook) if of == demand)
        for story in library.stories
        for demand in ("failure", "value")
    }
    assert {key: row["contacts"] for key, row in rows.items()} == {key: n for key, n in found.items() if n}
    ao = rows["AO.com", "failure"]
    # two calls that nobody answered; the third was needed. Its one story is still open
    assert (ao["contacts"], ao["company_contacts"], ao["contacts_per_resolved"]) == (2, 3, None)
    apple = rows["Apple", "failure"]
    assert (apple["avoidable_contacts"], apple["company_contacts"], apple["contacts_per_resolved"]) == (1, 2, 2)


def test_every_cost_row_opens_its_stories_and_events(database: Database) -> None:
    for row in ask(database, "cost_of_failure").to_pylist():
        mark = {name: row[name] for name in ("company", "touchpoint", "demand", "driver", "outcome") if row[name]}
        behind = ask(database, "stories_behind", mark).to_pylist()
        assert len(behind) == row["story_count"]
        if row["basis"] == "contact":
            assert behind[0]["evidence_count"] >= 1


def test_cost_is_not_scaled_until_the_reader_says_how_often(database: Database) -> None:
    rows = ask(database, "cost_of_failure").to_pylist()
    assert any(row["high"] for row in rows)
    assert {(row["scaled_low"], row["scaled_high"]) for row in rows} == {(None, None)}


def test_lower_frequency_alone_leaves_the_upper_cost_at_all_orders(database: Database) -> None:
    for row in ask(database, "cost_of_failure", {"frequency_low": 20}).to_pylist():
        if row["high"] is not None:
            assert row["scaled_low"] == pytest.approx(row["low"] * 2000)
            assert row["scaled_high"] == pytest.approx(row["high"] * 10000)


def test_upper_frequency_alone_leaves_the_lower_cost_at_zero(database: Database) -> None:
    for row in ask(database, "cost_of_failure", {"frequency_high": 20}).to_pylist():
        if row["high"] is not None:
            assert (row["scaled_low"], row["scaled_high"]) == (0, pytest.approx(row["high"] * 2000))
