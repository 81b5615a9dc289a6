"""The base tables that the peers hold, of published stories, without the texts that no comparison reads."""

from typing import Any

import duckdb
import pyarrow as pa

STORY = "select story, company, source, job, outcome, read_effort, read_signs from story where status = 'published'"
TABLES = {
    "published_story": STORY,
    "encounter": "select story, step, job, touchpoint, feeling, started_by, demand from encounter",
    "effort_event": "select story, step, event, driver, times, minutes from effort_event",
    "promise": "select story, promise, kept from promise",
    "sign": "select story, sign, shown from sign",
    "source": "select source, kind from source",
    "company": "select company, sector from company",
    "codebook_drivers": "select code, hassle_points, usual_minutes, minute_share, ceiling_points, ceiling_of, kind, "
    "failure_demand from codebook_drivers",
    "codebook_touchpoints": "select code, channel, is_contact from codebook_touchpoints",
    "codebook_outcomes": "select code, is_resolved, refund_at_risk from codebook_outcomes",
    "codebook_costs": "select code, basis, driver, low, high from codebook_costs",
    "codebook_signs": "select code from codebook_signs",
}
# columns with the same values in several tables, for joins of categories by number
SHARED = {
    "story": tuple((table, "story") for table in ("published_story", "encounter", "effort_event", "promise", "sign")),
    "company": (("published_story", "company"), ("company", "company")),
    "source": (("published_story", "source"), ("source", "source")),
    "job": (("published_story", "job"), ("encounter", "job")),
    "touchpoint": (("encounter", "touchpoint"), ("codebook_touchpoints", "code")),
    "driver": (("effort_event", "driver"), ("codebook_drivers", "code"), ("codebook_costs", "driver")),
    "kind": (("codebook_drivers", "kind"),),
    "outcome": (("published_story", "outcome"), ("codebook_outcomes", "code")),
    "item": (("codebook_touchpoints", "channel"), ("codebook_costs", "code")),
    "demand": (("encounter", "demand"),),
    "started_by": (("encounter", "started_by"),),
    "sign": (("sign", "sign"), ("codebook_signs", "code")),
}


def read_tables(cursor: duckdb.DuckDBPyConnection) -> dict[str, pa.Table]:
    """Read the tables by name, of published stories only."""
    return {
        name: cursor.sql(
            f"{sql} where story in (select story from ({STORY}))"
            if name in ("encounter", "effort_event", "promise", "sign")
            else sql
        ).to_arrow_table()
        for name, sql in TABLES.items()
    }


def read_draws(cursor: duckdb.DuckDBPyConnection) -> list[list[float]]:
    """Read the 1,000 draws of rank_stability: a number from 0 to 1 for each driver, in the order of their codes."""
    return [places for (places,) in cursor.execute("select places from weight_draw order by draw").fetchall()]


def values_of(tables: dict[str, Any], shared: str) -> list[str]:
    """List the distinct values of related columns, in order."""
    found: set[str] = set()
    for table, column in SHARED[shared]:
        found.update(tables[table].column(column).unique().to_pylist())
    return sorted(value for value in found if value is not None)
