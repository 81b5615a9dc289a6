"""Agreement of coders on every code, over invented second codings, against alphas computed by hand."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import duckdb
import pytest

from cxdata.codebook.codes import Codebook
from cxdata.publish.charts import publish_chart
from cxdata.questions.ask import ask
from cxdata.store import create_schema
from cxdata.stories import Library, SecondCoding, Story
from cxdata.stories.second_coding import READ_FOR
from tests.fixtures.stories import make_story, step, work

Rows = dict[str, dict[str, Any]]


@pytest.fixture
def agreement_of(codebook: Codebook) -> Callable[..., Rows]:
    """Answer the question over a story and its second codings, by code; `drawn` is added: the published chart."""

    def answer(stories: Story | Iterable[Story], *codings: dict[str, Any]) -> Rows:
        stories = (stories,) if isinstance(stories, Story) else tuple(stories)
        with duckdb.connect() as connection:
            second = tuple(make_coding(codebook, **coding) for coding in codings)
            create_schema(connection, Library(stories, (), second), codebook)
            rows = ask(connection, "agreement").to_pylist()
            chart = publish_chart(connection, "agreement")
        return {row["code"]: row for row in rows} | {"drawn": {"headline": chart.headline, "alt": chart.alt_text}}

    return answer


def make_coding(codebook: Codebook, **told: Any) -> SecondCoding:
    record = {"story": "tale", "coder": "Coder Z", "coded_on": date(2026, 11, 22), "read_for": READ_FOR}
    given = told | {"encounters": [{"step": n} | each for n, each in enumerate(told["encounters"], start=1)]}
    return SecondCoding.model_validate(record | given, context={"codebook": codebook})


def none_found(number: int) -> list[dict[str, Any]]:
    return [{"drivers": []}] * number


def test_number_of_times_is_compared_where_both_found_the_type(agreement_of: Callable[..., Rows]) -> None:
    """Coder A counts 1, 2, 1 and Coder Z 1, 2, 3; one found a worry alone, so its number is compared with nothing.

    By hand (tests/unit/statistics/test_agreement.py): 74/449.
    """
    counted = (1, 2, 1)
    first = make_story("tale", *(step(None, work("repeat_contact", times=n)) for n in counted), step(None))
    found = [[{"driver": "repeat_contact", "times": n}] for n in (1, 2, 3)]
    rows = agreement_of(first, {"encounters": [{"drivers": each} for each in (*found, ["worry"])]})
    times = rows["times"]
    assert times["alpha"] == pytest.approx(74 / 449)
    assert (times["unit_count"], times["found_count"], times["finding"]) == (3, 3, "rare")


def test_a_driver_coded_in_two_events_has_the_sum_of_their_times_and_minutes(agreement_of: Callable[..., Rows]) -> None:
    twice = [work("repeat_contact", times=2, minutes=10.0), work("repeat_contact")]  # 3 times, 10 minutes told
    first = make_story("tale", step(None, *twice), step(None, work("worry")))
    repeated = {"driver": "repeat_contact", "times": 3, "minutes": 10}
    rows = agreement_of(first, {"encounters": [{"drivers": [repeated]}, {"drivers": ["worry"]}]})
    assert rows["times"]["alpha"] == 1  # 3 and 3, 1 and 1
    assert (rows["minutes"]["unit_count"], rows["minutes"]["alpha"]) == (1, None)  # one pair leaves nothing to vary
    assert rows["minutes_stated"]["alpha"] == 1  # told and told, not told and not told


def test_minutes_are_compared_by_ratio_where_both_give_them(agreement_of: Callable[..., Rows]) -> None:
    """Minutes 10 and 30, 20 and 20; a third event has minutes of one coder alone.

    Minutes: observed 2 x ((10 - 30) / 40)^2 / 4 = 1/8. Expected over 10, 20, 20, 30: two pairs of 10 and 20 at
    (10/30)^2 = 1/9, one of 10 and 30 at 1/4, two of 20 and 30 at (10/50)^2 = 1/25; 2 x (2/9 + 1/4 + 2/25) / 12.
    Stated: values 1, 1, 1, 1, 1, 0; observed 2/6, expected 2 x 5 / 30. Alpha = 0.
    """
    first = make_story("tale", *(step(None, work("wait_on_hold", minutes=n)) for n in (10.0, 20.0, 5.0)))
    found = [{"drivers": [{"driver": "wait_on_hold", "minutes": n}]} for n in (30, 20, None)]
    rows = agreement_of(first, {"encounters": found})
    assert rows["minutes"]["alpha"] == pytest.approx(1 - (1 / 8) / (2 * (2 / 9 + 1 / 4 + 2 / 25) / 12))
    assert rows["minutes"]["unit_count"] == 2
    assert rows["minutes_stated"]["alpha"] == pytest.approx(0)
    assert (rows["minutes_stated"]["both_found"], rows["minutes_stated"]["one_found"]) == (2, 1)


def test_demand_that_a_coder_leaves_open_is_neither_value_nor_failure(agreement_of: Callable[..., Rows]) -> None:
    """Failure or not: A says 1 1 0 0, Z says 1 0 0 0: observed 2/8, expected 2 x 3 x 5 / 56. Value: 0 0 1 0 both."""
    first = make_story("tale", *(step(None, demand=each) for each in ("failure", "failure", "value", None)))
    second = [{"drivers": [], "demand": each} for each in ("failure", None, "value", None)]
    rows = agreement_of(first, {"encounters": second})
    assert rows["failure_demand"]["alpha"] == pytest.approx(1 - (2 / 8) / (30 / 56))
    assert rows["value_demand"]["alpha"] == 1
    assert [rows[code]["found_count"] for code in ("failure_demand", "value_demand")] == [2, 1]


def test_each_outcome_of_promises_is_a_code(agreement_of: Callable[..., Rows]) -> None:
    """Kept, broken and broken against kept, broken and kept late.

    Kept: the same everywhere. Broken: 0 1 1 and 0 1 0: observed 2/6, expected 2 x 3 x 3 / 30 = 18/30.
    Kept late: 0 0 0 and 0 0 1: observed 2/6, expected 2 x 1 x 5 / 30 = 10/30.
    """
    promises = [
        {"claim": f"Claim {n}", "kept": kept, "evidence": "Told.", "locator": "end"}
        for n, kept in enumerate(("kept", "broken", "broken"))
    ]
    second = [{"promise": n, "kept": kept} for n, kept in enumerate(("kept", "broken", "kept late"), start=1)]
    rows = agreement_of(make_story("tale", promises=promises), {"encounters": none_found(1), "promises": second})
    assert rows["kept"]["alpha"] == 1
    assert rows["broken"]["alpha"] == pytest.approx(1 - (2 / 6) / (18 / 30))
    assert rows["kept late"]["alpha"] == pytest.approx(0)
    assert (rows["exceeded"]["alpha"], rows["exceeded"]["found_count"]) == (None, 0)
    assert {rows[code]["unit_count"] for code in ("kept", "exceeded", "kept late", "broken", "unclear")} == {3}


def test_a_sign_is_shown_not_shown_or_not_stated(agreement_of: Callable[..., Rows]) -> None:
    """Three stories: shown, not shown, not stated against shown, not stated, not stated.

    Values 1 1 | -1 0 | 0 0: observed 2/6; expected: pairs 2 x 1, 2 x 3 and 1 x 3 of 1, -1 and 0, 2 x 11 / 30.
    """
    stories = [
        make_story(
            name, signs=[] if shown is None else [{"sign": "easy_to_reach", "shown": shown, "evidence": "Told."}]
        )
        for name, shown in (("one", True), ("two", False), ("three", None))
    ]
    given = {"one": True, "two": None, "three": None}
    codings = [
        {"story": name, "encounters": none_found(1), "signs": [{"sign": "easy_to_reach", "shown": shown}]}
        for name, shown in given.items()
    ]
    sign = agreement_of(stories, *codings)["easy_to_reach"]
    assert sign["alpha"] == pytest.approx(1 - (2 / 6) / (22 / 30))
    assert (sign["unit_count"], sign["story_count"], sign["both_found"], sign["one_found"]) == (3, 3, 1, 1)


def test_what_a_coder_did_not_look_for_is_left_out(agreement_of: Callable[..., Rows]) -> None:
    """The second coder of one story read it for feelings alone: no agreement on a worry that nobody looked for."""
    stories = [make_story(name, step(-1, work("worry")), step(2)) for name in ("one", "two")]
    whole = {"story": "one", "encounters": [{"feeling": -1, "drivers": ["worry"]}, {"feeling": 2, "drivers": []}]}
    part = {"story": "two", "read_for": ["feeling"], "encounters": [{"feeling": -1}, {"feeling": 2}]}
    rows = agreement_of(stories, whole, part)
    assert (rows["feeling"]["story_count"], rows["feeling"]["unit_count"]) == (2, 4)
    assert (rows["worry"]["story_count"], rows["worry"]["unit_count"], rows["worry"]["alpha"]) == (1, 2, 1)
    assert rows["all_drivers"]["story_count"] == 1
    nothing = agreement_of(stories[1], part)
    assert set(nothing) == {"feeling", "feeling_stated", "drawn"}


def test_first_coding_counts_only_for_what_it_was_read_for(agreement_of: Callable[..., Rows]) -> None:
    """A form asked about disputing alone: the worry that the second coder finds has no other coding."""
    read = {"read_effort": "part", "read_drivers": ["disputing"], "read_feeling": "none", "read_promises": "none"}
    first = make_story("tale", step(None, work("disputing")), step(None), **read)
    second = [{"feeling": -3, "drivers": ["disputing", "worry"]}, {"feeling": -1, "drivers": []}]
    rows = agreement_of(first, {"encounters": second})
    signs = {"easy_to_reach", "capable_humans", "side_by_side", "takes_ownership", "stays_to_the_end", "glad_to_help"}
    assert set(rows) == {"all_drivers", "disputing", "drawn"} | signs
    assert (rows["disputing"]["alpha"], rows["all_drivers"]["unit_count"]) == (1, 2)


@pytest.mark.parametrize(
    ("found", "finding", "said"),
    [
        (0, "rare", "Each code was found too rarely to say whether two readers agree"),
        (1, "rare", "Each code was found too rarely to say whether two readers agree"),
        (19, "rare", "Each code was found too rarely to say whether two readers agree"),
        (20, "agreed", "Two readers of the same stories agreed on failure contact"),
    ],
)
def test_a_code_counts_as_agreed_from_twenty_finds(
    found: int, finding: str, said: str, agreement_of: Callable[..., Rows]
) -> None:
    demands = ["failure"] * found + [None] * 40
    first = make_story("tale", *(step(None, demand=each) for each in demands), read_feeling="none", read_signs="none")
    codings = [{"demand": each} for each in demands]
    rows = agreement_of(first, {"read_for": ["demand", "promises"], "encounters": codings})
    row = rows["failure_demand"]
    assert (row["found_count"], row["finding"]) == (found, finding)
    assert row["alpha"] == (1 if found else None)
    assert rows["drawn"]["headline"] == said
    figure = {
        0: "failure contact",
        1: "found 1 time",
        19: "too few to say · found 19 times",
        20: "1.00 · both in 20 of 20",
    }
    assert figure[found] in rows["drawn"]["alt"]


def test_coders_who_find_a_code_in_different_places_do_not_agree(agreement_of: Callable[..., Rows]) -> None:
    first = make_story("tale", *(step(None, demand="failure" if n < 15 else None) for n in range(40)))
    second = [{"demand": "failure" if n > 20 else None} for n in range(40)]
    rows = agreement_of(first, {"read_for": ["demand"], "encounters": second})
    assert (rows["failure_demand"]["finding"], rows["failure_demand"]["found_count"]) == ("low", 34)
    assert rows["drawn"]["headline"] == "Two readers of the same stories did not agree on failure contact"


def test_stories_of_one_coder_have_no_agreement(agreement_of: Callable[..., Rows]) -> None:
    rows = agreement_of(make_story("tale", step(-1, work("worry"))))
    assert rows == {"drawn": {"headline": "No story has been coded twice", "alt": rows["drawn"]["alt"]}}


def test_unpublished_story_counts_for_no_agreement(agreement_of: Callable[..., Rows]) -> None:
    unread = {"status": "draft", "reviewer": None, "reviewed_on": None}
    second = {"encounters": [{"feeling": -1, "drivers": []}]}
    assert set(agreement_of(make_story("tale", step(-1), **unread), second)) == {"drawn"}


def test_every_code_has_a_name_of_its_own(database: duckdb.DuckDBPyConnection) -> None:
    """The chart sets its rows apart by code."""
    codes = database.execute("select code from agreement_code").fetchall()
    assert len(set(codes)) == len(codes) == 43
