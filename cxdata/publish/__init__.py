"""Published charts: headline, subtitle, source and caution."""
