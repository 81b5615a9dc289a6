"""The language of numbers, for what Vega itself writes: axes, legends, tooltips."""

from typing import Any

from cxdata.text.formatting import NUMBER_FORMATS


def vega_number_format(language: str) -> dict[str, Any]:
    """What a Vega-Lite config says of numbers: the marks of the language, and no more digits than they bear."""
    numerals = NUMBER_FORMATS[language]
    number = {
        "decimal": numerals.decimal,
        "thousands": numerals.thousands,
        "grouping": [3],
        "currency": ["", ""],
    }
    return {"numberFormat": ",.2~f", "locale": {"number": number}}
