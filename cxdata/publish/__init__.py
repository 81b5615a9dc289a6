"""A chart as it is published: headline, subtitle, source, caution."""
