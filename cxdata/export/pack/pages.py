"""The pages of a pack, from the questions, charts and claims of the dashboard; no page has a figure of its own.

A page whose stories say nothing is left out, and the first page says why.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cxdata.charts.halls.promise_gap import say_outcome
from cxdata.claims.grammar import capitalise, story_noun
from cxdata.errors import ExportError
from cxdata.export.pack.answers import SILENT, Answers
from cxdata.export.pack.model import Item, Pack, Page
from cxdata.export.pack.scope import Scope
from cxdata.export.web.snippets import SITE
from cxdata.publish.change import compare_newest
from cxdata.publish.charts import describe_source
from cxdata.publish.companies import UNREAD, Figure, company_claim, company_figures, company_lead, pair_limits
from cxdata.publish.coverage import count_known, describe_coverage, format_known_effort
from cxdata.publish.figures import describe_figures
from cxdata.publish.kinds import KIND, count_kinds, describe_kinds, describe_mixed, find_noun, list_kinds
from cxdata.publish.origin import describe_origin
from cxdata.publish.summaries import PREVALENCE, form_share, overview_claim, overview_lead, overview_unread
from cxdata.questions.ask import Value
from cxdata.statistics.control_chart import Measure
from cxdata.store.engine import Connection
from cxdata.text.formatting import format_count, format_number, format_signed, join_parts
from cxdata.text.glossary import reader_terms

FIXES = 6  # rows of the chart of what to fix
STORIES = 3  # in short, of more than FEW
FEW = 4
DOTS = 60  # stories; of more a scatter counts them in boxes
PROMISES = 4
TOUCHPOINTS = 3  # best and worst each
TERMS = {"effort": ("effort point",), "feeling": ("experience", "hall of fame", "hall of shame")}
FORM_TERMS = ("complaint", "avoidable contact")
COURSES: Mapping[str, Measure] = {
    "experience_over_time": "experience",
    "effort_over_time": "effort",
    "type_over_time": "share",
}
SUBJECTS: Mapping[Measure, str] = {"experience": "Experience", "effort": "Effort"}


def build_pack(connection: Connection, scope: Scope) -> Pack:
    """Build the pages of a pack. Raises ExportError without a story, QuestionError for an unknown company or code."""
    return _Builder(connection, scope).build()


class _Builder(Answers):
    """The pages of one scope, in order."""

    def build(self) -> Pack:
        if not self.library["story_count"]:
            raise ExportError("no story matches these choices, so there is nothing to make a pack of")
        with story_noun(find_noun(self.scope.choices, self.ask)):
            pages = list(self._build_pages())
        return Pack(
            title=self.title(),
            author=SITE,
            description=f"{pages[0].title}. {describe_source(self.library, self.version)}",
            pages=tuple(pages),
            file_name=self.file_name(),
            day=self.library["coded_on"].isoformat() if self.library["coded_on"] else "",
        )

    def _build_pages(self) -> Iterator[Page]:
        if self.scope.pair:
            first, rest = self._pair_finding(), list(self._pair_pages())
        elif self.scope.company:
            first, rest = self._company_finding(), list(self._company_pages())
        else:
            first, rest = self._library_finding(), list(self._library_pages())
        shown = [
            Item(page.name, f"{page.title}.") for page in rest if page.name != "Stories" and page.title != first.title
        ]
        # a mean over both companies of a pair says nothing of either
        if not self.scope.pair and not any(page.name == "Change" for page in rest):
            shown.append(Item("Change", f"{self.chart('experience_over_time').headline}."))
        yield replace(first, items=tuple(shown))
        yield from rest
        yield self._method()

    # the first page: the answer, and each other page in a line

    def _company_finding(self) -> Page:
        scores: Any = self.rows("company_scores")[0]
        return self._finding(
            company_claim(scores).headline,
            company_lead(scores, self.library, self.kind),
            company_figures(scores, self.library),
            self.page_path("company"),
        )

    def _pair_finding(self) -> Page:
        chart = self.chart("head_to_head")
        job = [row for row in self.ask("job_companies", {KIND: self.kind}) if row["job"] == self.scope.choices["job"]]
        left, right = self.scope.pair or ("", "")
        figures = []
        if chart.rows:
            for side in ("left", "right"):
                row = chart.rows[0]
                words = f"effort points{'' if row[f'{side}_stories'] == 1 else ' a story'}, {row[f'{side}_company']}"
                experience = f"experience {format_signed(row[f'{side}_experience'], 'unknown')}"
                figures.append(Figure(format_number(row[f"{side}_total"], "unknown"), words, experience))
        lead = f"{chart.subtitle}. {pair_limits(job, left, right, self.kind)}"
        return self._finding(chart.headline, lead, figures, self.page_path("head-to-head"))

    def _library_finding(self) -> Page:
        library = self.library
        if not (count_known(library, "effort") or count_known(library, "feeling")):
            title, lead = overview_unread(library)
        else:
            claim = overview_claim(self.rows("company_scores"))
            title, lead = claim.headline, f"{overview_lead(library)} {claim.remark}".strip()
        total = library["story_count"]
        figures = [
            Figure(format_number(total), "stories" if total != 1 else "story"),
            Figure(
                format_number(library["company_count"]), "companies" if library["company_count"] != 1 else "company"
            ),
            *(
                Figure(f"{format_number(count_known(library, measure))} of {format_number(total)}", words)
                for measure, words in (("feeling", "state a feeling"), ("effort", "read for effort"))
            ),
        ]
        return self._finding(title, lead, figures, self.page_path(""))

    def _finding(self, title: str, lead: str, figures: Sequence[Figure], path: str) -> Page:
        mixed = describe_mixed(count_kinds(self.library))
        return Page(
            "Finding",
            title,
            f"{mixed} {lead}".strip(),
            tuple(figures),
            foot=self.foot(),
            notes=self.notes(),
            path=path,
        )

    # the other pages, in order

    def _company_pages(self) -> Iterator[Page]:
        yield from self._touchpoints()
        yield from self._fix()
        yield from self._promises({"companies": (str(self.scope.company),)})
        yield from self._change()
        yield from self.of_chart("Sector", "sector_funnel", needs_limits=True)
        yield from self._forms()
        yield from self._stories()

    def _pair_pages(self) -> Iterator[Page]:
        job = str(self.scope.choices["job"])
        companies = list(self.scope.pair or ())
        yield from self.of_chart("Evidence", "head_to_head")
        yield from self._promises({"companies": companies, "jobs": [job]})
        yield from self._pair_fix(job)
        if len(self.rows("matched_pairs")) > 1:
            yield from self.of_chart("All jobs", "matched_pairs")
        told: list[Any] = []
        for company in companies:
            told += self.ask("job_stories", self.scope.for_question("job_stories", company=company))[: FEW // 2]
        yield self._in_short(
            [row | {"summary": self.ask("stories_behind", {"story": row["story"]})[0]["summary"]} for row in told],
            "What happened, as these customers say it. The figures are of this job.",
            "job_points",
        )

    def _library_pages(self) -> Iterator[Page]:
        yield from self.of_chart("Who", "fame_and_shame")
        # a dot for each of a few stories says less than where they differ
        is_large = count_known(self.library, "feeling") > DOTS
        yield from self.of_chart("Why", "effort_and_experience" if is_large else "touchpoint_halls")
        yield from self._fix()
        yield from self._forms()
        yield from self._change()
        yield from self._stories()

    def _pair_fix(self, job: str) -> Iterator[Page]:
        """Yield what to fix at the company of the pair that took more effort."""
        found = self.chart("head_to_head").rows
        if not found or not found[0]["total_difference"]:
            return
        harder = found[0]["left_company" if found[0]["total_difference"] > 0 else "right_company"]
        chart = self.chart("what_to_fix", companies=[harder], jobs=[job], most=FIXES)
        if chart.spec is not None and chart.claim.kind not in SILENT:
            page = self.chart_page("What to fix", chart)
            yield replace(page, subtitle=f"{harder}, over whole stories with this job · {chart.subtitle}")

    def _fix(self) -> Iterator[Page]:
        yield from self.of_chart("What to fix", "what_to_fix", most=FIXES)

    def _change(self) -> Iterator[Page]:
        """Yield the page of the first measure with a finding over time."""
        kinds = count_kinds(self.library)
        for name, measure in COURSES.items():
            if measure == "share" and len(kinds) > 1:
                continue  # of several kinds the commonest type is one that a form has by definition
            chart = self.chart(name)
            if chart.spec is None or chart.claim.kind in SILENT:
                continue
            subject = SUBJECTS.get(measure) or str(chart.rows[0]["driver_label"])
            others = tuple(Item("", f"{claim.headline}.") for claim in compare_newest(chart.rows, measure, subject))
            yield self.chart_page("Change", chart, others)
            return

    def _touchpoints(self) -> Iterator[Page]:
        asked = self.scope.for_question("company_touchpoints", company=self.scope.company)
        found: Sequence[Any] = self.ask("company_touchpoints", asked)
        if not found:
            return
        best = [row for row in found if row["mean_feeling"] > 0][:TOUCHPOINTS]
        worst = [row for row in reversed(found) if row["mean_feeling"] < 0][:TOUCHPOINTS]
        chart = self.chart("touchpoint_feeling")
        yield Page(
            "Evidence",
            chart.headline,
            "Mean feeling of the steps at a touchpoint, −5 to +5. Each line names the strongest step.",
            items=tuple(_touchpoint(row) for row in (*best, *reversed(worst))),
            foot=self.foot(),
            notes=self.notes(describe_figures(chart.caution, chart.columns)),
            path=self.page_path("company"),
        )

    def _promises(self, choices: dict[str, Value]) -> Iterator[Page]:
        found: Sequence[Any] = self.ask("promises", {KIND: self.kind} | choices)
        chart = self.chart("promise_gap", **choices)
        if not found or chart.claim.kind in SILENT:
            return
        several = len({row["company"] for row in found}) > 1
        yield Page(
            "Promises",
            chart.headline,
            "What was promised, and what came of it in these stories.",
            items=tuple(
                Item(
                    f"{capitalise(say_outcome(row['kept']))}: {row['claim']}",
                    row["evidence"],
                    row["company"] if several else "",
                )
                for row in _spread(found, PROMISES)
            ),
            foot=self.foot(),
            notes=self.notes(describe_figures(chart.caution, chart.columns)),
            path=self.page_path("company" if self.scope.company else "head-to-head"),
        )

    def _forms(self) -> Iterator[Page]:
        """Yield what forms say of effort, where nobody read the stories whole."""
        asked: list[Any] = [row for row in self.rows("type_prevalence") if row["form_read_count"]]
        if not asked:
            return
        # every complaint has the commonest type by definition
        said = next((row for row in asked if row["form_story_count"] < row["form_read_count"]), asked[0])
        yield Page(
            "What forms say",
            f"{said['driver_label']}: {form_share(said)}",
            join_parts([describe_kinds(count_kinds(self.library)), self.period()]),
            items=(
                *(Item(row["driver_label"], f"{capitalise(form_share(row))}.") for row in asked),
                Item("How to read this", PREVALENCE),
            ),
            foot=self.foot(),
            notes=self.notes(),
            path=self.page_path(""),
        )

    def _stories(self) -> Iterator[Page]:
        """Yield the stories of a few, and of more those with the most effort."""
        total, why = self.library["story_count"], "What happened, as these customers say it."
        found: list[Any] = []
        if total <= FEW:
            found += self.ask("stories_behind", self.scope.for_question("stories_behind"))
        elif self.library["effort_read"]:
            hardest = self.ask("story_scores", self.scope.for_question("story_scores", most=STORIES))
            found += [self.ask("stories_behind", {"story": row["story"]})[0] for row in hardest]
            why = f"Those with the most effort first, of {list_kinds(count_kinds(self.library))}."
        if found:  # without a measure, nothing says which of many stories to show
            yield self._in_short(found, why, "effort_points")

    def _in_short(self, found: Sequence[Any], why: str, effort: str) -> Page:
        return Page(
            "Stories",
            "Stories in short",
            why,
            items=tuple(
                Item(
                    f"{row['company']}: {row['title']}",
                    row["summary"],
                    join_parts(
                        [
                            format_known_effort(row[effort], row["known_types"], row["found_points"]),
                            f"experience {format_signed(row['experience'])}",
                        ]
                    ),
                )
                for row in found
            ),
            foot=self.foot(),
            notes=self.notes(),
            path=self.page_path("stories"),
        )

    def _method(self) -> Page:
        library = self.library
        terms = reader_terms()
        known = describe_coverage(library, "effort", "feeling", "promises")
        named = [name for measure, own in TERMS.items() if count_known(library, measure) for name in own]
        items = [
            Item("What it rests on", f"{capitalise(list_kinds(count_kinds(library)))}. {describe_origin(library)}"),
            Item("What was read", f"{known} {UNREAD}" if known else "Every story: for effort, feelings and promises."),
            *(Item(capitalise(name), terms[name].meaning) for name in named or FORM_TERMS),
        ]
        return Page(
            "Method and limits",
            "How the figures are made, and what they cannot show",
            items=tuple(items),
            foot=self.foot(),
            notes=self.notes(),
            path="method",
        )


def _touchpoint(row: Any) -> Item:
    told = row["moment"] if row["moment"] != row["touchpoint_label"] else ""
    steps = f"{format_count(row['feeling_count'], 'step')} in {format_count(row['story_count'], 'story')}"
    return Item(f"{row['touchpoint_label']}: {format_signed(row['mean_feeling'])}", told, steps)


def _spread(rows: Sequence[Any], most: int) -> list[Any]:
    """Take the first rows of each company in turn, in the order of the rows."""
    by_company: dict[str, list[Any]] = {}
    for row in rows:
        by_company.setdefault(row["company"], []).append(row)
    taken = [row for place in range(most) for own in by_company.values() for row in own[place : place + 1]][:most]
    return sorted(taken, key=list(rows).index)
