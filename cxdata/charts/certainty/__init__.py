"""Charts of certainty: how sure the figures are."""
