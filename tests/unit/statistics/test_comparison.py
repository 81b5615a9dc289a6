"""Which company leads: against 40 golden libraries, against the rule story by story, and by its properties."""

import math
import statistics
import time
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cxdata.statistics.comparison import Direction, Verdict, find_leader, find_leader_in_scope
from cxdata.statistics.summaries import Summary, summarise
from cxdata.text.formatting import round_half_up
from tests.fixtures.statistics import names, read_libraries, read_rows, welch_p

LIBRARIES = read_libraries("claims.json")
EXPECTED = read_rows("claims_expected.csv")
POINTS = st.integers(0, 60).map(lambda half: half / 2)
STORIES = st.lists(POINTS, min_size=1, max_size=12)


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: f"{row['library']} {row['name']}")
def test_the_golden_libraries_have_their_kind_and_leaders(row: dict[str, str]) -> None:
    verdict = find_leader(LIBRARIES[row["library"]])
    assert (verdict.kind, verdict.leaders) == (row["kind_pairwise"], names(row["named"]))
    assert len(verdict.compared) == int(row["compared"])
    assert set(LIBRARIES[row["library"]]) - set(verdict.compared) == set(names(row["unread"]))


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: f"{row['library']} {row['name']}")
def test_the_golden_libraries_have_their_kind_among_companies_with_five_stories(row: dict[str, str]) -> None:
    verdict = find_leader_in_scope(LIBRARIES[row["library"]])
    by_method = row["depends_on_method"] == "pairwise test"  # the column has the joint intervals' kind
    assert verdict.kind == (row["kind_pairwise"] if by_method else row["kind_scoped"])
    assert verdict.outside == names(row["outside_scope"])


@pytest.mark.parametrize(
    ("library", "reason", "against"),
    [
        ("c02", "nothing read", ()),
        ("c17", "one company", ()),
        ("c19", "none told", ()),
        ("c12", "equal as shown", ()),
        ("c08", "leader is one story", ()),
        ("c24", "no test", ("Cove",)),
        ("c26", "no test", ("Bay",)),
        ("c28", "no test", ("Ash",)),
        ("c32", "not clear", ("Bay",)),
        ("c33", "clear", ()),
    ],
)
def test_a_verdict_says_what_it_follows_from(library: str, reason: str, against: tuple[str, ...]) -> None:
    verdict = find_leader(LIBRARIES[library])
    assert (verdict.reason, verdict.against) == (reason, against)


def test_a_difference_that_one_story_makes_is_described_only() -> None:
    samples = {"Ash": [6.0, 5, 7, 6, 4, 6, 5, 8], "Bay": [4.5, 5, 4, 6, 4, 3.5, 5, 5]}
    assert welch_p(samples["Ash"], samples["Bay"])[1] < 0.05
    assert welch_p(samples["Ash"][:7], samples["Bay"])[1] > 0.05
    verdict = find_leader(samples)
    assert (verdict.kind, verdict.reason, verdict.against) == ("described only", "one story decides", ("Bay",))


def judged_by_the_rule(samples: dict[str, list[float]], sign: int, decimals: int = 1) -> str:
    """The kind by the rule's own words, library by library with one story left out."""

    def leads_clearly(lead: str, library: dict[str, list[float]], least: int) -> bool:
        for other in library.keys() - {lead}:
            if any(len(library[each]) < least or len(set(library[each])) < 2 for each in (lead, other)):
                return False
            difference, p = welch_p(library[lead], library[other])
            if sign * difference <= 0 or p >= 0.05:
                return False
        return True

    def on_top(library: dict[str, list[float]]) -> list[str]:
        shown = {name: sign * round_half_up(statistics.fmean(library[name]), decimals) for name in library}
        return [name for name in library if shown[name] == max(shown.values())]

    leaders = on_top(samples)
    if len(samples) == 1:
        return "one story" if len(samples[leaders[0]]) == 1 else "described only"
    if all(round_half_up(statistics.fmean(values), decimals) == 0 for values in samples.values()):
        return "described only"
    if len(leaders) > 1:
        return "tied"
    if len(samples[leaders[0]]) == 1:
        return "one story"
    without = [
        samples | {name: samples[name][:place] + samples[name][place + 1 :]}
        for name in samples
        for place in range(len(samples[name]))
        if len(samples[name]) > 1
    ]
    holds = leads_clearly(leaders[0], samples, 5) and all(
        on_top(library) == leaders and leads_clearly(leaders[0], library, 4) for library in without
    )
    return "superlative" if holds else "described only"


@given(
    first=st.lists(POINTS, min_size=4, max_size=10),
    second=st.lists(POINTS, min_size=4, max_size=10),
    third=STORIES | st.none(),
    lift=st.sampled_from([0, 15, 60]),
    direction=st.sampled_from(["highest", "lowest"]),
)
def test_the_verdict_is_that_of_leaving_out_every_story_in_turn(
    first: list[float], second: list[float], third: list[float] | None, lift: float, direction: Direction
) -> None:
    samples = {"Ash": [lift + value for value in first], "Bay": second} | ({"Cove": third} if third else {})
    verdict = find_leader(samples, direction)
    assert verdict.kind == judged_by_the_rule(samples, 1 if direction == "highest" else -1)


@given(
    st.lists(st.lists(POINTS, min_size=5, max_size=30), min_size=2, max_size=4), st.sampled_from(["highest", "lowest"])
)
def test_a_summary_claims_no_more_than_the_list_it_is_of(lists: list[list[float]], direction: Direction) -> None:
    lists[0] = [value + 20 for value in lists[0]]
    samples = {f"K{place}": values for place, values in enumerate(lists)}
    listed = find_leader(samples, direction)
    summed = find_leader({name: summarise(values) or [] for name, values in samples.items()}, direction)
    if summed.kind == "superlative":
        assert summed == listed
    else:
        assert (summed.leaders, summed.compared) == (listed.leaders, listed.compared)
        assert listed.kind in (summed.kind, "superlative")


@pytest.mark.parametrize("library", ["c33", "c34", "c35", "c36", "c37", "c38", "c39", "c40"])
def test_a_summary_keeps_the_golden_superlatives(library: str) -> None:
    samples = {name: summarise(values) or [] for name, values in LIBRARIES[library].items()}
    assert find_leader(samples).kind == "superlative"


@given(st.dictionaries(st.sampled_from("ABCDEF"), st.lists(POINTS | st.none(), max_size=9)))
def test_neither_the_order_of_companies_nor_of_stories_matters(samples: dict[str, list[float | None]]) -> None:
    mixed = {name: list(reversed(samples[name])) for name in sorted(samples, reverse=True)}
    one, other = find_leader(samples), find_leader(mixed)
    assert (one.kind, one.reason, set(one.leaders), set(one.against)) == (
        other.kind,
        other.reason,
        set(other.leaders),
        set(other.against),
    )


@given(st.dictionaries(st.sampled_from("ABCD"), STORIES), st.integers(0, 40))
def test_unread_stories_change_nothing(samples: dict[str, list[float]], unread: int) -> None:
    padded = {name: [None] * unread + list(values) for name, values in samples.items()}
    assert find_leader(padded | {"Unread": [None] * unread}) == find_leader(samples)


@given(st.lists(POINTS, min_size=5, max_size=20), st.lists(POINTS, min_size=5, max_size=20))
def test_the_lowest_is_the_highest_of_the_negative(first: list[float], second: list[float]) -> None:
    samples = {"Ash": [value + 12 for value in first], "Bay": second}
    negative = {name: [-value for value in values] for name, values in samples.items()}
    assume(find_leader(samples, decimals=6).kind != "tied")
    assert find_leader(samples, "highest", 6) == find_leader(negative, "lowest", 6)


def test_as_many_companies_as_a_picture_holds_are_judged_at_once() -> None:
    drawing = np.random.default_rng(5)
    samples = {f"K{place:02}": drawing.gamma(1, 5, 500).tolist() for place in range(44)}
    samples["Ash"] = drawing.gamma(1, 12, 500).tolist()
    began = time.perf_counter()
    verdict = find_leader(samples)
    assert (verdict.kind, verdict.leaders) == ("superlative", ("Ash",))
    assert time.perf_counter() - began < 1  # 22,500 stories left out in turn


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_value_that_is_no_number_is_refused_with_its_company(bad: float) -> None:
    with pytest.raises(ValueError, match=r"^Bay: .*finite"):
        find_leader({"Ash": [1.0], "Bay": [2.0, bad]})


@pytest.mark.parametrize("figures", [(0, 1, 0, 1, 1), (3, 5, 1, 1, 2), (3, 1, -1, 0, 2)])
def test_a_summary_that_no_sample_has_is_refused(figures: tuple[int, float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="a summary has"):
        Summary(*figures)


def test_every_kind_of_verdict_is_among_the_golden_ones() -> None:
    kinds = {find_leader(library).kind for library in LIBRARIES.values()}
    assert kinds == {"unknown", "one story", "described only", "tied", "superlative"}
    assert Verdict("tied", ("A", "B"), ("A", "B"), "equal as shown") == find_leader(dict(product("AB", [[1.0]])))
