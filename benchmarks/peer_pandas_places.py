"""pandas over the base tables: touchpoints, halls, signs, costs and two companies. One function a question."""

import pandas as pd  # type: ignore[import-untyped]
from peer_pandas_tables import (
    UNANSWERED,
    Tables,
    contacted,
    hall,
    largest,
    read,
    remembered,
    served,
    uncomplained,
    worked,
)
from peer_questions import MOST_COLUMNS


def _summarise_feelings(encounter: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Count encounters, feelings and stories by these columns, and average the feelings."""
    found = encounter.groupby(by).agg(
        encounter_count=("step", "size"),
        feeling_count=("feeling", "count"),
        mean_feeling=("feeling", "mean"),
        lowest_feeling=("feeling", "min"),
        highest_feeling=("feeling", "max"),
    )
    found["story_count"] = encounter[[*by, "story"]].drop_duplicates().groupby(by).size()
    return found


def touchpoint_feeling(tables: Tables) -> pd.DataFrame:
    chosen = largest(tables.story, MOST_COLUMNS)
    encounter = tables.encounter.merge(chosen[["story", "company"]], on="story")
    return _summarise_feelings(encounter, ["company", "touchpoint"]).reset_index()


def touchpoint_effort(tables: Tables) -> pd.DataFrame:
    chosen = largest(read(tables.story), MOST_COLUMNS)
    encounter = tables.encounter.merge(chosen[["story", "company"]], on="story")
    found = _summarise_feelings(encounter, ["company", "touchpoint"])
    event = worked(tables, chosen).merge(tables.encounter[["story", "step", "touchpoint"]], on=["story", "step"])
    points = event.groupby(["company", "touchpoint"])["points"].sum().rename("effort_points")
    found = found.join(points).fillna({"effort_points": 0})
    found["points_per_story"] = found["effort_points"] / found["story_count"]
    return found.reset_index()


def touchpoint_halls(tables: Tables) -> pd.DataFrame:
    felt = remembered(tables.encounter)
    chosen = tables.story.merge(felt[felt["hall"] != "mixed"], on="story")
    chosen["hall"] = chosen["hall"].astype("category")
    encounter = tables.encounter.merge(chosen[["story", "company", "hall", "read_effort"]], on="story")
    by = ["touchpoint", "hall"]
    found = _summarise_feelings(encounter, by)
    found["companies"] = encounter[[*by, "company"]].drop_duplicates().groupby(by).size()
    event = worked(tables, chosen).merge(encounter[["story", "step", *by]], on=["story", "step"])
    found = found.join(event.groupby(by)["points"].sum().rename("effort_points")).fillna({"effort_points": 0})
    is_read = (encounter["read_effort"] == "whole").groupby([encounter[name] for name in by]).any()
    found["effort_points"] = found["effort_points"].where(is_read)
    feeling = found["mean_feeling"].unstack().reindex(columns=["fame", "shame"])
    found = found.reset_index()
    difference = (feeling["fame"] - feeling["shame"]).rename("difference")
    return found.merge(difference.reset_index(), on="touchpoint")


def touchpoint_goodwill(tables: Tables) -> pd.DataFrame:
    stated = tables.encounter[tables.encounter["feeling"].notna()]
    encounter = stated.merge(tables.story[["story", "company"]], on="story")
    met = _summarise_feelings(encounter, ["touchpoint", "company"]).reset_index()
    met["won"], met["lost"] = met["mean_feeling"] > 0, met["mean_feeling"] < 0
    best = met.sort_values(["mean_feeling", "company"], ascending=[False, True]).groupby("touchpoint")
    worst = met.sort_values(["mean_feeling", "company"]).groupby("touchpoint")
    found = met.groupby("touchpoint").agg(
        mean_feeling=("mean_feeling", "mean"),
        companies=("company", "size"),
        won_companies=("won", "sum"),
        lost_companies=("lost", "sum"),
        best_feeling=("mean_feeling", "max"),
        worst_feeling=("mean_feeling", "min"),
        feeling_count=("feeling_count", "sum"),
        story_count=("story_count", "sum"),
    )
    found["best_company"], found["worst_company"] = best["company"].first(), worst["company"].first()
    won, lost = found["won_companies"] > 0, found["lost_companies"] > 0
    found["goodwill"] = "neither"
    found.loc[lost, "goodwill"] = "lost"
    found.loc[won, "goodwill"] = "won"
    found.loc[won & lost, "goodwill"] = "depends"
    return found.reset_index()


def cost_of_failure(tables: Tables) -> pd.DataFrame:
    chosen = largest(uncomplained(tables), MOST_COLUMNS)
    contact = contacted(tables, chosen)
    by = ["company", "channel", "touchpoint"]
    contacts = (
        contact[contact["demand"] == "failure"]
        .groupby(by)
        .agg(counted=("answered", "sum"), story_count=("story", "nunique"))
        .query("counted > 0")
    )
    cost = tables.cost
    event = tables.event.merge(cost[cost["driver"].notna()], on="driver").merge(chosen, on="story")
    parcels = event.groupby(["company", "item"]).agg(counted=("times", "sum"), story_count=("story", "nunique"))
    risky = chosen.merge(tables.outcome[tables.outcome["refund_at_risk"]], on="outcome")
    orders = risky.groupby(["company", "outcome"]).agg(counted=("story", "size"), story_count=("story", "size"))
    counted = pd.concat(
        [
            contacts.reset_index().rename(columns={"channel": "item"}),
            parcels.reset_index(),
            orders.reset_index().merge(cost.loc[cost["basis"] == "order", ["item"]], how="cross"),
        ]
    )
    counted = counted.merge(chosen.groupby("company").size().rename("company_stories"), on="company")
    found = counted.merge(cost, on="item", how="left")
    share = found["counted"] / found["company_stories"]
    found["low"] = found["low"].mask((found["basis"] == "order") & found["high"].notna(), 0) * share
    found["high"] *= share
    for end in ("low", "high"):
        found[f"company_{end}"] = found.groupby("company")[end].transform("sum", min_count=1)
    return found.astype({"touchpoint": object, "outcome": object})


def what_to_fix(tables: Tables, most: int) -> pd.DataFrame:
    event = worked(tables, tables.story)
    part = event.groupby(["driver", "story"], observed=True).agg(points=("points", "sum"), events=("step", "size"))
    items = part.reset_index().groupby("driver", observed=True)
    found = items.agg(total=("points", "sum"), events=("events", "sum"), story_count=("story", "size"))
    found["left_out_total"] = (found["total"] - items["points"].max()).round(9)
    found["place"] = found["left_out_total"].rank(method="min", ascending=False)
    found = found.join(_saved(tables, event)).reset_index()
    found = found.sort_values(["left_out_total", "driver"], ascending=[False, True]).astype({"driver": object})
    named, others = found.head(most), found.iloc[most:]
    if len(others):
        rest = others[["total", "events", "saved_low", "saved_high"]].sum(min_count=1).to_frame().T
        rest["story_count"] = event.loc[event["driver"].isin(others["driver"]), "story"].nunique()
        named = pd.concat([named, rest.assign(driver=None)])
    read_count = len(read(tables.story))
    whole = named["total"].sum()
    return named.assign(
        share=named["total"] / whole,
        cumulative_share=named["total"].cumsum() / whole,
        prevalence=named["story_count"] / read_count,
        severity=named["total"] / named["story_count"],
        saved_low=named["saved_low"] / read_count,
        saved_high=named["saved_high"] / read_count,
        read_count=read_count,
    )


def _saved(tables: Tables, event: pd.DataFrame) -> pd.DataFrame:
    """Price the avoidable contacts and the parcels behind each effort type."""
    contact = contacted(tables, read(tables.story))
    contact = contact.loc[
        (contact["demand"] == "failure") & (contact["answered"] > 0), ["story", "step", "channel", "answered"]
    ]
    failing = event[event["failure_demand"] & (event["driver"] != UNANSWERED)]
    by = ["story", "step", "driver"]
    times = failing.groupby(by, observed=True)["times"].sum().reset_index().merge(contact, on=["story", "step"])
    times["counted"] = times[["times", "answered"]].min(axis=1)
    parcels = event.merge(tables.cost.loc[tables.cost["driver"].notna(), ["driver", "item"]], on="driver")
    counted = pd.concat(
        [
            times.rename(columns={"channel": "item"})[["driver", "item", "counted"]],
            parcels.rename(columns={"times": "counted"})[["driver", "item", "counted"]],
        ]
    ).merge(tables.cost[["item", "low", "high"]], on="item")
    for end in ("low", "high"):
        counted[f"saved_{end}"] = counted["counted"] * counted[end]
    return counted.groupby("driver", observed=True)[["saved_low", "saved_high"]].sum(min_count=1)


def head_to_head(tables: Tables, job: str, left: str, right: str) -> pd.DataFrame:
    story = tables.story[tables.story["company"].isin([left, right])]
    serving = served(tables, story)
    serving = serving[serving["job"] == job]
    stories = read(serving).drop_duplicates("story").groupby("company").size().reindex([left, right])
    felt = remembered(serving, ["company", "story"]).groupby("company")["experience"].mean()
    halls = dict(zip(felt.index, hall(felt), strict=True))
    event = worked(tables, story).merge(serving[["story", "step"]], on=["story", "step"])
    summed = event.pivot_table(
        index="driver", columns="company", values="points", aggfunc=["sum", "size"], fill_value=0
    ).reindex(columns=pd.MultiIndex.from_product([["sum", "size"], [left, right]]), fill_value=0)
    found = pd.DataFrame(index=summed.index)
    for side, company in (("left", left), ("right", right)):
        found[f"{side}_points"] = summed["sum", company] / stories[company]
        found[f"{side}_events"] = summed["size", company]
        found[f"{side}_total"] = found[f"{side}_points"].sum()
        found[f"{side}_hall"], found[f"{side}_stories"] = halls.get(company), stories[company]
    found["difference"] = found["left_points"] - found["right_points"]
    found["total_difference"] = found["difference"].sum()
    return found.reset_index()


def matched_pairs(tables: Tables, left: str, right: str) -> pd.DataFrame:
    story = read(tables.story)
    story = story[story["company"].isin([left, right])]
    serving = served(tables, story)
    met = serving[["company", "job", "story"]].drop_duplicates()
    stories = met.groupby(["job", "company"]).size()
    event = worked(tables, story).merge(serving[["story", "step", "job"]], on=["story", "step"])
    points = event.groupby(["job", "company"])["points"].sum().reindex(stories.index, fill_value=0) / stories
    sides = pd.concat({"points": points, "stories": stories}, axis=1).unstack().dropna()
    found = pd.DataFrame(index=sides.index)
    for side, company in (("left", left), ("right", right)):
        found[f"{side}_points"], found[f"{side}_stories"] = sides["points", company], sides["stories", company]
    found["difference"] = found["left_points"] - found["right_points"]
    found["mean_difference"], found["pair_count"] = found["difference"].mean(), len(found)
    return found.reset_index()


def _shown(tables: Tables, story: pd.DataFrame, by: str) -> pd.DataFrame:
    """How many of these stories show each sign and do not, by a column of theirs; those that tell of any alone."""
    stated = tables.sign[tables.sign["shown"].notna()].merge(story[["story", by]], on="story")
    shown = stated["shown"].astype(bool)
    return (
        stated.assign(shown_count=shown, not_shown_count=~shown)
        .groupby([by, "sign"])[["shown_count", "not_shown_count"]]
        .sum()
        .reset_index()
    )


def signs(tables: Tables) -> pd.DataFrame:
    felt = remembered(tables.encounter)
    looked = tables.story.loc[tables.story["read_signs"] == "whole", "story"]
    chosen = felt[(felt["hall"] != "mixed") & felt["story"].isin(looked)]
    counts = chosen.groupby("hall").size().rename("story_count").reset_index()
    found = (
        counts.merge(tables.signs, how="cross")
        .merge(_shown(tables, chosen, "hall"), how="left")
        .fillna({"shown_count": 0, "not_shown_count": 0})
    )
    found["told_count"] = found["shown_count"] + found["not_shown_count"]
    found["not_told_count"] = found["story_count"] - found["told_count"]
    found["shown_share"] = found["shown_count"] / found["told_count"].where(found["told_count"] > 0)
    found["shown_of_all"] = found["shown_count"] / found["story_count"]
    return found.assign(told_of_all=found["told_count"] / found["story_count"])


def signs_by_company(tables: Tables, most: int) -> pd.DataFrame:
    looked = tables.story[tables.story["read_signs"] == "whole"]
    story = looked.merge(remembered(tables.encounter)[["story", "experience"]], on="story", how="left")
    company = story.groupby("company").agg(story_count=("story", "size"), experience=("experience", "mean"))
    company["hall"] = hall(company["experience"])
    company["company_count"] = len(company)
    company = company.reset_index()
    signs = _shown(tables, story, "company")
    company["telling_count"] = signs["company"].nunique()
    company["is_silent"] = (len(company) > most) & ~company["company"].isin(signs["company"])
    company["hall_place"] = company["hall"].map({"fame": 1, "mixed": 2, "shame": 3}).fillna(4)
    placed = company.sort_values(["is_silent", "hall_place", "company"]).head(most)
    found = (
        placed.merge(tables.signs, how="cross")
        .merge(signs, how="left")
        .fillna({"shown_count": 0, "not_shown_count": 0})
    )
    return found.assign(not_told_count=found["story_count"] - found["shown_count"] - found["not_shown_count"])
