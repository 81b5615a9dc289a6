"""Copies of the database: the public one, and the files that hold rows of it."""
