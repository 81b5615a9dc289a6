"""Charts of many stories: readable names, bounded pictures, and no large company called the hardest."""

import pytest

from cxdata.codebook.codes import Codebook
from cxdata.publish.charts import publish_chart
from cxdata.questions.ask import ask_rows
from cxdata.store.rollups import refresh_rollups
from cxdata.stories import Library
from tests.fixtures.large_databases import Stock, make_large
from tests.fixtures.stories import make_story


def test_companies_with_known_signs_come_first_among_many(codebook: Codebook) -> None:
    told = make_story("told", signs=[{"sign": "easy_to_reach", "shown": True}], company="Zoo")
    large = make_large(Stock(60, 50, encounters=1, events=1), codebook, library=Library((told,)))
    few = ask_rows(large, "signs_by_company", {"most": 40})
    assert (few[0]["company"], few[0]["telling_count"], few[0]["company_count"]) == ("Zoo", 1, 51)
    # with room for all companies, the halls decide the order
    assert ask_rows(large, "signs_by_company")[-1]["company"] == "Zoo"


@pytest.mark.parametrize("chart", ["effort", "how_sure"])
def test_figures_of_large_companies_have_a_short_form_for_phones(codebook: Codebook, chart: str) -> None:
    shown = publish_chart(make_large(Stock(900, 3, encounters=1, events=1), codebook), chart)
    assert shown.spec is not None
    heads = [row for layer in shown.spec["layer"] for row in layer["data"]["values"] if "short" in row]
    counted = {row["company"]: str(row["story_count"]) for row in shown.rows}
    assert {row["company"] for row in heads} == set(counted)
    assert all(counted[row["company"]] in row["short"] and len(row["short"]) < len(row["figure"]) for row in heads)


def test_picture_of_many_companies_leaves_out_unpriced_items(codebook: Codebook) -> None:
    channels = ("phone", "website", "email", "live_chat", "letter", "regulator", "shop", "social_media")
    large = make_large(Stock(900, 15, encounters=4, events=1, touchpoints=channels), codebook)
    shown = publish_chart(large, "cost_of_failure")
    assert shown.spec is not None
    assert "without a price only in the table" in shown.subtitle
    drawn = {
        row["row"] for layer in shown.spec["layer"] for row in layer.get("data", {}).get("values", []) if "row" in row
    }
    assert 0 < len(drawn) == sum(row["high"] is not None for row in shown.rows) < len(shown.rows)


def test_headline_ranks_no_large_company_as_most_effort(codebook: Codebook) -> None:
    large = make_large(Stock(900, 3, encounters=1, events=1), codebook)
    alike = publish_chart(large, "effort")
    # per 90 stories: repeat contact 12.5 points on average, worry, disputing and split delivery 4, channel switch 6
    assert alike.headline.startswith("Mean effort runs from 6 points per story ")
    assert not alike.claim.ranks
    least = alike.rows[-1]["company"]
    spared = "select story from story where company = $least and story not like '%7'"
    large.execute(f"delete from effort_event where story in ({spared})", {"least": least})
    refresh_rollups(large)
    shown = publish_chart(large, "effort")
    most = shown.rows[0]["company"]
    assert (most != least, shown.rows[-1]["company"]) == (True, least)
    assert shown.headline.startswith("Mean effort runs from ")
    assert shown.headline.index(least) < shown.headline.index(most)
    assert not shown.claim.ranks
