"""Staged records beside those that are there: which are new, under which names, and what cannot stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from cxdata.ingest.flat_table.columns import STORY_COLUMNS
from cxdata.ingest.staging import ROWED, STAGED, materialise_staging
from cxdata.store.engine import Connection
from cxdata.store.records.company_names import find_similar_within
from cxdata.store.records.fingerprints import CODED, content_hash, fill_fingerprints, find_duplicates
from cxdata.store.sql import quote
from cxdata.store.transaction import mark_changed
from cxdata.stories.person_names import OWN_WORK, same_person_sql
from cxdata.text.suggestions import suggest_close

OF_STORY = tuple(table for table in STAGED if table not in ("company", "company_alias", "source", "lesson"))
# what is told of a company or source is told for all of its stories, and judged once
SHARED = {
    "company": ("sector", "country"),
    "source": tuple(column for column in STORY_COLUMNS if column.startswith("source")),
}


@dataclass(frozen=True)
class ReconcileOptions:
    """How records are to be fitted in; `strict` refuses what a table merely notes: another sector, another source."""

    file: str
    strict: bool
    keyed: bool
    skip: bool


@dataclass(frozen=True)
class Reconciled:
    """How many stories were new, were there already and were left out for their faults."""

    added: int
    known: int
    left_out: int
    notes: tuple[str, ...]


def reconcile(connection: Connection, fitting: ReconcileOptions) -> Reconciled:
    """Leave staged what is new here, and add to `fault` what cannot stand; nothing is inserted yet."""
    notes = _resolve_companies(connection, fitting)
    fill_fingerprints(connection, "staged_", fitting.keyed)
    find_duplicates(connection, "staged_")
    known = _drop_known(connection)
    _reconcile_sources(connection, fitting)  # of what is new: a story that is there keeps the source it has
    _find_taken_ids(connection, fitting)
    _find_own_work(connection, fitting)
    left_out = _leave_out(connection) if fitting.skip else 0
    connection.execute("delete from staged_company where company not in (select company from staged_story)")
    connection.execute("delete from staged_company_alias where company not in (select company from staged_company)")
    connection.execute(
        "delete from staged_source where source not in "
        "(select source from staged_story union select source from staged_lesson)"
    )
    return Reconciled(_count(connection, "staged_story"), known, left_out, tuple(notes))


def insert_staged(connection: Connection) -> None:
    """Put what is staged among the records."""
    mark_changed(connection, "select story from staged_story union select story from staged_second_coding")
    for table in STAGED:
        columns = "* exclude (row)" if table in ROWED else "*"
        connection.execute(f"insert into {table} by name select {columns} from staged_{table}")


def _resolve_companies(connection: Connection, fitting: ReconcileOptions) -> list[str]:
    """Every spelling leads to the company that is known by it; a new company must say its sector."""
    file = quote(fitting.file)
    connection.execute(
        "insert into staged_company_alias select lower(company), company from staged_company "
        "where lower(company) not in (select alias from staged_company_alias)"
    )
    there = (
        "from staged_company as new inner join company_alias on lower(new.company) = company_alias.alias "
        "inner join company on company_alias.company = company.company "
        "where (new.sector <> '' and new.sector <> company.sector) or new.country <> company.country"
    )
    told = (
        "concat('sector and country are ', company.sector, ', ', coalesce(company.country, 'not told'), "
        "' in the database')"
    )
    notes = []
    if fitting.strict:
        connection.execute(
            f"insert into fault select {file}, row, story, 'company', staged_story.company, {told} {there} ".replace(
                "from staged_company as new",
                "from staged_story inner join staged_company as new on "
                "lower(staged_story.company) = lower(new.company) or staged_story.company = new.company",
            )
        )
    else:
        found = connection.execute(f"select company.company, {told} {there} order by 1").fetchall()
        notes = [f"{company}: {words}; that stays" for company, words in found]
    connection.execute(
        f"insert into fault select {file}, staged_story.row, staged_story.story, 'company', alias, "
        "'is a spelling that leads to ' || company_alias.company from staged_company_alias "
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
        f"insert into fault select {file}, min(row), min(story), 'sector', null, "
        "'is missing: ' || company || ' is a new company' from staged_story inner join staged_company using (company) "
        "where sector = '' group by company"
    )
    return notes


def _reconcile_sources(connection: Connection, fitting: ReconcileOptions) -> None:
    """A source that is there keeps its row; one of the same name that says otherwise cannot stand."""
    same = " or ".join(
        f"staged_source.{column} is distinct from source.{column}"
        for column in ("title", "author", "publication", "published", "url", "kind")
    )
    connection.execute(
        f"insert into fault select {quote(fitting.file)}, min(staged_story.row), min(staged_story.story), 'source', "
        "staged_source.source, 'is in the database with another title, author, kind or address: ' || min(source.title) "
        "from staged_source inner join source using (source) inner join staged_story using (source) "
        f"where {same} group by staged_source.source"
    )
    connection.execute("delete from staged_source where source in (select source from source)")


def _drop_known(connection: Connection) -> int:
    same = "select story from alike where is_there and story = other"
    connection.execute(f"create or replace temp table known_story as {same}")
    if _count(connection, "known_story"):
        # one that is coded otherwise is not passed over in silence
        new, old = (content_hash(prefix, same, CODED) for prefix in ("staged_", ""))
        connection.execute(
            f"delete from known_story where story in (select story from ({new}) as new inner join ({old}) as old "
            "using (story) where new.told is distinct from old.told)"
        )
    known = _count(connection, "known_story")
    if known:
        materialise_staging(connection)
        for table in OF_STORY:
            if not table.startswith(("second_", "lesson")):
                connection.execute(f"delete from staged_{table} where story in (select story from known_story)")
    for table, key in (("lesson", "lesson"), ("lesson_story", "lesson"), ("second_coding", "story, coder"),
                       ("second_encounter", "story, coder"), ("second_driver", "story, coder")):  # fmt: skip
        there = "lesson" if table.startswith("lesson") else "second_coding"
        connection.execute(f"delete from staged_{table} where ({key}) in (select {key.join(('(', ')'))} from {there})")
    return known


def _find_taken_ids(connection: Connection, fitting: ReconcileOptions) -> None:
    file = quote(fitting.file)
    connection.execute(
        f"insert into fault select {file}, row, staged_story.story, 'story', staged_story.story, "
        "'is in the database and tells something else; call this one otherwise, or edit that one' "
        "from staged_story inner join story using (story)"
    )
    connection.execute(
        f"insert into fault select distinct {file}, row, story, 'story', story, "
        "'tells what ' || other || ' tells, word for word' "
        "from staged_story inner join alike using (story) where story <> other"
    )


def _find_own_work(connection: Connection, fitting: ReconcileOptions) -> None:
    """Nobody publishes what they coded, whichever way it comes: every story passes here with coder and reviewer set."""
    connection.execute(
        f"insert into fault select {quote(fitting.file)}, row, story, 'reviewer', reviewer, {quote(OWN_WORK)} "
        f"from staged_story where status <> 'draft' and {same_person_sql('reviewer', 'coder')}"
    )


def _leave_out(connection: Connection) -> int:
    """Take what has a fault from what is staged: a story goes whole or not at all, and so do those that share it."""
    for noun, columns in SHARED.items():
        connection.execute(
            f"""
            insert into fault
            select told.file, other.row, other.story, told."column", told.value,
                concat('is wrong in ', coalesce('row ' || told.row, told.story), ' of the same {noun}: mend it there')
            from (
                select {noun}, min_by(fault, coalesce(fault.row, 0)) as told
                from fault inner join staged_story using (story) where fault."column" in {columns} group by {noun}
            )
            inner join staged_story as other using ({noun})
            where not exists (from fault where fault.story = other.story and fault."column" in {columns})
            """
        )
    connection.execute(
        "create or replace temp table faulty as select distinct story from fault where story is not null"
    )
    left_out = _count(connection, "staged_story where story is null or story in (select story from faulty)")
    materialise_staging(connection)
    for table in OF_STORY:
        connection.execute(f"delete from staged_{table} where story is null or story in (select story from faulty)")
    return left_out


def _count(connection: Connection, rows: str) -> int:
    found = connection.execute(f"select count(*) from {rows}").fetchone()
    assert found is not None
    return int(found[0])


FEW = 50  # new companies, so few that each can be held to all others letter by letter


def list_companies(connection: Connection) -> set[str]:
    """The names of all companies."""
    return {name for (name,) in connection.execute("select company from company").fetchall()}


def suggest_merges(connection: Connection, new: set[str]) -> Iterator[str]:
    """New companies that may be others by another spelling: said, and never merged by themselves."""
    pairs = {
        (pair.company, pair.into) for pair in find_similar_within(connection) if pair.company in new or pair.into in new
    }
    if len(new) <= FEW:
        known = list_companies(connection) - new
        pairs |= {(company, near) for company in sorted(new) if (near := suggest_close(company, known))}
    for company, into in sorted(pairs):
        yield f"{company!r} and {into!r} may be one company; if they are: merge {company!r} into {into!r}"
