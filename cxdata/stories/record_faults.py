"""Faults between the fields of a story, each of which is valid by itself.

A kind of fault that the story form says in words of its own is a class of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cxdata.errors import Fault, FieldPath, name_steps

PAIRS = {
    ("happened_on", "happened_basis"): "happened_on and happened_basis (told, inferred)",
    ("reviewer", "reviewed_on"): "reviewer and reviewed_on",
}
"""Fields that are given both or neither."""


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


def list_half_given(story: Any) -> list[Fault]:
    """List the pairs of which a story, a record or plain fields, gives only one field."""
    return [
        HalfGiven("", f"{words} go together: give both or neither", fields=pair)
        for pair, words in PAIRS.items()
        if (value_of(story, pair[0]) is None) != (value_of(story, pair[1]) is None)
    ]


def value_of(owner: Any, name: str) -> Any:
    """Return a field of a record, or of plain fields that may lack it."""
    return owner.get(name) if isinstance(owner, Mapping) else getattr(owner, name, None)


def name_finding(story: Any, path: FieldPath) -> str:
    """Return the words for a finding, such as "encounter 3"; a sign goes by its code."""
    if path[0] == "signs":
        return f"sign {value_of(value_of(story, 'signs')[path[1]], 'sign')!r}"
    return ": ".join(name_steps(path))
