"""Polars over the base tables: touchpoints, halls, signs, costs and two companies. One function a question."""

import polars as pl
from peer_polars_tables import (
    UNANSWERED,
    Tables,
    contacted,
    hall,
    largest,
    read,
    remembered,
    served,
    stories_of,
    uncomplained,
    worked,
)
from peer_questions import MOST_COLUMNS

FELT = {
    "encounter_count": pl.len(),
    "feeling_count": pl.col("feeling").count(),
    "mean_feeling": pl.col("feeling").mean(),
    "lowest_feeling": pl.col("feeling").min(),
    "highest_feeling": pl.col("feeling").max(),
}


def _summarise_feelings(encounter: pl.LazyFrame, *by: str) -> pl.LazyFrame:
    """Count encounters, feelings and stories by these columns, and average the feelings."""
    return encounter.group_by(by).agg(**FELT).join(stories_of(encounter, *by), on=by)


def _with_points(found: pl.LazyFrame, event: pl.LazyFrame, *by: str) -> pl.LazyFrame:
    """Add the points of effort by these columns, 0 if there is none."""
    points = event.group_by(by).agg(effort_points=pl.col("points").sum())
    return found.join(points, on=by, how="left").with_columns(pl.col("effort_points").fill_null(0))


def touchpoint_feeling(tables: Tables) -> pl.LazyFrame:
    chosen = largest(tables.story, MOST_COLUMNS)
    encounter = tables.encounter.join(chosen.select("story", "company"), on="story")
    return _summarise_feelings(encounter, "company", "touchpoint")


def touchpoint_effort(tables: Tables) -> pl.LazyFrame:
    chosen = largest(read(tables.story), MOST_COLUMNS)
    encounter = tables.encounter.join(chosen.select("story", "company"), on="story")
    event = worked(tables, chosen).join(tables.encounter.select("story", "step", "touchpoint"), on=["story", "step"])
    found = _with_points(_summarise_feelings(encounter, "company", "touchpoint"), event, "company", "touchpoint")
    return found.with_columns(points_per_story=pl.col("effort_points") / pl.col("story_count"))


def touchpoint_halls(tables: Tables) -> pl.LazyFrame:
    felt = remembered(tables.encounter, "story").filter(pl.col("hall") != "mixed")
    chosen = tables.story.join(felt, on="story").select("story", "company", "hall", "read_effort")
    encounter = tables.encounter.join(chosen, on="story")
    event = worked(tables, chosen).join(encounter.select("story", "step", "touchpoint", "hall"), on=["story", "step"])
    companies = encounter.select("touchpoint", "hall", "company").unique().group_by("touchpoint", "hall")
    found = _with_points(_summarise_feelings(encounter, "touchpoint", "hall"), event, "touchpoint", "hall")
    is_read = encounter.group_by("touchpoint", "hall").agg(is_read=(pl.col("read_effort") == "whole").any())
    found = found.join(is_read, on=["touchpoint", "hall"]).with_columns(
        effort_points=pl.when("is_read").then("effort_points")
    )
    feeling = {
        name: pl.col("mean_feeling").filter(pl.col("hall") == name).max().over("touchpoint")
        for name in ("fame", "shame")
    }
    return found.join(companies.len("companies"), on=["touchpoint", "hall"]).with_columns(
        difference=feeling["fame"] - feeling["shame"]
    )


def touchpoint_goodwill(tables: Tables) -> pl.LazyFrame:
    stated = tables.encounter.filter(pl.col("feeling").is_not_null())
    met = _summarise_feelings(stated.join(tables.story.select("story", "company"), on="story"), "touchpoint", "company")
    mean, won, lost = pl.col("mean_feeling"), pl.col("won_companies") > 0, pl.col("lost_companies") > 0
    return (
        met.group_by("touchpoint")
        .agg(
            mean.mean(),
            pl.len().alias("companies"),
            (mean > 0).sum().alias("won_companies"),
            (mean < 0).sum().alias("lost_companies"),
            pl.col("company").sort_by(-mean, "company").first().alias("best_company"),
            mean.max().alias("best_feeling"),
            pl.col("company").sort_by(mean, "company").first().alias("worst_company"),
            mean.min().alias("worst_feeling"),
            pl.col("feeling_count", "story_count").sum(),
        )
        .with_columns(
            goodwill=pl.when(won & lost)
            .then(pl.lit("depends"))
            .when(won)
            .then(pl.lit("won"))
            .when(lost)
            .then(pl.lit("lost"))
            .otherwise(pl.lit("neither"))
        )
    )


def cost_of_failure(tables: Tables) -> pl.LazyFrame:
    chosen = largest(uncomplained(tables), MOST_COLUMNS)
    contact = contacted(tables, chosen).filter(pl.col("demand") == "failure").rename({"channel": "item"})
    by = ["company", "item", "touchpoint"]
    event = tables.event.join(tables.cost.drop_nulls("driver"), on="driver").join(chosen, on="story")
    orders = tables.cost.filter(pl.col("basis") == "order").select("item")
    at_risk = chosen.join(tables.outcome.filter("refund_at_risk"), on="outcome").group_by("company", "outcome")
    counted = pl.concat(
        [
            contact.group_by(by)
            .agg(counted=pl.col("answered").sum())
            .filter(pl.col("counted") > 0)
            .join(stories_of(contact, *by), on=by),
            event.group_by("company", "item").agg(
                counted=pl.col("times").cast(pl.Int64).sum(), story_count=pl.col("story").n_unique()
            ),
            at_risk.agg(counted=pl.len().cast(pl.Int64), story_count=pl.len()).join(orders, how="cross"),
        ],
        how="diagonal",
    )
    share = pl.col("counted") / pl.col("company_stories")
    is_order = (pl.col("basis") == "order") & pl.col("high").is_not_null()
    return (
        counted.join(chosen.group_by("company").len("company_stories"), on="company")
        .join(tables.cost, on="item", how="left")
        .with_columns(low=pl.when(is_order).then(0).otherwise(pl.col("low")) * share, high=pl.col("high") * share)
        .with_columns(
            # a sum over nothing is unknown here, not none
            pl.when(pl.col(end).count().over("company") > 0).then(pl.col(end).sum().over("company")).alias(name)
            for end, name in (("low", "company_low"), ("high", "company_high"))
        )
    )


def what_to_fix(tables: Tables, most: int) -> pl.LazyFrame:
    event = worked(tables, tables.story)
    points = pl.col("points")
    part = event.group_by("driver", "story").agg(points.sum(), events=pl.len())
    found = (
        part.group_by("driver")
        .agg(
            pl.col("events").sum().cast(pl.Int64),
            total=points.sum(),
            left_out_total=(points.sum() - points.max()).round(9),
            story_count=pl.len().cast(pl.Int64),
        )
        .join(_saved(tables, event), on="driver", how="left")
        .with_columns(place=pl.col("left_out_total").rank("min", descending=True).cast(pl.Int64))
        .sort("left_out_total", "driver", descending=[True, False])
        .with_row_index("position")
    )
    others = found.filter(pl.col("position") >= most)
    saved = [pl.when(pl.col(end).count() > 0).then(pl.col(end).sum()).alias(end) for end in ("saved_low", "saved_high")]
    rest = others.select(pl.col("total").sum(), pl.col("events").sum(), *saved, pl.len().alias("items")).filter(
        pl.col("items") > 0
    )
    stories = part.join(others, on="driver", how="semi").select(story_count=pl.col("story").n_unique().cast(pl.Int64))
    shown = pl.concat([found.filter(pl.col("position") < most), rest.join(stories, how="cross")], how="diagonal").join(
        read(tables.story).select(read_count=pl.len().cast(pl.Int64)), how="cross"
    )
    total, read_count = pl.col("total"), pl.col("read_count")
    # neither a join nor a union keeps an order
    return shown.sort("position", nulls_last=True).with_columns(
        pl.col("driver").cast(pl.String),
        share=total / total.sum(),
        cumulative_share=total.cum_sum() / total.sum(),
        prevalence=pl.col("story_count") / read_count,
        severity=total / pl.col("story_count"),
        saved_low=pl.col("saved_low") / read_count,
        saved_high=pl.col("saved_high") / read_count,
    )


def _saved(tables: Tables, event: pl.LazyFrame) -> pl.LazyFrame:
    """Price the avoidable contacts and the parcels behind each effort type."""
    contact = contacted(tables, read(tables.story)).filter(pl.col("demand") == "failure", pl.col("answered") > 0)
    times = pl.col("times").cast(pl.Int64)
    contacts = (
        event.filter(pl.col("failure_demand"), pl.col("driver").cast(pl.String) != UNANSWERED)
        .group_by("story", "step", "driver")
        .agg(times.sum())
        .join(contact.select("story", "step", "answered", item="channel"), on=["story", "step"])
        .select("driver", "item", counted=pl.min_horizontal("times", "answered"))
    )
    parcels = event.join(tables.cost.drop_nulls("driver").select("driver", "item"), on="driver")
    counted = pl.concat([contacts, parcels.select("driver", "item", counted=times)])
    return (
        counted.join(tables.cost.select("item", "low", "high"), on="item")
        .group_by("driver")
        .agg(
            pl.when(pl.col(end).count() > 0).then((pl.col("counted") * pl.col(end)).sum()).alias(f"saved_{end}")
            for end in ("low", "high")
        )
    )


def head_to_head(tables: Tables, job: str, left: str, right: str) -> pl.LazyFrame:
    story = tables.story.filter(pl.col("company").is_in([left, right]))
    serving = served(tables, story).filter(pl.col("job") == job)
    felt = remembered(serving, "company", "story").group_by("company").agg(pl.col("experience").mean())
    side = serving.select("company").unique().join(stories_of(read(serving), "company"), on="company", how="left")
    side = side.join(felt, on="company", how="left").with_columns(hall=hall("experience"))
    found = (
        worked(tables, story)
        .join(serving.select("story", "step"), on=["story", "step"])
        .group_by("driver")
        .agg(
            *(pl.col("points").filter(pl.col("company") == each).sum().alias(each) for each in (left, right)),
            left_events=(pl.col("company") == left).sum(),
            right_events=(pl.col("company") == right).sum(),
        )
    )
    for name, company in (("left", left), ("right", right)):
        own = side.filter(pl.col("company") == company)
        served_by = own.select(pl.col("story_count").alias(f"{name}_stories"), pl.col("hall").alias(f"{name}_hall"))
        found = found.join(served_by, how="cross")
        found = found.with_columns((pl.col(company) / pl.col(f"{name}_stories")).alias(f"{name}_points"))
        found = found.with_columns(pl.col(f"{name}_points").sum().alias(f"{name}_total"))
    return found.with_columns(
        difference=pl.col("left_points") - pl.col("right_points"),
        total_difference=pl.col("left_total") - pl.col("right_total"),
    )


def matched_pairs(tables: Tables, left: str, right: str) -> pl.LazyFrame:
    story = read(tables.story).filter(pl.col("company").is_in([left, right]))
    serving = served(tables, story)
    by = ["company", "job"]
    event = worked(tables, story).join(serving.select("story", "step", "job"), on=["story", "step"])
    side = (
        stories_of(serving, *by)
        .join(event.group_by(by).agg(pl.col("points").sum()), on=by, how="left")
        .select(*by, stories="story_count", points=pl.col("points").fill_null(0) / pl.col("story_count"))
    )
    of_left, of_right = (
        side.filter(pl.col("company") == company).select("job", pl.col("stories", "points").name.prefix(name))
        for name, company in (("left_", left), ("right_", right))
    )
    pair = of_left.join(of_right, on="job")
    difference = pl.col("left_points") - pl.col("right_points")
    return pair.with_columns(difference=difference, mean_difference=difference.mean(), pair_count=pl.len())


def _with_shown(found: pl.LazyFrame, stated: pl.LazyFrame, *by: str) -> pl.LazyFrame:
    """Add the counts of stories that show each stated sign and that do not."""
    shown = stated.group_by(by).agg(shown_count=pl.col("shown").sum(), not_shown_count=(~pl.col("shown")).sum())
    counts = pl.col("shown_count", "not_shown_count")
    return found.join(shown, on=by, how="left").with_columns(counts.fill_null(0).cast(pl.Int64))


def signs(tables: Tables) -> pl.LazyFrame:
    felt = remembered(tables.encounter, "story").filter(pl.col("hall") != "mixed").select("story", "hall")
    chosen = felt.join(tables.story.filter(pl.col("read_signs") == "whole"), on="story", how="semi")
    stated = tables.sign.drop_nulls("shown").join(chosen, on="story")
    halls = chosen.group_by("hall").len("story_count").join(tables.signs, how="cross")
    shown, stories = pl.col("shown_count"), pl.col("story_count").cast(pl.Int64)
    told_count = pl.col("told_count")
    return (
        _with_shown(halls, stated, "hall", "sign")
        .with_columns(told_count=shown + pl.col("not_shown_count"))
        .with_columns(
            not_told_count=stories - told_count,
            shown_share=pl.when(told_count > 0).then(shown / told_count),
            shown_of_all=shown / stories,
            told_of_all=told_count / stories,
        )
    )


def signs_by_company(tables: Tables, most: int) -> pl.LazyFrame:
    felt = remembered(tables.encounter, "story").select("story", "experience")
    story = tables.story.filter(pl.col("read_signs") == "whole").join(felt, on="story", how="left")
    stated = tables.sign.drop_nulls("shown").join(story.select("story", "company"), on="story")
    telling = stated.select("company").unique().with_columns(is_telling=pl.lit(True))
    is_silent = (pl.col("company_count") > most) & pl.col("is_telling").is_null()
    company = (
        story.group_by("company")
        .agg(story_count=pl.len().cast(pl.Int64), experience=pl.col("experience").mean())
        .with_columns(hall=hall("experience"), company_count=pl.len())
        .join(telling, on="company", how="left")
        .with_columns(telling_count=pl.col("is_telling").sum())
        # fame, mixed, shame are in the order of the letters
        .sort(is_silent, pl.col("hall"), pl.col("company"), nulls_last=True)
        .head(most)
        .join(tables.signs, how="cross")
    )
    not_told = pl.col("story_count") - pl.col("shown_count") - pl.col("not_shown_count")
    return _with_shown(company, stated, "company", "sign").with_columns(not_told_count=not_told)
