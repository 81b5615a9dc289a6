"""Contradictions between the fields of a story: pairs half given, and findings that it was not read for.

The functions take a story as a record or as the plain fields of a draft, which may lack any of them. A kind of fault
that the story form says in words of its own is a class of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cxdata.errors import Fault, FieldPath, name_steps

PAIRS = {
    ("happened_on", "happened_basis"): "happened_on and happened_basis ('told' or 'inferred')",
    ("reviewer", "reviewed_on"): "reviewer and reviewed_on",
}
"""Fields that are given both or neither."""

MEASURES = {
    "read_feeling": "has a feeling",
    "read_effort": "has effort",
    "read_promises": "is given",
    "read_signs": "is shown or not shown",
}
"""For each measure the verb of a finding of it."""

NO_DRIVERS_READ = (
    "is needed if read_effort is 'part', and must be empty otherwise. List the effort types that were asked for"
)


class RecordError(ValueError):
    """Raised within the validation of a record, with every fault between its fields; their file is empty."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.finding for fault in self.faults))


@dataclass(frozen=True)
class HalfGiven(Fault):
    """One of two fields that go together is missing."""

    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class ContradictedReading(Fault):
    """A measure is 'none', not read, and the story has a finding of it at the path `found`."""

    found: FieldPath = ()


@dataclass(frozen=True)
class NoDriversRead(Fault):
    """The story was read for some effort types, and none is given; or for all or none, and some are given."""


@dataclass(frozen=True)
class UnreadDriver(Fault):
    """An effort event has a type that the story was not `read` for."""

    driver: str = ""
    read: tuple[str, ...] = ()


def list_contradictions(story: Any) -> list[Fault]:
    """List the faults between the fields of a story; they name no file."""
    return [*_list_half_given(story), *_list_reading_faults(story)]


def _list_half_given(story: Any) -> list[Fault]:
    """List the pairs of which a story, a record or plain fields, gives only one field."""
    return [
        HalfGiven("", f"{words} belong together. Give both or neither", fields=pair)
        for pair, words in PAIRS.items()
        if (_value(story, pair[0]) is None) != (_value(story, pair[1]) is None)
    ]


def _list_reading_faults(story: Any) -> list[Fault]:
    """List the findings of a story that contradict what it says it was read for."""
    faults: list[Fault] = [
        ContradictedReading("", _contradict(story, name, found), (name,), is_predicate=True, found=found)
        for name in MEASURES
        if _value(story, name) == "none" and (found := next(_list_findings(story, name), None))
    ]
    read = _value(story, "read_effort")
    drivers = tuple(_value(story, "read_drivers") or ())
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
            f"{driver!r} is not in read_drivers, which has: {', '.join(drivers)}",
            (*event, "driver"),
            is_predicate=True,
            driver=driver,
            read=drivers,
        )
        for driver, event in list_unread_drivers(story).items()
    ]


def list_unread_drivers(story: Any) -> dict[str, FieldPath]:
    """Map each effort type that is found but was not read for to the path of the first effort event of it."""
    if _value(story, "read_effort") in (None, "whole"):
        return {}
    read = _value(story, "read_drivers") or ()
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
        if name != "read_effort" and _value(story, name) == "none" and any(_list_findings(story, name))
    }
    if _value(story, "read_effort") in ("part", "none"):
        read = _value(story, "read_drivers") or () if _value(story, "read_effort") == "part" else ()
        drivers = [*read, *list_unread_drivers({**story, "read_drivers": read})]
        wider |= {"read_effort": "part" if drivers else "none", "read_drivers": drivers}
    return wider


def _contradict(story: Any, name: str, found: FieldPath) -> str:
    choices = "'whole' or 'part' with read_drivers" if name == "read_effort" else "'whole'"
    return f"'none': {_name_finding(story, found)} {MEASURES[name]}. The choices are: {choices}"


def _list_findings(story: Any, measure: str) -> Iterator[FieldPath]:
    """Yield the path of each finding of a measure."""
    if measure == "read_effort":
        yield from (event[:2] for _, event in _list_drivers(story))
    elif measure == "read_feeling":
        for place, encounter in enumerate(_value(story, "encounters") or ()):
            if _value(encounter, "feeling") is not None:
                yield "encounters", place
    elif measure == "read_promises":
        yield from (("promises", place) for place, _ in enumerate(_value(story, "promises") or ()))
    else:
        for place, sign in enumerate(_value(story, "signs") or ()):
            if _value(sign, "shown") is not None:
                yield "signs", place


def _list_drivers(story: Any) -> Iterator[tuple[str, FieldPath]]:
    """Yield the type of each effort event, with its path."""
    for step, encounter in enumerate(_value(story, "encounters") or ()):
        for place, event in enumerate(_value(encounter, "effort") or ()):
            if driver := _value(event, "driver"):
                yield str(driver), ("encounters", step, "effort", place)


def _name_finding(story: Any, path: FieldPath) -> str:
    """Return the words for a finding, such as "encounter 3"; a sign goes by its code."""
    if path[0] == "signs":
        return f"sign {_value(_value(story, 'signs')[path[1]], 'sign')!r}"
    return ": ".join(name_steps(path))


def _value(owner: Any, name: str) -> Any:
    """Return a field of a record, or of plain fields that may lack it."""
    return owner.get(name) if isinstance(owner, Mapping) else getattr(owner, name, None)
