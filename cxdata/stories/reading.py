"""What a story was read for: its contradictions with the findings, and the least reading that fits them.

The functions take a story as a record or as the plain fields of a draft, which may lack any of them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

MEASURES = {
    "read_feeling": "has a feeling",
    "read_effort": "has effort",
    "read_promises": "is given",
    "read_signs": "is shown or not shown",
}
READ_DRIVERS_FAULT = "read_drivers goes with read_effort 'part' alone: give the effort types that were asked for"


def list_reading_faults(story: Any) -> list[str]:
    """List the findings of a story that contradict what it says it was read for, each with its place."""
    faults = [
        f"{name} 'none': {place} {finding}; the choices are: 'whole'"
        + (" or 'part' with read_drivers" if name == "read_effort" else "")
        for name, finding in MEASURES.items()
        if _value(story, name) == "none" and (place := next(_list_findings(story, name), None))
    ]
    read = _value(story, "read_effort")
    drivers = _value(story, "read_drivers") or ()
    if (read == "part") != bool(drivers):
        return [*faults, READ_DRIVERS_FAULT]
    if read != "part":
        return faults
    repeated = [driver for place, driver in enumerate(drivers) if driver in drivers[:place]]
    faults += [f"read_drivers: effort type {driver!r} is given twice" for driver in dict.fromkeys(repeated)]
    return faults + [
        f"{place}: driver {driver!r} is not among read_drivers, which has: {', '.join(drivers)}"
        for driver, place in list_unread_drivers(story).items()
    ]


def list_unread_drivers(story: Any) -> dict[str, str]:
    """Map each effort type that is found but was not read for to its first place: 'encounter 1: effort event 2'."""
    if _value(story, "read_effort") in (None, "whole"):
        return {}
    read = _value(story, "read_drivers") or ()
    unread: dict[str, str] = {}
    for driver, place in _list_drivers(story):
        if driver not in read:
            unread.setdefault(driver, place)
    return unread


def widen_reading(story: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of the least reading that fits the findings, such as for a preview of a contradicted draft."""
    wider: dict[str, Any] = {
        name: "whole"
        for name in MEASURES
        if name != "read_effort" and _value(story, name) == "none" and any(_list_findings(story, name))
    }
    if _value(story, "read_effort") in ("part", "none"):
        read = _value(story, "read_drivers") or () if _value(story, "read_effort") == "part" else ()
        drivers = [*read, *list_unread_drivers({**story, "read_drivers": read})]
        wider |= {"read_effort": "part" if drivers else "none", "read_drivers": drivers}
    return wider


def _list_findings(story: Any, measure: str) -> Iterator[str]:
    """Yield the place of each finding of a measure."""
    if measure == "read_effort":
        yield from (place.partition(":")[0] for _, place in _list_drivers(story))
    elif measure == "read_feeling":
        for number, encounter in enumerate(_value(story, "encounters") or (), start=1):
            if _value(encounter, "feeling") is not None:
                yield f"encounter {number}"
    elif measure == "read_promises":
        yield from (f"promise {number}" for number, _ in enumerate(_value(story, "promises") or (), start=1))
    else:
        for sign in _value(story, "signs") or ():
            if _value(sign, "shown") is not None:
                yield f"sign {_value(sign, 'sign')!r}"


def _list_drivers(story: Any) -> Iterator[tuple[str, str]]:
    """Yield each effort type found, with its place."""
    for number, encounter in enumerate(_value(story, "encounters") or (), start=1):
        for place, event in enumerate(_value(encounter, "effort") or (), start=1):
            if driver := _value(event, "driver"):
                yield str(driver), f"encounter {number}: effort event {place}"


def _value(owner: Any, name: str) -> Any:
    return owner.get(name) if isinstance(owner, Mapping) else getattr(owner, name, None)
