"""What is wrong with a story in the words of the form: a fault names a field as its label does."""

import re

from cxdata.errors import Fault
from cxdata.stories.partial_story import PLACE

STORY = {
    "story": "Id of the story",
    "title": "Title of the story",
    "job": "Job the customer wanted done",
    "summary": "Summary of the story",
    "happened_on": "When it happened",
    "happened_basis": "How this is known",
    "outcome": "Outcome",
    "loyalty": "Loyalty",
    "verdict": "The author’s own verdict",
    "ces": "Customer effort score",
    "company": "Company",
    "source": "Source",
    "notes": "Notes on the coding",
}
# fields by what they are of; those of a company and a source are named so in their labels
PARENTS = {
    "": STORY,
    "company": {
        "name": "Name of the company",
        "sector": "Sector of the company",
        "country": "Country of the company, two letters",
    },
    "source": {
        "title": "Title of the source",
        "author": "Author of the source",
        "kind": "Kind of source",
        "publication": "Publication it stands in",
        "published": "Source published on",
        "url": "Address of the source",
    },
    "encounter": {
        "touchpoint": "Touchpoint",
        "short": "In short",
        "summary": "What happened",
        "started_by": "Who made the move",
        "locator": "Where the account tells it",
    },
    "effort event": {
        "driver": "Driver",
        "times": "Times",
        "minutes": "Minutes",
        "evidence": "Evidence",
        "locator": "Where it is told, if elsewhere",
    },
    "promise": {
        "claim": "Claim",
        "kept": "What became of it",
        "standard": "Law or norm appealed to",
        "evidence": "Evidence",
        "locator": "Where the account tells it",
    },
}
BELOW = ("company", "source")
PLACES = re.compile(
    r"((?:(?:encounter|effort event|promise|sign) \d+: |(?:company|source): )*)(\w+)(?= )(.*)", re.DOTALL
)
HAPPENED = "When it happened and How this is known go together: give both or neither"


def describe_fault(fault: Fault) -> str:
    """The fault as the form says it, without the name of the file, of which there is none yet."""
    if fault.problem == "story is missing":
        return "Id of the story is missing: it is offered once company and title are there"
    if fault.problem.startswith("happened_on and happened_basis"):
        return HAPPENED
    where = fault.place.removeprefix(PLACE).removeprefix(": ")
    told = f"{where}: {fault.problem}" if where else fault.problem
    read = PLACES.fullmatch(told)
    if read is None:
        return told
    places, name, rest = read.groups()
    last = re.sub(r" \d+$", "", places.removesuffix(": ").rpartition(": ")[2])
    label = PARENTS.get(last, {}).get(name)
    if label is None:
        return told
    # a company's and a source's labels say whose they are
    shown = places.replace("effort event", "effort") if last not in BELOW else ""
    return f"{shown}{label}{rest}"
