"""Headlines and alt texts over hundreds of varied libraries: each is parsed and held to the rows of its chart."""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import duckdb
import pytest

from cxdata.charts import CHARTS
from cxdata.export.editorial_review import review_view
from cxdata.export.view import parse_view
from cxdata.publish.charts import Ask, PublishedChart, publish_chart
from cxdata.questions.ask import ask_rows, find_question
from cxdata.stories import Story
from tests.fixtures.oracles.hall_placement import place_in_halls
from tests.fixtures.stories import make_story, step, work

Make = Callable[..., duckdb.DuckDBPyConnection]
Recipe = Callable[[random.Random], list[Story]]

DRIVERS = ("repeat_contact", "disputing", "worry", "channel_switch", "wait_on_hold", "uncertainty", "policy_hurdle")
TOUCHPOINTS = ("phone", "website", "email", "delivery", "live_chat")
BATCHES, PER_BATCH = 21, 10  # 210 libraries
REVIEWED = 7  # of so many libraries one is reviewed too: a review lays out the picture, which takes most of the time
UNGRAMMATICAL = (
    r"(?<![\d.,])1 (stories|points|contacts|promises|signs|companies|jobs|places)\b",
    r"(?<![\d.,])[02-9]\d* (story|contact|promise|job)\b(?! (of|took))",
    r"\bNone of the 1\b",
    r"\bno points each\b",
    r"(\b\S+\b)( points)? to \1 points",
    r"\b(told|account|accounts|famed|shamed|memory)\b",
    r"\b(None|nan|inf)\b",
    r"  |\.\.|,,| ,",
    r"^[a-z]",
)


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


def check_claim(shown: PublishedChart, effort: Mapping[str, list[float | None]], companies: set[str]) -> None:
    """Hold a headline to the rows of its chart, and to the stories where it ranks companies."""
    claim, rows = shown.claim, shown.rows
    for pattern in UNGRAMMATICAL:
        assert not re.search(pattern, claim.headline), (pattern, claim.headline)
    named = set(claim.subjects) & companies
    drawn = {row[name] for row in rows for name in ("company", "left_company", "right_company") if row.get(name)}
    assert named <= (drawn or named), claim
    assert claim.stories <= shown.story_count or claim.kind in ("described", "none", "unknown"), claim
    if claim.kind == "superlative" and named:
        (leader,) = named
        means = {
            company: sum(read) / len(read)
            for company, values in effort.items()
            if (read := [value for value in values if value is not None])
        }
        assert all(
            round(mean, 1) < round(means[leader], 1) or len(effort[company]) < 5
            for company, mean in means.items()
            if company != leader
        )
        assert len(effort[leader]) >= 5
    elif not rows:
        assert claim.kind in ("unknown", "none"), claim
    for word in re.findall(r"[−+]?\d+(?:\.\d+)?", re.sub(r"\b(Company|Bank|Hotel) \S+", "", claim.sentence)):
        assert word in shown.headline


def check_halls(shown: PublishedChart, felt: Mapping[str, list[float | None]]) -> None:
    """Hold the companies that a headline puts in a hall to a placement in plain Python."""
    if shown.name != "fame_and_shame" or not shown.rows:
        return
    halls = {company: placement.hall for company, placement in place_in_halls(felt).items()}
    in_a_hall = {company for company, hall in halls.items() if hall in ("fame", "shame")}
    assert {row["company"]: row["company_hall"] or row["hall_reason"] for row in shown.rows}.items() <= halls.items()
    if shown.claim.kind == "described" and "in the hall of" in shown.headline:
        assert set(shown.claim.subjects) <= in_a_hall
    elif shown.claim.kind != "one story":
        assert not in_a_hall & {row["company"] for row in shown.rows}


def check_alt_text(shown: PublishedChart) -> None:
    for pattern in UNGRAMMATICAL[:5] + UNGRAMMATICAL[6:8]:
        assert not re.search(pattern, shown.alt_text), (pattern, shown.alt_text)


def check_review(shown: PublishedChart) -> None:
    """Hold the proposed headline to the product's own check before publication."""
    if shown.spec is None:
        return
    view = parse_view(shown.name, {key: [str(value)] for key, value in shown.choices.items()})
    assert [each for each in review_view(shown, view) if each.level == "stop" or "headline" in each.text] == []


@pytest.mark.parametrize("batch", range(BATCHES))
def test_headlines_and_alt_texts_hold_over_varied_libraries(batch: int, database_of: Make) -> None:
    for name, stories in libraries(batch):
        with database_of(*stories) as database:
            hold_charts(name, database)


def hold_charts(name: str, database: duckdb.DuckDBPyConnection) -> None:
    """Hold the words of every chart over a library to their rows; charts share the answers to a question."""
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
    for chart in CHARTS:
        needs = find_question(CHARTS[chart].CHART.question).needs
        if "right" in needs and len(effort) < 2:
            continue
        shown = publish_chart(database, chart, {each: values[each] for each in needs}, ask=ask)
        try:
            check_claim(shown, effort, set(effort))
            check_alt_text(shown)
            check_halls(shown, felt)
            if int(name.rpartition(" ")[2]) % REVIEWED == 0:
                check_review(shown)
        except AssertionError as error:
            raise AssertionError(f"{name}, {chart}: {shown.headline}\n{error}") from error
