"""Migration: a database file of another version is rebuilt, and the rows of its users are copied."""
