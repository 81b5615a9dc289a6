"""Dark charts on light paper."""

from dataclasses import astuple

from cxdata.charts.kit.theme import DARK, LIGHT
from pages.ui.frame import print_light


def test_every_dark_colour_has_a_light_one_and_no_light_chart_changes() -> None:
    rules = print_light()
    assert f'[fill="{DARK.ink}" i] {{ fill: {LIGHT.ink}; }}' in rules
    assert f'[stroke="{DARK.density[5]}" i] {{ stroke: {LIGHT.density[5]}; }}' in rules
    light = {each for value in astuple(LIGHT) for each in ((value,) if isinstance(value, str) else value)}
    assert not [colour for colour in light if f'="{colour}" i]' in rules]
