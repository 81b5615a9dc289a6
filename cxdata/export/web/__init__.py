"""Files and snippets for web pages."""
