"""Property tests of the story parser: any bytes give a story, or faults that name their place."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from cxdata.codebook.codes import Codebook, load_codebook
from cxdata.errors import Fault, StoryError
from cxdata.resources import STORIES
from cxdata.stories import Story, parse_lessons, parse_story

PLACE = "tale.toml"
FILES = [path.read_bytes() for path in sorted(STORIES.glob("*.toml"))]
LESSONS = [path.read_bytes() for path in sorted((STORIES / "lessons").glob("*.toml"))]

keys = st.sampled_from(
    [*Story.model_fields, "name", "feeling", "effort", "driver", "minutes", "times", "sign", "nonsense"]
)
values = st.one_of(
    st.text(max_size=20).map(lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'),
    st.integers().map(str),
    st.floats().map(repr),
    st.dates().map(str),
    st.datetimes().map(lambda moment: moment.isoformat()),
    st.sampled_from(
        ["true", "false", "[]", "{}", '""', "'fame'", "[[[1]]]", "0x" + "f" * 5000, "1e999", "-0", "2017-02-30"]
    ),
)
plain_values = values | st.lists(values, max_size=3).map(lambda items: f"[{', '.join(items)}]")
lines = st.one_of(
    st.tuples(keys, plain_values).map(" = ".join),
    st.tuples(keys, keys, plain_values).map(lambda parts: f"{parts[0]}.{parts[1]} = {parts[2]}"),
    keys.map(lambda key: f"[{key}]"),
    keys.map(lambda key: f"[[{key}]]"),
    st.sampled_from(["[[encounters.effort]]", "[company]", "[source]", "[[signs]]", "[[promises]]", "[[encounters]]"]),
    st.text(max_size=10),
)
toml_like = st.lists(lines, max_size=40).map(lambda told: "\n".join(told).encode("utf-8", "surrogatepass"))


@st.composite
def mutated(draw: st.DrawFn, files: list[bytes]) -> bytes:
    """Draw a valid file with a piece of it cut out, doubled or overwritten."""
    content = draw(st.sampled_from(files))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(content)))
        end = min(start + draw(st.integers(0, 200)), len(content))
        put_in = draw(st.binary(max_size=8) | plain_values.map(_utf8))
        content = content[:start] + draw(st.sampled_from([b"", put_in, content[start:end] * 2])) + content[end:]
    return content


@st.composite
def with_another_value(draw: st.DrawFn) -> bytes:
    """Draw a valid file with the value of one key replaced: mostly still TOML, so that the records check it."""
    told = draw(st.sampled_from(FILES)).decode().split("\n")
    places = [place for place, line in enumerate(told) if " = " in line]
    place = draw(st.sampled_from(places))
    told[place] = told[place].partition(" = ")[0] + " = " + draw(plain_values)
    return _as_tale(_utf8("\n".join(told)))


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _as_tale(content: bytes) -> bytes:
    # the story's id matches the file name, so that a harmless change leaves a valid story
    return content.replace(b'story = "', b'story = "tale" # "', 1)


def read_or_refuse(content: bytes) -> None:
    faults = faults_of(parse_story, content)
    assert all(fault.place.startswith(PLACE) and fault.problem.strip() for fault in faults)
    assert all(len(str(fault)) < 2000 for fault in faults)


def faults_of(read: Callable[[bytes, Codebook, str], object], content: bytes) -> tuple[Fault, ...]:
    """Return no faults if the content is read; any error but a StoryError fails the test."""
    try:
        assert read(content, load_codebook(), PLACE)
    except StoryError as error:
        return error.faults or (Fault("", "a StoryError without faults"),)
    return ()


@given(st.binary(max_size=2000))
@settings(max_examples=200)
def test_random_bytes_are_read_or_refused(content: bytes) -> None:
    read_or_refuse(content)


@given(st.text(max_size=2000))
@settings(max_examples=200)
def test_random_text_is_read_or_refused(text: str) -> None:
    read_or_refuse(_utf8(text))


@given(toml_like)
@settings(max_examples=400)
def test_random_toml_is_read_or_refused(content: bytes) -> None:
    read_or_refuse(content)


@given(mutated(FILES))
@settings(max_examples=300)
def test_mutated_shipped_story_is_read_or_refused(content: bytes) -> None:
    read_or_refuse(_as_tale(content))


@given(with_another_value())
@settings(max_examples=300)
def test_shipped_story_with_a_replaced_value_is_read_or_refused(content: bytes) -> None:
    read_or_refuse(content)


@given(mutated(LESSONS))
@settings(max_examples=200)
def test_mutated_shipped_lessons_are_read_or_refused(content: bytes) -> None:
    assert all(fault.place.startswith(PLACE) for fault in faults_of(parse_lessons, content))
