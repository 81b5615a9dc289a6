"""The mappings that ship, and the mapping or the columns that the headers of a table suggest."""

from collections.abc import Iterable
from collections.abc import Mapping as Lookup
from functools import cache
from pathlib import Path

from cxdata.errors import Fault, StoryError
from cxdata.ingest.flat_table.columns import FLAT_COLUMNS
from cxdata.ingest.mapping.model import TableMapping, parse_mapping
from cxdata.ingest.readers.base import normalise_header
from cxdata.text.suggestions import format_choices, suggest_close

SHIPPED = Path(__file__).parent / "shipped"
MIN_MATCH = 0.6  # share of a mapping's columns that a table must have to match it
MIN_OWN_COLUMNS = 4  # fewest columns of ours that make a table one with our columns
MIN_SIMILARITY = 85  # of 100, between a header and a word for one of our columns


def read_mapping(asked: str | Path) -> TableMapping:
    """Return the shipped mapping of this name, or that of a file. Raises StoryError with every fault."""
    path = shipped_mappings().get(str(asked)) or Path(asked)
    if not path.is_file():
        choices = format_choices(str(asked), shipped_mappings(), "the program")
        raise StoryError([Fault("mapping", f"{choices}. Name one of these, or a file of your own")])
    return parse_mapping(path.read_bytes(), path.name)


@cache
def shipped_mappings() -> Lookup[str, Path]:
    """Return the files of the shipped mappings, by name."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}


def is_shipped(mapping: TableMapping) -> bool:
    """Return whether a mapping is exactly one of the shipped ones."""
    return mapping in [read_mapping(path) for path in shipped_mappings().values()]


def match_mapping(headers: Iterable[str]) -> str | None:
    """Return the shipped mapping most of whose columns a table has, its company among them, or None."""
    known = {normalise_header(header) for header in headers}
    found: dict[str, float] = {}
    for name, path in shipped_mappings().items():
        has = {
            field: any(normalise_header(each) in known for each in names)
            for field, names in read_mapping(path).columns().items()
        }
        if has["company"]:
            found[name] = sum(has.values()) / len(has)
    best = max(found, key=lambda name: found[name], default=None)
    return best if best and found[best] >= MIN_MATCH else None


def own_columns(headers: Iterable[str]) -> dict[str, str]:
    """Return the headers of our own flat columns that a table has, by column."""
    known = {normalise_header(column): column for column in FLAT_COLUMNS}
    return {known[normalise_header(header)]: header for header in headers if normalise_header(header) in known}


def is_own_table(headers: Iterable[str]) -> bool:
    """Return whether a table is one in our own columns."""
    return len(own_columns(headers)) >= MIN_OWN_COLUMNS


def guess_columns(headers: Iterable[str]) -> dict[str, str]:
    """Return for each of our columns the header that most likely means it, for a person to check."""
    theirs = {normalise_header(header): header for header in headers}
    found: dict[str, str] = {}
    for column, synonyms in SYNONYMS.items():
        for word in (normalise_header(column), *synonyms):
            near = suggest_close(word, theirs, MIN_SIMILARITY)
            if near and theirs[near] not in found.values():
                found[column] = theirs[near]
                break
    return found


# Words by which other tables name our columns.
# fmt: off
SYNONYMS: Lookup[str, tuple[str, ...]] = {
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
    "feeling": ("rating", "stars", "starrating", "sentiment", "score", "reviewrating"),
    "driver": ("efforttype", "problemtype", "reason", "contactreason"),
    "minutes": ("duration", "waitingtime", "minuteswaited"),
}
