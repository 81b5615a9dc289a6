"""The sentence on the page Add stories about an import that changes nothing."""

from types import SimpleNamespace

import pytest

from pages.add.import_report import _describe_no_change


@pytest.mark.parametrize(
    ("known", "faults", "said"),
    [
        (29, 0, "Nothing new: every story is in the database already, word for word."),
        (0, 0, "Nothing new."),
        # a faulty story may be new: only the other stories are known
        (29, 2, "Apart from 2 faults, there is nothing new: every story is in the database already, word for word."),
        (0, 1, "Apart from 1 fault, there is nothing new."),
    ],
)
def test_report_of_no_change_mentions_faults_beside_known_stories(known: int, faults: int, said: str) -> None:
    assert _describe_no_change(SimpleNamespace(known=known, fault_count=faults)) == said  # type: ignore[arg-type]
