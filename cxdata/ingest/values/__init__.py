"""The reading of values as other programs write them: days, numbers, countries, and words for nothing."""
