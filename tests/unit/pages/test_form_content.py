"""The content of the story form: an edited story keeps what it was read for."""

import pytest

from pages.add.story_form.content import from_story, is_well_formed
from tests.fixtures.stories import make_story, step, work


@pytest.mark.parametrize("drivers", [[], ["errand", "worry"]])
def test_a_draft_of_an_edited_story_can_be_opened_again(drivers: list[str]) -> None:
    story = make_story("tale", step(1), read_effort="part" if drivers else "whole", read_drivers=drivers)
    content = from_story(story)
    assert is_well_formed(content)
    assert (content["read_effort"], content["read_drivers"]) == (story.read_effort, drivers)


def test_a_draft_with_damaged_effort_types_is_refused() -> None:
    content = from_story(make_story("tale", step(1, work("worry"))))
    assert not is_well_formed(content | {"read_drivers": "worry"})
    assert not is_well_formed(content | {"read_drivers": [3]})
