"""The choice between months and quarters."""

from cxdata.questions.ask import Value
from pages.ui.page_header import choose_section

LENGTHS = {"fitting": "As the stories allow", "month": "By month", "quarter": "By quarter"}


def choose_length() -> dict[str, Value]:
    """Show the choice, kept in the URL, and return it as a parameter of a question; {} lets the question choose."""
    chosen = choose_section(LENGTHS, "Months or quarters", key="by")
    return {} if chosen == "fitting" else {"period_length": chosen}
