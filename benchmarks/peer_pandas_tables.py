"""The base tables as a pandas user would hold them, and what several questions take from them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import pyarrow as pa
from peer_tables import SHARED, values_of

from cxdata.publish.origin import COMPLAINT_KINDS

By = str | list[str]
UNANSWERED = "unanswered_contact"  # an attempt that nobody answers


@dataclass(frozen=True)
class Tables:
    """The base tables; names that tables share are categories of one kind, so that joins compare numbers.

    A story is the place of its name among `names`: a million categories would be slow to group by.
    """

    story: pd.DataFrame
    encounter: pd.DataFrame
    event: pd.DataFrame
    promise: pd.DataFrame
    sign: pd.DataFrame
    source: pd.DataFrame
    company: pd.DataFrame
    driver: pd.DataFrame
    touchpoint: pd.DataFrame
    outcome: pd.DataFrame
    cost: pd.DataFrame
    signs: pd.DataFrame
    draws: np.ndarray
    names: np.ndarray


def hold(tables: dict[str, pa.Table], draws: list[list[float]]) -> Tables:
    """Make frames of the tables, with codes named after their codebook."""
    frames = {name: rows.to_pandas() for name, rows in tables.items()}
    for shared, columns in SHARED.items():
        kind = pd.CategoricalDtype(values_of(tables, shared), ordered=True)
        for table, column in columns:
            kept = frames[table][column].astype(kind)
            frames[table][column] = kept.cat.codes if shared == "story" else kept
    return Tables(
        story=frames["published_story"],
        encounter=frames["encounter"],
        event=frames["effort_event"],
        promise=frames["promise"],
        sign=frames["sign"],
        source=frames["source"],
        company=frames["company"],
        driver=frames["codebook_drivers"].rename(columns={"code": "driver"}),
        touchpoint=frames["codebook_touchpoints"].rename(columns={"code": "touchpoint"}),
        outcome=frames["codebook_outcomes"].rename(columns={"code": "outcome"}),
        cost=frames["codebook_costs"].rename(columns={"code": "item"}),
        signs=frames["codebook_signs"].rename(columns={"code": "sign"}),
        draws=np.array(draws),
        names=np.array(values_of(tables, "story"), dtype=object),
    )


def largest(story: pd.DataFrame, most: int) -> pd.DataFrame:
    """Choose the stories of the companies with most of them; ties go by name."""
    counts = story.groupby("company").size().rename("stories").reset_index()
    names = counts.sort_values(["stories", "company"], ascending=[False, True])["company"].head(most)
    return story[story["company"].isin(names)]


def uncomplained(tables: Tables) -> pd.DataFrame:
    """Choose the stories of companies without complaints."""
    registers = tables.source.loc[tables.source["kind"].str.lower().isin(COMPLAINT_KINDS), "source"]
    filed = tables.story.loc[tables.story["source"].isin(registers), "company"].unique()
    return tables.story[~tables.story["company"].isin(filed)]


def worked(tables: Tables, story: pd.DataFrame) -> pd.DataFrame:
    """Choose the effort events of these stories that were read for effort, each with its points under a ceiling."""
    event = tables.event.merge(read(story)[["story", "company"]], on="story").merge(tables.driver, on="driver")
    minutes = event["minutes"].fillna(event["usual_minutes"] * event["times"])
    event["points"] = event["hassle_points"] * event["times"] + minutes * event["minute_share"] / 5
    total = event.groupby(["story", "driver"], observed=True)["points"].transform("sum")
    cut = (event["ceiling_points"] / total.where(total > 0)).clip(upper=1).fillna(1)
    event["points"] = np.where(
        event["ceiling_of"] == "time",
        np.minimum(event["points"], event["ceiling_points"] * event["times"]),
        event["points"] * cut,
    )
    return event


def read(story: pd.DataFrame) -> pd.DataFrame:
    """Those of these stories that were read whole for effort."""
    return story[story["read_effort"] == "whole"]


def with_effort(tables: Tables, story: pd.DataFrame) -> pd.DataFrame:
    """Add to these stories their points, to do and to feel, and their number of events.

    None is 0; unknown, and NaN, where nobody read the story for effort.
    """
    event = worked(tables, story)
    event["do_points"] = event["points"].where(event["kind"] == "do", 0)
    event["feel_points"] = event["points"].where(event["kind"] == "feel", 0)
    summed = event.groupby("story", sort=False).agg(
        effort_points=("points", "sum"),
        do_points=("do_points", "sum"),
        feel_points=("feel_points", "sum"),
        event_count=("step", "size"),
    )
    found = story.merge(summed, on="story", how="left").fillna(dict.fromkeys(summed.columns, 0))
    found[list(summed.columns)] = found[list(summed.columns)].where(found["read_effort"] == "whole")
    return found


def remembered(encounter: pd.DataFrame, by: By = "story") -> pd.DataFrame:
    """Compute peak, ending, experience and hall of the stories with a stated feeling."""
    stated = encounter[encounter["feeling"].notna()]
    feeling, step = stated["feeling"].astype("int64"), stated["step"].astype("int64")
    # step and feeling packed into one number: their largest is found much quicker than its row
    packed = stated.assign(
        peak=(feeling.abs() * 100_000 + step) * 16 + feeling + 5,
        ending=step * 16 + feeling + 5,
    )
    found = packed.groupby(by, sort=False)[["peak", "ending"]].max() % 16 - 5
    found["experience"] = found.mean(axis=1)
    found["hall"] = hall(found["experience"])
    return found.reset_index()


def hall(experience: pd.Series) -> np.ndarray:
    """Compute the hall of each; None for an unknown experience."""
    return np.select(
        [experience >= 2, experience <= -2, experience.notna()], ["fame", "shame", "mixed"], np.array(None)
    )


def contacted(tables: Tables, story: pd.DataFrame) -> pd.DataFrame:
    """Count the contacts that customers of these stories tried for, by encounter and demand, and those answered.

    Of a run of attempts and the answered contact that ends it, one was needed if any of them is coded so.
    """
    encounter = tables.encounter
    started = encounter[(encounter["started_by"] == "customer") & encounter["demand"].notna()]
    failing = tables.event[
        tables.event["driver"].isin(tables.driver.loc[tables.driver["failure_demand"], "driver"])
    ].copy()
    is_attempt = failing["driver"] == UNANSWERED
    failing["attempts"], failing["repeats"] = (
        failing["times"].where(is_attempt, 0),
        failing["times"].where(~is_attempt),
    )
    counted = failing.groupby(["story", "step"], sort=False).agg(
        attempts=("attempts", "sum"), repeats=("repeats", "max")
    )
    tried = started.merge(tables.touchpoint, on="touchpoint")
    tried = tried.merge(story[["story", "company", "job"]], on="story", suffixes=("", "_told"))
    tried = tried.merge(counted.reset_index(), on=["story", "step"], how="left").fillna({"attempts": 0})
    tried = tried[tried["is_contact"] | (tried["attempts"] > 0)].sort_values(["story", "step"])
    answered = tried["repeats"].fillna((tried["attempts"] == 0).astype(int)).where(tried["is_contact"], 0)
    tried = tried.assign(
        answered=answered, job=tried["job"].fillna(tried["job_told"]), value=tried["demand"] == "value"
    )
    is_end = (tried["answered"] > 0).astype(int)
    tried["run"] = is_end.groupby([tried["story"], tried["job"]], observed=True).cumsum() - is_end
    runs = tried.groupby(["story", "job", "run"], observed=True, sort=False)
    is_ended, is_last = runs["answered"].transform("max") > 0, tried["answered"] > 0
    is_first = tried["step"] == runs["step"].transform("min")
    of_run = runs["value"].transform("max").astype(int).where(is_last.where(is_ended, is_first), 0)
    alone = tried["answered"].where(tried["value"], 0)
    needed = of_run.where(runs["attempts"].transform("sum") > 0, alone)
    met = needed.clip(upper=tried["answered"])
    parts = [
        tried.assign(demand="value", contacts=needed, answered=met),
        tried.assign(
            demand="failure",
            contacts=tried["attempts"] + tried["answered"] - needed,
            answered=tried["answered"] - met,
        ),
    ]
    both = pd.concat(parts)
    return both[both["contacts"] > 0]


def served(tables: Tables, story: pd.DataFrame) -> pd.DataFrame:
    """Add to the encounters of these stories the job of each: its own, else that of the story."""
    served = tables.encounter.merge(
        story[["story", "company", "job", "read_effort"]], on="story", suffixes=("", "_told")
    )
    served["job"] = served["job"].fillna(served["job_told"])
    return served
