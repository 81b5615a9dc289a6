"""Headlines and alt texts over hundreds of varied libraries: each is parsed and held to the rows of its chart."""

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import duckdb
import pytest

from cxdata.charts import CHARTS
from cxdata.publish.charts import Ask, publish_chart
from cxdata.questions.ask import ask_rows, find_question
from cxdata.stories import Story
from tests.fixtures.oracles.headline_checks import check_alt_text, check_claim, check_halls, check_number, check_review
from tests.fixtures.stories import make_story, step, work

Make = Callable[..., duckdb.DuckDBPyConnection]
Recipe = Callable[[random.Random], list[Story]]

DRIVERS = ("repeat_contact", "disputing", "worry", "channel_switch", "wait_on_hold", "uncertainty", "policy_hurdle")
TOUCHPOINTS = ("phone", "website", "email", "delivery", "live_chat")
BATCHES, PER_BATCH = 30, 10  # 300 libraries
WHOLE = 40  # libraries that are held to every chart; the others take turns with one half of the charts each
REVIEWED = 20  # of so many libraries one is drawn and reviewed too, which takes most of the time


def story_of(draw: random.Random, name: str, company: str, **told: Any) -> Story:
    """Make a story of one to three steps with random feelings, effort, promises and signs."""
    steps = []
    for _ in range(draw.randint(1, 3)):
        efforts = [
            work(draw.choice(DRIVERS), times=draw.randint(1, 3), minutes=draw.choice([None, None, 5.0, 30.0]))
            for _ in range(draw.randint(0, 3))
        ]
        steps.append(
            step(
                draw.choice([None, *range(-5, 6)]),
                *efforts,
                touchpoint=draw.choice(TOUCHPOINTS),
                demand=draw.choice([None, "value", "failure"]),
            )
        )
    promises = [
        {"claim": f"Claim {n}", "kept": draw.choice(["kept", "broken", "exceeded", "unclear"])}
        | {"evidence": "So it was.", "locator": "end"}
        for n in range(draw.randint(0, 2))
    ]
    signs = [{"sign": "easy_to_reach", "shown": draw.choice([True, False, None])}]
    return make_story(name, *steps, company=company, **({"promises": promises, "signs": signs} | told))


def several(draw: random.Random, companies: int, stories: int, **told: Any) -> list[Story]:
    return [
        story_of(draw, f"tale-{c}-{n}", f"Company {chr(65 + c % 26)}{c}", **told)
        for c in range(companies)
        for n in range(draw.randint(1, stories))
    ]


def tied(draw: random.Random) -> list[Story]:
    return [
        make_story(f"tale-{n}", step(-3, work("disputing")), company=name) for n, name in enumerate(["A", "B", "C"])
    ] + [make_story("other", step(4), company="D")]


def silent(draw: random.Random) -> list[Story]:
    return [make_story(f"tale-{n}", step(None), company=f"Company {n % 3}", happened_on=None) for n in range(5)]


def unread(draw: random.Random) -> list[Story]:
    read = {f"read_{measure}": "none" for measure in ("feeling", "effort", "promises", "signs")}
    return [
        make_story(f"tale-{n}", step(None), company=f"Hotel {n % 4}", promises=[], signs=[], **read) for n in range(9)
    ] + ([story_of(draw, "read", "Inn")] if draw.random() < 0.5 else [])


def complaints(draw: random.Random) -> list[Story]:
    source = {"id": "register", "title": "A register", "author": "A Bureau", "kind": "open data"}
    read = {"read_feeling": "none", "read_effort": "part", "read_drivers": ("disputing",)}
    read |= {"read_promises": "none", "read_signs": "none"}
    return [
        make_story(
            f"tale-{n}",
            step(None, *([work("disputing")] if draw.random() < 0.3 else [])),
            company=f"Bank {n % 3}",
            source=source,
            promises=[],
            signs=[],
            **read,
        )
        for n in range(12)
    ]


def far_apart(draw: random.Random) -> list[Story]:
    low = [make_story(f"low-{n}", step(3, *[work("worry")] * (n % 2)), company="Low") for n in range(8)]
    high = [
        make_story(f"high-{n}", step(-4, work("disputing", times=4 + n % 3), work("repeat_contact")), company="High")
        for n in range(8)
    ]
    return low + high


RECIPES: Mapping[str, Recipe] = {
    "one story": lambda draw: several(draw, 1, 1),
    "one company": lambda draw: several(draw, 1, 6),
    "few": lambda draw: several(draw, 3, 2),
    "mixed": lambda draw: several(draw, 6, 7),
    "45 companies": lambda draw: several(draw, 45, 2),
    "undated": lambda draw: several(draw, 4, 3, happened_on=None),
    "ties": tied,
    "silent": silent,
    "unread": unread,
    "complaints": complaints,
    "far apart": far_apart,
}


FIXED = ("ties", "silent", "far apart")  # the same library whatever the draw


def libraries(batch: int) -> Iterator[tuple[str, list[Story]]]:
    """Yield the libraries of a batch; every recipe comes up in turn, and once where nothing in it is drawn."""
    names = list(RECIPES)
    drawn = [name for name in RECIPES if name not in FIXED]
    for number in range(batch * PER_BATCH, (batch + 1) * PER_BATCH):
        recipe = names[number] if number < len(names) else drawn[number % len(drawn)]
        yield f"{recipe} {number}", RECIPES[recipe](random.Random(number))


def known_values(ask: Ask) -> dict[str, str]:
    """Give a value of this library for every parameter that a question may need."""
    stories = ask("story_scores", {})
    companies = list(dict.fromkeys(row["company"] for row in stories))
    return {
        "story": stories[0]["story"],
        "job": min(row["job"] for row in ask("job_companies", {})),
        "left": companies[0],
        "right": companies[-1],
    }


@pytest.mark.parametrize("batch", range(BATCHES))
def test_headlines_and_alt_texts_hold_over_varied_libraries(
    batch: int, database_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, stories in libraries(batch):
        is_reviewed = int(name.rpartition(" ")[2]) % REVIEWED == 0
        with database_of(*stories) as database, monkeypatch.context() as patched:
            if not is_reviewed:
                patched.setattr("cxdata.publish.charts.draw_spec", undrawn)
            hold_charts(name, database, is_reviewed, charts_of(int(name.rpartition(" ")[2])))


def charts_of(number: int) -> list[str]:
    """Name the charts that the library with this number is held to; a recipe comes back with the other half."""
    charts = sorted(CHARTS)
    return charts if number < WHOLE else charts[number // (len(RECIPES) - len(FIXED)) % 2 :: 2]


def undrawn(chart: Any, rows: list[dict[str, Any]], theme: str) -> dict[str, Any]:
    """Stand for a spec where only the words of a chart are looked at."""
    return {}


def hold_charts(name: str, database: duckdb.DuckDBPyConnection, is_reviewed: bool, charts: list[str]) -> None:
    """Hold the words of these charts over a library to their rows; they share the answers to a question."""
    kept: dict[str, Any] = {}

    def ask(question: str, asked: Mapping[str, Any]) -> Any:
        key = f"{question} {sorted(asked.items())}"
        if key not in kept:
            kept[key] = ask_rows(database, question, asked)
        return kept[key]

    effort: dict[str, list[float | None]] = {}
    felt: dict[str, list[float | None]] = {}
    for row in ask("story_scores", {}):
        effort.setdefault(row["company"], []).append(row["effort_points"])
        felt.setdefault(row["company"], []).append(row["experience"])
    values = known_values(ask)
    for chart in charts:
        needs = find_question(CHARTS[chart].CHART.question).needs
        if "right" in needs and len(effort) < 2:
            continue
        shown = publish_chart(database, chart, {each: values[each] for each in needs}, ask=ask)
        try:
            check_claim(shown, effort, set(effort))
            check_alt_text(shown)
            check_halls(shown, felt)
            check_number(shown, effort, felt)
            if is_reviewed:
                check_review(shown)
        except AssertionError as error:
            raise AssertionError(f"{name}, {chart}: {shown.headline}\n{error}") from error
