"""The base tables as a Polars user would hold them, and what several questions take from them: lazy frames."""

from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa
from peer_tables import SHARED, values_of

from cxdata.publish.origin import COMPLAINT_KINDS

UNANSWERED = "unanswered_contact"  # an attempt that nobody answers


@dataclass(frozen=True)
class Tables:
    """The base tables; names that tables share are of one enumeration, so that joins compare numbers."""

    story: pl.LazyFrame
    encounter: pl.LazyFrame
    event: pl.LazyFrame
    promise: pl.LazyFrame
    sign: pl.LazyFrame
    source: pl.LazyFrame
    company: pl.LazyFrame
    driver: pl.LazyFrame
    touchpoint: pl.LazyFrame
    outcome: pl.LazyFrame
    cost: pl.LazyFrame
    signs: pl.LazyFrame
    draws: np.ndarray


def hold(tables: dict[str, pa.Table], draws: list[list[float]]) -> Tables:
    """Make frames of the tables, with codes named after their codebook."""
    frames = {name: pl.DataFrame(rows) for name, rows in tables.items()}
    for shared, columns in SHARED.items():
        kind = pl.Enum(values_of(tables, shared))
        for table, column in columns:
            frames[table] = frames[table].with_columns(pl.col(column).cast(kind))
    lazy = {name: frame.lazy() for name, frame in frames.items()}
    return Tables(
        story=lazy["published_story"],
        encounter=lazy["encounter"],
        event=lazy["effort_event"],
        promise=lazy["promise"],
        sign=lazy["sign"],
        source=lazy["source"],
        company=lazy["company"],
        driver=lazy["codebook_drivers"].rename({"code": "driver"}),
        touchpoint=lazy["codebook_touchpoints"].rename({"code": "touchpoint"}),
        outcome=lazy["codebook_outcomes"].rename({"code": "outcome"}),
        cost=lazy["codebook_costs"].rename({"code": "item"}),
        signs=lazy["codebook_signs"].rename({"code": "sign"}),
        draws=np.array(draws),
    )


def largest(story: pl.LazyFrame, most: int) -> pl.LazyFrame:
    """Choose the stories of the companies with most of them; ties go by name."""
    counts = story.group_by("company").len("stories").sort("stories", "company", descending=[True, False])
    return story.join(counts.head(most), on="company", how="semi")


def uncomplained(tables: Tables) -> pl.LazyFrame:
    """Choose the stories of companies without complaints."""
    registers = tables.source.filter(pl.col("kind").cast(pl.String).str.to_lowercase().is_in(COMPLAINT_KINDS))
    return tables.story.join(tables.story.join(registers, on="source", how="semi"), on="company", how="anti")


def worked(tables: Tables, story: pl.LazyFrame) -> pl.LazyFrame:
    """Choose the effort events of these stories that were read for effort, each with its points under a ceiling."""
    minutes = pl.coalesce("minutes", pl.col("usual_minutes") * pl.col("times"))
    points, ceiling = pl.col("points"), pl.col("ceiling_points")
    total = points.sum().over("story", "driver")
    return (
        tables.event.join(tables.driver, on="driver")
        .join(read(story).select("story", "company"), on="story")
        .with_columns(points=pl.col("hassle_points") * pl.col("times") + minutes * pl.col("minute_share") / 5)
        .with_columns(
            points=pl.when(pl.col("ceiling_of") == "time")
            .then(pl.min_horizontal(points, ceiling * pl.col("times")))
            .otherwise(pl.when(total > ceiling).then(points * ceiling / total).otherwise(points))
        )
    )


def read(story: pl.LazyFrame) -> pl.LazyFrame:
    """Those of these stories that were read whole for effort."""
    return story.filter(pl.col("read_effort") == "whole")


def with_effort(tables: Tables, story: pl.LazyFrame) -> pl.LazyFrame:
    """Add to these stories their points, to do and to feel, and their number of events.

    None is 0; unknown, and null, where nobody read the story for effort.
    """
    summed = (
        worked(tables, story)
        .group_by("story")
        .agg(
            effort_points=pl.col("points").sum(),
            do_points=pl.col("points").filter(pl.col("kind") == "do").sum(),
            feel_points=pl.col("points").filter(pl.col("kind") == "feel").sum(),
            event_count=pl.len(),
        )
    )
    figures = ("effort_points", "do_points", "feel_points", "event_count")
    return story.join(summed, on="story", how="left").with_columns(
        pl.when(pl.col("read_effort") == "whole").then(pl.col(name).fill_null(0)).alias(name) for name in figures
    )


def remembered(encounter: pl.LazyFrame, *by: str) -> pl.LazyFrame:
    """Compute peak, ending, experience and hall of the stories with a stated feeling."""
    feeling, step = pl.col("feeling").cast(pl.Int32), pl.col("step").cast(pl.Int32)
    # step and feeling packed into one number: their largest is found much quicker than its row
    return (
        encounter.filter(pl.col("feeling").is_not_null())
        .group_by(by)
        .agg(
            peak=((feeling.abs() * 100_000 + step) * 16 + feeling + 5).max() % 16 - 5,
            ending=(step * 16 + feeling + 5).max() % 16 - 5,
        )
        .with_columns(experience=(pl.col("peak") + pl.col("ending")) / 2)
        .with_columns(hall=hall("experience"))
    )


def hall(experience: str) -> pl.Expr:
    """Compute the hall of each; null for an unknown experience."""
    value = pl.col(experience)
    return (
        pl.when(value >= 2)
        .then(pl.lit("fame"))
        .when(value <= -2)
        .then(pl.lit("shame"))
        .when(value.is_not_null())
        .then(pl.lit("mixed"))
    )


def contacted(tables: Tables, story: pl.LazyFrame) -> pl.LazyFrame:
    """Count the contacts that customers of these stories tried for, by encounter and demand, and those answered.

    Of a run of attempts and the answered contact that ends it, one was needed if any of them is coded so.
    """
    times, is_attempt = pl.col("times").cast(pl.Int64), pl.col("driver").cast(pl.String) == UNANSWERED
    attempts, answered, run = pl.col("attempts"), pl.col("answered"), ("story", "job", "run")
    counted = (
        tables.event.join(tables.driver.filter("failure_demand"), on="driver", how="semi")
        .group_by("story", "step")
        .agg(attempts=times.filter(is_attempt).sum(), repeats=times.filter(~is_attempt).max())
    )
    is_end, is_value = (answered > 0).cast(pl.Int64), pl.col("demand").cast(pl.String) == "value"
    own = (
        pl.when(answered.max().over(run) > 0)
        .then(answered > 0)
        .otherwise(pl.col("step") == pl.col("step").min().over(run))
    )
    tried = (
        tables.encounter.filter(pl.col("started_by") == "customer", pl.col("demand").is_not_null())
        .join(tables.touchpoint, on="touchpoint")
        .join(story.select("story", "company", told="job"), on="story")
        .join(counted, on=["story", "step"], how="left")
        .with_columns(attempts.fill_null(0), job=pl.coalesce("job", "told"))
        .filter(pl.col("is_contact") | (attempts > 0))
        .with_columns(
            answered=pl.when("is_contact")
            .then(pl.col("repeats").fill_null((attempts == 0).cast(pl.Int64)))
            .otherwise(0)
        )
        .sort("story", "step")
        .with_columns(run=is_end.cum_sum().over("story", "job") - is_end)
        .with_columns(
            needed=pl.when(attempts.sum().over(run) == 0)
            .then(pl.when(is_value).then(answered).otherwise(0))
            .otherwise((own & is_value.any().over(run)).cast(pl.Int64))
        )
        .with_columns(met=pl.min_horizontal("needed", "answered"))
    )
    needed, met = pl.col("needed"), pl.col("met")
    return pl.concat(
        [
            tried.with_columns(demand=pl.lit("value"), contacts=needed, answered=met),
            tried.with_columns(
                demand=pl.lit("failure"), contacts=attempts + answered - needed, answered=answered - met
            ),
        ]
    ).filter(pl.col("contacts") > 0)


def served(tables: Tables, story: pl.LazyFrame) -> pl.LazyFrame:
    """Add to the encounters of these stories the job of each: its own, else that of the story."""
    served = tables.encounter.join(story.select("story", "company", "read_effort", story_job="job"), on="story")
    return served.with_columns(pl.coalesce("job", "story_job").alias("job")).drop("story_job")


def stories_of(rows: pl.LazyFrame, *by: str) -> pl.LazyFrame:
    """How many stories there are by these columns: made different first, quicker than counting in each group."""
    return rows.select(*by, "story").unique().group_by(by).len("story_count")
