"""The records and what is made of them, as files."""
