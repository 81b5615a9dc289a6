"""Large databases made quickly, by SQL over range(): one-sided complaints, or any number of stories.

Names and codes go round by remainders, so that a test can say what should come out.
"""

from dataclasses import dataclass

import duckdb

from cxdata.codebook.codes import Codebook
from cxdata.store.build import create_schema
from cxdata.store.rollups import refresh_rollups
from cxdata.stories import Library


@dataclass(frozen=True)
class Stock:
    """How many stories of how many companies, with how much in each; `tells` is whether feelings are told."""

    stories: int
    companies: int
    encounters: int = 5
    events: int = 6
    tells: bool = True
    sector: str = "Retail"
    prefix: str = "tale"
    touchpoints: tuple[str, ...] = ("phone", "website", "email", "delivery", "live_chat", "refund", "product")
    drivers: tuple[str, ...] = ("repeat_contact", "disputing", "worry", "channel_switch", "split_delivery")
    jobs: tuple[str, ...] = ("buy_a_laptop", "return_a_laptop", "get_a_repair")
    outcomes: tuple[str, ...] = ("resolved", "pending", "unresolved")
    authors: int = 1000


def complaints(stories: int = 16_500, companies: int = 1_500) -> Stock:
    """As complaints to a regulator come: one encounter and one avoidable contact each, and no feeling told."""
    return Stock(
        stories,
        companies,
        encounters=1,
        events=1,
        tells=False,
        sector="Finance",
        prefix="complaint",
        touchpoints=("website", "phone", "letter"),
        drivers=("avoidable_contact",),
        jobs=("query_a_charge", "make_a_claim", "close_an_account"),
        outcomes=("unresolved", "partly_resolved", "pending"),
        authors=1,
    )


def make_large(
    stock: Stock, codebook: Codebook, path: str = ":memory:", library: Library | None = None
) -> duckdb.DuckDBPyConnection:
    """A database of these stories, beside those of a library if there is one."""
    connection = duckdb.connect(path)
    create_schema(connection, library or Library(()), codebook)
    add_stock(connection, stock)
    refresh_rollups(connection)
    return connection


def add_stock(connection: duckdb.DuckDBPyConnection, stock: Stock) -> None:
    """The rows of the stories alone: whoever adds them rolls up."""
    given = {
        "stories": stock.stories,
        "companies": stock.companies,
        "sector": stock.sector,
        "prefix": stock.prefix,
        "touchpoints": list(stock.touchpoints),
        "drivers": list(stock.drivers),
        "jobs": list(stock.jobs),
        "outcomes": list(stock.outcomes),
        "encounters": stock.encounters,
        "events": stock.events,
        "tells": stock.tells,
        "authors": stock.authors,
    }
    for rows in ROWS:
        connection.execute(rows, {name: given[name] for name in given if f"${name}" in rows})


ROWS = (
    """
    insert into batch values ($prefix, $prefix || '.csv', md5($prefix), null, $stories, 'a test',
        timestamp '2026-11-22')
    """,
    """
    insert into company
    select 'The ' || $prefix || ' company ' || n, $sector, 'GB', $prefix from range($companies) as each (n)
    """,
    """
    insert into company_alias
    select lower(company), company from company where batch = $prefix
    """,
    """
    insert into source
    select $prefix || '-source-' || n, 'Piece ' || n, 'Author ' || n % $authors, null, '2025', null, 'review', $prefix
    from range(greatest($stories // 10, 1)) as each (n)
    """,
    # the first company has most stories, the n-th about 1/n of them (Zipf); each has at least one
    """
    insert into story by name
    select
        $prefix || '-' || n as story,
        'The ' || $prefix || ' company ' || case
            when n < $companies then n
            else least(floor(($companies + 1) ** ((hash(n) % 1000003) / 1000003.0)) - 1, $companies - 1)::bigint
        end as company,
        $prefix || '-source-' || n % greatest($stories // 10, 1) as source,
        $jobs[1 + n % len($jobs)] as job,
        'The tale of ' || n as title,
        'What happened to customer ' || n || ', who turned to them again and again for ' || md5(n::varchar) as summary,
        '2025-' || lpad((1 + n % 12)::varchar, 2, '0') as happened_on,
        'told' as happened_basis,
        make_date(2025, (1 + n % 12)::int, 1) as happened_from,
        last_day(make_date(2025, (1 + n % 12)::int, 1)) as happened_to,
        $outcomes[1 + n % len($outcomes)] as outcome,
        'none' as verdict,
        'published' as status,
        'Coder A' as coder,
        date '2026-11-21' as coded_on,
        'Reader B' as reviewer,
        date '2026-11-21' as reviewed_on,
        md5($prefix || n) as fingerprint,
        $prefix as batch
    from range($stories) as each (n)
    """,
    """
    insert into encounter by name
    select
        $prefix || '-' || n as story,
        step,
        $touchpoints[1 + (n + step) % len($touchpoints)] as touchpoint,
        'Step ' || step as short,
        'What step ' || step || ' brought to customer ' || n as summary,
        case when $tells and (n + step) % 4 > 0 then (n * 3 + step * 7) % 11 - 5 end as feeling,
        'customer' as started_by,
        'failure' as demand,
        'line ' || step as locator
    from range($stories) as each (n)
    cross join range(1, $encounters + 1) as place (step)
    """,
    """
    insert into effort_event by name
    select
        $prefix || '-' || n as story,
        1 + event % $encounters as step,
        event,
        $drivers[1 + (n + event) % len($drivers)] as driver,
        1 + (n + event) % 3 as times,
        case when (n + event) % 5 = 0 then (n % 90)::double end as minutes,
        'It is told in line ' || event as evidence,
        'line ' || event as locator
    from range($stories) as each (n)
    cross join range(1, $events + 1) as place (event)
    """,
    """
    insert into account
    select $prefix || '-' || n, 'I wrote to them, and I quote no. ' || n || ' of my letters'
    from range(0, $stories, 2) as each (n)
    """,
)
# every story with its scores, of the records and of nothing that is kept
COUNTED = """
create temp view counted_story as
with worked as (
    select
        story,
        sum(points) as effort_points,
        coalesce(sum(points) filter (where kind = 'do'), 0) as do_points,
        coalesce(sum(points) filter (where kind = 'feel'), 0) as feel_points
    from effort group by story
),
remembered as (
    select story, peak_end(peak_feeling(feeling, step), end_feeling(feeling, step)) as experience
    from service_encounter group by story
)
select
    story.*,
    coalesce(effort_points, 0) as effort_points,
    coalesce(do_points, 0) as do_points,
    coalesce(feel_points, 0) as feel_points,
    experience
from story left join worked using (story) left join remembered using (story)
"""
