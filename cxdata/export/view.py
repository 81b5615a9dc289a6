"""A view: one chart, its choices and its picture options, as in addresses, the studio and the command line."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from cxdata.charts import find_chart
from cxdata.charts.kit.theme import THEMES
from cxdata.errors import ExportError
from cxdata.export.picture.options import PictureOptions
from cxdata.export.picture.presets import find_preset
from cxdata.publish.charts import PublishedChart
from cxdata.questions.ask import Value, find_question
from cxdata.questions.parameters import PARAMETERS
from cxdata.text.formatting import NUMBER_FORMATS, truncate
from cxdata.text.suggestions import format_choices

SCALES = (1, 2, 3)
LONGEST = {"headline": 300, "subtitle": 400, "byline": 200, "notes": 600, "highlight": 200, "alt": 2000}
NO_TEXT = ("Cc", "Cs", "Co", "Cn")  # controls, surrogates, private and unassigned characters
BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # they reverse the words that follow
ON_OFF = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}

PICTURE_NAMES: Mapping[str, str] = {
    option.name: "look" if option.name == "theme" else option.name.removeprefix("is_")
    for option in fields(PictureOptions)
}
"""The fields of `PictureOptions` by the names that addresses and the command line have for them."""

ViewQuery = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class View:
    """`choices` are parameters of the chart's question; `scale` is pixels of a file for each pixel of its preset.

    `signature` is the studio's for the writer's words, or ''.
    """

    chart: str
    choices: Mapping[str, Value] = field(default_factory=dict)
    picture: PictureOptions = field(default_factory=lambda: PictureOptions(find_preset("blog")))
    scale: int = 2
    signature: str = ""


def parse_view(chart: str, asked: ViewQuery) -> View:
    """Parse the names and values of an address or a command line.

    Names are parameters of the chart's question, or STYLES. Raises ChartError for an unknown chart, and ExportError
    with the choices for any other fault. The question checks later whether a company or code exists.
    """
    parameters = find_question(find_chart(chart).CHART.question).parameters
    choices: dict[str, Value] = {}
    styled: dict[str, Any] = {}
    scale, signature = View.scale, View.signature
    for name, value in asked.items():
        one = value if isinstance(value, str) else (value[-1] if value else "")
        if name in parameters:
            choices[name] = _choice(name, value)
        elif name == "scale":
            scale = _scale(one)
        elif name == "signature":
            signature = _signature(one)
        elif name in _STYLES:
            styled |= _STYLES[name](name, one)
        else:
            known = [*parameters, *STYLES]
            raise ExportError(f"{chart}: choice {format_choices(name, known, 'the chart')}")
    styled.setdefault("preset", find_preset("blog"))
    return View(
        chart, {name: value for name, value in choices.items() if value}, PictureOptions(**styled), scale, signature
    )


def complete_view(published: PublishedChart, view: View) -> View:
    """Return the view with every choice of its chart, so that files and addresses name the kind of story."""
    return replace(view, choices=published.choices)


def format_query(view: View) -> dict[str, str | list[str]]:
    """Write the shortest names and values that `parse_view` turns into this view."""
    asked: dict[str, str | list[str]] = {}
    for name, value in view.choices.items():
        asked[name] = [str(each) for each in value] if isinstance(value, list | tuple) else str(value)
    plain = PictureOptions(find_preset("blog"))
    for field_name, name in PICTURE_NAMES.items():
        value = getattr(view.picture, field_name)
        if value != getattr(plain, field_name):
            asked[name] = value.name if field_name == "preset" else "1" if value is True else str(value)
    if view.scale != View.scale:
        asked["scale"] = str(view.scale)
    if view.signature:
        asked["signature"] = view.signature
    return asked


def _choice(name: str, value: str | Sequence[str]) -> Value:
    if PARAMETERS[name].is_list:
        return (value,) if isinstance(value, str) else tuple(value)
    return value if isinstance(value, str) else (value[-1] if value else None)


def _scale(value: str) -> int:
    if value not in [str(scale) for scale in SCALES]:
        raise ExportError(f"scale {format_choices(value, map(str, SCALES), 'the studio')}")
    return int(value)


def _signature(value: str) -> str:
    if not re.fullmatch("[0-9a-f]{0,64}", value):
        raise ExportError(f"signature {truncate(value)!r} is none. Copy the whole address from the chart studio.")
    return value


def _preset(name: str, value: str) -> dict[str, Any]:
    return {name: find_preset(value)}


def _theme(_: str, value: str) -> dict[str, Any]:
    if value not in THEMES:
        raise ExportError(f"look {format_choices(value, THEMES, 'the studio')}")
    return {"theme": value}


def _numbers(name: str, value: str) -> dict[str, Any]:
    if value not in NUMBER_FORMATS:
        raise ExportError(f"language {format_choices(value, NUMBER_FORMATS, 'the studio')}")
    return {name: value}


def _on_off(name: str, value: str) -> dict[str, Any]:
    if value.lower() not in ON_OFF:
        raise ExportError(f"{name} {format_choices(value, ('1', '0'), 'the studio')}")
    return {f"is_{name}": ON_OFF[value.lower()]}


def _words(name: str, value: str) -> dict[str, Any]:
    """Check the writer's own words: no control characters, and no more than fit a picture."""
    value = unicodedata.normalize("NFC", value)  # the fonts have é, but no combining accent
    if len(value) > LONGEST[name]:
        raise ExportError(
            f"{name} {truncate(value)!r} has {len(value)} characters. At most {LONGEST[name]} are possible."
        )
    strays = [mark for mark in value if unicodedata.category(mark) in NO_TEXT or mark in BIDI_CONTROLS]
    if strays:
        raise ExportError(
            f"{name} {truncate(value)!a} has an invisible or control character. Delete U+{ord(strays[0]):04X}."
        )
    return {name: value.strip() or None}


_STYLES = {
    "preset": _preset,
    "look": _theme,
    "language": _numbers,
    "transparent": _on_off,
    "plain": _on_off,
    **dict.fromkeys(LONGEST, _words),
}
STYLES = (*_STYLES, "scale", "signature")
"""The names in an address beside the parameters of a chart's question."""
