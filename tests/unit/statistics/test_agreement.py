"""Agreement of coders: Krippendorff's own examples, second codings, and the flag on a chart."""

import math
from collections.abc import Callable, Sequence
from datetime import date
from itertools import combinations
from typing import Any

import duckdb
import numpy as np
import pytest

from cxdata.codebook.codes import Codebook, load_codebook
from cxdata.errors import StoryError
from cxdata.publish.charts import publish_chart
from cxdata.questions.ask import ask
from cxdata.statistics.agreement import LEAST_ACCEPTABLE, MIN_FOUND, krippendorff_alpha
from cxdata.store import create_schema
from cxdata.stories import Library, SecondCoding, read_library, read_story_files
from tests.fixtures.stories import make_story, step, work

Units = Sequence[Sequence[int | None]]
_ = None
# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): B, two observers and a binary code; C, four
# observers and five values with gaps. One list a coder, one place a unit.
BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
GAPS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]


def counted(coders: Units, values: Sequence[int]) -> Any:
    return np.asarray([[unit.count(value) for value in values] for unit in map(list, zip(*coders, strict=True))])


def plain_alpha(units: Sequence[Sequence[int]]) -> float:
    """Compute alpha of a nominal code by its definition, pair by pair."""
    told = [unit for unit in units if len(unit) > 1]
    every = [value for unit in told for value in unit]
    observed = sum(
        2 * sum(one != other for one, other in combinations(unit, 2)) / (len(unit) - 1) for unit in told
    ) / len(every)
    expected = 2 * sum(one != other for one, other in combinations(every, 2)) / (len(every) * (len(every) - 1))
    return 1 - observed / expected


@pytest.mark.parametrize(
    ("coders", "values", "level", "published"),
    [
        (BINARY, (0, 1), "nominal", 0.095),
        (GAPS, (1, 2, 3, 4, 5), "nominal", 0.743),
        (GAPS, (1, 2, 3, 4, 5), "ordinal", 0.815),
    ],
)
def test_alpha_matches_krippendorffs_examples(coders: Units, values: Any, level: Any, published: float) -> None:
    found = krippendorff_alpha(counted(coders, values), level)
    assert found.alpha == pytest.approx(published, abs=0.001)


def test_alpha_interval_matches_a_jackknife() -> None:
    units = list(zip(*BINARY, strict=True))
    left = [plain_alpha([*units[:place], *units[place + 1 :]]) for place in range(10)]
    # the jackknife's standard error: sqrt((n - 1) / n x sum of squares about the mean)
    error = math.sqrt(0.9 * sum((each - sum(left) / 10) ** 2 for each in left))
    found = krippendorff_alpha(counted(BINARY, (0, 1)), "nominal")
    assert found.alpha == pytest.approx(plain_alpha(units))
    assert (found.low, found.high) == (
        pytest.approx(max(plain_alpha(units) - 1.959964 * error, -1)),
        pytest.approx(min(plain_alpha(units) + 1.959964 * error, 1)),
    )


def test_unused_code_has_no_alpha_and_perfect_agreement_no_interval() -> None:
    assert krippendorff_alpha(np.asarray([[2, 0]] * 20), "nominal").alpha is None
    perfect = krippendorff_alpha(np.asarray([[2, 0]] * 18 + [[0, 2]] * 2), "nominal")
    assert (perfect.alpha, perfect.low, perfect.high) == (1, None, None)


def test_agreement_of_the_shipped_stories_matches_plain_python(database: duckdb.DuckDBPyConnection) -> None:
    library = read_library(load_codebook())
    stories = {story.story: story for story in library.stories}
    assert {coding.story for coding in library.second_codings} == set(stories)
    rows = {row["code"]: row for row in ask(database, "agreement").to_pylist() if row["measure"] == "driver"}
    for driver, row in rows.items():
        units = [
            (
                int(any(event.driver == driver for event in first.effort)),
                int(driver in second.drivers),
            )
            for coding in library.second_codings
            for first, second in zip(stories[coding.story].encounters, coding.encounters, strict=True)
        ]
        assert row["both_found"] == units.count((1, 1))
        assert row["one_found"] == units.count((0, 1)) + units.count((1, 0))
        if row["alpha"] is None:
            assert units.count((0, 0)) == len(units)
        else:
            assert row["alpha"] == pytest.approx(plain_alpha(units))
        assert row["encounters"] == len(units) == 49


def test_code_with_low_agreement_is_flagged_in_labels_and_charts(codebook: Codebook) -> None:
    """One coder alone finds worry in 2 of 12 encounters; both find disputing in the same 3."""
    drivers = ["disputing"] * 3 + ["worry"] * 2 + [None] * 7
    story = make_story("tale", *(step(-1, *([work(driver)] if driver else [])) for driver in drivers))
    found = [{"step": n, "feeling": -1, "drivers": ["disputing"] if n <= 3 else []} for n in range(1, 13)]
    coding = SecondCoding.model_validate(
        {"story": "tale", "coder": "Coder Z", "coded_on": date(2026, 11, 22), "encounters": found},
        context={"codebook": codebook},
    )
    with duckdb.connect() as connection:
        create_schema(connection, Library((story,), (), (coding,)), codebook)
        rows = {row["code"]: row for row in ask(connection, "agreement").to_pylist()}
        assert rows["worry"]["is_low"]
        assert (rows["worry"]["both_found"], rows["worry"]["one_found"]) == (0, 2)
        assert not rows["disputing"]["is_low"]
        labels = {row["driver"]: row["driver_label"] for row in ask(connection, "effort_sources").to_pylist()}
        assert labels == {"worry": "Worry ‡", "disputing": "Disputing"}
        assert "‡ two coders agree too little" in publish_chart(connection, "effort_by_driver").subtitle
        assert "Worry" in publish_chart(connection, "agreement").headline


@pytest.mark.parametrize(
    ("both", "one", "agreed"),
    [(3, 0, False), (18, 1, False), (19, 1, True), (24, 0, False), (20, 12, False)],
    ids=["alpha 1 of 3 finds", "19 finds", "20 finds", "nothing varies", "interval from under .667"],
)
def test_code_counts_as_agreed_from_twenty_finds_and_by_its_lower_bound(
    codebook: Codebook, both: int, one: int, agreed: bool
) -> None:
    found = both + one
    story = make_story("tale", *(step(-1, *([work("worry")] if n < found else [])) for n in range(found + 40)))
    second = [{"step": n + 1, "feeling": -1, "drivers": ["worry"] if n < both else []} for n in range(found + 40)]
    coding = SecondCoding.model_validate(
        {"story": "tale", "coder": "Coder Z", "coded_on": date(2026, 11, 22), "encounters": second},
        context={"codebook": codebook},
    )
    with duckdb.connect() as connection:
        create_schema(connection, Library((story,), (), (coding,)), codebook)
        row = next(row for row in ask(connection, "agreement").to_pylist() if row["code"] == "worry")
        said = publish_chart(connection, "agreement").headline
    assert row["both_found"] + row["one_found"] == found
    assert row["is_agreed"] == agreed
    assert agreed == (found >= MIN_FOUND and (row["low"] or 0) >= LEAST_ACCEPTABLE)
    assert ("agree well enough" in said) <= agreed


def test_stories_without_a_second_coding_have_no_agreement(
    database_of: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    lone = database_of(make_story("tale", step(-1, work("worry"))))
    assert ask(lone, "agreement").num_rows == 0
    assert ask(lone, "effort_sources").to_pylist()[0]["driver_label"] == "Worry"


CODING = """story = "{story}"
coder = "{coder}"
coded_on = 2026-11-22
[[encounters]]
step = {first}
drivers = ["{driver}"]
[[encounters]]
step = 2
feeling = 1
drivers = []
[[encounters]]
step = 3
drivers = []
"""


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({}, None),
        ({"driver": "wory"}, "encounter 1: driver 1 'wory' (did you mean worry?)"),
        ({"first": 2}, "encounters are the steps 2, 2, 3; the story has 1 to 3, in order"),
        ({"coder": "Coder A"}, "coder 'Coder A' coded the story the first time too"),
        ({"story": "argos-laptops"}, "story 'argos-laptops' (did you mean argos-laptop?)"),
    ],
)
def test_second_coding_is_checked_against_its_story(
    tmp_path: Any, codebook: Codebook, changed: dict[str, Any], fault: str | None
) -> None:
    told = {"story": "argos-laptop", "coder": "Reader Q", "first": 1, "driver": "worry"} | changed
    path = tmp_path / "again.toml"
    path.write_text(CODING.format(**told), "utf-8")
    if fault is None:
        assert [coding.coder for coding in read_story_files([path], codebook).second_codings] == ["Reader Q"]
        return
    with pytest.raises(StoryError) as caught:
        read_story_files([path], codebook)
    assert fault in str(caught.value)
