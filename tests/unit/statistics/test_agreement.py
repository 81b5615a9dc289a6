"""Agreement of coders: Krippendorff's own examples, second codings, and the flag on a chart."""

import math
from collections.abc import Callable, Sequence
from datetime import date
from itertools import combinations
from typing import Any

import duckdb
import krippendorff
import numpy as np
import pytest

from cxdata.codebook.codes import Codebook, load_codebook
from cxdata.publish.charts import publish_chart
from cxdata.questions.ask import ask
from cxdata.statistics.agreement import LEAST_ACCEPTABLE, MIN_FOUND, Level, krippendorff_alpha
from cxdata.store import create_schema
from cxdata.stories import Library, SecondCoding, read_library
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
        (GAPS, (1, 2, 3, 4, 5), "ratio", 0.797),
    ],
)
def test_alpha_matches_krippendorffs_examples(coders: Units, values: Any, level: Any, published: float) -> None:
    found = krippendorff_alpha(counted(coders, values), level, values)
    assert found.alpha == pytest.approx(published, abs=0.001)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "ratio"])
def test_alpha_matches_the_library_krippendorff(level: Level) -> None:
    random = np.random.default_rng(3)
    for _each in range(50):
        counts = random.integers(0, 3, size=(30, 6))
        values = sorted(random.choice(500, 6, replace=False).tolist())
        domain = values if level == "ratio" else list(range(6))
        theirs = krippendorff.alpha(value_counts=counts, value_domain=domain, level_of_measurement=level)
        assert krippendorff_alpha(counts, level, values).alpha == pytest.approx(theirs)


def test_ratio_alpha_matches_a_hand_computation() -> None:
    """Two coders count 1 and 1, 2 and 2, 1 and 3 times.

    Observed: one pair of unlike values, ((1 - 3) / (1 + 3))^2 = 1/4, twice of 6 values: 1/12.
    Expected over the values 1, 1, 1, 2, 2, 3: six pairs of 1 and 2 at 1/9, three of 1 and 3 at 1/4, two of 2 and 3 at
    1/25, of 15 pairs in all: (2/3 + 3/4 + 2/25) / 15 = 449/4500. Alpha = 1 - (1/12) / (449/4500) = 74/449.
    """
    counts = np.asarray([[2, 0, 0], [0, 2, 0], [1, 0, 1]])
    assert krippendorff_alpha(counts, "ratio", (1, 2, 3)).alpha == pytest.approx(74 / 449)


def test_ratio_alpha_takes_two_zeros_for_agreement() -> None:
    counts = np.asarray([[2, 0], [1, 1], [0, 2]])
    # unlike: 0 and 5, at 1; observed 2 / 6, expected 2 x 9 / 30
    assert krippendorff_alpha(counts, "ratio", (0, 5)).alpha == pytest.approx(1 - (2 / 6) / (18 / 30))


def test_interval_holds_the_middle_of_all_resamples() -> None:
    """12 units of three kinds: the share of each resample of 12 is known, so the quantiles need no chance."""
    kinds = [[0, 0]] * 6, [[0, 1]] * 2, [[1, 1]] * 4
    shares = []
    for first in range(13):
        for second in range(13 - first):
            times = (first, second, 12 - first - second)
            ways = math.factorial(12) / math.prod(map(math.factorial, times))
            share = ways * math.prod((len(kind) / 12) ** each for kind, each in zip(kinds, times, strict=True))
            drawn = [kind[0] for kind, each in zip(kinds, times, strict=True) for _each in range(each)]
            is_alike = len({value for unit in drawn for value in unit}) == 1
            shares.append((0.0 if is_alike else plain_alpha(drawn), share))

    def at_most(alpha: float) -> float:
        return sum(share for each, share in shares if each <= alpha)

    units = [unit for kind in kinds for unit in kind]
    found = krippendorff_alpha(counted(list(zip(*units, strict=True)), (0, 1)), "nominal")
    assert found.alpha == pytest.approx(plain_alpha(units))
    for bound, quantile in ((found.low, 0.025), (found.high, 0.975)):
        assert bound is not None
        assert at_most(bound - 0.001) - 0.01 < quantile < at_most(bound + 0.001) + 0.01


def test_unused_code_has_no_alpha() -> None:
    assert krippendorff_alpha(np.asarray([[2, 0]] * 20), "nominal").alpha is None
    assert krippendorff_alpha(np.asarray([[1, 0]] * 20), "nominal").alpha is None


@pytest.mark.parametrize(
    ("found", "units", "low"),
    [
        # at most 1 - .025^(1 / 49) = 7.25% disagree; 6 and 92 values are unlike in 1,104 of 9,506 / 2 pairs, at chance
        (3, 49, 1 - 0.072518 / (2 * 6 * 92 / (98 * 97))),
        (24, 64, 1 - 0.056005 / (2 * 48 * 80 / (128 * 127))),
    ],
    ids=["3 finds are not sure", "24 finds are"],
)
def test_perfect_agreement_is_as_sure_as_its_finds(found: int, units: int, low: float) -> None:
    perfect = krippendorff_alpha(np.asarray([[2, 0]] * (units - found) + [[0, 2]] * found), "nominal")
    assert (perfect.alpha, perfect.high) == (1, 1)
    assert perfect.low == pytest.approx(low, abs=1e-4)
    assert (low >= LEAST_ACCEPTABLE) == (found >= MIN_FOUND)


def test_agreement_of_the_shipped_stories_matches_plain_python(database: duckdb.DuckDBPyConnection) -> None:
    library = read_library(load_codebook())
    stories = {story.story: story for story in library.stories}
    assert {coding.story for coding in library.second_codings} == set(stories)
    rows = {row["code"]: row for row in ask(database, "agreement").to_pylist() if row["measure"] == "driver"}
    for driver, row in rows.items():
        units = [
            (
                int(any(event.driver == driver for event in first.effort)),
                int(driver in [each.driver for each in second.drivers or ()]),
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
        assert row["unit_count"] == len(units) == 49
        assert row["finding"] == "rare"


@pytest.mark.parametrize(("number", "flagged"), [(20, True), (19, False)])
def test_code_with_low_agreement_is_flagged_in_labels_and_charts_from_twenty_found(
    number: int, flagged: bool, codebook: Codebook
) -> None:
    """One coder alone finds worry in so many of 40 encounters; both find disputing in the same 3."""
    drivers = ["disputing"] * 3 + ["worry"] * number + [None] * (37 - number)
    story = make_story("tale", *(step(-1, *([work(driver)] if driver else [])) for driver in drivers))
    found = [{"step": n, "feeling": -1, "drivers": ["disputing"] if n <= 3 else []} for n in range(1, 41)]
    coding = SecondCoding.model_validate(
        {"story": "tale", "coder": "Coder Z", "coded_on": date(2026, 11, 22), "encounters": found},
        context={"codebook": codebook},
    )
    with duckdb.connect() as connection:
        create_schema(connection, Library((story,), (), (coding,)), codebook)
        rows = {row["code"]: row for row in ask(connection, "agreement").to_pylist()}
        assert rows["worry"]["alpha"] < 0.667
        assert rows["worry"]["is_low"] is flagged
        assert (rows["worry"]["both_found"], rows["worry"]["one_found"]) == (0, number)
        assert not rows["disputing"]["is_low"]
        labels = {row["driver"]: row["driver_label"] for row in ask(connection, "effort_sources").to_pylist()}
        assert labels == {"worry": "Worry ‡" if flagged else "Worry", "disputing": "Disputing"}
        assert ("‡ two readers often differ" in publish_chart(connection, "effort_by_driver").subtitle) is flagged
        # fewer finds are too few to judge a code, so no mark says that coders differ
        assert rows["worry"]["finding"] == ("low" if flagged else "rare")


@pytest.mark.parametrize(
    ("both", "one", "agreed"),
    [(3, 0, False), (18, 1, False), (19, 1, True), (24, 0, True), (20, 12, False)],
    ids=["alpha 1 of 3 finds", "19 finds", "20 finds", "nobody disagrees", "interval from under .667"],
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
    assert (row["finding"] == "agreed") == agreed
    assert agreed == (found >= MIN_FOUND and (row["low"] or 0) >= LEAST_ACCEPTABLE)
    assert ("agreed on" in said and "worry" in said) == agreed


def test_stories_without_a_second_coding_have_no_agreement(
    database_of: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    lone = database_of(make_story("tale", step(-1, work("worry"))))
    assert ask(lone, "agreement").num_rows == 0
    assert ask(lone, "effort_sources").to_pylist()[0]["driver_label"] == "Worry"
