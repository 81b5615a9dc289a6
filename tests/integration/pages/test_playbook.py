"""The Playbook: what a source says, what the project adds, and the short examples that are no stories."""

import re
from collections.abc import Callable

import duckdb
import pytest

from cxdata.questions.ask import ask
from cxdata.questions.rows import LessonsRow
from cxdata.store import build_database
from tests.fixtures.pages import AppTest, open_page, page_text


@pytest.fixture
def lessons(database: duckdb.DuckDBPyConnection) -> dict[str, LessonsRow]:
    return {row["lesson"]: row for row in ask(database, "lessons").to_pylist()}


@pytest.fixture(scope="module")
def playbook(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    path = tmp_path_factory.mktemp("playbook") / "shipped.duckdb"
    build_database(path)

    def text(company: str | None = None) -> str:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("CXDATA_DATABASE", str(path))
            app = open_page("playbook")
            if company:
                app.selectbox(key="company").set_value(company).run()
            return page_text(app)

    return text


@pytest.mark.parametrize(
    ("lesson", "speaker", "talk"),
    [
        ("shift-your-perspective", "RavKK", "Shake up your story"),
        ("embrace-being-wrong", "Kathryn Schulz", "On being wrong"),
        ("practise-radical-empathy", "Sam Richards", "A radical experiment in empathy"),
    ],
)
def test_a_lesson_from_a_talk_names_the_speaker_and_marks_our_explanation(
    lessons: dict[str, LessonsRow], lesson: str, speaker: str, talk: str
) -> None:
    assert speaker in (lessons[lesson]["cites"] or "")
    assert talk in (lessons[lesson]["cites"] or "")
    assert lessons[lesson]["ours"]


@pytest.mark.parametrize(
    ("lesson", "company", "words"),
    [
        ("information-is-a-gift", "Amazon", "presents"),
        ("the-packaging-is-a-touchpoint", "Apple", "packaging"),
        ("good-sales-do-not-outlast-a-bad-return", "AO.com", "smart TV"),
        ("no-recipe-carries-over", "Zappos", "turned that round"),
        ("more-than-one-way", "Zappos", "Service"),
        ("more-than-one-way", "Apple", "Products"),
        ("more-than-one-way", "Amazon", "Ease"),
        ("obsessed-towards-which-end", "A mobile phone company (not named)", "2000/2001"),
        ("obsessed-towards-which-end", "International Distillers & Vintners", "1993"),
    ],
)
def test_a_short_example_stands_under_its_lesson(
    lessons: dict[str, LessonsRow], lesson: str, company: str, words: str
) -> None:
    said = {point["company"]: point["says"] for point in lessons[lesson]["points"] or ()}
    assert words in said[company]


def test_short_examples_add_no_story_and_no_company(database: duckdb.DuckDBPyConnection) -> None:
    companies = {row["company"] for row in ask(database, "company_scores").to_pylist()}
    assert "Zappos" not in companies
    (library,) = ask(database, "library").to_pylist()
    assert library["story_count"] == 8


def test_the_playbook_heads_what_is_ours(playbook: Callable[..., str], lessons: dict[str, LessonsRow]) -> None:
    text = playbook()
    assert text.count("<b>Our reading</b>") == sum(bool(row["ours"]) for row in lessons.values())
    assert text.count("The author points to: ") == sum(bool(row["cites"]) for row in lessons.values())
    assert "The Welcomer&#x27;s Edge" in text
    assert "Which?" in text
    # a word says it too, because colour alone tells some readers nothing
    assert "Amazon, followed</b>: " in text
    assert "International Distillers &amp; Vintners, broken</b>: " in text
    assert "AO.com</b>: Some years earlier" in text


def test_a_company_brings_its_short_examples(playbook: Callable[..., str]) -> None:
    text = playbook(company="Apple")
    assert "There is more than one way to enrich lives" in text
    assert "No story of Apple supports or contradicts it." in text
    assert "No story here has tried it yet" not in text


@pytest.fixture
def lens() -> AppTest:
    script = "from pages.playbook.message_lens import show_message_lens\nshow_message_lens()"
    return AppTest.from_string(script).run()


def test_the_playbook_has_the_message_lens(playbook: Callable[..., str]) -> None:
    assert "Read a company’s message" in playbook()


def test_the_message_lens_answers_four_questions(lens: AppTest) -> None:
    assert "cx-lens" not in page_text(lens)
    lens.text_area(key="lens-message").set_value("Dear Customer, your <b>parcel</b> may come in 3 days.").run()
    said = page_text(lens)
    assert "Enter the customer’s name to look for it." in said
    assert "The text names “3 days”. It leaves open: “may”." in said
    assert "<b>parcel</b>" not in said
    lens.text_input(key="lens-name").set_value("Jo").run()
    assert "No: the name does not occur." in page_text(lens)


def test_an_empty_message_is_not_read(lens: AppTest) -> None:
    lens.text_area(key="lens-message").set_value("  ").run()
    assert "Does it answer?" not in page_text(lens)


def test_no_lesson_names_a_private_person(database: duckdb.DuckDBPyConnection) -> None:
    words = database.execute("select string_agg(concat_ws(' ', advice, ours, cites)) from lesson").fetchall()
    points = database.execute("select string_agg(says) from lesson_point").fetchall()
    assert not re.search(r"danae|panagopoulou|mazafer", f"{words}{points}", re.IGNORECASE)


def test_lessons_are_folded_by_source_until_a_company_is_chosen(playbook: Callable[..., str]) -> None:
    everybody, apple = playbook(), playbook("Apple")
    assert everybody.count('<details class="cx-section" open>') == 1
    assert everybody.count('<details class="cx-section">') > 5
    assert '<details class="cx-section" open>' in apple
    assert '<details class="cx-section">' not in apple
