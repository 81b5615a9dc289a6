"""Serialised stories read back equal; partial stories report their faults and have a preview."""

import re
import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdata.codebook.codes import Codebook, load_codebook
from cxdata.errors import StoryError
from cxdata.resources import STORIES
from cxdata.stories import Story, parse_story
from cxdata.stories.partial_story import check_partial
from cxdata.stories.serialiser import serialise_story
from cxdata.text.invisible import remove_invisible
from tests.fixtures.stories import make_story, step, work

FILES = sorted(STORIES.glob("*.toml"))
BOOK = load_codebook()

marks = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\"\\[]{}.#='\t")
inked = st.text(marks, min_size=1, max_size=30).map(remove_invisible).map(str.strip).filter(bool)
lines = inked.filter(lambda text: "\n" not in text)
words = st.lists(inked, min_size=1, max_size=4).map("\n".join).map(str.strip).filter(bool)
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
days = st.dates(date(1000, 1, 1))
partial_dates = st.one_of(days.map(str), days.map(lambda day: str(day)[:7]), days.map(lambda day: str(day)[:4]))


def code(table: str) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(BOOK[table]))


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


events = st.builds(
    dict.__or__,
    st.fixed_dictionaries({"driver": code("drivers"), "evidence": words}),
    some(times=st.integers(1, 1000), minutes=st.floats(0, 525_600), locator=lines),
)
encounters = st.builds(
    dict.__or__,
    st.fixed_dictionaries(
        {
            "touchpoint": code("touchpoints"),
            "short": lines,
            "summary": words,
            "started_by": st.sampled_from(["customer", "company"]),
            "locator": lines,
        }
    ),
    some(
        job=code("jobs"),
        stage=code("stages"),
        feeling=st.integers(-5, 5),
        emotions=st.lists(code("emotions"), max_size=4, unique=True),
        demand=st.sampled_from(["value", "failure"]),
        effort=st.lists(events, max_size=2),
    ),
)
told = some(
    title=lines,
    summary=words,
    notes=words,
    loyalty=code("loyalty"),
    ces=st.integers(1, 7),
    company=st.builds(
        dict.__or__,
        st.fixed_dictionaries({"name": lines, "sector": lines}),
        some(country=st.sampled_from(["GB", "DE"]), aliases=st.lists(lines, max_size=2)),
    ),
    source=st.builds(
        dict.__or__,
        st.fixed_dictionaries({"id": slugs, "title": lines, "author": lines, "kind": lines}),
        some(publication=lines, published=partial_dates, url=st.just("https://example.org/a")),
    ),
    promises=st.lists(
        st.fixed_dictionaries({"claim": lines, "kept": st.just("broken"), "evidence": words, "locator": lines}),
        max_size=2,
    ),
    signs=st.lists(
        some(shown=st.booleans(), evidence=words).map(lambda sign: {"sign": "easy_to_reach"} | sign), max_size=1
    ),
)


def again(story: Story) -> Story:
    return parse_story(serialise_story(story).encode(), BOOK, f"{story.story}.toml")


@pytest.mark.slow
@given(slugs, st.lists(encounters, min_size=1, max_size=3), told, st.none() | partial_dates)
@settings(max_examples=200)
def test_serialised_story_reads_back_equal(
    name: str, steps: list[dict[str, Any]], rest: dict[str, Any], happened: str | None
) -> None:
    dated = {"happened_on": happened, "happened_basis": "told"} if happened else {}
    record = make_story(name, *steps).model_dump() | rest | dated
    story = Story.model_validate(record, context={"codebook": BOOK})
    assert again(story) == story


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_serialised_story_keeps_keys_and_order_of_the_shipped_file(codebook: Codebook, path: Any) -> None:
    content = path.read_bytes()
    story = parse_story(content, codebook, path.name)
    assert again(story) == story

    def keys(text: str) -> list[str]:
        return re.findall(r"^(?:\[+[a-z.]+\]+|[a-z_]+ =)", text, flags=re.MULTILINE)

    assert keys(serialise_story(story)) == keys(content.decode())
    assert repr(tomllib.loads(serialise_story(story))) == repr(tomllib.loads(content.decode()))  # repr shows the order


def test_unknown_values_are_left_out_and_long_texts_keep_lines() -> None:
    text = serialise_story(make_story("an-invented-tale", step(None, work("worry")), notes="One line.\nAnother."))
    assert 'notes = """\nOne line.\nAnother.\n"""\n' in text
    for unsaid in ("feeling", "minutes", "times", "ces", "country", "aliases", "emotions", "promises", "None"):
        assert unsaid not in text


@pytest.mark.parametrize("odd", ["[" * 200, "." * 3000, "]{" * 500, '"""' * 9, "\\u005B" * 3, "a\\\n[" * 150])
def test_texts_that_look_like_toml_attacks_read_back_equal(odd: str) -> None:
    story = make_story("an-invented-tale", summary=f"Odd: {odd}!")
    assert again(story) == story


def test_story_too_large_for_a_file_is_refused() -> None:
    many = [step(1, summary="x" * 3000) for _ in range(100)]
    with pytest.raises(StoryError, match="at most 256,000 bytes"):
        serialise_story(make_story("an-invented-tale", *many))


def test_parsing_the_content_of_a_story_gives_the_story() -> None:
    story = make_story(
        "an-invented-tale", step(-3, work("worry", minutes=5)), happened_on="2017", happened_basis="told"
    )
    checked = check_partial(story.model_dump(mode="json"), BOOK)
    assert (checked.story, checked.faults, checked.file) == (story, (), serialise_story(story))


def test_faults_of_a_partial_story_are_reported_at_once() -> None:
    content = {"title": " ", "happened_on": "2017", "encounters": [{"touchpoint": "fone", "effort": [{}]}]}
    checked = check_partial(content, BOOK)
    assert (checked.story, checked.file) == (None, "")
    named = [str(fault) for fault in checked.faults]
    for expected in (
        "story: title is missing",
        "story: company is missing",
        "story: encounter 1: short is missing",
        "story: encounter 1: effort event 1: driver is missing",
        "story: happened_on and happened_basis ('told' or 'inferred') belong together. Give both or neither",
    ):
        assert expected in named
    assert any(name.startswith("story: encounter 1: touchpoint 'fone'") for name in named)
    assert not any("there is none" in name for name in named)
    assert "story: encounters: there is none. At least one is needed" in map(str, check_partial({}, BOOK).faults)


def test_partial_story_previews_from_its_first_touchpoint() -> None:
    assert check_partial({}, BOOK).sketch is None
    assert check_partial({"encounters": [{}, {"feeling": 3}]}, BOOK).sketch is None
    seen = check_partial({"encounters": [{"touchpoint": "phone", "effort": [{"driver": "worry"}, {}]}]}, BOOK).sketch
    assert seen is not None
    assert [(encounter.touchpoint, len(encounter.effort)) for encounter in seen.encounters] == [("phone", 1)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"happened_on": "last year"},
        {"happened_on": "2017"},
        {"story": "No Slug"},
        {"company": {"name": "A\nB"}},
        {"source": {"url": "nowhere"}},
        {"promises": [{"claim": "half"}]},
        {"signs": [{"sign": "none"}]},
        {"status": "published"},
        {"ces": 9},
        {"summary": "\x00"},
        {"nonsense": 1},
        {"coded_on": "yesterday"},
        {"reviewer": "Reader B"},
    ],
)
def test_preview_ignores_wrong_fields(wrong: dict[str, Any]) -> None:
    encounters = [
        {"touchpoint": "phone", "feeling": -2, "short": "x" * 50, "effort": [{"driver": "worry", "times": 0}]}
    ]
    seen = check_partial({"encounters": encounters} | wrong, BOOK).sketch
    assert seen is not None
    assert (seen.encounters[0].feeling, seen.encounters[0].effort, seen.status) == (-2, (), "draft")


def test_preview_of_a_complete_story_is_the_story() -> None:
    story = make_story("an-invented-tale", step(-3, work("worry")), status="draft", reviewer=None, reviewed_on=None)
    assert check_partial(story.model_dump(mode="json"), BOOK).sketch == story
