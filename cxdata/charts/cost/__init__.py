"""Charts of the cost of failure."""
