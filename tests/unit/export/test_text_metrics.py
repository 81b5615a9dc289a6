"""Widths agree with the tables of the shipped fonts, and line breaks keep to the width without losing words."""

from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont

from cxdata.charts.kit.theme import FONTS
from cxdata.export.picture.fonts import WEIGHTS
from cxdata.export.picture.text_metrics import (
    balance_lines,
    is_right_to_left,
    missing_glyphs,
    text_width,
    wrap_text,
)

FACES = sorted(WEIGHTS.values())
SENTENCE = "Two customers called again and again, and waited 1 234 minutes for an answer"
SANS = "Sans-Regular"


@pytest.mark.parametrize("face", FACES)
def test_character_widths_match_the_advance_widths_of_the_font(face: str) -> None:
    with TTFont(FONTS / f"CX{face}.ttf") as font:
        names, widths, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        for character in "aimMW059 .,−":
            advance = widths[names[ord(character)]][0]
            assert text_width(character, face, 100) == pytest.approx(100 * advance / em, abs=0.3), character


@pytest.mark.parametrize("face", FACES)
def test_empty_text_has_no_width(face: str) -> None:
    assert text_width("", face, 14) == 0


@pytest.mark.parametrize("face", FACES)
def test_widths_add_up_over_characters_without_kerning(face: str) -> None:
    assert text_width("nnnn", face, 20) == pytest.approx(4 * text_width("n", face, 20))
    assert text_width("2026", face, 20) == pytest.approx(sum(text_width(digit, face, 20) for digit in "2026"))


@pytest.mark.parametrize("face", FACES)
def test_each_further_character_makes_a_text_wider(face: str) -> None:
    widths = [text_width(SENTENCE[:end], face, 14) for end in range(len(SENTENCE) + 1)]
    assert all(shorter < longer for shorter, longer in pairwise(widths))


def test_width_is_proportional_to_the_size() -> None:
    assert text_width(SENTENCE, SANS, 28) == pytest.approx(2 * text_width(SENTENCE, SANS, 14))


def test_a_bold_face_is_wider() -> None:
    assert text_width(SENTENCE, "Sans-Bold", 14) > text_width(SENTENCE, SANS, 14)


@pytest.mark.parametrize("room", [60, 120, 300, 5_000])
def test_wrapped_lines_fit_and_keep_every_word(room: float) -> None:
    lines = wrap_text(SENTENCE, SANS, 14, room)
    assert all(text_width(line, SANS, 14) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == SENTENCE.replace(" ", "")
    assert room < 5_000 or lines == [SENTENCE]


def test_wrapping_splits_a_word_that_is_wider_than_a_line() -> None:
    word = "m" * 30
    lines = wrap_text(word, SANS, 14, 100)
    assert len(lines) > 1
    assert "".join(lines) == word
    assert all(text_width(line, SANS, 14) <= 100 for line in lines)


def test_wrapping_never_breaks_at_a_no_break_space() -> None:
    number = "1\u202f234\u00a0000"
    narrow = text_width(f"{number} ", SANS, 14)
    assert wrap_text(f"{number} {number}", SANS, 14, narrow) == [number, number]


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_blank_text_has_no_lines(text: str) -> None:
    assert wrap_text(text, SANS, 14, 100) == []


def test_balanced_lines_are_as_many_as_wrapped_ones_and_more_even() -> None:
    def spread(lines: list[str]) -> float:
        widths = [text_width(line, SANS, 14) for line in lines]
        return max(widths) - min(widths)

    room = 0.9 * text_width(SENTENCE, SANS, 14)
    wrapped, balanced = wrap_text(SENTENCE, SANS, 14, room), balance_lines(SENTENCE, SANS, 14, room)
    assert len(balanced) == len(wrapped) > 1
    assert " ".join(balanced) == SENTENCE
    assert spread(balanced) < spread(wrapped)


def test_missing_glyphs_lists_each_missing_character_once_in_order() -> None:
    assert missing_glyphs("Ærø ☃ 漢 ☃ 字", SANS) == ["☃", "漢", "字"]
    assert missing_glyphs("plain words\n", SANS) == []


@pytest.mark.parametrize(
    ("text", "expected"), [("left", False), ("שלום", True), ("a مرحبا b", True), ("", False), ("12", False)]
)
def test_right_to_left_text_is_found(text: str, expected: bool) -> None:
    assert is_right_to_left(text) is expected
