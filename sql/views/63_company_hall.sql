-- The linter takes unqualified parameters of macros for columns. It does not know that query_table reads a query by
-- its name.
-- noqa: disable=RF02,RF03,ST05,ST03
-- Fewest stories read for feeling that rate a company; with fewer, the halls show single stories.
create or replace macro fewest_rated() as 5;

-- Hall of a company: its plain and its shrunken mean both reach 2, or both reach -2; NULL without a shrunken mean.
-- Reason:   shrinking can lift a mean of 1.9 above 2, and a mean of few stories rests on chance.
create or replace macro hall_of_company(experience, shrunken_experience) as case
    when shrunken_experience is null then null
    when least(experience, shrunken_experience) >= 2 - 1e-9 then 'fame'
    when greatest(experience, shrunken_experience) <= 1e-9 - 2 then 'shame'
    else 'mixed'
end;

-- One row:  per company of a relation `felt`: its mean drawn towards the others', and its hall. The columns of `felt`
--           are company, experience_count, experience (their mean, -5 to 5) and experience_variance (of the sample).
-- Reason:   parametric empirical Bayes over the companies with enough stories. Fewer than four cannot estimate the
--           field: it then centres on 0, with a variance of 1.
-- Caution:  shrunken_experience and hall are NULL where hall_reason says why: 'too few' stories, or 'unknown'.
create or replace macro placed_company(felt) as table
    with company as (
        select
            company,
            experience_count,
            experience,
            experience_variance
        from query_table(felt)
    ),

    -- the pooled variance within companies; next to nothing if the stories of each company are equal
    field as (
        select
            count(*) as companies,
            sum(experience_variance * (experience_count - 1)) / sum(experience_count - 1) as within_variance
        from company
        where experience_count >= fewest_rated()
    ),

    rated as (
        select
            company.experience,
            field.companies,
            field.within_variance / company.experience_count as own_variance,
            company.experience_count / field.within_variance as weight
        from company
        cross join field
        where
            company.experience_count >= fewest_rated()
            and field.companies >= 4
            and field.within_variance >= 1e-9
    ),

    weighed as (
        select
            sum(weight) as weight_sum,
            sum(weight ** 2) as weight_square_sum,
            sum(weight * experience) / sum(weight) as centre
        from rated
    ),

    scattered as (
        select
            variance_between(
                any_value(weighed.weight_sum),
                any_value(weighed.weight_square_sum),
                sum(rated.weight * (rated.experience - weighed.centre) ** 2),
                any_value(rated.companies)
            ) as between_variance
        from rated
        cross join weighed
    ),

    centred as (
        select
            sum(rated.experience / (rated.own_variance + scattered.between_variance))
            / sum(1 / (rated.own_variance + scattered.between_variance)) as centre,
            any_value(scattered.between_variance) as between_variance
        from rated
        cross join scattered
    ),

    drawn as (
        select
            company.company,
            company.experience_count,
            company.experience,
            coalesce(centred.centre, 0) as centre,
            case
                when company.experience_count < fewest_rated() then null
                when field.within_variance / company.experience_count < 1e-9 then 0
                else coalesce(
                    shrink_by(
                        field.within_variance / company.experience_count, centred.between_variance, field.companies
                    ),
                    field.within_variance / company.experience_count
                    / (field.within_variance / company.experience_count + 1)
                )
            end as shrunken_by
        from company
        cross join field
        cross join centred
    )

    select
        company,
        experience_count,
        experience,
        experience + (centre - experience) * shrunken_by as shrunken_experience,
        hall_of_company(experience, experience + (centre - experience) * shrunken_by) as hall,
        case
            when experience_count = 0 then 'unknown'
            when experience_count < fewest_rated() then 'too few'
        end as hall_reason
    from drawn;

-- One row:  per company: its hall by its stories of these jobs, touchpoints and days.
-- Reason:   the field has all companies, so a filter on companies or sectors moves no company. Stories that a filter
--           chose by their hall rate no company.
create or replace macro company_hall(story_kind, jobs, touchpoints, halls, since, until) as table
    with felt as (
        select
            company,
            experience_count,
            mean_experience as experience,
            experience_variance
        from chosen_company(null, null, story_kind, null, null, jobs, touchpoints, null, since, until)
    )

    select
        company,
        experience,
        case when halls is null then shrunken_experience end as shrunken_experience,
        case when halls is null then hall end as hall,
        case when halls is null then hall_reason else 'chosen by hall' end as hall_reason
    from placed_company('felt');
