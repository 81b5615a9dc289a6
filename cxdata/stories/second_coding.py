"""Records of second codings: a story coded again by somebody who has not seen the first coding.

    story = "ao-laptop"
    coder = "Reader C"
    coded_on = 2026-11-22
    read_for = ["feeling", "effort", "minutes", "demand", "promises", "signs"]

    [[encounters]]
    step = 1
    feeling = -3
    demand = "failure"
    drivers = ["worry", {driver = "wait_on_hold", minutes = 20}]

    [[promises]]
    promise = 1
    kept = "broken"

    [[signs]]
    sign = "easy_to_reach"
    shown = false

The encounters and promises are those of the first coding, by number. `read_for` says what the coder looked for; all
else is unknown. Within it, a missing feeling, demand, number of minutes or sign means that the story does not say.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator

from cxdata.errors import ITEMS
from cxdata.stories.records import Demand, Feeling, Kept, Line, Minutes, Notes, Record, Slug, Times, code_of

ReadFor = Literal["feeling", "effort", "times", "minutes", "demand", "promises", "signs"]
READ_FOR: tuple[ReadFor, ...] = get_args(ReadFor)
# what second coders read for before they could say it
READ_BY_DEFAULT: tuple[ReadFor, ...] = ("feeling", "effort")
OF_EFFORT = ("times", "minutes")  # figures of an effort type that was found


def _spell_out_drivers(value: Any) -> Any:
    # "worry" is short for {driver = "worry"}
    if not isinstance(value, list | tuple):
        return value
    return tuple({"driver": each} if isinstance(each, str) else each for each in value)


class CodedDriver(Record):
    """An effort type found in an encounter: how many times (None for once), and how many minutes the story states."""

    driver: Annotated[str, code_of("drivers")]
    times: Times | None = None
    minutes: Minutes | None = None


class CodedEncounter(Record):
    """A second coding of one encounter: a feeling, a demand, and the effort types, each once.

    `drivers` is None where the coder did not read for effort, and empty where there was none.
    """

    step: Annotated[int, Field(ge=1, le=1000)]
    feeling: Feeling | None = None
    demand: Demand | None = None
    drivers: Annotated[tuple[CodedDriver, ...] | None, BeforeValidator(_spell_out_drivers)] = None

    @model_validator(mode="after")
    def _check_agreement(self) -> "CodedEncounter":
        found = [each.driver for each in self.drivers or ()]
        if len(set(found)) < len(found):
            raise ValueError("an effort type is named twice")
        return self


class CodedPromise(Record):
    """A second coding of the outcome of a promise, by its number in the first coding."""

    promise: Annotated[int, Field(ge=1, le=1000)]
    kept: Kept


class CodedSign(Record):
    """A second coding of a sign: shown, not shown, or (None) not stated."""

    sign: Annotated[str, code_of("signs")]
    shown: bool | None = None


class SecondCoding(Record):
    """A story coded again, in the same encounters, by somebody who has not seen the first coding."""

    story: Slug
    coder: Line
    coded_on: date
    read_for: Annotated[tuple[ReadFor, ...], Field(strict=False, min_length=1)] = READ_BY_DEFAULT
    notes: Notes | None = None
    encounters: Annotated[tuple[CodedEncounter, ...], Field(min_length=1, max_length=1000, strict=False)]
    promises: Annotated[tuple[CodedPromise, ...], Field(strict=False)] = ()
    signs: Annotated[tuple[CodedSign, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _check_agreement(self) -> "SecondCoding":
        named = [each.sign for each in self.signs]
        faults = [f"read_for names {each!r} twice" for each in READ_FOR if self.read_for.count(each) > 1]
        faults += [
            f"read_for has {each!r} without 'effort'. Add 'effort' to read_for"
            for each in OF_EFFORT
            if each in self.read_for and "effort" not in self.read_for
        ]
        faults += [
            f"{place} is given, but read_for has no {measure!r}. It has: {', '.join(self.read_for)}"
            for measure, place in self._list_findings()
            if measure not in self.read_for
        ]
        if "effort" in self.read_for:
            faults += [
                f"{ITEMS['encounters']} {number}: `drivers` is missing. Write `drivers = []` for none"
                for number, encounter in enumerate(self.encounters, start=1)
                if encounter.drivers is None
            ]
        faults += [f"sign {sign!r} is given twice" for sign in dict.fromkeys(named) if named.count(sign) > 1]
        if faults:
            raise ValueError("\n".join(faults))
        return self

    def _list_findings(self) -> Iterator[tuple[ReadFor, str]]:
        """Yield what is given of each measure, with its place."""
        for number, encounter in enumerate(self.encounters, start=1):
            place = f"encounter {number}: "
            if encounter.feeling is not None:
                yield "feeling", f"{place}feeling {encounter.feeling}"
            if encounter.demand is not None:
                yield "demand", f"{place}demand {encounter.demand!r}"
            if encounter.drivers is not None:
                yield "effort", f"{place}drivers"
            for each in encounter.drivers or ():
                if each.times is not None:
                    yield "times", f"{place}times {each.times} of {each.driver!r}"
                if each.minutes is not None:
                    yield "minutes", f"{place}minutes {each.minutes:g} of {each.driver!r}"
        yield from (("promises", f"promise {each.promise}") for each in self.promises)
        yield from (("signs", f"sign {each.sign!r}") for each in self.signs)
