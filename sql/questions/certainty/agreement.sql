-- Question: How far do coders who have not seen each other's work agree?
-- One row:  per code that two coders looked for in one story. Codes that they agree on come first. Those that they do
--           not agree on, the open ones and the rare ones follow.
-- Columns:  measure, code, driver, code_label, finding, alpha, low, high, is_low, found_count, both_found, one_found,
--           unit_count, coders, story_count, position
-- Caution:  alpha is Krippendorff's alpha: 1 is perfect agreement, and 0 is chance. It is empty where all values are
--           the same. low and high are its 95% interval by a bootstrap over units, empty below ten units. finding is
--           rare below 20 units in which a coder found the code. Otherwise it is agreed if low is .667 or more, low if
--           high is less, and open between. is_low marks an alpha below .667 of 20 found or more. story_count counts
--           the stories in which two coders looked for the code. What a coder did not look for is unknown.
with judged as (
    select
        agreement_code.measure,
        agreement_code.code,
        agreement_code.code_label,
        agreement_code.place,
        code_agreement.alpha,
        code_agreement.low,
        code_agreement.high,
        code_agreement.both_found + code_agreement.one_found as found_count,
        code_agreement.both_found,
        code_agreement.one_found,
        code_agreement.units as unit_count,
        code_agreement.coders,
        code_agreement.stories as story_count,
        case
            when found_count < 20 then 'rare'
            when code_agreement.low >= 0.667 then 'agreed'
            when code_agreement.high < 0.667 then 'low'
            else 'open'
        end as finding
    from code_agreement
    inner join agreement_code
        on code_agreement.measure = agreement_code.measure and code_agreement.code = agreement_code.code
)

select
    measure,
    code,
    case when measure = 'driver' then code end as driver,
    code_label,
    finding,
    alpha,
    low,
    high,
    alpha < 0.667 and found_count >= 20 as is_low,
    found_count,
    both_found,
    one_found,
    unit_count,
    coders,
    story_count,
    row_number() over (
        order by
            list_position(['agreed', 'low', 'open', 'rare'], finding),
            -- of the rare ones the commonest first
            if(finding = 'rare', found_count, 0) desc,
            place
    ) as position
from judged
order by position;
