"""What the pages of a pack are made of: the answers over its choices, and what all pages share."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from cxdata.charts import find_chart
from cxdata.claims.grammar import capitalise
from cxdata.export.pack.model import Item, Page
from cxdata.export.pack.scope import Scope, complete_scope
from cxdata.export.view import View, format_query
from cxdata.publish.charts import PublishedChart, describe_source, describe_synthetic, library_scope, publish_chart
from cxdata.publish.figures import describe_figures
from cxdata.publish.kinds import KIND, Ask, count_kinds, list_kinds
from cxdata.publish.origin import describe_origin, describe_selection
from cxdata.questions.ask import Value, ask_rows
from cxdata.store import data_version
from cxdata.store.engine import Connection
from cxdata.text.formatting import format_period
from cxdata.text.slugs import slugify

SILENT = ("unknown", "none")  # kinds of claims without a finding


class Answers:
    """Answers of one database over one scope, each asked once."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self.connection = connection
        self.ask = _keep_answers(connection)
        self.scope = complete_scope(scope, self.ask)
        self.kind = str(self.scope.choices.get(KIND) or "")
        self.library: Any = self.ask("library", library_scope({**self.scope.choices}))[0]
        self.version = data_version(connection)

    def chart(self, name: str, **more: Value) -> PublishedChart:
        """Publish a chart over the choices that its question takes, and these."""
        asked = self.scope.for_question(find_chart(name).CHART.question, **more)
        return publish_chart(self.connection, name, asked, ask=self.ask)

    def rows(self, question: str) -> list[Any]:
        """Answer a question over the choices that it takes."""
        return list(self.ask(question, self.scope.for_question(question)))

    def period(self) -> str:
        """Return the years of the stories."""
        return format_period(self.library["first_year"], self.library["last_year"])

    def foot(self) -> str:
        """Say how the stories were chosen, or that a program made them."""
        return capitalise(describe_selection(self.library) or describe_synthetic(self.library))

    def notes(self, *more: str) -> tuple[str, ...]:
        """Return the source and the origin of the stories, and more notes."""
        return (f"{describe_source(self.library, self.version)}.", describe_origin(self.library), *more)

    def page_path(self, page: str) -> str:
        """Return the address of a page with these choices."""
        return self.scope.page_path(page)

    def title(self) -> str:
        """Name the document."""
        if self.scope.pair:
            return f"{self.scope.pair[0]} and {self.scope.pair[1]}: what customers’ stories say"
        named = self.scope.company or "Companies"
        return f"{named}: what customers’ stories say"

    def file_name(self) -> str:
        """Name the file, without its ending."""
        about = "-".join(self.scope.pair or (self.scope.company or "all",))
        day = self.library["coded_on"].isoformat() if self.library["coded_on"] else "undated"
        stories = slugify(list_kinds(count_kinds(self.library)).replace(",", ""))
        narrowed = {name: value for name, value in self.scope.choices.items() if name not in (KIND, "left", "right")}
        if self.scope.company:
            narrowed.pop("companies")
        code = hashlib.sha256(urlencode(sorted(narrowed.items()), doseq=True).encode()).hexdigest()[:6]
        return "_".join(["board-pack", slugify(about) or code, *([code] if narrowed else []), day, stories])

    def of_chart(self, page: str, name: str, needs_limits: bool = False, **more: Value) -> Iterator[Page]:
        """Yield the page of a chart that has a finding."""
        chart = self.chart(name, **more)
        if chart.spec is None or chart.claim.kind in SILENT:
            return
        if needs_limits and chart.rows[0]["limit_reason"] is not None:
            return
        yield self.chart_page(page, chart)

    def chart_page(self, name: str, chart: PublishedChart, items: tuple[Item, ...] = ()) -> Page:
        """Make the page of a chart, with paragraphs below it."""
        view = View(chart.name, chart.choices)
        return Page(
            name,
            chart.headline,
            chart.subtitle,
            chart=chart,
            items=items,
            foot=self.foot(),
            notes=(
                f"{chart.source_line}.",
                chart.origin,
                describe_figures(chart.caution, chart.columns),
            ),
            path="studio?" + urlencode({"chart": view.chart} | format_query(view), doseq=True),
        )


def _keep_answers(connection: Connection) -> Ask:
    """Return a function that answers questions, each once: charts ask for the same stories again and again."""
    kept: dict[str, Sequence[Any]] = {}

    def ask(question: str, choices: Mapping[str, Value]) -> Sequence[Any]:
        key = f"{question}?{urlencode(sorted(choices.items()), doseq=True)}"
        if key not in kept:
            kept[key] = ask_rows(connection, question, choices)
        return kept[key]

    return ask
