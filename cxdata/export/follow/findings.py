"""The findings that people follow: what the dashboard says of a scope, and when the stories behind it last changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from cxdata.charts import find_chart
from cxdata.claims.claim import Claim
from cxdata.claims.grammar import story_noun
from cxdata.export.pack.scope import Scope, complete_scope
from cxdata.publish.charts import claim_chart, describe_source, library_scope
from cxdata.publish.companies import company_claim
from cxdata.publish.kinds import KIND, Ask, find_noun, format_kind
from cxdata.publish.origin import describe_origin
from cxdata.publish.summaries import overview_claim, overview_unread
from cxdata.questions.ask import Value, ask_rows, find_question
from cxdata.store import data_version
from cxdata.store.engine import Connection
from cxdata.text.formatting import format_period, join_parts

OF_LIBRARY = {
    "fame_and_shame": "Who?",
    "effort_by_driver": "Why?",
    "what_to_fix": "What to fix?",
    "experience_over_time": "Getting better?",
}
OF_COMPANY = {
    "what_to_fix": "What to fix?",
    "promise_gap": "Promises?",
    "experience_over_time": "Getting better?",
}
OF_PAIR = {"head_to_head": "One job?", "matched_pairs": "All jobs?"}
"""The charts whose findings are followed, and the question that each answers."""


@dataclass(frozen=True)
class Finding:
    """One sentence about a scope. Its key stays when the sentence changes."""

    key: str
    question: str
    sentence: str
    basis: str
    """How many stories it rests on, of which kind and period."""
    path: str
    """The page that shows it, relative to the root of the dashboard."""


@dataclass(frozen=True)
class Followed:
    """The findings of one scope, and what names them."""

    title: str
    query: str
    """The scope as the query of an address, with the kind of story."""
    path: str
    findings: tuple[Finding, ...]
    origin: str
    source: str
    added_at: datetime
    """When the first of the stories came."""
    changed_at: datetime
    """When one of the stories came, changed or went."""
    news: str
    """What came last, such as '12 customer stories on 28 November 2026'."""
    recent: str
    """What came since the day that was asked for, such as '12 customer stories'; '' for no story."""


def list_findings(connection: Connection, scope: Scope, added_since: date | None = None) -> Followed:
    """List the findings of a scope, and count the stories that came since a day.

    Raises ExportError and QuestionError as a pack does; no story gives no finding.
    """
    ask: Ask = partial(ask_rows, connection)
    scope = complete_scope(scope, ask)
    library: Any = ask("library", library_scope(dict(scope.choices)))[0]
    times: Any = ask("last_changes", _changes_scope(scope) | {"added_since": added_since})[0]
    recent = times["recent_count"]
    if not times["story_count"]:
        times = ask("last_changes", {})[0]  # a feed has a date before it has a story
    with story_noun(find_noun(scope.choices, ask)):
        found = tuple(_list(ask, scope, library)) if library["story_count"] else ()
    return Followed(
        _title(scope),
        scope.query(),
        scope.page_path(scope.own_page),
        found,
        describe_origin(library) if library["story_count"] else "",
        describe_source(library, data_version(connection)) if library["story_count"] else "",
        _in_utc(times["first_added_at"]),
        _in_utc(times["changed_at"]),
        _describe_news(times, scope) if library["story_count"] else "",
        format_kind(recent, _kind(scope)) if recent else "",
    )


def _list(ask: Ask, scope: Scope, library: Any) -> Iterator[Finding]:
    period = format_period(library["first_year"], library["last_year"])

    def rests_on(claim: Claim) -> str:
        return join_parts([format_kind(claim.stories or library["story_count"], _kind(scope)), period])

    if scope.pair:
        charts: Mapping[str, str] = OF_PAIR
    elif scope.company:
        charts = OF_COMPANY
        claim = company_claim(ask("company_scores", scope.for_question("company_scores"))[0])
        yield Finding("verdict", "How rated?", _sentence(claim), rests_on(claim), scope.page_path(scope.own_page))
    else:
        charts = OF_LIBRARY
        if library["effort_read"] or library["story_count"] > library["unscored_count"]:
            claim = overview_claim(ask("company_scores", scope.for_question("company_scores")))
        else:
            claim = Claim("unknown", overview_unread(library)[0], stories=library["story_count"])
        yield Finding("overview", "At a glance?", _sentence(claim), rests_on(claim), scope.page_path(scope.own_page))
    for chart, question in charts.items():
        choices = scope.for_question(find_chart(chart).CHART.question)
        claim = claim_chart(chart, choices, ask)
        studio = "studio?" + urlencode({"chart": chart} | choices, doseq=True)
        yield Finding(chart, question, _sentence(claim), rests_on(claim), studio)


def _sentence(claim: Claim) -> str:
    return f"{claim.headline}. {claim.remark}".strip()


def _changes_scope(scope: Scope) -> dict[str, Value]:
    taken = find_question("last_changes").parameters
    return {name: value for name, value in library_scope(dict(scope.choices)).items() if name in taken}


def _describe_news(times: Any, scope: Scope) -> str:
    added = times["last_added_at"]
    return f"{format_kind(times['added_count'], _kind(scope))} on {format_day(added)}"


def format_day(day: date) -> str:
    """Write a day: '28 November 2026'."""
    return f"{day.day} {day:%B %Y}"


def _kind(scope: Scope) -> str:
    return str(scope.choices.get(KIND) or "")


def _in_utc(time: datetime | None) -> datetime:
    return (time or datetime(1970, 1, 1)).replace(tzinfo=UTC, microsecond=0)


def _title(scope: Scope) -> str:
    if scope.pair:
        return " and ".join(scope.pair)
    if scope.company:
        return scope.company
    others = [name for name in scope.choices if name != KIND]
    return "Companies chosen" if others else "All companies"
