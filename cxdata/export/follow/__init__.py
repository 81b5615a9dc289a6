"""Findings to follow: feeds, and a digest by mail."""
