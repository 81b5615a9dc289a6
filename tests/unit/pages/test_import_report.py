"""What the page Add stories says of a file that brings in nothing."""

from types import SimpleNamespace

import pytest

from pages.add.import_report import _describe_no_change


@pytest.mark.parametrize(
    ("known", "faults", "said"),
    [
        (29, 0, "Nothing new: every story is in the database already, word for word."),
        (0, 0, "Nothing new."),
        # a faulty story may well be new: that all are known is said of the others
        (29, 2, "Apart from 2 faults, there is nothing new: every story is in the database already, word for word."),
        (0, 1, "Apart from 1 fault, there is nothing new."),
    ],
)
def test_a_file_of_known_and_faulty_stories_is_not_said_to_be_known_whole(known: int, faults: int, said: str) -> None:
    assert _describe_no_change(SimpleNamespace(known=known, fault_count=faults)) == said  # type: ignore[arg-type]
