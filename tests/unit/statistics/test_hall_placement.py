"""The halls: against 20 golden libraries, and by their properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdata.statistics.summaries import summarise, summarise_all
from tests.fixtures.oracles.hall_placement import describe_field, place_in_halls, shrink
from tests.fixtures.statistics import figure, read_libraries, read_rows

LIBRARIES = read_libraries("halls.json")
FEELINGS = st.integers(-10, 10).map(lambda half: half / 2)
COMPANIES = st.dictionaries(st.sampled_from("ABCDEFG"), st.lists(FEELINGS | st.none(), max_size=12))


@pytest.mark.parametrize("row", read_rows("halls_expected.csv"), ids=lambda row: f"{row['library']} {row['company']}")
def test_the_golden_companies_have_their_hall_and_means(row: dict[str, str]) -> None:
    placement = place_in_halls(LIBRARIES[row["library"]])[row["company"]]
    assert (placement.hall, placement.stories_read) == (row["hall"], int(row["stories_read"]))
    assert placement.mean == pytest.approx(figure(row["mean"]), abs=1e-6)
    assert placement.shrunken_mean == pytest.approx(figure(row["shrunken_mean"]), abs=1e-6)
    field = describe_field(summarise_all(LIBRARIES[row["library"]]))
    if row["centre"]:
        assert field
        assert field.centre == pytest.approx(figure(row["centre"]), abs=1e-6)
        assert field.variance_between == pytest.approx(figure(row["variance_between"]), abs=1e-6)
    else:
        assert field is None or row["hall"] in ("too few", "unknown")


@given(COMPANIES)
def test_a_shrunken_mean_lies_between_the_mean_and_the_centre(samples: dict[str, list[float | None]]) -> None:
    field = describe_field(summarise_all(samples))
    for placement in place_in_halls(samples).values():
        if placement.shrunken_mean is None:
            assert placement.hall in ("too few", "unknown")
            continue
        assert field
        assert placement.mean is not None
        low, high = sorted((placement.mean, field.centre))
        assert low - 1e-9 <= placement.shrunken_mean <= high + 1e-9


@given(COMPANIES)
def test_no_company_is_in_a_hall_that_its_plain_mean_does_not_reach(samples: dict[str, list[float | None]]) -> None:
    for placement in place_in_halls(samples).values():
        if placement.hall in ("fame", "shame"):
            assert placement.mean is not None
            assert placement.stories_read >= 5
            assert (placement.mean if placement.hall == "fame" else -placement.mean) >= 2 - 1e-6


@given(COMPANIES)
def test_the_halls_of_turned_feelings_are_the_other_halls(samples: dict[str, list[float | None]]) -> None:
    turned = {name: [None if value is None else -value for value in values] for name, values in samples.items()}
    other = {"fame": "shame", "shame": "fame"}
    halls = place_in_halls(samples)
    assert {name: other.get(placement.hall, placement.hall) for name, placement in halls.items()} == {
        name: placement.hall for name, placement in place_in_halls(turned).items()
    }


@given(COMPANIES)
def test_summaries_place_companies_as_their_lists_do(samples: dict[str, list[float | None]]) -> None:
    summaries = {name: summarise(values) or [] for name, values in samples.items()}
    assert place_in_halls(summaries) == place_in_halls(samples)


def test_more_stories_of_the_same_mean_are_drawn_less() -> None:
    field_of_four = {"A": [0.0, 1, 2, 3, 4], "B": [-1.0, 0, 1] * 3, "C": [-3.0, -2, -1] * 3, "D": [1.0, 0, -1] * 3}
    field = describe_field(summarise_all(field_of_four))
    few, many = summarise([3.0, 4, 5, 4, 4]), summarise([3.0, 4, 5, 4, 4] * 10)
    assert field
    assert few
    assert many
    assert field.centre < shrink(few, field) < shrink(many, field) < 4
