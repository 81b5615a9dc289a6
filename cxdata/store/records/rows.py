"""Records as the rows of their tables (Arrow, the quickest way into DuckDB)."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from cxdata.codebook.codes import Codebook
from cxdata.codebook.published_scores import load_published_scores
from cxdata.stories import Library, SecondCoding, Story, date_range
from cxdata.stories.records import Source

SHIPPED = "shipped"

BATCHED = ("story", "source", "company", "lesson", "second_coding")  # the tables with the batch of each row

Rows = defaultdict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class ImportBatch:
    """One import: its name, its file with the hash of the file, its author and its time (UTC)."""

    batch: str
    file: str
    sha256: str
    imported_by: str
    imported_at: datetime
    mapping: str | None = None


def batch_time() -> datetime:
    """Return the time of a batch that is made now: UTC without a zone, to the second."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def library_tables(library: Library, codebook: Codebook, sha256: str, at: datetime) -> dict[str, pa.Table]:
    """Build Arrow tables by table name: codebook, facts and shipped stories, in the columns of sql/schema.sql."""
    rows: Rows = defaultdict(list)
    for table, codes in codebook.tables.items():
        rows[f"codebook_{table}"] = [code.model_dump() for code in codes.values()]
    rows["published_score"] = [score.model_dump() for score in load_published_scores()]
    batch = ImportBatch(SHIPPED, "cxdata/stories/shipped", sha256, "the project", at)
    return {table: pa.Table.from_pylist(records) for table, records in rows.items()} | batch_tables(library, batch)


def batch_tables(library: Library, batch: ImportBatch) -> dict[str, pa.Table]:
    """Build Arrow tables by table name: stories, lessons and second codings of one batch, and the batch itself."""
    rows: Rows = defaultdict(list)
    for story in library.stories:
        _add_story(rows, story)
    for coding in library.second_codings:
        _add_second_coding(rows, coding)
    position = 0
    for taught in library.lessons:
        _add_source(rows, taught.source)
        for lesson in taught.lessons:
            position += 1
            rows["lesson"].append(
                lesson.model_dump(exclude={"stories", "points"}) | {"position": position, "source": taught.source.id}
            )
            for number, point in enumerate(lesson.points, start=1):
                told = point.model_dump() | {"locator": point.locator or lesson.locator}
                rows["lesson_point"].append({"lesson": lesson.lesson, "point": number} | told)
            rows["lesson_story"] += [each.model_dump() | {"lesson": lesson.lesson} for each in lesson.stories]
    for table in BATCHED:
        rows[table] = [record | {"batch": batch.batch} for record in rows[table]]
    rows["batch"] = [asdict(batch) | {"rows": len(library.stories)}]
    return {table: pa.Table.from_pylist(records) for table, records in rows.items() if records}


def _add_story(rows: Rows, story: Story) -> None:
    _add_source(rows, story.source)
    _add_company(rows, story)
    first, last = date_range(story.happened_on) if story.happened_on else (None, None)
    rows["story"].append(
        story.model_dump(exclude={"company", "source", "encounters", "promises", "signs"})
        | {
            "company": story.company.name,
            "source": story.source.id,
            "happened_from": first,
            "happened_to": last,
            "fingerprint": "",  # filled after all rows are inserted, by cxdata/store/records/fingerprints.py
        }
    )
    for step, encounter in enumerate(story.encounters, start=1):
        at = {"story": story.story, "step": step}
        rows["encounter"].append(at | encounter.model_dump(exclude={"emotions", "effort"}))
        rows["emotion"] += [at | {"emotion": emotion} for emotion in encounter.emotions]
        for event, effort in enumerate(encounter.effort, start=1):
            values = effort.model_dump() | {"locator": effort.locator or encounter.locator}
            rows["effort_event"].append(at | {"event": event} | values)
    for number, promise in enumerate(story.promises, start=1):
        rows["promise"].append({"story": story.story, "promise": number} | promise.model_dump())
    rows["sign"] += [{"story": story.story} | sign.model_dump() for sign in story.signs]


def _add_second_coding(rows: Rows, coding: SecondCoding) -> None:
    by = {"story": coding.story, "coder": coding.coder}
    rows["second_coding"].append(coding.model_dump(exclude={"encounters", "promises", "signs"}))
    # a driver without a number happened once, if the coder read for the number of times
    once = 1 if "times" in coding.read_for else None
    for encounter in coding.encounters:
        rows["second_encounter"].append(by | encounter.model_dump(exclude={"drivers"}))
        rows["second_driver"] += [
            by | {"step": encounter.step} | each.model_dump() | {"times": each.times or once}
            for each in encounter.drivers or ()
        ]
    rows["second_promise"] += [by | each.model_dump() for each in coding.promises]
    rows["second_sign"] += [by | each.model_dump() for each in coding.signs]


def _add_source(rows: Rows, source: Source) -> None:
    if all(known["source"] != source.id for known in rows["source"]):
        rows["source"].append(source.model_dump(exclude={"id"}) | {"source": source.id})


def _add_company(rows: Rows, story: Story) -> None:
    company = story.company
    if all(known["company"] != company.name for known in rows["company"]):
        rows["company"].append({"company": company.name, "sector": company.sector, "country": company.country})
        aliases = {alias.lower() for alias in (company.name, *company.aliases)}
        rows["company_alias"] += [{"alias": alias, "company": company.name} for alias in sorted(aliases)]
