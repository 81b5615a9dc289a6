"""Numbers, scales, countries and HTML as other programs write them."""

import pytest

from cxdata.ingest.values.numbers import read_minutes, read_number, read_scale, rescale, translate_numbers
from cxdata.ingest.values.words import country_code
from cxdata.text.html_text import html_to_text


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["4,5", "3"], {"4,5": "4.5"}),
        (["1.234,5", "1.234"], {"1.234,5": "1234.5", "1.234": "1234"}),
        (["1,234.5", "1,234"], {"1,234.5": "1234.5", "1,234": "1234"}),
        (["1 234,5"], {"1 234,5": "1234.5"}),
        (["1,234", "2"], {}),  # a thousand or a decimal: nothing in the column decides
        (["90 min", "1.5 h", "2 days"], {"90 min": "90", "1.5 h": "90", "2 days": "2880"}),
    ],
)
def test_column_decides_what_a_comma_means(texts: list[str], numbers: dict[str, str]) -> None:
    assert translate_numbers(texts, "minutes", None, None, None) == numbers


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1h 30m", 90), ("1 hour and 5 min", 65), ("01:30:00", 90), ("2 weeks", 20_160), ("3 foo", None), ("soon", None)],
)
def test_duration_is_read_with_its_unit(text: str, minutes: float | None) -> None:
    assert read_minutes(text, None) == minutes


def test_number_without_a_unit_has_that_of_its_column() -> None:
    assert read_minutes("2", None, "hours") == 120


@pytest.mark.parametrize(
    ("text", "number"),
    [("4/5", 4), ("4 out of 5", 4), ("★★★★☆", 4), ("4 stars", 4), ("−2", -2), ("4.0", 4), ("x", None)],
)
def test_rating_is_read_as_its_number(text: str, number: float | None) -> None:
    assert read_number(text, None) == number


def test_score_of_another_scale_becomes_one_of_ours() -> None:
    assert [rescale(value, (0, 10), "high") for value in (0, 5, 10, 11)] == [1, 4, 7, None]
    assert [rescale(value, (1, 5), "low") for value in (1, 3, 5)] == [7, 4, 1]
    assert read_scale("0-10") == read_scale("0 to 10") == (0, 10)
    with pytest.raises(ValueError, match="is no scale"):
        read_scale("10-0")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("United States", "US"), ("usa", "US"), ("Germany", "DE"), ("deutschland", "DE"), ("GBR", "GB"), ("uk", "GB"),
        ("The Netherlands", "NL"), ("Bolivia", "BO"), ("Czech Republic", "CZ"), ("South Korea", "KR"),
        ("Côte d'Ivoire", "CI"), ("gb", "GB"), ("Atlantis", None), ("", None),
    ],
)  # fmt: skip
def test_country_is_found_by_its_name(name: str, code: str | None) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>I rang <b>twice</b>.</p><br>Then &nbsp; nothing.", "I rang twice.\n\nThen nothing."),
        ("<ul><li>One<li>Two</li></ul>", "OneTwo"),
        ("<div>A</div><div>B &amp; C</div><script>x()</script><style>p{}</style>", "A\nB & C"),
        ('<a href="x">here</a> <img src="y"> 3 < 4', "here 3 < 4"),
    ],
)
def test_html_is_read_as_its_text(html: str, text: str) -> None:
    assert html_to_text(html) == text
