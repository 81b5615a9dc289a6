-- The records of the design, one table a noun.
--
-- NULL says "the account does not say"; 0 and false say "none" and "not shown". They are never mixed.
-- Rows refer to each other by name; sql/checks holds the references to it, because a lake (DuckLake) keeps no foreign
-- keys and DuckDB's refuse to take out a parent and its children in one transaction, which undoing an import must do.
-- It holds the keys of the tables that grow with the stories too: an index makes bringing in a million of them two to
-- four times slower, and no question needs one.
-- Long texts are packed with zstd: half the time and two thirds of the room of what DuckDB would choose by itself.

create table batch (
    batch varchar primary key,
    file varchar not null,
    sha256 varchar not null,
    mapping varchar,
    rows bigint not null check (rows >= 0),
    imported_by varchar not null,
    imported_at timestamp not null
);

create table source (
    source varchar primary key,
    title varchar not null,
    author varchar not null,
    publication varchar,
    published varchar,
    url varchar,
    kind varchar not null,
    batch varchar not null
);

create table company (
    company varchar primary key,
    sector varchar not null,
    country varchar check (length(country) = 2),
    batch varchar not null
);

-- Every spelling that leads to a company, lower case, its own name among them.
create table company_alias (
    alias varchar primary key check (alias = lower(alias)),
    company varchar not null
);

-- read_...: whether somebody read the story for this measure. A story that was not read for effort has no known effort,
-- which is not 0. 'part': a form asked for some effort types only, read_drivers, and the customer answered.
create table story (  -- noqa: PRS
    story varchar not null,
    company varchar not null,
    source varchar not null,
    kind varchar not null,
    job varchar not null,
    title varchar not null,
    summary varchar not null using compression zstd,
    happened_on varchar,
    happened_basis varchar check (happened_basis in ('told', 'inferred')),
    happened_from date,
    happened_to date,
    outcome varchar not null,
    loyalty varchar,
    verdict varchar not null check (verdict in ('fame', 'shame', 'none')),
    ces tinyint check (ces between 1 and 7),
    read_feeling varchar not null check (read_feeling in ('whole', 'none')),
    read_effort varchar not null check (read_effort in ('whole', 'part', 'none')),
    read_drivers varchar[] not null,
    read_promises varchar not null check (read_promises in ('whole', 'none')),
    read_signs varchar not null check (read_signs in ('whole', 'none')),
    status varchar not null check (status in ('draft', 'reviewed', 'published')),
    coder varchar not null,
    coded_on date not null,
    reviewer varchar,
    reviewed_on date,
    notes varchar,
    fingerprint varchar not null,
    batch varchar not null,
    check ((happened_on is null) = (happened_from is null)),
    check ((happened_on is null) = (happened_basis is null)),
    check (happened_from <= happened_to),
    check ((read_effort = 'part') = (len(read_drivers) > 0))
);

create table encounter (  -- noqa: PRS
    story varchar not null,
    step smallint not null check (step >= 1),
    job varchar,
    touchpoint varchar not null,
    stage varchar,
    short varchar not null,
    summary varchar not null using compression zstd,
    feeling tinyint check (feeling between -5 and 5),
    started_by varchar not null check (started_by in ('customer', 'company')),
    demand varchar check (demand in ('value', 'failure')),
    locator varchar not null
);

create table emotion (
    story varchar not null,
    step smallint not null,
    emotion varchar not null
);

create table effort_event (  -- noqa: PRS
    story varchar not null,
    step smallint not null,
    event smallint not null check (event >= 1),
    driver varchar not null,
    times smallint not null check (times >= 1),
    minutes double check (minutes >= 0),
    evidence varchar not null using compression zstd,
    locator varchar not null
);

-- 'kept late': first refused, then met after the customer pushed.
create table promise (
    story varchar not null,
    promise smallint not null check (promise >= 1),
    claim varchar not null,
    kept varchar not null check (kept in ('kept', 'exceeded', 'kept late', 'broken', 'unclear')),
    standard varchar,
    evidence varchar not null,
    locator varchar not null
);

create table sign (
    story varchar not null,
    sign varchar not null,
    shown boolean,
    evidence varchar
);

-- A story coded again, in the same encounters, by somebody who has not seen the first coding. What the coder did not
-- read for is unknown, in all rows of the coding; within what was read, NULL and a missing sign mean "not stated".
create table second_coding (
    story varchar not null,
    coder varchar not null,
    coded_on date not null,
    read_for varchar[] not null check (
        len(read_for) > 0
        and list_has_all(['feeling', 'effort', 'times', 'minutes', 'demand', 'promises', 'signs'], read_for)
    ),
    notes varchar,
    batch varchar not null,
    primary key (story, coder)
);

create table second_encounter (
    story varchar not null,
    coder varchar not null,
    step smallint not null check (step >= 1),
    feeling tinyint check (feeling between -5 and 5),
    demand varchar check (demand in ('value', 'failure')),
    primary key (story, coder, step)
);

create table second_driver (
    story varchar not null,
    coder varchar not null,
    step smallint not null,
    driver varchar not null,
    times smallint check (times >= 1),
    minutes double check (minutes >= 0),
    primary key (story, coder, step, driver)
);

create table second_promise (
    story varchar not null,
    coder varchar not null,
    promise smallint not null check (promise >= 1),
    kept varchar not null check (kept in ('kept', 'exceeded', 'kept late', 'broken', 'unclear')),
    primary key (story, coder, promise)
);

create table second_sign (
    story varchar not null,
    coder varchar not null,
    sign varchar not null,
    shown boolean,
    primary key (story, coder, sign)
);

-- How far coders agree on a code of the view agreement_code: computed from the codings whenever records come or go
-- (cxdata/store/rollups.py). stories: those in which at least two coders looked for the code; units: what they compare.
create table code_agreement (
    measure varchar not null,
    code varchar not null,
    alpha double,
    low double,
    high double,
    units bigint not null,
    stories bigint not null,
    coders bigint not null,
    both_found bigint not null,
    one_found bigint not null,
    primary key (measure, code)
);

-- advice is the source's, in new words; cites is the speaker, book or guide that the source points to; ours is what the
-- project adds.
create table lesson (
    lesson varchar primary key,
    position smallint not null,
    title varchar not null,
    advice varchar not null,
    cites varchar,
    ours varchar,
    locator varchar not null,
    source varchar not null,
    batch varchar not null
);

-- What a source says in support of a lesson. With a company it is an example too short for a story, so it has no score.
create table lesson_point (
    lesson varchar not null,
    point smallint not null check (point >= 1),
    says varchar not null,
    company varchar,
    shows varchar check (shows in ('followed', 'broken')),
    locator varchar not null,
    primary key (lesson, point),
    check (shows is null or company is not null)
);

create table lesson_story (
    lesson varchar not null,
    story varchar not null,
    shows varchar not null check (shows in ('followed', 'broken')),
    because varchar not null,
    primary key (lesson, story)
);

-- The account in its customer's own words, where it came with them.
create table account (  -- noqa: PRS
    story varchar not null,
    words varchar not null using compression zstd
);

-- What stood before an edit, and what stands since: of a story, or (story is NULL) of a company. 'record' is the whole.
-- 'coder': a machine coded the story again; `before` is the coder whom it replaced.
-- 'erased': of a story that must not be named again, so of neither; `after` is its batch, if that is left.
create table history (
    story varchar,
    company varchar,
    field varchar not null,
    before varchar,
    after varchar,
    changed_by varchar not null,
    changed_at timestamp not null,
    -- a note on all companies names none
    check (starts_with(field, 'annotation ') or (story is not null or company is not null) = (field <> 'erased'))
);

-- What a company says to a story that is told of it; author is who speaks, in the words the company gives them.
create table reply (
    story varchar not null,
    reply smallint not null check (reply >= 1),
    replied_on date not null,
    author varchar not null,
    words varchar not null,
    url varchar,
    recorded_by varchar not null,
    recorded_at timestamp not null
);

-- A dated note of an editor, drawn into charts over time: on a company, or (company is NULL) on all.
create table annotation (
    annotation integer not null check (annotation >= 1),
    company varchar,
    noted_on date not null,
    words varchar not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);

-- Where a code stands in a frozen text: filled when stories come in with their texts.
create table passage (
    story varchar not null,
    step smallint,
    code varchar not null,
    text_start integer not null check (text_start >= 0),
    text_end integer not null,
    exact varchar not null,
    prefix varchar not null,
    suffix varchar not null,
    coder varchar not null,
    check (text_end > text_start)
);

-- What published surveys say of companies, whether or not there are stories of them; higher is better.
create table published_score (
    company varchar not null,
    measure varchar not null,
    publisher varchar not null,
    period varchar not null,
    scale varchar not null,
    value double not null,
    respondents bigint,
    note varchar not null,
    url varchar not null,
    checked_by varchar not null,
    checked_on date not null,
    primary key (company, measure, period)
);

-- Published stories with their scores, kept (sql/rollups) so that no question has to score them again: the view
-- scored_story. number stands for the story in the rollups: whole numbers are joined and counted many times quicker.
create table story_rollup (  -- noqa: PRS
    number integer not null,
    story varchar not null,
    title varchar not null,
    summary varchar not null using compression zstd,
    company varchar not null,
    sector varchar not null,
    country varchar,
    kind varchar not null,
    job varchar not null,
    happened_on varchar,
    happened_basis varchar,
    happened_from date,
    happened_to date,
    outcome varchar not null,
    loyalty varchar,
    ces tinyint,
    source varchar not null,
    coder varchar not null,
    coded_on date not null,
    reviewer varchar,
    reviewed_on date,
    notes varchar,
    read_feeling varchar not null,
    read_effort varchar not null,
    read_drivers varchar[] not null,
    read_promises varchar not null,
    read_signs varchar not null,
    event_count bigint,
    effort_points double,
    assumed_points double,
    do_points double,
    feel_points double,
    effort_score double,
    peak tinyint,
    ending tinyint,
    experience double,
    mean_feeling double,
    feeling_count bigint not null,
    hall varchar,
    verdict varchar not null,
    encounter_count bigint not null,
    promise_count bigint not null,
    author varchar not null,
    publication varchar
);

-- What a search looks through, in lower case: title and summary of a published story in one row; in others its account
-- in the customer's own words or, without one, what its steps and their work are told as.
-- Uncompressed, for every search reads all of it.
create table story_text (  -- noqa: PRS
    number integer not null,
    searched varchar not null using compression uncompressed
);

-- The kinds of published stories. is_default: the one to show first.
create table kind_rollup (
    kind varchar primary key,
    story_count bigint not null,
    is_default boolean not null
);

-- What each weighting of the codebook makes of each driver.
create table weighting_rollup (
    weighting varchar not null,
    driver varchar not null,
    driver_label varchar not null,
    kind varchar not null,
    theme varchar not null,
    failure_demand boolean not null,
    hassle_points double not null,
    points_per_minute double not null,
    primary key (weighting, driver)
);

-- For every draw (1 to 1,000) a number from 0 to 1 for each driver, in the order of their codes.
create table weight_draw (
    draw smallint not null,
    places double[] not null
);

-- What was done how often and for how long, whatever it weighs: any weighting of a story is a sum over these rows.
-- hassles (times) and minutes are cut in one proportion where the event would pass the ceiling of its effort type.
-- is_whole: the whole story was read for effort; only then do its points add up to something.
-- One an effort event of a published story: to group them takes longer than all that would be saved. A chosen story is
-- chosen whole, so that the stories of a driver, and of a driver at a touchpoint, are counted by the first of each.
create table effort_load (
    number integer not null,
    company varchar not null,
    step smallint not null,
    event smallint not null,
    job varchar not null,
    touchpoint varchar not null,
    stage varchar,
    driver varchar not null,
    times smallint not null,
    hassles double not null,
    told_minutes double not null,
    assumed_minutes double not null,
    is_whole boolean not null,
    is_first boolean not null,
    is_first_there boolean not null
);

-- The encounters of published stories by job and touchpoint.
create table encounter_load (
    number integer not null,
    company varchar not null,
    step smallint not null,
    job varchar not null,
    touchpoint varchar not null,
    stage varchar,
    feeling tinyint
);

-- The contacts of published stories: the view customer_contact; the first of a story with a demand, and there.
create table contact_load (
    number integer not null,
    company varchar not null,
    step smallint not null,
    channel varchar not null,
    touchpoint varchar not null,
    demand varchar not null,
    contacts smallint not null,
    answered smallint not null,
    is_first boolean not null,
    is_first_there boolean not null
);

-- Sums over stories by company and hall (NULL where no feeling is told), so that a page without a filter on jobs,
-- touchpoints or dates reads no story. A story is counted once in each row; where touchpoint is NULL the row is of all.
create table work_cell (
    company varchar not null,
    sector varchar not null,
    hall varchar,
    kind varchar not null,
    touchpoint varchar,
    driver varchar not null,
    events bigint not null,
    times bigint not null,
    hassles double not null,
    told_minutes double not null,
    assumed_minutes double not null,
    story_count bigint not null
);

create table touchpoint_cell (
    company varchar not null,
    sector varchar not null,
    hall varchar,
    kind varchar not null,
    touchpoint varchar not null,
    encounters bigint not null,
    feelings bigint not null,
    feeling_sum bigint not null,
    lowest_feeling tinyint,
    highest_feeling tinyint,
    story_count bigint not null,
    telling_count bigint not null,
    effort_count bigint not null
);

create table contact_cell (
    company varchar not null,
    sector varchar not null,
    hall varchar,
    kind varchar not null,
    demand varchar not null,
    channel varchar,
    touchpoint varchar,
    contacts bigint not null,
    answered bigint not null,
    story_count bigint not null
);

create table job_cell (
    company varchar not null,
    kind varchar not null,
    job varchar not null,
    story_count bigint not null,
    effort_count bigint not null,
    points double not null,
    primary key (company, kind, job)
);

-- By the months of the first and the last day on which a story may have happened, so that whole months of a filter need
-- no story: one month where it tells the day or the month, January and December where it tells the year alone, and NULL
-- where it tells no date.
create table month_cell (
    company varchar not null,
    sector varchar not null,
    hall varchar,
    kind varchar not null,
    first_month date,
    last_month date,
    story_count bigint not null,
    effort_count bigint not null,
    points double not null,
    point_squares double not null,
    least_points double,
    most_points double,
    assumed_points double not null,
    do_points double not null,
    feel_points double not null,
    feeling_read bigint not null,
    experience_count bigint not null,
    experience double not null,
    experience_squares double not null,
    worst_experience double,
    best_experience double
);

-- By years, each as its first day, in the same way.
create table touchpoint_year_cell (
    company varchar not null,
    sector varchar not null,
    hall varchar,
    kind varchar not null,
    first_year date,
    last_year date,
    touchpoint varchar not null,
    encounters bigint not null,
    feelings bigint not null,
    feeling_sum bigint not null,
    lowest_feeling tinyint,
    highest_feeling tinyint,
    story_count bigint not null,
    telling_count bigint not null,
    effort_count bigint not null,
    points double not null
);

-- A histogram: the stories with at most so many points, and more than one point less.
create table points_cell (
    company varchar not null,
    sector varchar not null,
    hall varchar,
    kind varchar not null,
    at_most integer not null,
    story_count bigint not null
);

-- What this file was built from; the version goes with every chart and download.
create table build (
    data_version varchar not null,
    shipped_version varchar not null,
    schema_version varchar not null
);

-- The codebook: one table a CSV file in sql/codebook, filled from it.

create table codebook_touchpoints (
    code varchar primary key,
    label varchar not null,
    description varchar not null,
    channel varchar not null,
    is_contact boolean not null,
    source varchar not null,
    checked_by varchar not null,
    checked_on date not null
);

create table codebook_drivers (
    code varchar primary key,
    label varchar not null,
    description varchar not null,
    hassle_points double not null check (hassle_points >= 0),
    usual_minutes double not null check (usual_minutes >= 0),
    low_minutes double not null check (low_minutes <= usual_minutes),
    high_minutes double not null check (high_minutes >= usual_minutes),
    minute_share double not null check (minute_share between 0 and 1),
    ceiling_points double not null check (ceiling_points > 0),
    ceiling_of varchar not null check (ceiling_of in ('time', 'story')),
    basis varchar not null check (basis in ('figure', 'part figure', 'assumption', 'not timed')),
    kind varchar not null check (kind in ('do', 'feel')),
    theme varchar not null,
    failure_demand boolean not null,
    is_unanswered boolean not null,
    reason varchar not null,
    source varchar not null,
    checked_by varchar not null,
    checked_on date not null
);

create table codebook_emotions (
    code varchar primary key,
    label varchar not null,
    description varchar not null,
    valence varchar not null check (valence in ('positive', 'negative', 'mixed')),
    source varchar not null,
    checked_by varchar not null,
    checked_on date not null
);

create table codebook_outcomes (
    code varchar primary key,
    label varchar not null,
    description varchar not null,
    is_resolved boolean,
    refund_at_risk boolean not null,
    source varchar not null,
    checked_by varchar not null,
    checked_on date not null
);

create table codebook_jobs (
    code varchar primary key,
    label varchar not null,
    description varchar not null,
    source varchar not null,
    checked_by varchar not null,
    checked_on date not null
);

-- source_kinds: kinds of sources whose stories are of this kind unless they say otherwise, joined by '; '.
create table codebook_kinds (
    code varchar primary key,
    label varchar not null,
    description varchar not null,
    position smallint not null,
    source_kinds varchar,
    source varchar not null,
    checked_by varchar not null,
    checked_on date not null
);

create table codebook_loyalty (
    code varchar primary key,
    label varchar not null,
    description varchar not null,
    source varchar not null,
    checked_by varchar not null,
    checked_on date not null
);

create table codebook_signs (
    code varchar primary key,
    label varchar not null,
    description varchar not null,
    position smallint not null,
    source varchar not null,
    checked_by varchar not null,
    checked_on date not null
);

create table codebook_stages (
    code varchar primary key,
    label varchar not null,
    description varchar not null,
    position smallint not null,
    source varchar not null,
    checked_by varchar not null,
    checked_on date not null
);

create table codebook_feelings (
    code tinyint primary key,
    label varchar not null,
    description varchar not null,
    source varchar not null,
    checked_by varchar not null,
    checked_on date not null
);

create table codebook_themes (
    code varchar primary key,
    label varchar not null,
    description varchar not null,
    position smallint not null,
    source varchar not null,
    checked_by varchar not null,
    checked_on date not null
);

create table codebook_weightings (
    code varchar primary key,
    label varchar not null,
    description varchar not null,
    position smallint not null,
    hassle_points double,
    minute_share double,
    theme varchar,
    factor double,
    source varchar not null,
    checked_by varchar not null,
    checked_on date not null
);

create table codebook_costs (
    code varchar primary key,
    label varchar not null,
    description varchar not null,
    basis varchar not null check (basis in ('contact', 'parcel', 'order')),
    driver varchar,
    low double check (low >= 0),
    high double check (high >= low),
    year varchar,
    source varchar not null,
    checked_by varchar not null,
    checked_on date not null
);
