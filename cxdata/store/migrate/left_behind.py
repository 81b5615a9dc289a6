"""What stays behind when a file of another version is brought up to date, in sentences for whoever runs it."""

import duckdb

MOST_SAID = 20  # of a kind

KINDS = (
    # shipped stories that people's own stand in the place of
    "select 'the shipped story ' || story || ' is left out: it ' || why as said from left_out",
    """
    select
        'the story ' || told.story || ' no longer ships: '
        || string_agg(told.what, ', ' order by told.what) || ' of it stay behind' as said
    from (
        select story, count(*) || case when count(*) = 1 then ' reply' else ' replies' end as what
        from former_reply
        group by story
        union all
        select story, count(*) || case when count(*) = 1 then ' change' else ' changes' end as what
        from former_history
        where story is not null
        group by story
    ) as told
    where told.story not in (select story.story from story)
    group by told.story
    """,
    """
    select
        'the second coding of ' || story || ' by ' || coder
        || ' stays behind: the story no longer ships, or not in the steps that it codes' as said
    from former_second_coding
    where batch != 'shipped' and (story, coder) not in (select (story, coder) from second_coding)
    """,
    """
    select 'the lesson ' || lesson || ' no longer rests on ' || story || ', which no longer ships' as said
    from former_lesson_story
    where
        lesson in (select lesson from former_lesson where batch != 'shipped')
        and story not in (select story from story)
    """,
    """
    select 'what was changed of the company ' || company || ' stays behind: no story is of it any longer' as said
    from former_history
    where company in (select led.former from led where led.company not in (select company.company from company))
    group by company
    """,
    """
    select
        'the name ' || former.alias || ' leads to ' || now.company || ' now, and no longer to ' || led.company as said
    from former_company_alias as former
    inner join led on former.company = led.former
    inner join company_alias as now on former.alias = now.alias
    where now.company != led.company
    """,
    """
    select
        'the company ' || company.company || ' ships now, with sector and country '
        || concat_ws(', ', company.sector, company.country) || ' and not '
        || concat_ws(', ', former.sector, former.country) as said
    from former_company as former
    inner join led on former.company = led.former
    inner join company on led.company = company.company
    where
        former.batch != 'shipped' and company.batch = 'shipped'
        and (former.sector, coalesce(former.country, '')) != (company.sector, coalesce(company.country, ''))
    """,
    """
    select 'the source ' || former || ' is called ' || source || ' now: another ships under its id' as said
    from sourced
    where former != source
    """,
)


def report_losses(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What is not as it was, after everything was carried over; of very many of a kind the first, and how many."""
    sentences = []
    for kind in KINDS:
        found = connection.execute(
            f"select said, count(*) over () from ({kind}) order by said limit {MOST_SAID}"
        ).fetchall()
        sentences += [said for said, _ in found]
        if found and found[0][1] > MOST_SAID:
            sentences.append(f"and {found[0][1] - MOST_SAID:,} more like it")
    return sentences
