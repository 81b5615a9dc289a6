"""A database that goes while the dashboard runs: an error in words, never a new database, and back when it is back."""

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from cxdata.errors import CxdataError
from cxdata.http.monitoring.health import health_routes
from pages.ui import cache
from tests.fixtures.chart_server import run
from tests.fixtures.pages import open_page, page_text


def cut(length: Callable[[int], int]) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        with path.open("rb+") as file:
            file.truncate(length(path.stat().st_size))

    return damage


def replace_by_text(path: Path) -> None:
    path.write_text("not a database")


def replace_by_another(path: Path) -> None:
    other = path.with_name("other")
    with duckdb.connect(str(other)) as connection:
        connection.execute("create table story (story varchar)")
    other.replace(path)


def move(path: Path) -> None:
    path.rename(path.with_name("moved"))


DAMAGES = {
    "deleted": Path.unlink,
    "moved": move,
    "emptied": cut(lambda _: 0),
    "cut after its headers": cut(lambda _: 12_288),
    "cut in half": cut(lambda size: size // 2),
    "cut at its end": cut(lambda size: size - 1),
    "a text": replace_by_text,
    "another database": replace_by_another,
}


@pytest.fixture
def served(base: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database that this process, as a dashboard, has opened."""
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    cache.get_connection()
    return base


def health() -> tuple[int, str]:
    answer = run(health_routes(cache.get_connection)[1].endpoint(None))
    return answer.status_code, json.loads(answer.body)["status"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_database_is_told_and_left_alone(served: Path, damage: str) -> None:
    whole = served.read_bytes()
    assert health() == (200, "ok")
    DAMAGES[damage](served)
    left = served.read_bytes() if served.exists() else None
    for _ in range(2):
        with pytest.raises(CxdataError, match=str(served)):
            cache.get_connection()
        assert health() == (503, "unavailable")
    assert (served.read_bytes() if served.exists() else None) == left
    served.unlink(missing_ok=True)
    served.write_bytes(whole)
    assert health() == (200, "ok"), "it is back"


@pytest.mark.parametrize("damage", ["deleted", "cut in half"])
def test_pages_say_that_the_stories_cannot_be_read(served: Path, damage: str) -> None:
    DAMAGES[damage](served)
    app = open_page("overview")
    assert not app.exception
    assert "The stories cannot be read at the moment" in page_text(app)
    assert str(served.parent) not in page_text(app)


def test_damaged_database_is_not_replaced_by_a_start(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(base))
    for damage in ("emptied", "cut after its headers", "cut in half", "a text"):
        whole = base.read_bytes()
        DAMAGES[damage](base)
        left = base.read_bytes()
        cache.MIGRATED.discard(cache.get_engine().address)
        with pytest.raises(CxdataError):
            cache.get_connection()
        assert base.read_bytes() == left
        base.write_bytes(whole)


def test_first_start_on_an_empty_place_builds_the_shipped_stories(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(tmp_path / "new" / "stories.duckdb"))
    assert cache.rows("library")[0]["story_count"] > 0
    assert health() == (200, "ok")
