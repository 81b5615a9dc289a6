"""Company names: rows reassigned from one name to another, and similar names found."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from cxdata.store.connection import new_cursor
from cxdata.store.engine import Connection
from cxdata.text.formatting import join_list

# scores of the old name from a survey that has also scored the new name
SCORED_TWICE = (
    "company = $old and (measure, period) in "
    "(select (score.measure, score.period) from published_score as score where score.company = $new)"
)


def reassign_company(connection: Connection, old: str, new: str) -> None:
    """Reassign aliases, stories, notes, published scores and changelog from one company name to another.

    Of two scores of one survey (SCORED_TWICE) the score of the new name stays.
    """
    names = {"old": old, "new": new}
    for table in ("company_alias", "story", "history", "annotation"):
        connection.execute(f"update {table} set company = $new where company = $old", names)
    connection.execute(
        "insert into company_alias by name select lower(unnest([$old, $new])) as alias, $new as company "
        "on conflict do nothing",
        names,
    )
    reassign_scores(connection, old, new)


def reassign_scores(connection: Connection, old: str, new: str) -> None:
    """Reassign published scores from one company name to another, as `reassign_company` does."""
    names = {"old": old, "new": new}
    connection.execute(f"delete from published_score where {SCORED_TWICE}", names)
    connection.execute("update published_score set company = $new where company = $old", names)


LEGAL_FORMS = frozenset(
    # English, then German, French, Italian, Dutch and Nordic
    [
        "inc",
        "incorporated",
        "llc",
        "lp",
        "llp",
        "ltd",
        "limited",
        "plc",
        "corp",
        "corporation",
        "co",
        "company",
        "cos",
        "companies",
        "holding",
        "holdings",
        "na",
        "fsb",
        "pty",
        "gmbh",
        "ag",
        "kg",
        "kgaa",
        "se",
        "sa",
        "sas",
        "sarl",
        "spa",
        "srl",
        "nv",
        "bv",
        "ab",
        "as",
        "oy",
    ]
)
"""Last words of a name that say what a company is in law, and not which one it is."""

ALIKE = 88  # percent of equal letters: all but one or two in a name of twelve

FIRST_ALIKE = 80  # percent: Amazn is Amazon, and Bayview is not Lakeview

CROWD = 60  # names with the same first word; a larger group also compares the next word

NUMBER = re.compile(r"\d+")

Words = tuple[str, ...]


@dataclass(frozen=True)
class SimilarNames:
    """Two companies that may be one: `company`, with fewer stories, would merge into `into`."""

    company: str
    story_count: int
    into: str
    into_story_count: int

    @property
    def evidence(self) -> str:
        """Say in a sentence how the names differ."""
        own, other = significant_words(self.company), significant_words(self.into)
        if "".join(own) == "".join(other):
            return "The words are the same. Capitals, marks or the legal form differ."
        differing = [f"“{word}”" for word in (*own, *other) if (word in own) != (word in other)]
        return f"The names differ in {join_list(differing, len(differing))}."


@dataclass(frozen=True)
class CompanyProfile:
    """A company's sector, and the first and last year of its stories; None where none has a date."""

    sector: str
    first_year: int | None
    last_year: int | None


def read_profiles(connection: Connection, names: Iterable[str]) -> dict[str, CompanyProfile]:
    """Read the profiles of these companies, by name. Drafts count."""
    found = new_cursor(connection).execute(
        "select company.company, company.sector, min(year(story.happened_from)), max(year(story.happened_to)) "
        "from company left join story on company.company = story.company "
        "where list_contains($names, company.company) group by company.company, company.sector",
        {"names": list(names)},
    )
    return {company: CompanyProfile(*profile) for company, *profile in found.fetchall()}


def find_spelled_alike(name: str, others: Iterable[str]) -> str | None:
    """Find the name that differs from this one in a letter or two, in its first word and in all; None if none does."""
    words = significant_words(name)
    for other in others:
        theirs = significant_words(other)
        if ratio(words[0], theirs[0], score_cutoff=FIRST_ALIKE) and _is_alike(" ".join(words), " ".join(theirs)):
            return other
    return None


def find_similar(connection: Connection) -> tuple[SimilarNames, ...]:
    """Find companies whose names differ only in case, punctuation, "The", legal form, or a letter or two.

    Only names with the same first word are compared letter by letter, so that thousands of names take a second.
    """
    return find_similar_within(new_cursor(connection))


def find_similar_within(cursor: Connection) -> tuple[SimilarNames, ...]:
    """Find similar names as `find_similar` does, on this cursor, so also within an uncommitted change."""
    found = cursor.execute(
        "select company.company, count(story.story) from company left join story on company.company = story.company "
        "group by company.company order by count(story.story) desc, company.company"
    )
    stories = dict(found.fetchall())
    written: dict[str, list[str]] = defaultdict(list)
    for name in stories:
        written["".join(significant_words(name))].append(name)
    pairs = [(first, other) for first, *others in written.values() for other in others]
    # the company with most stories represents those with the same words
    firsts = [(significant_words(first), first) for first, *_ in written.values()]
    pairs += _close(firsts, 0)
    return tuple(SimilarNames(other, stories[other], first, stories[first]) for first, other in pairs)


def significant_words(name: str) -> Words:
    """Split a name into words without accents, case, marks, "The" and legal form: 'EQUIFAX, INC.' is ('equifax',)."""
    parted = unicodedata.normalize("NFKD", name.casefold()).replace("&", " and ")
    text = "".join(mark for mark in parted if not unicodedata.combining(mark))
    text = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", text)  # n.a. is one word
    words = re.findall(r"\w+", re.sub(r"['’]", "", text))
    if words[:1] == ["the"] and len(words) > 1:
        del words[0]
    while len(words) > 1:
        if words[-2:] == ["national", "association"] and len(words) > 2:  # N.A. in full
            del words[-2:]
        elif words[-1] in LEGAL_FORMS or words[-1] == "and":  # the "&" of "& Co."
            words.pop()
        else:
            break
    return tuple(words) or (name.casefold(),)


def _close(named: Sequence[tuple[Words, str]], place: int) -> Iterator[tuple[str, str]]:
    """Yield pairs of names that agree in all words before `place` and differ by a letter or two."""
    groups: dict[str | None, list[tuple[Words, str]]] = defaultdict(list)
    for words, name in named:
        groups[words[place] if place < len(words) else None].append((words, name))
    for word, group in groups.items():
        if len(group) > CROWD and word is not None:
            yield from _close(group, place + 1)
        else:
            yield from _compared(group)


def _compared(group: Sequence[tuple[Words, str]]) -> Iterator[tuple[str, str]]:
    names = [(" ".join(words), name) for words, name in group]
    for place, (text, name) in enumerate(names):
        yield from ((name, other) for other_text, other in names[place + 1 :] if _is_alike(text, other_text))


def _is_alike(text: str, other: str) -> bool:
    """Return whether texts differ in a letter or two. Different numbers are different companies: Bank 1, Bank 2."""
    return bool(ratio(text, other, score_cutoff=ALIKE)) and NUMBER.findall(text) == NUMBER.findall(other)
