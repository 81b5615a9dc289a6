"""Files for the web."""
