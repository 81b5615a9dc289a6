"""Published charts: the one place that joins headline, subtitle, source, n and data version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, cast

import altair as alt

from cxdata.charts import Chart, Declaration, find_chart
from cxdata.charts.kit.layers import CLICKABLE_LAYER
from cxdata.charts.kit.measures import MEASURES
from cxdata.charts.kit.theme import THEMES, vega_config
from cxdata.claims.claim import Claim
from cxdata.claims.grammar import capitalise, story_noun
from cxdata.claims.unrated import claim_unasked, claim_unread
from cxdata.codebook.kinds import COMPLAINT
from cxdata.publish import assumptions
from cxdata.publish.coverage import NOUNS, READ_COUNTS, count_known
from cxdata.publish.declarations import check_declaration
from cxdata.publish.kinds import (
    KIND,
    Ask,
    answers_alone,
    count_kinds,
    describe_basis,
    describe_kinds,
    find_noun,
    with_kind,
)
from cxdata.publish.origin import describe_origin, describe_registers, describe_selection
from cxdata.questions.ask import Value, ask_rows, find_question
from cxdata.questions.parameters import PARAMETERS
from cxdata.store import data_version
from cxdata.store.engine import Connection
from cxdata.text.formatting import format_count, format_number, format_period, join_parts, number_format, truncate_list

FILTERS = (KIND, "companies", "sectors", "jobs", "touchpoints", "halls", "since", "until")
FLAG = "‡ two readers often differ on this"
COMPLAINTS = "a complaint counts as one avoidable contact"
SENT = "touchpoint of a complaint: how it was sent"
MOST_DESCRIBED = 3_000  # characters of an alt text: four minutes of a screen reader, and more than thirty companies
SELECTED = "opened"  # the name of the selection that a click on a mark makes


@dataclass(frozen=True, eq=False)
class PublishedChart:
    """One chart, ready for a screen or a file. `spec` is Vega-Lite, or None if there is nothing to draw."""

    name: str
    question: str
    choices: Mapping[str, Value]
    claim: Claim
    """What the headline says, with the stories that bear it."""
    subtitle: str
    source_line: str
    caution: str
    alt_text: str
    story_count: int
    rows: tuple[dict[str, Any], ...]
    columns: tuple[str, ...]
    drill_down: Mapping[str, str]
    """What a click on a mark opens: a field of the mark to a parameter of `stories_behind`."""
    data_version: str
    spec: dict[str, Any] | None
    kinds: Mapping[str, int]
    """How many of its stories are of which kind."""
    theme: str = "light"
    language: str = "en"
    author_count: int = 1
    origin: str = ""
    """Where the stories come from, and what they cannot show."""
    coded_on: date | None = None
    """The latest day on which somebody coded or reviewed one of its stories."""

    @property
    def headline(self) -> str:
        """The finding in one sentence."""
        return self.claim.headline


def publish_chart(
    connection: Connection,
    name: str,
    choices: Mapping[str, Value] | None = None,
    theme: str = "light",
    language: str = "en",
    ask: Ask | None = None,
) -> PublishedChart:
    """Publish a chart over these choices, parameters of its question, with its numbers in a language.

    `ask` answers a question over choices; a caller that keeps answers gives its own. Raises ChartError or
    QuestionError.
    """
    ask = ask or partial(ask_rows, connection)
    answer = _answer(name, choices or {}, ask)
    with number_format(language), story_noun(answer.noun):
        return _publish(connection, name, answer, theme, language)


def claim_chart(name: str, choices: Mapping[str, Value], ask: Ask) -> Claim:
    """Return the claim of a chart over these choices, without drawing it. Raises ChartError or QuestionError."""
    return _answer(name, choices, ask).claim


@dataclass(frozen=True)
class _Answer:
    """What the questions of a chart answer: its rows, the row of `library` over its choices, and over what it draws."""

    chart: Chart
    choices: Mapping[str, Value]
    rows: list[dict[str, Any]]
    whole: Mapping[str, Any]
    own: Mapping[str, Any]
    noun: str
    """What claims call a story."""

    @property
    def claim(self) -> Claim:
        with story_noun(self.noun):
            named = library_scope(self.choices).get("companies") or ()
            return _claim(self.chart, self.rows, self.whole, self.own, cast(Sequence[str], named))


def _answer(name: str, choices: Mapping[str, Value], ask: Ask) -> _Answer:
    chart = find_chart(name)
    check_declaration(name)
    declared = chart.CHART
    asked = find_question(declared.question)
    choices = with_kind(asked, {key: value for key, value in choices.items() if value not in (None, [], ())}, ask)
    rows = list(ask(declared.question, choices))
    scope = library_scope(choices)
    if rows and declared.draws_its_companies:
        scope["companies"] = _values(rows, "company")
    whole = ask("library", scope)[0]
    narrowed = _own_scope(declared, scope, rows, whole)
    own = whole if narrowed == scope else ask("library", narrowed)[0]
    return _Answer(chart, choices, rows, whole, own, find_noun(choices, ask))


def _publish(connection: Connection, name: str, answer: _Answer, theme: str, language: str) -> PublishedChart:
    chart, declared, claim = answer.chart, answer.chart.CHART, answer.claim
    rows, whole, own = answer.rows, answer.whole, answer.own
    asked = find_question(declared.question)
    version = data_version(connection)
    made_up = describe_synthetic(own)
    kinds = _count_drawn(declared, rows, own)
    return PublishedChart(
        name=name,
        question=asked.question,
        choices=answer.choices,
        claim=claim,
        subtitle=join_parts(
            [
                chart.subtitle(rows) if rows else "",
                _compared(rows),
                FLAG if any(FLAG[0] in str(row.get("driver_label")) for row in rows) else "",
                assumptions.describe_assumptions(answer.choices),
                claim.note,
                claim.further,
                describe_kinds(kinds),
                _describe_unread(declared, whole) if rows else "",
                _describe_complaints(declared, rows, whole, own) if rows else "",
                format_period(own["first_year"], own["last_year"]) if kinds else "",
            ]
        ),
        source_line=describe_source(own, version),
        caution=asked.caution,
        alt_text=" ".join(
            sentence
            for sentence in (
                _described(chart.describe(rows), rows) if rows else f"{claim.headline}.",
                describe_basis(kinds),
                f"{capitalise(made_up)}." if made_up else "",
            )
            if sentence
        ),
        story_count=own["story_count"],
        kinds=kinds,
        author_count=own["author_count"],
        origin=describe_origin(own),
        rows=tuple(rows),
        columns=asked.columns,
        drill_down=_drill_down(declared, rows),
        data_version=version,
        spec=draw_spec(chart, rows, theme) if rows and not declared.is_blank(rows) else None,
        theme=theme,
        language=language,
        coded_on=own["coded_on"],
    )


def describe_source(library: Mapping[str, Any], version: str) -> str:
    """Write the source line of a row of the question `library`: whose stories they are, how chosen, coded by whom."""
    made_up = describe_synthetic(library)
    return join_parts([_credit(library), describe_selection(library), made_up, _coded(library), f"data {version}"])


def library_scope(choices: Mapping[str, Value]) -> dict[str, Value]:
    """Give the stories that a chart with these choices rests on, as choices of the question `library`."""
    scope = {key: value for key, value in choices.items() if key in (*FILTERS, "story")}
    companies = [str(choices[key]) for key in ("company", "left", "right") if choices.get(key)]
    if companies:
        scope["companies"] = companies
    if choices.get("job"):
        scope["jobs"] = [str(choices["job"])]
    return scope


def _own_scope(
    declared: Declaration, scope: Mapping[str, Value], rows: Sequence[Mapping[str, Any]], library: Mapping[str, Any]
) -> dict[str, Value]:
    """Give the stories that a chart draws: those known for its measure, of the companies, halls and jobs it shows.

    `library` is the row over `scope`. Where the chart leaves none of its stories out, the scope stays as it is, and
    nobody has to count them again.
    """
    own = dict(scope)
    if "story" in scope:
        return own
    known = MEASURES[declared.measure].known
    if known and (known not in READ_COUNTS or count_known(library, known) < library["story_count"]):
        own["known"] = known
    companies = _values(rows, "company")
    if companies and len(companies) < library["company_count"]:
        own["companies"] = companies
    for column, parameter in (("hall", "halls"), ("job", "jobs")):
        # a chart of one company's or story's marks has their hall too, and draws the other stories as well
        if column in declared.drill_down and (drawn := _values(rows, column)):
            own[parameter] = drawn
    for column, parameter in declared.scope.items():
        if drawn := _values(rows, column):
            own[parameter] = drawn if PARAMETERS[parameter].is_list else drawn[0]
    return own


def _values(rows: Sequence[Mapping[str, Any]], column: str) -> list[Any]:
    """List the values of a column; [] where a row has none, as one that stands for several companies."""
    values = list(dict.fromkeys(row.get(column) for row in rows))
    return [] if None in values else values


def _is_part(rows: Sequence[Mapping[str, Any]]) -> bool:
    return bool(rows) and rows[0].get("company_count", 0) > rows[0].get("compared_count", 0)


def _claim(
    chart: Chart,
    rows: list[dict[str, Any]],
    library: Mapping[str, Any],
    own: Mapping[str, Any],
    companies: Sequence[str],
) -> Claim:
    """State what the chart shows, limited to the companies and the kind of stories that it shows."""
    declared = chart.CHART
    if not rows:
        return _claim_nothing(declared, library, companies)
    filed = _of_complaints(own) if declared.about_work else ""
    if filed and declared.when_complaints:
        return Claim("described", declared.when_complaints, stories=own["story_count"], among=filed)
    part = f"of the {rows[0]['compared_count']} companies shown" if _is_part(rows) else ""
    if filed and part:
        return chart.headline(rows).limited_to(f"{filed}, {part}")
    return chart.headline(rows).limited_to(capitalise(part) or filed)


def _claim_nothing(declared: Declaration, library: Mapping[str, Any], companies: Sequence[str]) -> Claim:
    if not library["story_count"]:
        return Claim("none", "No story matches these choices")
    known = MEASURES[declared.measure].known
    if known in READ_COUNTS and not library[READ_COUNTS[known]]:
        in_part = known == "effort" and library["effort_part_read"] > 0
        return claim_unread(library["story_count"], NOUNS[known], companies, in_part)
    if library["complaint_count"] and declared.leaves_out_complaints:
        return claim_unasked()
    return Claim("none", declared.when_empty, stories=library["story_count"])


def _describe_unread(declared: Declaration, library: Mapping[str, Any]) -> str:
    """Say for how many of the chosen stories the measure is known, where it is not for all."""
    known, stories = MEASURES[declared.measure].known, library["story_count"]
    if known not in READ_COUNTS or count_known(library, known) == stories:
        return ""
    return f"{NOUNS[known]} known for {format_number(count_known(library, known))} of {format_count(stories, 'story')}"


def _compared(rows: Sequence[Mapping[str, Any]]) -> str:
    if not _is_part(rows):
        return ""
    return f"the {rows[0]['compared_count']} companies with most stories, of {format_number(rows[0]['company_count'])}"


def _of_complaints(library: Mapping[str, Any]) -> str:
    """Say whom a finding about work is limited to, where most of the stories are complaints."""
    filed, total = library["complaint_count"], library["story_count"]
    if library["company_count"] < 2 or filed * 2 <= total:
        return ""
    return "Among complaints alone" if filed == total else "Among complaints and stories"


def _describe_complaints(
    declared: Declaration, rows: Sequence[Mapping[str, Any]], library: Mapping[str, Any], own: Mapping[str, Any]
) -> str:
    filed = library["complaint_count"]
    if filed and declared.leaves_out_complaints:
        return f"{format_count(filed, 'complaint')} left out"
    if not own["complaint_count"]:
        return ""
    return join_parts([COMPLAINTS if declared.about_work else "", SENT if "touchpoint" in rows[0] else ""])


def _drill_down(declared: Declaration, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
    """Give the fields that a click passes on; a mark for all stories of a company opens the company."""
    has_ranges = any(row.get("story", "") is None and row.get("company") for row in rows)
    return {**declared.drill_down, "company": "company"} if has_ranges else declared.drill_down


def stories_scope(published: PublishedChart, mark: Mapping[str, Any]) -> dict[str, Value]:
    """Give the choices of `stories_behind` that find a mark's stories: its own fields, within the chart's filters."""
    scope = {key: value for key, value in published.choices.items() if key in FILTERS}
    own: dict[str, list[Any]] = {}
    for field, parameter in published.drill_down.items():
        if mark.get(field) is not None:
            own.setdefault(parameter, []).append(mark[field])
    known = MEASURES[find_chart(published.name).CHART.measure].known
    if known and "story" not in own:
        scope["known"] = known
    return scope | {name: tuple(found) if PARAMETERS[name].is_list else found[0] for name, found in own.items()}


def _credit(library: Mapping[str, Any]) -> str:
    publications = f" ({library['publications']})" if library["publications"] else ""
    owed = [
        f"{_credited(library)} {library['authors']}{publications}" if library["authors"] else "",
        f"complaints {describe_registers(library)}" if library["registers"] else "",
    ]
    return "Source: " + " and ".join(credit for credit in owed if credit) if any(owed) else ""


def _credited(library: Mapping[str, Any]) -> str:
    if answers_alone(library):
        return "survey answers collected by"
    return "customer stories and survey answers from" if library["survey_count"] else "customer stories by"


def _count_drawn(declared: Declaration, rows: Sequence[Any], library: Mapping[str, Any]) -> dict[str, int]:
    """Count the stories by kind, without complaints that a chart leaves out."""
    counts = count_kinds(library)
    if rows and declared.leaves_out_complaints:
        counts.pop(COMPLAINT, None)
    return counts


def _coded(library: Mapping[str, Any]) -> str:
    """Say who coded the stories: a mapping codes a form, and a program codes its own."""
    filed, by_hand = library["complaint_count"], library["story_count"] - library["synthetic_count"]
    if filed and filed == by_hand:
        return "coded by a mapping of the form"
    if filed:
        return "coded by the project, complaints by a mapping of their form"
    return "coded by the project" if by_hand else ""


def describe_synthetic(library: Mapping[str, Any]) -> str:
    """Say how many stories a program made; '' where none is."""
    made_up, total = library["synthetic_count"], library["story_count"]
    if not made_up:
        return ""
    if made_up == total:
        return "all synthetic: made by a program, of no real company"
    return f"{format_count(made_up, 'of them', 'of them')} synthetic"


def _described(text: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """Shorten an alt text to what a reader can listen to: of many rows, the first."""
    return truncate_list(text, MOST_DESCRIBED, f"The files of this chart have all {format_number(len(rows))} rows.")


def draw_spec(chart: Chart, rows: list[dict[str, Any]], theme: str) -> dict[str, Any]:
    """Build the Vega-Lite spec of a chart over these rows, with the theme's config; the caller may change it."""
    # Altair validates every part of a chart, which takes half the time of drawing; tests validate the whole
    with alt.utils.schemapi.debug_mode(False):
        spec: dict[str, Any] = chart.draw(rows, THEMES[theme]).spec()
    # Vega draws nothing if two layers have the selection. A click on any mark of the plot reaches the one that has it.
    clickable = [layer for layer in spec["layer"] if layer.get("name") == CLICKABLE_LAYER]
    for layer in clickable[1:]:
        del layer["name"]
    spec["params"] = [
        {
            "name": SELECTED,
            "select": {"type": "point", "fields": list(_drill_down(chart.CHART, rows)), "on": "click"},
            "views": [layer["name"] for layer in clickable[:1]],
        }
    ]
    spec["config"] = vega_config(THEMES[theme])
    # the height excludes the axes: one row would otherwise leave no plot
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return spec
