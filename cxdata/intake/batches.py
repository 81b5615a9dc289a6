"""Batches: stories brought in together, all or none, and taken out together."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from cxdata.codebook import Codebook
from cxdata.database.build import insert
from cxdata.database.change import changing
from cxdata.database.connect import open_database
from cxdata.database.cursor import cursor_of
from cxdata.database.rows import SHIPPED, Batch, batch_rows, fingerprint
from cxdata.errors import DatabaseError, Fault, StoryError, name_choices, similar
from cxdata.stories import Library, Story, read_files

# what a story owns, and goes with it
OF_STORY = (
    "encounter",
    "emotion",
    "effort_event",
    "promise",
    "sign",
    "passage",
    "lesson_story",
    "second_encounter",
    "second_driver",
    "account",
    "history",
    "reply",
)
BATCHED = ("second_coding", "lesson", "story")


@dataclass(frozen=True)
class Outcome:
    """What became of an import: the batch, None where nothing was new; what was new and what was there already."""

    batch: str | None
    added: tuple[str, ...]
    known: tuple[str, ...]
    notes: tuple[str, ...]
    """What a person should look at: company names that are nearly those of companies in the database."""


def bring_in(
    path: Path, files: Sequence[Path], codebook: Codebook, name: str | None = None, by: str = "", dry_run: bool = False
) -> Outcome:
    """Bring the stories of these files into the database as one batch, all of them or none.

    A story that is there already, word for word, is passed over: the same files again add nothing. `name` calls the
    batch; without it it is called by the day and the hash of the files. Raises StoryError with every fault of every
    file, among them stories that go by a name that is taken and stories that tell what another tells, and
    DatabaseError; then nothing is changed.
    """
    library = read_files(files, codebook)
    digest = hashlib.sha256(b"".join(sorted(hashlib.sha256(file.read_bytes()).digest() for file in files))).hexdigest()
    at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    batch = Batch(name or f"{at:%Y-%m-%d}-{digest[:8]}", ", ".join(file.name for file in files), digest, by, at)
    if dry_run:
        return _fit(open_database(path), library, batch)[1]
    # a first look without the lock: most that will be refused is refused before anything is copied
    connection = open_database(path)
    outcome = _fit(connection, library, batch)[1]
    connection.close()
    if outcome.batch is None:
        return outcome
    with changing(path) as connection:
        fitting, outcome = _fit(connection, library, batch)
        _insert(connection, fitting, batch)
    return outcome


def take_out(path: Path, batch: str) -> tuple[str, ...]:
    """Take a batch out whole; the stories that went. Raises DatabaseError for one that is not there."""
    with changing(path) as connection:
        known = [row["batch"] for row in batches(connection) if row["batch"] != SHIPPED]
        if batch not in known:
            raise DatabaseError(f"batch {name_choices(batch, known, 'the database')}")
        taken = {"batch": batch}
        gone = connection.execute("select story from story where batch = $batch order by story", taken).fetchall()
        of_batch = "select story from story where batch = $batch"
        for table in OF_STORY:
            connection.execute(f"delete from {table} where story in ({of_batch})", taken)  # noqa: S608 - our own names
        for table in ("second_encounter", "second_driver"):
            connection.execute(
                f"delete from {table} where (story, coder) in "  # noqa: S608 - our own names
                "(select (story, coder) from second_coding where batch = $batch)",
                taken,
            )
        connection.execute(
            "delete from lesson_story where lesson in (select lesson from lesson where batch = $batch)", taken
        )
        for table in BATCHED:
            connection.execute(f"delete from {table} where batch = $batch", taken)  # noqa: S608 - our own names
        _sweep(connection, batch)
        connection.execute("delete from batch where batch = $batch", taken)
    return tuple(story for (story,) in gone)


def batches(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Every batch, the shipped stories among them, the latest first."""
    cursor = cursor_of(connection)
    found = cursor.execute(
        "select batch, file, rows, imported_by, imported_at, mapping from batch order by imported_at desc, batch"
    ).fetchall()
    return [
        dict(zip(("batch", "file", "rows", "imported_by", "imported_at", "mapping"), row, strict=True)) for row in found
    ]


def _fit(connection: duckdb.DuckDBPyConnection, library: Library, batch: Batch) -> tuple[Library, Outcome]:
    """What of the library is new here, under the names that are in use here; StoryError where it cannot stand here."""
    cursor = cursor_of(connection)
    there = dict(cursor.execute("select story, fingerprint from story").fetchall())
    alike = {told: story for story, told in there.items()}
    names = dict(cursor.execute("select alias, company from company_alias").fetchall())
    companies = {
        company: (sector, country)
        for company, sector, country in cursor.execute("select company, sector, country from company").fetchall()
    }
    taken = {name for (name,) in cursor.execute("select batch from batch").fetchall()}
    fitting = [_under_known_name(story, names) for story in library.stories]
    former = _former_names(cursor)
    known = [story.story for story in fitting if there.get(story.story) in _fingerprints(story, former)]
    new = [story for story in fitting if story.story not in known]
    faults: list[Fault] = []
    for story in new:
        faults += _faults(story, there, alike, companies)
        alike.setdefault(fingerprint(story), story.story)  # the next may tell the same
    if new and batch.batch in taken:
        faults.append(Fault(batch.batch, "another batch is called so; choose another name"))
    if faults:
        raise StoryError(faults)
    notes = tuple(dict.fromkeys(note for story in new for note in _near_misses(story, companies)))
    added = tuple(story.story for story in new)
    is_new = bool(added or library.lessons or library.second_codings)
    return replace(library, stories=tuple(new)), Outcome(batch.batch if is_new else None, added, tuple(known), notes)


def _under_known_name(story: Story, names: dict[str, str]) -> Story:
    return _told_of(story, names.get(story.company.name.lower(), story.company.name))


def _told_of(story: Story, name: str) -> Story:
    if name == story.company.name:
        return story
    return story.model_copy(update={"company": story.company.model_copy(update={"name": name})})


def _former_names(cursor: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """What a company was called when its stories came in: their fingerprints were taken under that name."""
    found = cursor.execute(
        "select company, list(distinct before) from history where field in ('name', 'merged') group by company"
    )
    return dict(found.fetchall())


def _fingerprints(story: Story, former: dict[str, list[str]]) -> set[str]:
    names = (story.company.name, *former.get(story.company.name, ()))
    return {fingerprint(_told_of(story, name)) for name in names}


def _faults(
    story: Story, there: dict[str, str], alike: dict[str, str], companies: dict[str, tuple[str, str | None]]
) -> Iterator[Fault]:
    place = f"{story.story}.toml"
    if story.story in there:
        yield Fault(
            place, f"story {story.story!r} is in the database and tells something else; call this one otherwise"
        )
    elif (other := alike.get(fingerprint(story))) is not None:
        yield Fault(place, f"story {story.story!r} tells what {other!r} tells, word for word")
    known = companies.get(story.company.name)
    told = (story.company.sector, story.company.country)
    if known and known != told:
        yield Fault(
            place, f"company {story.company.name!r}: sector and country are {told}, but {known} in the database"
        )


def _near_misses(story: Story, companies: dict[str, tuple[str, str | None]]) -> Iterator[str]:
    if story.company.name in companies:
        return
    near = similar(story.company.name, companies)
    if near:
        yield f"{story.company.name!r} is a new company; did you mean {near!r}? Then write it so and import again"


def _insert(connection: duckdb.DuckDBPyConnection, library: Library, batch: Batch) -> None:
    rows = batch_rows(library, batch)
    # a company, a spelling or a source that is there already keeps its row
    for table, key in (("company", "company"), ("company_alias", "alias"), ("source", "source")):
        if table in rows:
            present = connection.execute(f"select {key} from {table}").fetchall()  # noqa: S608 - our own names
            rows[table] = rows[table].filter(
                pc.invert(pc.is_in(rows[table][key], pa.array([name for (name,) in present], pa.string())))
            )
    insert(connection, rows)


def _sweep(connection: duckdb.DuckDBPyConnection, batch: str) -> None:
    """Companies, their spellings and sources that the batch brought and that nothing stands on any longer."""
    taken = {"batch": batch}
    stand = "select source, batch from story union all select source, batch from lesson"
    for table, users in (("company", "select company, batch from story"), ("source", stand)):
        # what others stand on stays, and is theirs from now on
        connection.execute(
            f"update {table} set batch = (select min(users.batch) from ({users}) as users where users.{table} = "  # noqa: S608
            f"{table}.{table}) where batch = $batch and {table} in (select {table} from ({users}))",
            taken,
        )
        connection.execute(f"delete from {table} where batch = $batch", taken)  # noqa: S608 - our own names
    for table in ("company_alias", "history"):
        connection.execute(
            f"delete from {table} where company not in (select company.company from company)"  # noqa: S608
        )
