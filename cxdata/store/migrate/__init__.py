"""A file of another version, brought up to date."""
