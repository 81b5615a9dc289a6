"""Charts of two companies and one job."""
