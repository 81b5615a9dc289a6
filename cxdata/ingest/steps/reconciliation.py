"""Reconciliation: staged records are compared with those of the database, and only new ones stay staged."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cxdata.ingest.flat_table.columns import STORY_COLUMNS
from cxdata.ingest.readers.base import Nested
from cxdata.ingest.staging import STAGED, Reconciled, Staged, materialise_staging
from cxdata.store.engine import Connection
from cxdata.store.records.company_names import find_similar_within, find_spelled_alike
from cxdata.store.records.fingerprints import OTHER_CODES, content_hash, fill_fingerprints, find_duplicates
from cxdata.store.sql import count_rows, quote
from cxdata.stories.person_names import OWN_WORK, same_person_sql

OF_STORY = tuple(
    table for table in STAGED if table not in ("company", "company_alias", "source", "lesson", "lesson_point")
)
# fields of a company or source are those of all its stories, and are judged once
SHARED = {
    "company": ("sector", "country"),
    "source": tuple(column for column in STORY_COLUMNS if column.startswith("source")),
}
MAX_NEW = 50  # new companies that are compared with all others letter by letter


@dataclass(frozen=True)
class ReconcileOptions:
    """Options for the comparison of records with those of the database."""

    file: str
    strict: bool
    """Whether another sector or country of a known company is a fault; else it is noted."""
    keyed: bool
    """Whether each row is a story of its own, by its id."""
    skip: bool
    """Whether faulty stories are left out."""


def reconcile(connection: Connection, staged: Staged) -> Staged:
    """Leave staged only the records that are new, and count the others."""
    staged.progress(f"comparing {staged.name}", 0, 0)
    strict = isinstance(staged.source, Nested)
    options = ReconcileOptions(staged.name, strict, staged.row_is_story, staged.request.on_fault == "skip")
    reconciled = reconcile_records(connection, options)
    return replace(staged, reconciled=reconciled, notes=(*staged.notes, *reconciled.notes))


def reconcile_records(connection: Connection, options: ReconcileOptions) -> Reconciled:
    """Leave staged only the records that are new, and record a fault for those that contradict the database."""
    notes = _resolve_companies(connection, options)
    fill_fingerprints(connection, "staged_", options.keyed)
    find_duplicates(connection, "staged_")
    known = _drop_known(connection)
    _reconcile_sources(connection, options)  # of new stories alone: a known story keeps the source it has
    _find_taken_ids(connection, options)
    _find_own_work(connection, options)
    left_out = _leave_out(connection) if options.skip else 0
    connection.execute("delete from staged_company where company not in (select company from staged_story)")
    connection.execute("delete from staged_company_alias where company not in (select company from staged_company)")
    connection.execute(
        "delete from staged_source where source not in "
        "(select source from staged_story union select source from staged_lesson)"
    )
    return Reconciled(count_rows(connection, "staged_story"), known, left_out, tuple(notes))


def _resolve_companies(connection: Connection, options: ReconcileOptions) -> list[str]:
    """Give each company the name that the database has for its spelling; a new company must have a sector."""
    file = quote(options.file)
    connection.execute(
        "insert into staged_company_alias select lower(company), company from staged_company "
        "where lower(company) not in (select alias from staged_company_alias)"
    )
    differing = (
        "inner join company_alias on lower(new.company) = company_alias.alias "
        "inner join company on company_alias.company = company.company "
        "where (new.sector <> '' and new.sector <> company.sector) or new.country <> company.country"
    )
    existing = (
        "concat('has another sector or country in the database: ', company.sector, ', ', "
        "coalesce(company.country, 'not stated'))"
    )
    notes = []
    if options.strict:
        connection.execute(
            f"insert into staged_fault select {file}, row, story, 'company', staged_story.company, {existing} "
            "from staged_story inner join staged_company as new on lower(staged_story.company) = lower(new.company) "
            f"or staged_story.company = new.company {differing}"
        )
    else:
        found = connection.execute(
            f"select company.company, {existing} from staged_company as new {differing} order by 1"
        ).fetchall()
        notes = [f"{company} {text}. We keep what the database has." for company, text in found]
    connection.execute(
        f"insert into staged_fault select {file}, staged_story.row, staged_story.story, 'company', alias, "
        "'is already a name of ' || company_alias.company from staged_company_alias "
        "inner join company_alias using (alias) inner join staged_story "
        "on staged_story.company = staged_company_alias.company "
        "where alias <> lower(staged_company_alias.company) and company_alias.company <> staged_company_alias.company"
    )
    connection.execute("delete from staged_company where lower(company) in (select alias from company_alias)")
    connection.execute(
        "delete from staged_company_alias where alias in (select alias from company_alias) "
        "or company not in (select company from staged_company)"
    )
    for known in ("select alias, company from company_alias", "select lower(company), company from staged_company"):
        connection.execute(
            f"update staged_story set company = known.company from ({known}) as known(alias, company) "
            "where lower(staged_story.company) = known.alias and staged_story.company <> known.company"
        )
    connection.execute(
        f"insert into staged_fault select {file}, min(row), min(story), 'sector', null, "
        "'is missing. ' || company || ' is a new company and needs one' "
        "from staged_story inner join staged_company using (company) where sector = '' group by company"
    )
    return notes


def _reconcile_sources(connection: Connection, options: ReconcileOptions) -> None:
    """Keep the row of a known source, and record a fault for a source of the same name with other fields."""
    same = " or ".join(
        f"staged_source.{column} is distinct from source.{column}"
        for column in ("title", "author", "publication", "published", "url", "kind")
    )
    connection.execute(
        f"insert into staged_fault select {quote(options.file)}, min(staged_story.row), min(staged_story.story), "
        "'source', staged_source.source, "
        "'is in the database with another title, author, kind or address. Its title is ' || min(source.title) "
        "from staged_source inner join source using (source) inner join staged_story using (source) "
        f"where {same} group by staged_source.source"
    )
    connection.execute("delete from staged_source where source in (select source from source)")


def _drop_known(connection: Connection) -> int:
    same = "select story from duplicate where is_there and story = other"
    connection.execute(f"create or replace temp table known_story as {same}")
    if count_rows(connection, "known_story"):
        # a story with other codes is no known story
        new, old = (content_hash(prefix, same, OTHER_CODES) for prefix in ("staged_", ""))
        connection.execute(
            f"delete from known_story where story in (select story from ({new}) as new inner join ({old}) as old "
            "using (story) where new.digest is distinct from old.digest)"
        )
    known = count_rows(connection, "known_story")
    if known:
        materialise_staging(connection)
        for table in OF_STORY:
            if not table.startswith(("second_", "lesson")):
                connection.execute(f"delete from staged_{table} where story in (select story from known_story)")
    for there, key in (("lesson", "lesson"), ("second_coding", "story, coder")):
        for table in (each for each in STAGED if each.startswith(there.partition("_")[0])):
            connection.execute(f"delete from staged_{table} where ({key}) in (select ({key}) from {there})")
    return known


def _find_taken_ids(connection: Connection, options: ReconcileOptions) -> None:
    file = quote(options.file)
    connection.execute(
        f"insert into staged_fault select {file}, row, staged_story.story, 'story', staged_story.story, "
        "'is in the database with other content. Give this one another id, or edit that one' "
        "from staged_story inner join story using (story)"
    )
    connection.execute(
        f"insert into staged_fault select distinct {file}, row, story, 'story', story, "
        "'equals ' || other || ' word for word' "
        "from staged_story inner join duplicate using (story) where story <> other"
    )


def _find_own_work(connection: Connection, options: ReconcileOptions) -> None:
    """Record a fault for stories that their own coder has signed off."""
    connection.execute(
        f"insert into staged_fault select {quote(options.file)}, row, story, 'reviewer', reviewer, {quote(OWN_WORK)} "
        f"from staged_story where status <> 'draft' and {same_person_sql('reviewer', 'coder')}"
    )


def _leave_out(connection: Connection) -> int:
    """Delete faulty staged stories, and those that share a faulty company or source; return how many."""
    for noun, columns in SHARED.items():
        connection.execute(
            f"""
            insert into staged_fault
            select first.file, other.row, other.story, first."column", first.value,
                concat('is wrong in ', coalesce('row ' || first.row, first.story), ' of the same {noun}. Fix it there')
            from (
                select {noun}, min_by(fault, coalesce(fault.row, 0)) as first
                from staged_fault as fault inner join staged_story using (story)
                where fault."column" in {columns} group by {noun}
            )
            inner join staged_story as other using ({noun})
            where not exists (
                from staged_fault as fault where fault.story = other.story and fault."column" in {columns}
            )
            """
        )
    connection.execute(
        "create or replace temp table faulty_story as select distinct story from staged_fault where story is not null"
    )
    is_faulty = "story is null or story in (select story from faulty_story)"
    left_out = count_rows(connection, f"staged_story where {is_faulty}")
    materialise_staging(connection)
    for table in OF_STORY:
        connection.execute(f"delete from staged_{table} where {is_faulty}")
    return left_out


def list_companies(connection: Connection) -> set[str]:
    """Return the names of all companies."""
    return {name for (name,) in connection.execute("select company from company").fetchall()}


def suggest_merges(connection: Connection, new: set[str]) -> Iterator[str]:
    """Return a note for each new company that may be another one by a different spelling; none is merged."""
    pairs = {
        (pair.company, pair.into) for pair in find_similar_within(connection) if pair.company in new or pair.into in new
    }
    if len(new) <= MAX_NEW:
        known = sorted(list_companies(connection) - new)
        pairs |= {(company, near) for company in new if (near := find_spelled_alike(company, known))}
    for company, into in sorted(pairs):
        yield f"{company!r} and {into!r} may be one company. If so, merge {company!r} into {into!r}."
