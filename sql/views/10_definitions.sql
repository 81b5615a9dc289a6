-- Definitions that more than one view or question uses.

-- Unit: 1 point is worth five minutes that a customer would rather not have spent.
create or replace macro minutes_per_point() as 5;

-- Points of effort: hassle points for each time, plus points for each minute. Minutes are stated or usual ones.
create or replace macro load_points(hassle_points, points_per_minute, hassles, told_minutes, assumed_minutes) as
hassle_points * hassles + points_per_minute * (told_minutes + assumed_minutes);

-- Factor that cuts an effort to its ceiling; 1 below the ceiling.
create or replace macro cut_to(ceiling_points, points) as case
    when points > ceiling_points then ceiling_points / points else 1
end;

-- Variance of a sample, from the standard deviation of a population; NULL for one value.
create or replace macro sample_variance(scatter, number) as scatter ** 2 * number / nullif(number - 1, 0);

-- Effort score: 0 (none) to 100, for display only; lower is better. 10 points, about fifty minutes of unwanted work,
-- are the middle of the scale. The scale is curved. So compute it from points or mean points, and never average it.
create or replace macro effort_score(points) as 100 * points / (points + 10);

-- Hall: follows from the experience. It begins two steps from neutral, so that one mild moment puts nobody in a hall.
create or replace macro hall(experience) as case
    when experience >= 2 then 'fame'
    when experience <= -2 then 'shame'
    when experience is not null then 'mixed'
end;

-- Peak and end (Kahneman): the strongest feeling, good or bad (the later of two equal ones), and the last feeling.
-- Both skip steps without a feeling. Both are NULL where no step states one.
create or replace macro peak_feeling(feeling, step) as arg_max(
    feeling, case when feeling is not null then abs(feeling) * 100000 + step end
);
create or replace macro end_feeling(feeling, step) as arg_max(
    feeling, case when feeling is not null then step end
);

-- Experience: the mean of peak and end. People remember these two, and not the average moment.
create or replace macro peak_end(peak, ending) as (peak + ending) / 2;

-- Whether a measure of a story is known: somebody read the story for it. Feeling also needs a stated one.
create or replace macro is_known(measure, effort_points, experience, read_promises, read_signs) as case measure
    when 'effort' then effort_points is not null
    when 'feeling' then experience is not null
    when 'promises' then read_promises = 'whole'
    -- agreement needs no reading: the question checks whether a story was coded twice
    when 'agreement' then true
    else read_signs = 'whole'
end;

-- Whether a story is of a kind, a code of codebook_kinds; NULL lets every kind through.
create or replace macro is_kind(told, asked) as asked is null or told = asked;

-- Whether a mapping filled a story: a shipped mapping is the coder, and the batch keeps any other mapping.
create or replace macro is_mapped(coder, mapping) as starts_with(coder, 'the mapping ') or mapping is not null;

-- Limits of a chart: companies as rows; companies as columns or with several rows each; companies or stories as dots of
-- a scatter; stories as dots of one company; blocks of one company. Of more companies, charts show those with most
-- stories, by name where the numbers are equal.
create or replace macro most_rows() as 30;
create or replace macro most_columns() as 15;
create or replace macro most_dots() as 200;
create or replace macro most_own_dots() as 60;
create or replace macro most_blocks() as 20;

-- Most stories of a company whose mean gets a resampled interval (cxdata/statistics/intervals.py gives the reason).
create or replace macro most_resampled() as 200;

-- First day of the month and of the year of a day.
create or replace macro month_of(day) as date_trunc('month', day)::date;
create or replace macro year_of(day) as date_trunc('year', day)::date;

-- Points, rounded up to a whole number for histograms; 0 means no effort.
create or replace macro whole_points(points) as ceil(points)::integer;

-- How many of several names a sentence has, and its ending for the others.
create or replace macro named_of(number) as case when number <= 6 then number else 3 end;
create or replace macro and_more(number) as case
    when number > named_of(number) then ' and ' || format('{:,}', number - named_of(number)) || ' more' else ''
end;

-- Part of a text around the words of a search.
create or replace macro around(told, sought) as
'… ' || told[greatest(strpos(lower(told), lower(sought)) - 60, 1):strpos(lower(told), lower(sought)) + 120] || ' …';

-- End of a text, from its rarest English letter on, at least three letters long. Any other character is rarer still.
-- A search looks for this end first, because it jumps between the places of the first letter.
create or replace macro from_rarest(words) as words[coalesce(
    list_min(
        list_transform(
            range(1, greatest(length(words) - 1, 2)),
            lambda place: struct_pack(
                rank := strpos('zqxj9876543210kvbpgywfmucldrhsnioat e', words[place]), place := place
            )
        )
    ).place,
    1
):];
