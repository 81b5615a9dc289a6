"""The message lens finds words, and gives no verdict."""

import pytest

from cxdata.text.message_lens import read_message

STOCK = """Hello,

Your order is with our team. Most orders arrive in 3 to 5 working days, but it may take longer.
We hope to send it soon. Write to us after 21 days.
"""


def test_a_stock_answer_has_no_name_and_leaves_things_open() -> None:
    reading = read_message(STOCK, "Jo Brown")
    assert (reading.uses_name, reading.is_greeting_nameless) == (False, True)
    assert reading.times == ("3 to 5 working days", "21 days")
    assert reading.hedges == ("most", "may", "soon")
    assert (reading.writer_count, reading.reader_count) == (3, 1)


@pytest.mark.parametrize("name", ["Jo", "jo brown", "BROWN"])
def test_any_part_of_a_name_counts(name: str) -> None:
    assert read_message("Dear Jo Brown, it comes on Friday.", name).uses_name is True


def test_a_name_inside_another_word_does_not_count() -> None:
    assert read_message("Dear Customer, a joy to serve you.", "Jo").uses_name is False


@pytest.mark.parametrize("name", ["", "  "])
def test_without_a_name_its_use_is_unknown(name: str) -> None:
    assert read_message("Dear Jo, hello.", name).uses_name is None


@pytest.mark.parametrize("name", ["(", "a+b", "Zoë", "O'Neil"])
def test_a_name_is_no_pattern(name: str) -> None:
    assert read_message(f"Dear {name}, hello.", name).uses_name is True


@pytest.mark.parametrize("greeting", ["Dear Customer", "Hi,", "Dear Sir or Madam:", "Hello valued customer!"])
def test_a_greeting_to_nobody_is_found(greeting: str) -> None:
    assert read_message(f"\n{greeting}\n\nYour parcel is here.").is_greeting_nameless


@pytest.mark.parametrize("greeting", ["Dear Jo", "Customer service writes", "Good morning Ms Brown,", ""])
def test_a_greeting_by_name_or_none_at_all_is_not_nameless(greeting: str) -> None:
    assert not read_message(f"{greeting}\n\nYour parcel is here.").is_greeting_nameless


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("It comes on 12 September 2011.", ("12 September 2011",)),
        ("It comes by Friday, May 3rd.", ("Friday", "May 3rd")),
        ("We reply within 48 hours, on the next working day.", ("48 hours", "next working day")),
        ("On 2011-09-12 or 12/09/2011.", ("2011-09-12", "12/09/2011")),
        ("It may come shortly.", ()),
        ("Case 4711, extension 12.", ()),
    ],
)
def test_days_dates_and_spans_are_found(text: str, times: tuple[str, ...]) -> None:
    assert read_message(text).times == times


def test_the_month_of_may_leaves_nothing_open() -> None:
    assert read_message("It comes on 3 May.").hedges == ()
