"""Mappings: those that ship, those of a file, and what a table's headers suggest."""

import re
from collections.abc import Iterable
from collections.abc import Mapping as Lookup
from functools import cache
from pathlib import Path

from cxdata.errors import Fault, StoryError
from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.mapping.model import (
    TableMapping,
    parse_mapping,
)
from cxdata.text.suggestions import format_choices, suggest_close

SHIPPED = Path(__file__).parent / "shipped"

MOST_OF_IT = 0.6  # of a mapping's columns: then a table is taken for one of its kind

CERTAIN = 85  # of 100 letters of a header that agree with a word for it


def read_mapping(asked: str | Path) -> TableMapping:
    """The mapping of this name among the shipped ones, or of this file; StoryError with every fault."""
    path = shipped_mappings().get(str(asked)) or Path(asked)
    if not path.is_file():
        choices = format_choices(str(asked), shipped_mappings(), "the project (or give a file)")
        raise StoryError([Fault("mapping", choices)])
    return parse_mapping(path.read_bytes(), path.name)


@cache
def shipped_mappings() -> Lookup[str, Path]:
    """The files of the mappings that come with the project, by name."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}


def match_mapping(headers: Iterable[str]) -> str | None:
    """The shipped mapping most of whose columns a table has, its company among them; None where there is none."""
    known = {normalise_header(header) for header in headers}
    found: dict[str, float] = {}
    for name, path in shipped_mappings().items():
        has = {
            what: any(normalise_header(each) in known for each in names)
            for what, names in read_mapping(path).columns().items()
        }
        if has["company"]:
            found[name] = sum(has.values()) / len(has)
    best = max(found, key=lambda name: found[name], default=None)
    return best if best and found[best] >= MOST_OF_IT else None


def own_columns(headers: Iterable[str]) -> dict[str, str]:
    """Our own flat columns that a table has, under the names it gives them."""
    known = {normalise_header(column): column for column in FLAT_COLUMNS}
    return {known[normalise_header(header)]: header for header in headers if normalise_header(header) in known}


def guess_columns(headers: Iterable[str]) -> dict[str, str]:
    """For our columns the header that most likely means it; what a person then looks at and changes."""
    theirs = {normalise_header(header): header for header in headers}
    found: dict[str, str] = {}
    for column, meant in MEANT.items():
        for word in (normalise_header(column), *meant):
            near = suggest_close(word, theirs, CERTAIN)
            if near and theirs[near] not in found.values():
                found[column] = theirs[near]
                break
    return found


def normalise_header(header: str) -> str:
    """A header's letters and digits, lower case: what it is recognised by."""
    return re.sub(r"[^\w]|_", "", header.casefold())


# Words by which tables call what we call so.
# fmt: off
MEANT: Lookup[str, tuple[str, ...]] = {
    "story": ("id", "reviewid", "complaintid", "caseid", "caseref", "casenumber", "ticket", "ticketid", "reference",
              "ref"),
    "company": ("brand", "firm", "business", "retailer", "provider", "merchant", "companyname", "store", "storename",
                "shop", "seller"),
    "happened_on": ("date", "reviewdate", "datereceived", "created", "createdat", "submitted", "when", "opened",
                    "openedon", "received", "dateopened"),
    "title": ("subject", "headline", "heading", "issue"),
    "account": ("text", "review", "reviewtext", "comment", "comments", "narrative", "body", "description", "message",
                "complaint", "customercomment", "feedback", "details", "whattheysaid"),
    "touchpoint": ("channel", "submittedvia", "via", "medium", "source", "channelused", "contactchannel",
                   "contactmethod"),
    "outcome": ("resolution", "result", "response", "companyresponse", "resolved", "closedas"),
    "sector": ("industry", "category"),
    "country": ("countrycode",),
    "ces": ("effort", "customereffort", "effortscore"),
}
