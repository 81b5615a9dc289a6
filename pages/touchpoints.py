"""Touchpoints: where each company wins and loses goodwill, and where it makes work."""

from pages.shared.filters import choose_filters
from pages.shared.goodwill import show_goodwill
from pages.shared.head import show_head
from pages.shared.show import show

show_head("Touchpoints", "At which touchpoints is goodwill won, at which is it lost, and at which does the work arise?")
filters = choose_filters()
show_goodwill(filters)
show("touchpoint_feeling", filters)
show("touchpoint_effort", filters)
