"""A second coding follows its encounters and promises through an edit. All stories here are invented."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cxdata.editing.encounter_matching import match_encounters
from cxdata.editing.stories import update_story
from cxdata.errors import StoryError
from cxdata.store.duckdb_file import DuckDBFile
from tests.fixtures.databases import bring, look
from tests.fixtures.stories import make_story, step

CALL = step(-2, short="Called", summary="Called about a parcel.", locator="paragraph 1")
MAIL = step(-3, short="Wrote", summary="Wrote about it.", locator="paragraph 2", touchpoint="email")
SHOP = step(4, short="Went there", summary="Went to the shop.", locator="paragraph 3", touchpoint="store")
FAST = {"claim": "Here tomorrow", "kept": "broken", "evidence": "It came late.", "locator": "paragraph 1"}
CHEAP = {"claim": "Never undersold", "kept": "kept", "evidence": "It was cheap.", "locator": "paragraph 2"}
WARM = {"claim": "We call you back", "kept": "kept late", "evidence": "They did.", "locator": "paragraph 3"}
NEW = step(1, short="Waited", summary="Waited at home.", locator="paragraph 9", touchpoint="delivery")


def retold(encounter: dict[str, Any], **told: Any) -> dict[str, Any]:
    return encounter | told


@pytest.mark.parametrize(
    ("before", "after", "now"),
    [
        pytest.param([CALL, MAIL, SHOP], [CALL, MAIL, SHOP], {1: 1, 2: 2, 3: 3}, id="as it was"),
        pytest.param([CALL, MAIL, SHOP], [SHOP, CALL, MAIL], {1: 2, 2: 3, 3: 1}, id="in another order"),
        pytest.param([CALL, MAIL], [NEW, CALL, MAIL], {1: 2, 2: 3}, id="one more before"),
        pytest.param([CALL, MAIL], [NEW, retold(CALL, feeling=-4), MAIL], {1: 2, 2: 3}, id="one more, another felt"),
        pytest.param([CALL, MAIL, SHOP], [CALL, SHOP], {1: 1, 3: 2}, id="one gone"),
        pytest.param([CALL, MAIL], [retold(MAIL, summary="Wrote."), CALL], {1: 2, 2: 1}, id="retold and moved"),
        pytest.param(
            [CALL, MAIL], [CALL, retold(MAIL, short="Mail", summary="An e-mail."), NEW], {1: 1, 2: 2}, id="by its place"
        ),
        pytest.param([CALL, MAIL], [CALL, NEW], {1: 1, 2: 2}, id="told all anew, by its order"),
        pytest.param([CALL, MAIL, SHOP], [NEW, CALL, SHOP], {1: 2, 3: 3}, id="one gone and one new before"),
        pytest.param([CALL, MAIL, SHOP], [CALL, SHOP, NEW], {1: 1, 3: 2}, id="one gone and one new after"),
        pytest.param([CALL, MAIL], [NEW, SHOP], {1: 1, 2: 2}, id="all told anew"),
        pytest.param([CALL, CALL, MAIL], [CALL, CALL, MAIL], {1: 1, 2: 2, 3: 3}, id="twins"),
        pytest.param([CALL, CALL, MAIL], [NEW, CALL, CALL, MAIL], {3: 4}, id="twins, one more"),
        pytest.param([CALL, CALL], [CALL], {}, id="one of twins gone"),
    ],
)
def test_encounters_match_across_an_edit(
    before: list[dict[str, Any]], after: list[dict[str, Any]], now: dict[int, int]
) -> None:
    first, then = make_story("told", *before), make_story("told", *after)
    assert match_encounters(first.encounters, then.encounters) == now


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, database_of: Callable[..., duckdb.DuckDBPyConnection]) -> Path:
    """A database of a story that two people have coded; shared."""
    path = tmp_path_factory.mktemp("moved") / "db" / "stories.duckdb"
    path.parent.mkdir()
    database_of(make_story("shipped-one"), path=str(path)).close()
    bring(path, make_story("read", CALL, MAIL, SHOP, summary="read", promises=[FAST, CHEAP, WARM]))
    with DuckDBFile(path).transaction() as connection:
        told = "select 'read' as story, 'Coder C' as coder"
        connection.execute(
            f"insert into second_coding by name {told}, date '2026-11-22' as coded_on, 'mine' as batch, "
            "['feeling', 'effort', 'promises'] as read_for"
        )
        connection.execute(
            f"insert into second_encounter by name {told}, step, [-1, -2, 5][step] as feeling "
            "from range(1, 4) as each (step)"
        )
        connection.execute(f"insert into second_driver by name {told}, 2 as step, 'worry' as driver")
        connection.execute(
            f"insert into second_promise by name {told}, promise, ['kept', 'broken', 'unclear'][promise] as kept "
            "from range(1, 4) as each (promise)"
        )
    return path


def test_second_coding_follows_its_encounters(base: Path) -> None:
    felt = "select coder, step, feeling from second_encounter where story = 'read' order by step"
    assert look(base, felt) == [("Coder C", 1, -1), ("Coder C", 2, -2), ("Coder C", 3, 5)]
    then = make_story("read", SHOP, NEW, CALL, MAIL, summary="read", promises=[FAST, CHEAP, WARM])
    update_story(DuckDBFile(base), "read", then, "Editor E")
    assert look(base, felt) == [("Coder C", 1, 5), ("Coder C", 3, -1), ("Coder C", 4, -2)]
    assert look(base, "select step, driver from second_driver where story = 'read'") == [(4, "worry")]


def test_edit_that_removes_a_coded_encounter_is_refused(base: Path) -> None:
    before = base.read_bytes()
    for after in ([CALL, SHOP], [NEW, CALL, SHOP]):
        then = make_story("read", *after, summary="read", promises=[FAST, CHEAP, WARM])
        with pytest.raises(
            StoryError,
            match=r"^read: encounter 2 is gone or was rewritten, but Coder C made a second coding of it\. Put it back$",
        ):
            update_story(DuckDBFile(base), "read", then, "Editor E")
    assert base.read_bytes() == before


def test_second_coding_follows_its_promises(base: Path) -> None:
    coded = "select promise, kept from second_promise where story = 'read' order by promise"
    assert look(base, coded) == [(1, "kept"), (2, "broken"), (3, "unclear")]
    new = FAST | {"claim": "A gift in every parcel", "evidence": "There was none."}
    reworded = CHEAP | {"claim": "Never cheaper elsewhere", "kept": "broken"}
    then = make_story("read", CALL, MAIL, SHOP, summary="read", promises=[new, WARM, reworded, FAST])
    update_story(DuckDBFile(base), "read", then, "Editor E")
    assert look(base, coded) == [(2, "unclear"), (3, "broken"), (4, "kept")]


def test_edit_that_removes_a_coded_promise_is_refused(base: Path) -> None:
    before = base.read_bytes()
    then = make_story("read", CALL, MAIL, SHOP, summary="read", promises=[FAST, WARM])
    with pytest.raises(
        StoryError,
        match=r"^read: promise 2 is gone or was rewritten, but Coder C made a second coding of it\. Put it back$",
    ):
        update_story(DuckDBFile(base), "read", then, "Editor E")
    assert base.read_bytes() == before
