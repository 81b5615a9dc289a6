"""Files of second codings: what they may say, and their faults against the first coding."""

from datetime import datetime
from pathlib import Path

import pytest

from cxdata.codebook.codes import Codebook
from cxdata.errors import StoryError
from cxdata.store.records.rows import ImportBatch, batch_tables
from cxdata.stories import Library, SecondCoding, read_story_files
from cxdata.stories.second_coding import READ_FOR
from tests.fixtures import DATA

GOOD = DATA / "good-story.toml"  # two encounters and a promise
SHORT = """story = "good-story"
coder = "Coder Z"
coded_on = 2026-11-22
[[encounters]]
step = 1
drivers = ["worry"]
[[encounters]]
step = 2
feeling = 1
drivers = []
"""
WHOLE = """story = "good-story"
coder = "Coder Z"
coded_on = 2026-11-22
read_for = ["feeling", "effort", "times", "minutes", "demand", "promises", "signs"]
[[encounters]]
step = 1
demand = "failure"
drivers = ["worry", {driver = "wait_on_hold", times = 2, minutes = 20}]
[[encounters]]
step = 2
drivers = []
[[promises]]
promise = 1
kept = "kept late"
[[signs]]
sign = "easy_to_reach"
shown = false
"""


def read_with(text: str, folder: Path, codebook: Codebook) -> SecondCoding:
    path = folder / "again.toml"
    path.write_text(text, "utf-8")
    (coding,) = read_story_files([GOOD, path], codebook).second_codings
    return coding


def test_coding_that_does_not_say_what_it_was_read_for_has_feelings_and_effort(
    tmp_path: Path, codebook: Codebook
) -> None:
    assert read_with(SHORT, tmp_path, codebook).read_for == ("feeling", "effort")


def test_rows_keep_what_was_found_apart_from_what_was_not_read(tmp_path: Path, codebook: Codebook) -> None:
    batch = ImportBatch("mine", "again.toml", "", "me", datetime(2026, 11, 22))

    def driver_rows(text: str) -> list[tuple[str, int | None, float | None]]:
        tables = batch_tables(Library((), (), (read_with(text, tmp_path, codebook),)), batch)
        return [(row["driver"], row["times"], row["minutes"]) for row in tables["second_driver"].to_pylist()]

    # within what was read a driver without a number happened once; else its number is unknown
    assert driver_rows(WHOLE) == [("worry", 1, None), ("wait_on_hold", 2, 20)]
    assert driver_rows(SHORT) == [("worry", None, None)]
    whole = batch_tables(Library((), (), (read_with(WHOLE, tmp_path, codebook),)), batch)
    assert whole["second_coding"]["read_for"].to_pylist() == [list(READ_FOR)]
    assert whole["second_encounter"]["demand"].to_pylist() == ["failure", None]
    assert whole["second_promise"]["kept"].to_pylist() == ["kept late"]
    assert whole["second_sign"]["shown"].to_pylist() == [False]


@pytest.mark.parametrize(
    ("text", "old", "new", "fault"),
    [
        (SHORT, '"worry"', '"wory"', "encounter 1: driver 1: driver 'wory' is unknown. Did you mean worry?"),
        (SHORT, "step = 1", "step = 2", "encounters are the steps 2, 2. The story has 1 to 2, in order"),
        (SHORT, "Coder Z", "Coder A", "coder 'Coder A' also made the first coding"),
        (SHORT, '"good-story"', '"good-stories"', "story 'good-stories' is unknown. Did you mean good-story?"),
        (SHORT, "feeling = 1\ndrivers = []", "feeling = 1", "encounter 2: `drivers` is missing. Write `drivers = []`"),
        (SHORT, '["worry"]', '["worry", {driver = "worry"}]', "encounter 1: an effort type is named twice"),
        (
            SHORT,
            '["worry"]',
            '[{driver = "worry", minutes = 5}]',
            "encounter 1: minutes 5 of 'worry' is given, but read_for has no 'minutes'. It has: feeling, effort",
        ),
        (SHORT, '["worry"]', '[{driver = "worry", times = 2}]', "times 2 of 'worry' is given, but read_for has no"),
        (
            SHORT,
            "feeling = 1",
            'demand = "value"',
            "encounter 2: demand 'value' is given, but read_for has no 'demand'",
        ),
        (WHOLE, '["feeling", "effort", ', '["effort", "effort", ', "read_for names 'effort' twice"),
        (WHOLE, '"feeling", "effort", ', "", "encounter 1: drivers is given, but read_for has no 'effort'"),
        (WHOLE, '"feeling", "effort", ', "", "read_for has 'times' without 'effort'. Add 'effort' to read_for"),
        (WHOLE, '"promises", ', "", "promise 1 is given, but read_for has no 'promises'"),
        (WHOLE, ', "signs"]', "]", "sign 'easy_to_reach' is given, but read_for has no 'signs'"),
        (WHOLE, '"signs"]', '"sign"]', "read_for 7 'sign' is unknown. The choices are: 'feeling', 'effort', 'times', "),
        (WHOLE, "promise = 1", "promise = 2", "promises are the numbers 2. The story has 1"),
        (WHOLE, '[[promises]]\npromise = 1\nkept = "kept late"\n', "", "promises are missing. The story has 1"),
        (WHOLE, '"kept late"', '"late"', "promise 1: kept 'late' is unknown. The choices are: 'kept', 'exceeded', "),
        (WHOLE, "minutes = 20", "minutes = -1", "encounter 1: driver 2: minutes -1 is below 0"),
        (WHOLE, "times = 2", "time = 2", "encounter 1: driver 2: key 'time' is unknown. Did you mean times?"),
        (WHOLE, "shown = false", "shown = false\n[[signs]]\nsign = 'easy_to_reach'", "sign 'easy_to_reach' is given t"),
    ],
)
def test_faults_of_a_second_coding(
    text: str, old: str, new: str, fault: str, tmp_path: Path, codebook: Codebook
) -> None:
    assert old in text
    with pytest.raises(StoryError) as caught:
        read_with(text.replace(old, new, 1), tmp_path, codebook)
    assert fault in str(caught.value)
