-- The definitions that more than one view or question needs, each said once.

-- The unit: 1 point is as much as five minutes that a customer would rather not have spent.
create or replace macro minutes_per_point() as 5;

-- Points of effort: so much for the hassle of each time, and so much for each minute, told or usual.
create or replace macro load_points(hassle_points, points_per_minute, hassles, told_minutes, assumed_minutes) as
hassle_points * hassles + points_per_minute * (told_minutes + assumed_minutes);

-- By how much an effort is cut that would pass its ceiling.
create or replace macro cut_to(ceiling_points, points) as case
    when points > ceiling_points then ceiling_points / points else 1
end;

-- The variance of a sample, from its standard deviation as that of all that could be; NULL of one.
create or replace macro sample_variance(scatter, number) as scatter ** 2 * number / nullif(number - 1, 0);

-- Effort score: 0 (none) to 100, for display only; lower is better. 10 points, some fifty minutes of unwanted work,
-- is the middle of the scale. It is curved, so it is taken of points or of mean points and never averaged.
create or replace macro effort_score(points) as 100 * points / (points + 10);

-- Hall: what the experience says. Two steps from neutral, so that a single mild moment makes nobody famous.
create or replace macro hall(experience) as case
    when experience >= 2 then 'fame'
    when experience <= -2 then 'shame'
    when experience is not null then 'mixed'
end;

-- Peak and end (Kahneman): the largest feeling either way, the later on a tie; the last feeling that is told. Both pass
-- over silent steps and are NULL where nothing is told.
create or replace macro peak_feeling(feeling, step) as arg_max(
    feeling, case when feeling is not null then abs(feeling) * 100000 + step end
);
create or replace macro end_feeling(feeling, step) as arg_max(
    feeling, case when feeling is not null then step end
);

-- Experience: the mean of peak and end. People remember these, not the average moment.
create or replace macro peak_end(peak, ending) as (peak + ending) / 2;

-- Whether a measure of a story is known: somebody read it for that, and for its feeling it also says one.
create or replace macro is_known(measure, effort_points, experience, read_promises, read_signs) as case measure
    when 'effort' then effort_points is not null
    when 'feeling' then experience is not null
    when 'promises' then read_promises = 'whole'
    -- nothing that a story was read for: the question asks whether it was coded twice
    when 'agreement' then true
    else read_signs = 'whole'
end;

-- Whether a story is of the kind asked for, a code of codebook_kinds; NULL asks for every kind.
create or replace macro is_kind(told, asked) as asked is null or told = asked;

-- Whether a mapping filled a story: a shipped one names itself as coder, any other is kept with the batch.
create or replace macro is_mapped(coder, mapping) as starts_with(coder, 'the mapping ') or mapping is not null;

-- What a page or a picture can bear: companies as rows, companies as columns or with several rows each, companies as
-- dots of a scatter, stories as dots of a scatter or of one company, blocks of one company. Of more companies those
-- with most stories are shown, by name where they have equally many.
create or replace macro most_rows() as 30;
create or replace macro most_columns() as 15;
create or replace macro most_dots() as 200;
create or replace macro most_own_dots() as 60;
create or replace macro most_blocks() as 20;

-- Up to so many stories of a company the interval of their mean is resampled (cxdata/statistics/intervals.py says why).
create or replace macro most_resampled() as 200;

-- The month and the year of a day, as their first days.
create or replace macro month_of(day) as date_trunc('month', day)::date;
create or replace macro year_of(day) as date_trunc('year', day)::date;

-- Points to the next whole one: what a histogram counts by; 0 is none at all.
create or replace macro whole_points(points) as ceil(points)::integer;

-- How many of so many are named in a sentence, and what it ends with for the others.
create or replace macro named_of(number) as case when number <= 6 then number else 3 end;
create or replace macro and_more(number) as case
    when number > named_of(number) then ' and ' || format('{:,}', number - named_of(number)) || ' more' else ''
end;

-- The piece of a text around the words that were searched for.
create or replace macro around(told, sought) as
'… ' || told[greatest(strpos(lower(told), lower(sought)) - 60, 1):strpos(lower(told), lower(sought)) + 120] || ' …';

-- The end of a text from its rarest letter on (in English; what is no letter, figure or blank is rarest), three letters
-- of it at least. A search looks for this first: it goes from one place where the first letter stands to the next.
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
