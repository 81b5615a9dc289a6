"""pandas over the base tables: effort, experience and the companies as wholes. One function a question."""

from collections.abc import Mapping
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import peer_pandas_places as places
import pyarrow as pa
from peer_pandas_tables import (
    Tables,
    contacted,
    hall,
    hold,
    largest,
    read,
    remembered,
    served,
    uncomplained,
    with_effort,
    worked,
)
from peer_questions import MOST_BLOCKS, MOST_COLUMNS, MOST_OWN_DOTS, MOST_ROWS
from peer_sql import Ask
from peer_statistics import Row, compute_ranks, compute_sureness

Asks = Mapping[str, Any]


def peer(tables: dict[str, pa.Table], draws: list[list[float]]) -> Ask:
    """A way to ask pandas; it holds the tables in memory."""
    held = hold(tables, draws)
    return lambda name, asks: (globals().get(name) or getattr(places, name))(held, **asks)


def company_scores(tables: Tables) -> pd.DataFrame:
    story = with_effort(tables, tables.story).merge(remembered(tables.encounter), on="story", how="left")
    found = story.groupby("company").agg(
        story_count=("story", "size"),
        effort_count=("effort_points", "count"),
        mean_points=("effort_points", "mean"),
        least_points=("effort_points", "min"),
        most_points=("effort_points", "max"),
        do_points=("do_points", "mean"),
        feel_points=("feel_points", "mean"),
        experience=("experience", "mean"),
        worst_experience=("experience", "min"),
        best_experience=("experience", "max"),
        experience_count=("experience", "count"),
    )
    found["effort_score"] = 100 * found["mean_points"] / (found["mean_points"] + 10)
    found["hall"] = hall(found["experience"])
    return found.reset_index()


def effort(tables: Tables) -> pd.DataFrame:
    story = with_effort(tables, largest(read(tables.story), MOST_ROWS))
    company = story.groupby("company").agg(
        story_count=("story", "size"),
        company_points=("effort_points", "mean"),
        company_do=("do_points", "mean"),
        company_feel=("feel_points", "mean"),
        least_points=("effort_points", "min"),
        most_points=("effort_points", "max"),
    )
    return _drawn(tables, company.reset_index(), story)


def fame_and_shame(tables: Tables) -> pd.DataFrame:
    story = largest(tables.story.merge(remembered(tables.encounter), on="story"), MOST_ROWS)
    company = story.groupby("company").agg(
        story_count=("story", "size"),
        company_experience=("experience", "mean"),
        worst_experience=("experience", "min"),
        best_experience=("experience", "max"),
    )
    company["company_hall"] = hall(company["company_experience"])
    return _drawn(tables, company.reset_index(), story)


def _drawn(tables: Tables, company: pd.DataFrame, story: pd.DataFrame) -> pd.DataFrame:
    """A row a story, or a company where it has too many."""
    few = company["story_count"] <= MOST_OWN_DOTS
    drawn = company[few].merge(story, on="company")
    return pd.concat([drawn.assign(story=tables.names[drawn["story"]]), company[~few]])


def effort_by_driver(tables: Tables) -> pd.DataFrame:
    story = read(tables.story)
    told = story[story["story"].isin(tables.event["story"])]
    chosen = largest(story[story["company"].isin(told["company"].unique())], MOST_COLUMNS)
    found = _by(worked(tables, chosen), ["company", "driver"])
    found = found.merge(chosen.groupby("company").size().rename("company_stories"), on="company")
    found["company_points"] = found.groupby("company")["points"].transform("sum")
    found["share"] = found["points"] / found["company_points"].where(found["company_points"] != 0)
    found["points_per_story"] = found["points"] / found["company_stories"]
    return found


def effort_sources(tables: Tables) -> pd.DataFrame:
    event = worked(tables, tables.story)
    found = _by(event, ["driver"])
    found["share"] = found["points"] / found["points"].sum()
    return found.merge(event.groupby("driver")["company"].nunique().rename("companies"), on="driver")


def _by(event: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Points, events, times and stories of work, by these columns."""
    found = event.groupby(by).agg(points=("points", "sum"), events=("step", "size"), times=("times", "sum"))
    # pairs are made different first: quicker than counting the different ones of each group
    stories = event[[*by, "story"]].drop_duplicates().groupby(by).size()
    return found.assign(story_count=stories).reset_index()


def failure_demand(tables: Tables) -> pd.DataFrame:
    story = uncomplained(tables)
    contact = contacted(tables, story)
    chosen = largest(story[story["company"].isin(contact["company"].unique())], MOST_ROWS)
    company = with_effort(tables, chosen).merge(tables.outcome, on="outcome")
    company["is_resolved"] = company["is_resolved"].fillna(value=False).astype(bool)
    summed = company.groupby("company").agg(
        company_stories=("story", "size"), resolved_stories=("is_resolved", "sum"), effort_count=("do_points", "count")
    )
    summed["hours"] = company.groupby("company")["do_points"].sum(min_count=1) * 5 / 60
    summed["hours_per_story"] = summed["hours"] / summed["effort_count"]
    contact = contact[contact["company"].isin(summed.index)]
    found = contact.groupby(["company", "demand"]).agg(contacts=("contacts", "sum"), story_count=("story", "nunique"))
    found = found.reset_index()
    found["company_contacts"] = found.groupby("company")["contacts"].transform("sum")
    avoidable = found["contacts"].where(found["demand"] == "failure", 0)
    found["avoidable_contacts"] = avoidable.groupby(found["company"]).transform("sum")
    found["avoidable_share"] = found["avoidable_contacts"] / found["company_contacts"]
    found = found.merge(summed, on="company")
    resolved = found["resolved_stories"].where(found["resolved_stories"] > 0)
    return found.assign(contacts_per_resolved=found["company_contacts"] / resolved)


def how_sure(tables: Tables) -> list[Row]:
    story = with_effort(tables, largest(read(tables.story), MOST_ROWS))
    story["square"] = story["effort_points"] ** 2
    found = story.groupby("company").agg(
        story_count=("story", "size"),
        mean_points=("effort_points", "mean"),
        mean_square=("square", "mean"),
        least_points=("effort_points", "min"),
        most_points=("effort_points", "max"),
    )
    return compute_sureness(found.merge(tables.company, on="company").to_dict("records"))


def rank_stability(tables: Tables) -> list[Row]:
    story = largest(read(tables.story), MOST_ROWS)
    counts = story.groupby("company").size()
    points = worked(tables, story).pivot_table(values="points", index="company", columns="driver", aggfunc="sum")
    drivers = sorted(tables.driver["driver"])
    loads = points.reindex(index=counts.index, columns=drivers).fillna(0).div(counts, axis=0)
    return compute_ranks(list(counts.index), counts.to_list(), loads.to_numpy(), tables.draws)


def promise_gap(tables: Tables) -> pd.DataFrame:
    stated = tables.promise.merge(tables.story[["story", "company"]], on="story")
    stated["side"] = stated["kept"].replace({"exceeded": "kept", "kept late": "late"})
    met = stated[["company", "story"]].drop_duplicates()
    stated = stated[stated["company"].isin(largest(met, MOST_ROWS)["company"])]
    sides = ["kept", "late", "broken", "unclear"]
    counts = pd.crosstab(stated["company"], stated["side"]).reindex(columns=sides, fill_value=0)
    company = counts.add_suffix("_count")
    company["promise_count"] = counts.sum(axis=1)
    company["gap"] = (counts["broken"] - counts["kept"]).where(counts["unclear"] < company["promise_count"])
    company["story_count"] = met.groupby("company").size()
    stated = stated.sort_values(["company", "side", "kept", "story", "promise"])
    stated["slot"] = stated.groupby(["company", "side"]).cumcount() + 1
    found = stated[stated["slot"] <= MOST_BLOCKS].merge(company.reset_index(), on="company")
    found.loc[found["side"].isin(["late", "unclear"]), "slot"] += found["kept_count"].clip(upper=MOST_BLOCKS)
    found.loc[found["side"] == "unclear", "slot"] += found["late_count"].clip(upper=MOST_BLOCKS)
    found.loc[found["side"] == "broken", "slot"] *= -1
    return found.assign(story=tables.names[found["story"]])


def job_companies(tables: Tables) -> pd.DataFrame:
    serving = served(tables, tables.story)
    by = ["job", "company"]
    found = serving[[*by, "story"]].drop_duplicates().groupby(by).size().rename("story_count").reset_index()
    event = worked(tables, tables.story).drop(columns="company").merge(serving[[*by, "story", "step"]])
    points = event.groupby(by)["points"].sum()
    found = found.merge(points.reset_index(), on=by, how="left").fillna({"points": 0})
    whole = read(serving)[[*by, "story"]].drop_duplicates().groupby(by).size().rename("effort_count").reset_index()
    found = found.merge(whole, on=by, how="left")
    found["mean_points"] = found["points"] / found["effort_count"].where(found["effort_count"] > 0)
    means = found.groupby("job")["mean_points"]
    return found.assign(spread=means.transform("max") - means.transform("min"), companies=means.transform("size"))
