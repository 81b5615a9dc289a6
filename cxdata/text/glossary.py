"""The glossary: terms with their meanings, and where a text mentions them.

`python -m cxdata.text.glossary` writes docs/glossary.md from glossary.toml.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("glossary.toml")
DOCUMENT = Path(__file__).parents[2] / "docs" / "glossary.md"
READERS = "pages"


@dataclass(frozen=True)
class Term:
    """A term, its meaning in at most two sentences, an example, and the other forms that a text may use."""

    term: str
    meaning: str
    example: str = ""
    forms: tuple[str, ...] = ()
    tooltip: bool = True

    @property
    def anchor(self) -> str:
        """The anchor of the term on the Method page."""
        return "term-" + re.sub(r"[^a-z]+", "-", self.term.lower()).strip("-")


@dataclass(frozen=True)
class Section:
    """A part of the glossary with its terms by name, in the order of the file."""

    title: str
    intro: str
    terms: Mapping[str, Term]


@cache
def load_glossary() -> Mapping[str, Section]:
    """Return the sections of the glossary by name."""
    return {name: _section(found) for name, found in tomllib.loads(DATA.read_text("utf-8")).items()}


def _section(found: dict[str, list[dict[str, object]]]) -> Section:
    terms = [Term(**{**each, "forms": tuple(each.get("forms", ()))}) for each in found["terms"]]  # type: ignore[arg-type]
    return Section(str(found["title"]), str(found.get("intro", "")), {term.term: term for term in terms})


def reader_terms() -> Mapping[str, Term]:
    """Return the terms that readers of the dashboard meet, by name."""
    return load_glossary()[READERS].terms


def split_at_terms(text: str) -> Iterator[tuple[str, Term | None]]:
    """Split a text at the first mention of each reader term that has a tooltip.

    Gives the parts in order with their term, None for the words between. Joined, the parts are the text.
    """
    seen: set[str] = set()
    start = 0
    pattern, forms = _patterns()
    for found in pattern.finditer(text):
        term = forms[found[0].lower()]
        if term.term in seen:
            continue
        seen.add(term.term)
        if found.start() > start:
            yield text[start : found.start()], None
        yield found[0], term
        start = found.end()
    if start < len(text):
        yield text[start:], None


@cache
def _patterns() -> tuple[re.Pattern[str], Mapping[str, Term]]:
    forms = {
        form.lower(): term
        for term in reader_terms().values()
        if term.tooltip
        for form in (term.term, f"{term.term}s", *term.forms)
    }
    # the longest form first: "effort points" is not "effort"
    longest = sorted(forms, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE), forms


def format_glossary() -> str:
    """Return the glossary as a Markdown document."""
    parts = ["# Glossary\n\nWritten by `python -m cxdata.text.glossary` from `cxdata/text/glossary.toml`.\n"]
    for section in load_glossary().values():
        parts.append(f"\n## {section.title}\n\n")
        if section.intro:
            parts.append(f"{section.intro}\n\n")
        with_examples = any(term.example for term in section.terms.values())
        parts.append(
            "| term | meaning | example |\n|---|---|---|\n" if with_examples else "| term | meaning |\n|---|---|\n"
        )
        for term in section.terms.values():
            example = f" {term.example} |" if with_examples else ""
            parts.append(f"| {term.term} | {term.meaning} |{example}\n")
    return "".join(parts)


if __name__ == "__main__":
    DOCUMENT.write_text(format_glossary(), encoding="utf-8")
