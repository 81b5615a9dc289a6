"""What pages and pictures of many stories show: names that can be read, and no company called the hardest of all."""

import pytest

from cxdata.codebook.codes import Codebook
from cxdata.publish.charts import publish_chart
from cxdata.questions.ask import ask_rows
from cxdata.store.rollups import refresh_rollups
from cxdata.stories import Library
from tests.fixtures.large_databases import Stock, make_large
from tests.fixtures.stories import make_story


def test_of_many_companies_those_told_of_come_first_in_the_table_of_signs(codebook: Codebook) -> None:
    told = make_story("told", signs=[{"sign": "easy_to_reach", "shown": True}], company="Zoo")
    large = make_large(Stock(60, 50, encounters=1, events=1), codebook, library=Library((told,)))
    few = ask_rows(large, "signs_by_company", {"most": 40})
    assert (few[0]["company"], few[0]["telling_count"], few[0]["company_count"]) == ("Zoo", 1, 51)
    # where there is room for all of them, the halls say the order
    assert ask_rows(large, "signs_by_company")[-1]["company"] == "Zoo"


@pytest.mark.parametrize("chart", ["effort", "how_sure"])
def test_on_a_phone_the_figure_of_a_large_company_leaves_room_for_its_name(codebook: Codebook, chart: str) -> None:
    shown = publish_chart(make_large(Stock(900, 3, encounters=1, events=1), codebook), chart)
    assert shown.spec is not None
    heads = [row for layer in shown.spec["layer"] for row in layer["data"]["values"] if "short" in row]
    counted = {row["company"]: str(row["story_count"]) for row in shown.rows}
    assert {row["company"] for row in heads} == set(counted)
    assert all(counted[row["company"]] in row["short"] and len(row["short"]) < len(row["figure"]) for row in heads)


def test_what_is_not_priced_leaves_a_picture_of_many_companies_and_not_its_figures(codebook: Codebook) -> None:
    channels = ("phone", "website", "email", "live_chat", "letter", "regulator", "shop", "social_media")
    large = make_large(Stock(900, 15, encounters=4, events=1, touchpoints=channels), codebook)
    shown = publish_chart(large, "cost_of_failure")
    assert shown.spec is not None
    assert "what is not priced stands in the figures" in shown.subtitle
    drawn = {
        row["row"] for layer in shown.spec["layer"] for row in layer.get("data", {}).get("values", []) if "row" in row
    }
    assert 0 < len(drawn) == sum(row["high"] is not None for row in shown.rows) < len(shown.rows)


def test_of_large_companies_none_is_said_to_make_most_work(codebook: Codebook) -> None:
    large = make_large(Stock(900, 3, encounters=1, events=1), codebook)
    alike = publish_chart(large, "effort")
    assert alike.headline == "About 25 min of work a story at every company here"
    least = alike.rows[-1]["company"]
    spared = "select story from story where company = $least and story not like '%7'"
    large.execute(f"delete from effort_event where story in ({spared})", {"least": least})
    refresh_rollups(large)
    shown = publish_chart(large, "effort")
    most = shown.rows[0]["company"]
    assert (most != least, shown.rows[-1]["company"]) == (True, least)
    assert shown.headline.startswith("From ")
    assert shown.headline.index(least) < shown.headline.index(most)
    assert "most work" not in shown.headline
