-- Question: Which passages are texts put together from?
-- One row:  exactly one: a list of 4,096 passages, two sentences each, of 12 to 28 words of the list $words.
-- Columns:  passages
with sentence as (
    select
        numbers.number::integer as number,
        6 + low(draw('sentence', numbers.number)) % 9 as word_count
    from range(8192) as numbers (number)
),

word as (
    select
        sentence.number,
        place.place,
        pick(getvariable('words'), share(low(draw('word', sentence.number * 16 + place.place)), 0)) as word
    from sentence
    inner join range(14) as place (place) on sentence.word_count > place.place
),

joined as (
    select
        number,
        string_agg(word, ' ' order by place) as words
    from word
    group by number
),

passage as (
    select
        number // 2 as number,
        string_agg(upper(words[1]) || words[2:] || '.', ' ' order by number) as passage
    from joined
    group by number // 2
)

select list(passage order by number) as passages
from passage;
