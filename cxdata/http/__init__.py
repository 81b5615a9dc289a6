"""Charts, embeds and downloads as addresses, beside the pages."""
