-- Shrinkage: how far to draw one of several means towards the mean of all, from 0 (not) to 1 (wholly). It follows from
-- the variance of the mean, the variance between the means, and their number. Few stories and a wide scatter draw far.
-- Reason:   parametric empirical Bayes (Morris 1983, JASA 78:47-55); for equal variances it is the estimator of James
--           and Stein in the form of Efron and Morris. NULL for fewer than four means.
create or replace macro shrink_by(own_variance, between_variance, number) as case
    when number >= 4 then (number - 3) / (number - 1) * own_variance / (own_variance + between_variance)
end;

-- Variance between means, without the part that the scatter within each explains: the moment estimator of
-- DerSimonian and Laird (1986). The weights w are 1 / variance. The sums are of w, w squared, and w times the squared
-- distance to the weighted mean.
create or replace macro variance_between(weight_sum, weight_square_sum, scatter, number) as greatest(
    (scatter - (number - 1)) / nullif(weight_sum - weight_square_sum / weight_sum, 0), 0
);
