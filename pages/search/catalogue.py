"""What a search can find beside stories, in groups: each with its words and its address."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from cxdata.charts import CHARTS
from cxdata.codebook.codes import load_codebook
from cxdata.publish.kinds import KIND
from cxdata.questions.ask import find_question
from cxdata.questions.parameters import ALL_KINDS
from cxdata.text.formatting import format_count
from cxdata.text.glossary import reader_terms
from pages.ui.cache import cached, rows
from pages.ui.frame import ENTRIES
from pages.ui.links import page_link
from pages.ui.permissions import current_role


class Entry(NamedTuple):
    """One thing to find."""

    title: str
    details: str
    link: str
    hidden: str = ""
    """Further words that find it and are not shown."""


Catalogue = Mapping[str, tuple[Entry, ...]]


def load_catalogue() -> Catalogue:
    """Return the groups in the order of their results. Those of the records are made once for each version of them."""
    groups = cached(_make)
    return {"Companies": groups["Companies"], "Pages": tuple(_pages()), **groups}


def _pages() -> Iterator[Entry]:
    role = current_role()
    for entry in ENTRIES.values():
        if entry.needs <= role:
            yield Entry(entry.title, entry.answers, entry.address or ".")


def _make() -> Catalogue:
    return {
        "Companies": tuple(_companies()),
        "Effort types": tuple(_effort_types()),
        "Touchpoints": tuple(_touchpoints()),
        "Charts": tuple(_charts()),
        "Lessons": tuple(_lessons()),
        "Terms": tuple(_terms()),
    }


def _companies() -> Iterator[Entry]:
    former: dict[str, list[str]] = {}
    for row in rows("company_names"):
        former.setdefault(row["company"], []).append(row["alias"])
    for choice in rows("choices", story_kind=ALL_KINDS):
        if choice["filter"] == "company":
            company = choice["value"]
            link = "company?" + urlencode({KIND: ALL_KINDS, "company": company})
            yield Entry(company, format_count(choice["story_count"], "story"), link, " ".join(former.get(company, ())))


def _effort_types() -> Iterator[Entry]:
    for code in load_codebook()["drivers"].values():
        link = page_link("stories", {KIND: ALL_KINDS, "drivers": (code.code,)})
        yield Entry(code.label, code.description, link, code.code)


def _touchpoints() -> Iterator[Entry]:
    for code in load_codebook()["touchpoints"].values():
        link = page_link("stories", {KIND: ALL_KINDS, "touchpoints": (code.code,)})
        yield Entry(code.label, code.description, link, code.code)


def _charts() -> Iterator[Entry]:
    for name, chart in CHARTS.items():
        title = chart.CHART.title or name.replace("_", " ").capitalize()
        yield Entry(title, find_question(chart.CHART.question).question, "studio?" + urlencode({"chart": name}), name)


def _lessons() -> Iterator[Entry]:
    for row in rows("lessons"):
        link = "playbook?" + urlencode({"lesson": row["lesson"]})
        yield Entry(row["title"], row["advice"], link, f"{row['ours'] or ''} {row['sign_label'] or ''}")


def _terms() -> Iterator[Entry]:
    for term in reader_terms().values():
        yield Entry(term.term, term.meaning, "method#words", " ".join(term.forms))
