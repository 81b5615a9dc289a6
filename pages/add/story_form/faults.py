"""Faults in the words of the form: each place by the labels of its fields."""

from typing import Any

from cxdata.codebook.codes import load_codebook
from cxdata.errors import Fault
from cxdata.stories.contradictions import MEASURES, ContradictedReading, HalfGiven, NoDriversRead, UnreadDriver
from pages.add.story_form.content import Content
from pages.add.story_form.fields import Section, name_place
from pages.add.story_form.reading import CHOICES, NONE


def describe_fault(fault: Fault, section: Section, content: Content) -> str:
    """Return a fault of the content of a section. It omits the file, because there is none yet."""

    def name(*path: Any) -> str:
        return name_place(section, path, content)

    place = name(*fault.path)
    match fault:
        case HalfGiven(fields=fields):
            return f"{' and '.join(map(name, fields))} go together: give both or neither"
        case ContradictedReading(found=found):
            measure = str(fault.path[0])
            choices = ", ".join(label for value, label in CHOICES[measure].items() if value != "none")
            return f"{place} “{NONE}”: {name(*found)} {MEASURES[measure]}. The choices are: {choices}"
        case NoDriversRead():
            return f"{place}: none is chosen. Choose at least one, or another answer for {name('read_effort')}"
        case UnreadDriver(driver=driver, read=read):
            labels = [load_codebook().label("drivers", each) for each in (driver, *read)]
            return f"{place} “{labels[0]}” is not among {name('read_drivers').lower()}: {', '.join(labels[1:])}"
        case _:
            return f"{place}{' ' if fault.is_predicate else ': '}{fault.problem}" if place else fault.problem
