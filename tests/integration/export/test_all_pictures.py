"""Every chart at every size: exact size, legible text, no clipped and no overlapping text."""

from functools import cache

import pytest

from cxdata.charts import CHARTS
from cxdata.export.picture.layout import compute_layout, draw_picture
from cxdata.export.picture.options import PictureOptions
from cxdata.export.picture.presets import PRESETS, find_preset
from cxdata.export.picture.text_metrics import balance_lines, wrap_text
from cxdata.publish.charts import publish_chart
from tests.fixtures.picture_texts import clipped, overlapping, texts
from tests.fixtures.stories import make_many

CHOICES = {
    "journey": {"story": "ao-laptop"},
    "head_to_head": {"job": "return_a_laptop", "left": "AO.com", "right": "Argos"},
    "difference_by_driver": {"job": "return_a_laptop", "left": "AO.com", "right": "Argos"},
    "matched_pairs": {"left": "AO.com", "right": "Argos"},
    "fix_first": {"most": 10},
}
SIZES = [*PRESETS, "600x600", "2000x600", "600x2000"]


@pytest.fixture(scope="module")
def published(database):
    return cache(lambda chart, look="light": publish_chart(database, chart, CHOICES.get(chart, {}), look))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chart", CHARTS)
def test_texts_are_whole_apart_and_at_least_12_px(published, chart, size):
    preset = find_preset(size)
    svg = draw_picture(published(chart), PictureOptions(preset), "a2zb-6gaq-a")
    assert f'width="{preset.width}" height="{preset.height}"' in svg
    assert clipped(svg) == []
    assert overlapping(svg) == []
    wide, _, found = texts(svg)
    assert min(text.size for text in found) * preset.width / wide >= 12  # px of the picture


@pytest.mark.parametrize("chart", CHARTS)
def test_picture_holds_headline_subtitle_source_and_id(published, chart):
    shown = published(chart)
    svg = draw_picture(shown, PictureOptions(PRESETS["portrait"]), "a2zb-6gaq-a")
    words = " ".join(text.words for text in sorted(texts(svg)[2], key=lambda text: (text.top, text.left)))
    for part in (shown.headline, shown.subtitle, shown.source_line, "id a2zb-6gaq-a"):
        assert part in words


def test_low_picture_says_how_many_companies_it_leaves_out(database_of):
    shown = publish_chart(database_of(*make_many(30)), "effort")
    picture = PictureOptions(find_preset("900x400"))
    layout = compute_layout(shown, picture)
    assert layout.left_out > 0
    svg = draw_picture(shown, picture, "")
    said = f"The first {30 - layout.left_out} of 30 are shown."
    assert said in [text.words for text in texts(svg)[2]]
    assert overlapping(svg) == []
    assert clipped(svg) == []


def test_long_headline_is_wrapped_and_not_cut(published):
    long = "A headline that goes on " * 12
    svg = draw_picture(published("effort"), PictureOptions(PRESETS["square"], headline=long.strip()), "")
    assert long.strip() in " ".join(text.words for text in sorted(texts(svg)[2], key=lambda text: text.top))
    assert clipped(svg) == []


def test_headline_lines_are_balanced():
    words = "The account of AO.com tells of most work: about 2 h 10 min worth"
    lines = balance_lines(words, "Serif-Semibold", 28, 720)
    assert len(lines) == len(wrap_text(words, "Serif-Semibold", 28, 720))
    assert " ".join(lines) == words
    assert len(lines[-1].split()) > 1


def test_measures_find_overlapping_and_clipped_text():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">'
        '<text x="10" y="20" font-size="13">one word</text><text x="20" y="22" font-size="13">another</text>'
        '<g transform="translate(180,50)"><text font-size="13">over the edge</text></g></svg>'
    )
    assert overlapping(svg) == [("one word", "another")]
    assert clipped(svg) == ["over the edge"]
