"""Contrast and colour difference agree with published values."""

from itertools import combinations
from typing import get_args

import pytest

from cxdata.export.picture.contrast import Eye, colour_difference, contrast_ratio

EYES = get_args(Eye)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#767676", "#ffffff", 4.54),  # the lightest grey that passes AA for small text on white
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
        ("#00ff00", "#000000", 15.30),
    ],
)
def test_contrast_ratio_matches_known_pairs(one: str, other: str, ratio: float) -> None:
    assert contrast_ratio(one, other) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("colour", ["#000000", "#0072b2", "#d55e00", "#ffffff"])
def test_contrast_ratio_of_a_colour_with_itself_is_1(colour: str) -> None:
    assert contrast_ratio(colour, colour) == 1


def test_contrast_ratio_does_not_depend_on_the_order_or_case_of_colours() -> None:
    for one, other in combinations(("#000000", "#0072b2", "#d55e00", "#fbfaf7"), 2):
        assert contrast_ratio(one, other) == contrast_ratio(other, one) == contrast_ratio(one.upper(), other)


@pytest.mark.parametrize(
    ("colour", "lab"),
    [
        ("#ffffff", (100.0, 0.0, 0.0)),
        ("#ff0000", (53.24, 80.09, 67.20)),
        ("#00ff00", (87.73, -86.18, 83.18)),
        ("#0000ff", (32.30, 79.19, -107.86)),
    ],
)
def test_difference_from_black_matches_known_lab_values(colour: str, lab: tuple[float, float, float]) -> None:
    distance = sum(part**2 for part in lab) ** 0.5
    assert colour_difference(colour, "#000000") == pytest.approx(distance, abs=0.05)


@pytest.mark.parametrize("eye", EYES)
def test_difference_of_a_colour_with_itself_is_0_for_every_eye(eye: Eye) -> None:
    assert colour_difference("#d55e00", "#d55e00", eye) == 0


@pytest.mark.parametrize("eye", EYES)
def test_every_eye_sees_the_same_greys(eye: Eye) -> None:
    assert colour_difference("#808080", "#ffffff", eye) == pytest.approx(
        colour_difference("#808080", "#ffffff"), abs=0.05
    )


@pytest.mark.parametrize(
    ("eye", "one", "other"),
    [("protan", "#cc6677", "#888888"), ("deutan", "#cc6677", "#889966"), ("tritan", "#0000ff", "#005555")],
)
def test_colour_blindness_reduces_the_difference_of_confused_colours(eye: Eye, one: str, other: str) -> None:
    assert colour_difference(one, other, eye) < colour_difference(one, other) / 2
