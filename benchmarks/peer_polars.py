"""Polars over the base tables: effort, experience and the companies as wholes. One function a question."""

from collections.abc import Mapping
from typing import Any

import peer_polars_places as places
import polars as pl
import pyarrow as pa
from peer_polars_tables import (
    Tables,
    contacted,
    hall,
    hold,
    largest,
    read,
    remembered,
    served,
    stories_of,
    uncomplained,
    with_effort,
    worked,
)
from peer_questions import MOST_BLOCKS, MOST_COLUMNS, MOST_OWN_DOTS, MOST_ROWS
from peer_sql import Ask
from peer_statistics import Row, compute_ranks, compute_sureness


def peer(tables: dict[str, pa.Table], draws: list[list[float]]) -> Ask:
    """A way to ask Polars; it holds the tables in memory."""
    held = hold(tables, draws)

    def ask(name: str, asks: Mapping[str, Any]) -> Any:
        answer = (globals().get(name) or getattr(places, name))(held, **asks)
        return answer.collect() if isinstance(answer, pl.LazyFrame) else answer

    return ask


def company_scores(tables: Tables) -> pl.LazyFrame:
    story = with_effort(tables, tables.story).join(remembered(tables.encounter, "story"), on="story", how="left")
    mean = pl.col("mean_points")
    return (
        story.group_by("company")
        .agg(
            pl.len().alias("story_count"),
            pl.col("effort_points").count().alias("effort_count"),
            pl.col("effort_points").mean().alias("mean_points"),
            pl.col("effort_points").min().alias("least_points"),
            pl.col("effort_points").max().alias("most_points"),
            pl.col("do_points", "feel_points", "experience").mean(),
            pl.col("experience").min().alias("worst_experience"),
            pl.col("experience").max().alias("best_experience"),
            pl.col("experience").count().alias("experience_count"),
        )
        .with_columns(effort_score=100 * mean / (mean + 10), hall=hall("experience"))
    )


def effort(tables: Tables) -> pl.LazyFrame:
    story = with_effort(tables, largest(read(tables.story), MOST_ROWS))
    company = story.group_by("company").agg(
        story_count=pl.len(),
        company_points=pl.col("effort_points").mean(),
        company_do=pl.col("do_points").mean(),
        company_feel=pl.col("feel_points").mean(),
        least_points=pl.col("effort_points").min(),
        most_points=pl.col("effort_points").max(),
    )
    return _drawn(company, story)


def fame_and_shame(tables: Tables) -> pl.LazyFrame:
    story = largest(tables.story.join(remembered(tables.encounter, "story"), on="story"), MOST_ROWS)
    company = story.group_by("company").agg(
        story_count=pl.len(),
        company_experience=pl.col("experience").mean(),
        worst_experience=pl.col("experience").min(),
        best_experience=pl.col("experience").max(),
    )
    return _drawn(company.with_columns(company_hall=hall("company_experience")), story)


def _drawn(company: pl.LazyFrame, story: pl.LazyFrame) -> pl.LazyFrame:
    """A row a story, or a company where it has too many."""
    is_few = pl.col("story_count") <= MOST_OWN_DOTS
    return pl.concat([company.filter(is_few).join(story, on="company"), company.filter(~is_few)], how="diagonal")


def effort_by_driver(tables: Tables) -> pl.LazyFrame:
    story = read(tables.story)
    met = story.join(tables.event, on="story", how="semi")
    chosen = largest(story.join(met, on="company", how="semi"), MOST_COLUMNS)
    points, company_points = pl.col("points"), pl.col("company_points")
    return (
        _by(worked(tables, chosen), "company", "driver")
        .join(chosen.group_by("company").len("company_stories"), on="company")
        .with_columns(company_points=points.sum().over("company"))
        .with_columns(
            points_per_story=points / pl.col("company_stories"),
            share=pl.when(company_points != 0).then(points / company_points),
        )
    )


def effort_sources(tables: Tables) -> pl.LazyFrame:
    event = worked(tables, tables.story)
    companies = event.select("driver", "company").unique().group_by("driver").len("companies")
    found = _by(event, "driver").with_columns(share=pl.col("points") / pl.col("points").sum())
    return found.join(companies, on="driver")


def _by(event: pl.LazyFrame, *by: str) -> pl.LazyFrame:
    """Points, events, times and stories of work, by these columns."""
    found = event.group_by(by).agg(pl.len().alias("events"), pl.col("points").sum(), pl.col("times").sum())
    return found.join(stories_of(event, *by), on=by)


def failure_demand(tables: Tables) -> pl.LazyFrame:
    story = uncomplained(tables)
    contact = contacted(tables, story)
    chosen = largest(story.join(contact, on="company", how="semi"), MOST_ROWS)
    company = (
        with_effort(tables, chosen)
        .join(tables.outcome, on="outcome")
        .group_by("company")
        .agg(
            company_stories=pl.len(),
            resolved_stories=pl.col("is_resolved").sum(),
            effort_count=pl.col("do_points").count(),
            hours=pl.when(pl.col("do_points").count() > 0).then(pl.col("do_points").sum() * 5 / 60),
        )
    )
    contacts, shared = pl.col("contacts"), pl.col("company_contacts")
    return (
        contact.group_by("company", "demand")
        .agg(contacts.sum())
        .join(stories_of(contact, "company", "demand"), on=["company", "demand"])
        .join(company, on="company")
        .with_columns(
            company_contacts=contacts.sum().over("company"),
            avoidable_contacts=pl.when(pl.col("demand") == "failure").then(contacts).sum().over("company"),
            hours_per_story=pl.col("hours") / pl.col("effort_count"),
        )
        .with_columns(
            avoidable_share=pl.col("avoidable_contacts") / shared,
            contacts_per_resolved=pl.when(pl.col("resolved_stories") > 0).then(shared / pl.col("resolved_stories")),
        )
    )


def how_sure(tables: Tables) -> list[Row]:
    points = pl.col("effort_points")
    measured = (
        with_effort(tables, largest(read(tables.story), MOST_ROWS))
        .group_by("company")
        .agg(
            story_count=pl.len(),
            mean_points=points.mean(),
            mean_square=(points**2).mean(),
            least_points=points.min(),
            most_points=points.max(),
        )
    )
    return compute_sureness(measured.join(tables.company, on="company").collect().to_dicts())


def rank_stability(tables: Tables) -> list[Row]:
    story = largest(read(tables.story), MOST_ROWS)
    counts = story.group_by("company").len("story_count")
    points = worked(tables, story).group_by("company", "driver").agg(pl.col("points").sum())
    found = (
        counts.join(tables.driver.select("driver"), how="cross")
        .join(points, on=["company", "driver"], how="left")
        .with_columns(load=pl.col("points").fill_null(0) / pl.col("story_count"))
        .sort("company", "driver")
        .group_by("company", "story_count", maintain_order=True)
        .agg("load")
        .collect()
    )
    loads = found["load"].list.to_array(tables.draws.shape[1]).to_numpy()
    return compute_ranks(found["company"].to_list(), found["story_count"].to_list(), loads, tables.draws)


def promise_gap(tables: Tables) -> pl.LazyFrame:
    stated = tables.promise.join(tables.story.select("story", "company"), on="story").with_columns(
        side=pl.col("kept").replace({"exceeded": "kept", "kept late": "late"})
    )
    side, kept, late, broken = pl.col("side"), pl.col("kept_count"), pl.col("late_count"), pl.col("broken_count")
    sides = ("kept", "late", "broken", "unclear")
    counted = (
        stated.group_by("company")
        .agg(
            *((side == each).sum().cast(pl.Int64).alias(f"{each}_count") for each in sides),
            promise_count=pl.len(),
            story_count=pl.col("story").n_unique(),
        )
        .with_columns(gap=pl.when(pl.col("unclear_count") < pl.col("promise_count")).then(broken - kept))
        .sort("story_count", "company", descending=[True, False])
        .head(MOST_ROWS)
    )
    place = pl.col("place")
    return (
        stated.sort("kept", "story", "promise")
        .with_columns(place=pl.int_range(1, pl.len() + 1).over("company", "side"))
        .filter(place <= MOST_BLOCKS)
        .join(counted, on="company")
        .with_columns(
            slot=pl.when(side == "broken")
            .then(-place)
            .when(side == "kept")
            .then(place)
            .when(side == "late")
            .then(place + kept.clip(upper_bound=MOST_BLOCKS))
            .otherwise(place + kept.clip(upper_bound=MOST_BLOCKS) + late.clip(upper_bound=MOST_BLOCKS))
        )
    )


def job_companies(tables: Tables) -> pl.LazyFrame:
    serving = served(tables, tables.story)
    event = worked(tables, tables.story).join(serving.select("story", "step", "job"), on=["story", "step"])
    mean = pl.col("mean_points")
    effort_count = stories_of(read(serving), "job", "company").rename({"story_count": "effort_count"})
    return (
        stories_of(serving, "job", "company")
        .join(effort_count, on=["job", "company"], how="left")
        .join(event.group_by("job", "company").agg(pl.col("points").sum()), on=["job", "company"], how="left")
        .with_columns(mean_points=pl.col("points").fill_null(0) / pl.col("effort_count"))
        .with_columns(spread=(mean.max() - mean.min()).over("job"), companies=pl.len().over("job"))
    )
