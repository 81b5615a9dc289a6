"""What a story was read for: its contradictions with the findings, and the least reading that fits them.

The functions take a story as a record or as the plain fields of a draft, which may lack any of them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cxdata.errors import Fault, FieldPath
from cxdata.stories.record_faults import ContradictedReading, NoDriversRead, UnreadDriver, name_finding, value_of

MEASURES = {
    "read_feeling": "has a feeling",
    "read_effort": "has effort",
    "read_promises": "is given",
    "read_signs": "is shown or not shown",
}
"""For each measure the verb of a finding of it."""

NO_DRIVERS_READ = "goes with read_effort 'part' alone: give the effort types that were asked for"


def list_reading_faults(story: Any) -> list[Fault]:
    """List the findings of a story that contradict what it says it was read for."""
    faults: list[Fault] = [
        ContradictedReading("", _contradict(story, name, found), (name,), is_predicate=True, found=found)
        for name in MEASURES
        if value_of(story, name) == "none" and (found := next(_list_findings(story, name), None))
    ]
    read = value_of(story, "read_effort")
    drivers = tuple(value_of(story, "read_drivers") or ())
    if (read == "part") != bool(drivers):
        return [*faults, NoDriversRead("", NO_DRIVERS_READ, ("read_drivers",), is_predicate=True)]
    if read != "part":
        return faults
    repeated = [driver for place, driver in enumerate(drivers) if driver in drivers[:place]]
    faults += [
        Fault("", f"effort type {driver!r} is given twice", ("read_drivers",)) for driver in dict.fromkeys(repeated)
    ]
    return faults + [
        UnreadDriver(
            "",
            f"{driver!r} is not among read_drivers, which has: {', '.join(drivers)}",
            (*event, "driver"),
            is_predicate=True,
            driver=driver,
            read=drivers,
        )
        for driver, event in list_unread_drivers(story).items()
    ]


def list_unread_drivers(story: Any) -> dict[str, FieldPath]:
    """Map each effort type that is found but was not read for to the path of the first effort event of it."""
    if value_of(story, "read_effort") in (None, "whole"):
        return {}
    read = value_of(story, "read_drivers") or ()
    unread: dict[str, FieldPath] = {}
    for driver, event in _list_drivers(story):
        if driver not in read:
            unread.setdefault(driver, event)
    return unread


def widen_reading(story: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of the least reading that fits the findings, such as for a preview of a contradicted draft."""
    wider: dict[str, Any] = {
        name: "whole"
        for name in MEASURES
        if name != "read_effort" and value_of(story, name) == "none" and any(_list_findings(story, name))
    }
    if value_of(story, "read_effort") in ("part", "none"):
        read = value_of(story, "read_drivers") or () if value_of(story, "read_effort") == "part" else ()
        drivers = [*read, *list_unread_drivers({**story, "read_drivers": read})]
        wider |= {"read_effort": "part" if drivers else "none", "read_drivers": drivers}
    return wider


def _contradict(story: Any, name: str, found: FieldPath) -> str:
    choices = "'whole' or 'part' with read_drivers" if name == "read_effort" else "'whole'"
    return f"'none': {name_finding(story, found)} {MEASURES[name]}; the choices are: {choices}"


def _list_findings(story: Any, measure: str) -> Iterator[FieldPath]:
    """Yield the path of each finding of a measure."""
    if measure == "read_effort":
        yield from (event[:2] for _, event in _list_drivers(story))
    elif measure == "read_feeling":
        for place, encounter in enumerate(value_of(story, "encounters") or ()):
            if value_of(encounter, "feeling") is not None:
                yield "encounters", place
    elif measure == "read_promises":
        yield from (("promises", place) for place, _ in enumerate(value_of(story, "promises") or ()))
    else:
        for place, sign in enumerate(value_of(story, "signs") or ()):
            if value_of(sign, "shown") is not None:
                yield "signs", place


def _list_drivers(story: Any) -> Iterator[tuple[str, FieldPath]]:
    """Yield the type of each effort event, with its path."""
    for step, encounter in enumerate(value_of(story, "encounters") or ()):
        for place, event in enumerate(value_of(encounter, "effort") or ()):
            if driver := value_of(event, "driver"):
                yield str(driver), ("encounters", step, "effort", place)
