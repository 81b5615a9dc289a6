"""Links to a pair of companies and to the stories behind a mark, and the escaping of record texts."""

from datetime import date

import pytest

from pages.ui.escaping import escape_markdown, external_link, to_paragraphs
from pages.ui.links import stories_link
from pages.ui.pairs import list_pairs, resolve_pair


def row(job, company, companies=2):
    return {"job": job, "job_label": job.capitalize(), "company": company, "companies": companies}


# as the question orders them: the job furthest apart first, in it the hardest company first
ROWS = [row("return", "AO"), row("return", "Argos"), row("buy", "AO"), row("buy", "Shop"), row("mend", "Apple", 1)]


def shown(job=None, left=None, right=None):
    pair, sentences = resolve_pair(ROWS, job, left, right)
    return (pair.job, pair.left, pair.right), " ".join(sentences)


def test_pairs_offer_only_jobs_of_two_companies():
    assert list(list_pairs(ROWS)) == ["return", "buy"]


def test_possible_pair_is_shown_without_a_message():
    assert shown("return", "Argos", "AO") == (("return", "Argos", "AO"), "")
    assert shown("Buy", "ao", "SHOP") == (("buy", "AO", "Shop"), "")
    assert shown(None, "Shop", "AO") == (("buy", "Shop", "AO"), "")
    assert shown(None, None, "AO") == (("return", "Argos", "AO"), "")


@pytest.mark.parametrize(
    ("asked", "pair", "said"),
    [
        (("mend", None, None), ("return", "AO", "Argos"), "Only Apple has a story of “Mend”"),
        (("return", "Shop", None), ("return", "AO", "Argos"), "Shop has no story of “Return”"),
        (("return", "AO", "AO"), ("return", "AO", "Argos"), "AO cannot be compared with itself"),
        ((None, "Argos", "Shop"), ("return", "Argos", "AO"), "No job has stories at both Argos and Shop"),
        ((None, "Apple", None), ("return", "AO", "Argos"), "No job of Apple has a story at another company"),
        (("x" * 99, "Nobody", None), ("return", "AO", "Argos"), "There is no company called “Nobody” here"),
    ],
)
def test_impossible_pair_is_explained_and_replaced(asked, pair, said):
    found, sentences = shown(*asked)
    assert found == pair
    assert said in sentences
    assert sentences.count("Shown instead") == 1


def test_stories_link_keeps_filters_apart_from_the_mark():
    mark = {"companies": ("AO", "Argos"), "touchpoints": ("ivr",), "touchpoint": "phone", "driver": "disputing"}
    assert stories_link(mark) == "stories?company=AO&company=Argos&touchpoint=ivr&at=phone&driver=disputing"
    assert stories_link({"companies": ("AO", "Argos"), "company": "AO"}) == "stories?company=AO"
    assert stories_link({"since": date(2017, 1, 1), "kept": None}) == "stories?since=2017"
    assert stories_link({}) == "stories"


def test_record_texts_are_escaped():
    assert (
        escape_markdown("*a* [x](javascript:1) $b$ <i>") == r"\*a\* \[x\]\(javascript\:" + "\u2060" + r"1\) \$b\$ \<i\>"
    )
    assert ":material" not in escape_markdown(":material/star:")
    assert to_paragraphs("<script>\n\nb") == "<p>&lt;script&gt;</p><p>b</p>"
    assert external_link("javascript:alert(1)", "<b>") == "&lt;b&gt;"
    assert 'href="https://x.example/?a=1&amp;b=2"' in external_link("https://x.example/?a=1&b=2", "x")
