-- Shrinkage: how far the mean of one among several is drawn towards the mean of all, from 0 (not) to 1 (wholly), by the
-- variance of its own mean, the variance between them, and their number. Few stories and a wide scatter are drawn far.
-- Reason:   parametric empirical Bayes (Morris 1983, JASA 78:47-55); for equal variances it is the estimator of James
--           and Stein as Efron and Morris use it. NULL for fewer than four.
create or replace macro shrink_by(own_variance, between_variance, number) as case
    when number >= 4 then (number - 3) / (number - 1) * own_variance / (own_variance + between_variance)
end;

-- Variance between means, beyond what the scatter within each explains: the moment estimator of DerSimonian and Laird
-- (1986), from the sums over i of w, w squared and w times the squared distance to the weighted mean, w = 1 / variance.
create or replace macro variance_between(weight_sum, weight_square_sum, scatter, number) as greatest(
    (scatter - (number - 1)) / nullif(weight_sum - weight_square_sum / weight_sum, 0), 0
);
