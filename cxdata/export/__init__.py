"""Records and charts as files."""
