-- Question: How far do two coders who have not seen each other's work agree?
-- One row:  per code, the feeling scale first, then all drivers together, then driver by driver, the least agreed
--           first.
-- Columns:  measure, code, driver, code_label, alpha, low, high, is_low, is_agreed, both_found, one_found, encounters,
--           coders, story_count, position
-- Caution:  Krippendorff's alpha, ordinal for feeling and nominal for the rest; 1 is perfect, 0 chance, NULL where
--           nobody found the code. is_low: below .667, too little to conclude from. low and high are a bootstrap's
--           95% interval over encounters, NULL below ten of them. is_agreed: found in at least 20 encounters, and
--           low is .667 or more; an alpha of 1 from three finds is no agreement.
select
    code_agreement.measure,
    code_agreement.code,
    case when code_agreement.measure = 'driver' then code_agreement.code end as driver,
    case
        when code_agreement.measure = 'all drivers' then 'All drivers together'
        when code_agreement.code = 'value' then 'Feeling'
        when code_agreement.code = 'told' then 'Feeling told'
        else codebook_drivers.label
    end as code_label,
    code_agreement.alpha,
    code_agreement.low,
    code_agreement.high,
    code_agreement.alpha < 0.667 as is_low,
    code_agreement.both_found + code_agreement.one_found >= 20
    and coalesce(code_agreement.low >= 0.667, false) as is_agreed,
    code_agreement.both_found,
    code_agreement.one_found,
    code_agreement.encounters,
    code_agreement.coders,
    code_agreement.stories as story_count,
    row_number() over (
        order by
            code_agreement.measure = 'driver',
            code_agreement.measure = 'all drivers',
            code_agreement.alpha nulls last,
            code_agreement.code
    ) as position
from code_agreement
left join codebook_drivers on code_agreement.measure = 'driver' and code_agreement.code = codebook_drivers.code
order by position;
