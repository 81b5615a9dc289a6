"""The shapes that chart modules share."""

from typing import Any

Rows = list[dict[str, Any]]
"""The rows of a question: one dict a row, as its header lists the columns."""
