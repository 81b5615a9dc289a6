"""What the pages do about a library that is small, and about lists that are long."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from cxdata.store import build_database
from pages.head_to_head.comparison import ROOM, _shorter_side
from tests.fixtures.pages import open_page, page_text
from tests.fixtures.stories import make_many


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_database(tmp_path / "shipped.duckdb")
    monkeypatch.setenv("CXDATA_DATABASE", str(tmp_path / "shipped.duckdb"))


def test_small_library_links_to_the_demo_and_lists_are_folded(shipped: None) -> None:
    assert 'href="method#demo"' in page_text(open_page("overview"))
    method = page_text(open_page("method"))
    assert '<h2 class="cx-headline" id="demo">' in method
    assert "python -m cxdata serve --demo" in method
    promises = page_text(open_page("fame_and_shame")).split('<ul class="cx-promises">')
    assert [part.count('<p class="cx-claim">') for part in promises[1:]] == [4, 10]
    assert "10 more promises</summary>" in promises[1]


def test_table_of_effort_has_the_order_of_the_chart_above(shipped: None) -> None:
    table = page_text(open_page("effort")).split("Company by company")[1]
    named = ["AO.com", "MemoryBits", "Software4Students", "Apple", "Amazon", "Argos"]
    assert [table.index(f">{company}<") for company in named] == sorted(table.index(f">{name}<") for name in named)


def test_large_library_has_no_link_to_the_demo(
    database_of: Callable[..., duckdb.DuckDBPyConnection], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database_of(*make_many(40), path=str(tmp_path / "many.duckdb")).close()
    monkeypatch.setenv("CXDATA_DATABASE", str(tmp_path / "many.duckdb"))
    assert "method#demo" not in page_text(open_page("overview"))


@pytest.mark.parametrize(("left", "right", "side"), [(8, 1, "right"), (1, 1 + ROOM, "left"), (4, 4 + ROOM - 1, None)])
def test_chart_of_the_difference_fills_the_room_below_a_short_journey(left: int, right: int, side: str | None) -> None:
    stories = {name: {"job_encounters": steps} for name, steps in (("left", left), ("right", right))}
    assert _shorter_side(stories) == side  # type: ignore[arg-type]
