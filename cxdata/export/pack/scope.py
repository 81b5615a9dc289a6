"""What a pack is about: one company, two companies in one job, or the library within the filters of a view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from cxdata.errors import ExportError
from cxdata.publish.charts import FILTERS
from cxdata.publish.kinds import KIND, Ask, find_default
from cxdata.questions.ask import Value, find_question
from cxdata.questions.parameters import PARAMETERS
from cxdata.text.suggestions import format_choices

PAIR = ("job", "left", "right")
WEIGHTS = ("weighting", "weights", "costs")
NAMES = (*FILTERS, *PAIR, *WEIGHTS)
"""The choices of a pack: those of the pages, as the parameters of questions name them."""
PAGE_NAMES = {"companies": "company", "sectors": "sector", "jobs": "job", "touchpoints": "touchpoint", "halls": "hall"}
PAGE_NAMES |= {"job": "same_job"}
"""The names that addresses of pages have for them, where they differ."""


@dataclass(frozen=True)
class Scope:
    """The choices of a pack, by the names of NAMES."""

    choices: Mapping[str, Value] = field(default_factory=dict)

    @property
    def pair(self) -> tuple[str, str] | None:
        """The two companies that are compared."""
        left, right = self.choices.get("left"), self.choices.get("right")
        return (str(left), str(right)) if left and right else None

    @property
    def company(self) -> str | None:
        """The one company that it is about."""
        named = self.choices.get("companies")
        return str(named[0]) if isinstance(named, list | tuple) and len(named) == 1 and not self.pair else None

    def for_question(self, question: str, **more: Value) -> dict[str, Value]:
        """Return the choices that a question takes, and these."""
        taken = find_question(question).parameters
        return {name: value for name, value in (dict(self.choices) | more).items() if name in taken}

    def query(self, names: Sequence[str] = NAMES) -> str:
        """Write the choices of these names as the query of an address."""
        return urlencode([(name, self.choices[name]) for name in sorted(self.choices) if name in names], doseq=True)

    def page_path(self, page: str) -> str:
        """Return the address of a page with these choices, relative to the root of the dashboard."""
        choices = [(PAGE_NAMES.get(name, name), self.choices[name]) for name in sorted(self.choices)]
        query = urlencode(choices, doseq=True)
        return f"{page}?{query}" if query else page

    @property
    def own_page(self) -> str:
        """The page about this scope: of a company, of a pair, or the first one, which has no name."""
        return "head-to-head" if self.pair else "company" if self.company else ""


def parse_scope(asked: Mapping[str, str | Sequence[str]]) -> Scope:
    """Parse the names and values of an address or a command line. Raises ExportError for an unknown name.

    Questions check later whether a company or code exists.
    """
    choices: dict[str, Value] = {}
    for name, value in asked.items():
        if name not in NAMES:
            raise ExportError(f"choice {format_choices(name, NAMES, 'the pack')}")
        values = [value] if isinstance(value, str) else list(value)
        if PARAMETERS[name].is_list:
            choices[name] = tuple(each for each in values if each)
        elif values:
            choices[name] = values[-1]
    choices = {name: value for name, value in choices.items() if value}
    if ("left" in choices) != ("right" in choices):
        raise ExportError("a comparison needs two companies: left and right")
    if "left" in choices and choices["left"] == choices["right"]:
        raise ExportError(f"{choices['left']} cannot be compared with itself")
    if "left" in choices and (given := [name for name in FILTERS if name != KIND and name in choices]):
        raise ExportError(f"a comparison of two companies takes no {given[0]}")
    if "left" not in choices and "job" in choices:
        raise ExportError("job names the job of a comparison. To filter stories by job, use jobs")
    return Scope(choices)


def complete_scope(scope: Scope, ask: Ask) -> Scope:
    """Add the kind of story, and the job of a comparison, where the choices name none.

    The job is the one in which the two companies differ most. Raises ExportError where they share none.
    """
    choices = dict(scope.choices)
    first = find_default(ask("story_kinds", {}))
    if first and KIND not in choices:
        choices[KIND] = first
    if scope.pair:
        found: Sequence[Any] = ask("job_companies", {KIND: choices.get(KIND)})
        names = {str(row["company"]).casefold(): str(row["company"]) for row in found}
        for side, name in zip(("left", "right"), scope.pair, strict=True):
            known = names.get(name.casefold())
            if known is None:
                raise ExportError(f"{side} {format_choices(name, sorted(set(names.values())), 'the dashboard')}")
            choices[side] = known
        jobs: dict[str, set[str]] = {}
        for row in found:
            jobs.setdefault(row["job"], set()).add(row["company"])
        shared = [job for job, companies in jobs.items() if {choices["left"], choices["right"]} <= companies]
        if not shared or choices.get("job", shared[0]) not in shared:
            job = f"{choices['job']!r}" if choices.get("job") else "any job"
            raise ExportError(f"{choices['left']} and {choices['right']} do not both have a story of {job}")
        choices.setdefault("job", shared[0])
    return Scope(choices)
