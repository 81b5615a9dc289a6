"""The checker of wording sees every sentence, and none of the code beside it."""

import ast

import pytest

from tests.fixtures.words.reader_texts import is_prose, texts_in


@pytest.mark.parametrize(
    "code",
    [
        "text/html; charset=utf-8",
        "inline; filename=\"{}\"; filename*=UTF-8''{}",
        "default-src 'none'; script-src {}; {}",
        "--ground:{};--ink:{};--quiet:{};--line:{};--link:{}",
        "*{box-sizing:border-box}body{margin:0;color:var(--ink)}@media(max-width:480px){h1{font-size:20px}}",
        "p { margin: 0 auto; color: red; font: bold 14px serif }",
        '(function(){var last=0;function say(){if(height===last)return;last=height}addEventListener("load",say)})();',
        "effort_by_driver?effort_sources?fix_first?fame_and_shame?journey?",
        "(contains({}, '&') and contains({}, ';'))",
        "case length(flat.happened_on) when 4 then {} + interval 1 year else {} end",
        "inner join company_alias on new.company = company_alias.alias",
        "drop view {}; alter table materialised rename to {}",
        'class AskRows(Protocol):\n    """Ask a question of a connection by its name."""',
    ],
)
def test_code_is_not_prose(code: str) -> None:
    assert not is_prose(code)


@pytest.mark.parametrize(
    "words",
    [
        "{} is not a date; write YYYY-MM-DD",
        "Effort points by effort type; blank: none found",
        "the codebook has (each once, joined by ;): {}",
        "{}: the story(s) of batch {} stay",
        '<p style="margin:0;color:red">Each dot is a story.</p>',
    ],
)
def test_sentences_are_prose(words: str) -> None:
    assert is_prose(words)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("f'{name} is not a name'", ["{} is not a name"]),
        ("'a list of words'.split()", []),
        ("\"select case when x then 'is shipped; see its file' end\"", ["is shipped; see its file"]),
    ],
)
def test_texts_of_a_module(source: str, words: list[str]) -> None:
    assert [text for _, text in texts_in(ast.parse(f"words = {source}"))] == words
