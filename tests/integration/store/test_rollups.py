"""Rollups equal a recount after each edit of a random sequence."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import duckdb
import pytest

from cxdata.editing.batches import delete_batch
from cxdata.editing.companies import merge_companies, rename_company
from cxdata.editing.replies import record_reply
from cxdata.editing.review import sign_off
from cxdata.editing.stories import update_story
from cxdata.errors import CxdataError
from cxdata.store.connection import register_functions
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.store.records.story_reader import read_story
from cxdata.store.rollups import refresh_rollups
from cxdata.store.transaction import mark_changed
from cxdata.stories import Story
from tests.fixtures.databases import look
from tests.fixtures.imports import brought, table, told_rows
from tests.fixtures.large_databases import rollups
from tests.fixtures.stories import make_story, step, work

TURNS = 12
DATES = ({}, {"happened_on": "2025", "happened_basis": "told"}, {"happened_on": "2025-03-04", "happened_basis": "told"})
UNREAD = {"status": "draft", "reviewer": None, "reviewed_on": None}


class People:
    """An editor who draws the next edit at random."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path, self.drawing, self.made = path, random.Random(seed), 0
        self.can: tuple[Callable[[], object], ...] = (
            *(self.bring_in, self.bring_in, self.sign, self.sign, self.edit),
            *(self.undo, self.rename, self.merge, self.reply),
        )

    def one_of(self, column: str) -> str:
        found = look(self.path, f"select distinct {column} from story where batch <> 'shipped' order by 1")
        return str(self.drawing.choice(found)[0])

    def story(self) -> Story:
        """Make an invented story, perhaps of an existing company spelt in another case."""
        draw, self.made = self.drawing, self.made + 1
        encounters = [
            step(
                draw.choice([None, -5, 0, 3]),
                *(work(draw.choice(["worry", "disputing"]), minutes=draw.choice([None, 0, 7.1])) for _ in range(n)),
                touchpoint=draw.choice(["phone", "website"]),
                demand=draw.choice([None, "failure"]),
            )
            for n in range(draw.randint(1, 3))
        ]
        told = draw.choice(DATES) | draw.choice(({}, UNREAD))
        company = draw.choice(["Anew", "ANEW", "Beta", "Gamma"])
        return make_story(f"made-{self.made}", *encounters, title=f"Tale {self.made}", company=company, **told)

    def bring_in(self) -> None:
        rows = told_rows(*(self.story() for _ in range(3)))
        brought(self.path, table(self.path.parent / "told.csv", rows), on_fault="skip")

    def sign(self) -> None:
        sign_off(DuckDBFile(self.path), self.one_of("batch"), self.drawing.choice(["draft", "published"]), "A. Signer")

    def edit(self) -> None:
        name = self.one_of("story")
        with duckdb.connect(str(self.path), read_only=True) as connection:
            record = read_story(connection, name)
        shorter = {"title": f"{record.title}!", "encounters": record.encounters[:1]}
        update_story(DuckDBFile(self.path), name, record.model_copy(update=shorter), "An Editor")

    def undo(self) -> None:
        delete_batch(DuckDBFile(self.path), self.one_of("batch"), "An Editor")

    def rename(self) -> None:
        rename_company(
            DuckDBFile(self.path), self.one_of("company"), self.drawing.choice(["beta", "Delta's 5%"]), "A. Namer"
        )

    def merge(self) -> None:
        merge_companies(DuckDBFile(self.path), self.one_of("company"), self.one_of("company"), "A. Namer")

    def reply(self) -> None:
        record_reply(
            DuckDBFile(self.path),
            self.one_of("story"),
            "The company",
            f"Sorry, {self.made}",
            "A. Clerk",
            date(2026, 1, 1),
        )


def recounted(path: Path) -> bool:
    """Return whether the rollups of a file are those of a full recount, which leaves the file as it is."""
    copy = path.with_name("copy.duckdb")
    copy.write_bytes(path.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        register_functions(connection)
        kept = rollups(connection)
        refresh_rollups(connection)
        return kept == rollups(connection)


@pytest.mark.parametrize("seed", [1])
def test_rollups_equal_a_recount_after_any_sequence_of_edits(seed: int, base: Path) -> None:
    people, done = People(base, seed), set()
    people.bring_in()
    for turn in range(TURNS):
        act = people.can[turn % len(people.can)] if turn < len(people.can) else people.drawing.choice(people.can)
        with suppress(CxdataError, IndexError):  # the edit is refused, or no story is left for it
            act()
            done.add(act.__name__)
        assert recounted(base), f"after turn {turn}, {act.__name__}"
    assert len(done) >= 5, done


def test_agreement_follows_second_codings_that_go(base: Path) -> None:
    with DuckDBFile(base).transaction() as connection:
        gone = {"story": connection.execute("select min(story) from second_coding").fetchone()[0]}
        mark_changed(connection, "select $story as story", gone)
        for table in ("second_encounter", "second_driver", "second_promise", "second_sign", "second_coding"):
            connection.execute(f"delete from {table} where story = $story", gone)
    assert recounted(base)
