"""Overview: in thirty seconds, who makes customers' lives easier, who harder, and what should be fixed first."""

from pages.shared.filters import choose_filters
from pages.shared.show import show

filters = choose_filters()
show("fame_and_shame", **filters)
show("effort", **filters)
