"""Customer-story records, their scores, their questions and their charts."""

__version__ = "0.1.0"
