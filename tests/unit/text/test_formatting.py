"""Numbers and lists in words."""

import pytest

from cxdata.text.formatting import (
    format_count,
    format_number,
    format_ordinal,
    format_percent,
    format_period,
    format_points,
    format_pounds,
    format_signed,
    join_list,
    join_parts,
    number_format,
    truncate_list,
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (format_count(0, "story"), "0 stories"),
        (format_count(1, "story"), "1 story"),
        (format_count(1234, "story"), "1,234 stories"),
        (format_count(2, "day"), "2 days"),  # a vowel before the y
        (format_count(2, "encounter"), "2 encounters"),
        (format_count(2, "person", "people"), "2 people"),
        (format_count(1, "person", "people"), "1 person"),
    ],
)
def test_count_agrees_with_its_noun(words: str, expected: str) -> None:
    assert words == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ardent: delivery 3. Bolder: delivery 4", "Ardent: delivery 3. Bolder: delivery 4", id="short"),
        pytest.param("Ardent: delivery 3. Bolder: delivery 4. Cosy: return 2", "Ardent: delivery 3. on", id="entry"),
        pytest.param(
            "Ardent: 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13", "Ardent: 3, 4, 5, 6, 7, 8, 9, 10, 11. on", id="comma"
        ),
        pytest.param("Ardent Ltd, Leeds: 3. Bolder, Inc, York: 45", "Ardent Ltd, Leeds: 3. on", id="comma in a name"),
        pytest.param("x" * 50, "x" * 38 + ". on", id="no entry"),
    ],
)
def test_truncated_list_ends_after_a_whole_entry(text: str, expected: str) -> None:
    assert truncate_list(text, 38, "on") == expected


@pytest.mark.parametrize(
    ("names", "most", "expected"),
    [
        ([], 4, ""),
        (["A"], 4, "A"),
        (["A", "B"], 4, "A and B"),
        (["A", "B", "C", "D"], 4, "A, B, C and D"),
        (["A", "B", "C", "D", "E"], 4, "A, B, C and 2 more"),
        (["A", "B", "C"], 2, "A and 2 more"),
    ],
)
def test_joined_list_ends_with_and(names: list[str], most: int, expected: str) -> None:
    assert join_list(names, most) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "not stated"),
        (0, "0"),
        (3.0, "3"),
        (3.46, "3.5"),
        (34.04, "34"),
        (1234.5, "1,234.5"),
        (0.25, "0.3"),
        (6.95, "7"),
        (6.949, "6.9"),
        (8.5499999998, "8.6"),  # a mean of sums of points leaves such an error
    ],
)
def test_number_has_at_most_one_decimal(value: float | None, expected: str) -> None:
    assert format_number(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(4.5, "+4.5"), (-3, "−3"), (0, "0"), (0.04, "0"), (-0.04, "0"), (-2.25, "−2.3"), (None, "not stated")],
)
def test_signed_number_uses_a_true_minus(value: float | None, expected: str) -> None:
    assert format_signed(value) == expected
    assert "-" not in format_signed(value)


def test_words_for_unknown_can_be_chosen() -> None:
    assert format_number(None, "–") == "–"
    assert format_signed(None, "silent") == "silent"


@pytest.mark.parametrize(
    ("value", "expected"), [(1, "1 point"), (0, "0 points"), (3.5, "3.5 points"), (0.98, "1 point")]
)
def test_points_agree_with_the_rounded_number(value: float, expected: str) -> None:
    assert format_points(value) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(2011, 2017, "2011–2017"), (2017, 2017, "2017"), (None, None, "undated"), (None, 2017, "undated")],
)
def test_period_is_given_in_years(first: int | None, last: int | None, expected: str) -> None:
    assert format_period(first, last) == expected


def test_joined_parts_leave_out_empty_ones() -> None:
    assert join_parts(["3 stories", "", "2017"]) == "3 stories · 2017"
    assert join_parts([]) == ""


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["1,234 stories", "1,234.5", "−0.5", "2.5 points"]),
        ("de", ["1.234 stories", "1.234,5", "−0,5", "2,5 points"]),
        ("fr", ["1\u202f234 stories", "1\u202f234,5", "−0,5", "2,5 points"]),  # a narrow space that does not break
    ],
)
def test_numbers_follow_the_number_format(language: str, expected: list[str]) -> None:
    with number_format(language):
        assert [format_count(1234, "story"), format_number(1234.5), format_signed(-0.5), format_points(2.5)] == expected
    assert format_number(1234.5) == "1,234.5"


@pytest.mark.parametrize(
    ("place", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (13, "13th"), (22, "22nd")]
)
def test_ordinals_have_the_right_suffix(place: int, said: str) -> None:
    assert format_ordinal(place) == said


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0%"), (0.001, "under 1%"), (0.5, "50%"), (0.125, "13%"), (0.999, "over 99%"), (1, "100%")]
)
def test_percent_never_rounds_to_none_or_all(share: float, said: str) -> None:
    assert format_percent(share) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (5.58, 6.55, "£5.58 to 6.55"),
        (4, 4, "£4.00"),
        (55800, 65500, "£56,000 to 66,000"),  # two figures that count: more is not known
        (65500, 65500, "£66,000"),
        (120, 480, "£120 to 480"),
        (1_200_000, 3_400_000, "£1.2 to 3.4 million"),
        (0, 0, "£0.00"),
    ],
)
def test_large_pound_amounts_are_rounded(low: float, high: float, said: str) -> None:
    assert format_pounds(low, high).replace("\N{NO-BREAK SPACE}", " ") == said
