"""Effort: how much work each company makes its customer do, of what kind, and what to fix first."""

from pages.shared.filters import choose_filters
from pages.shared.head import show_head
from pages.shared.scores import show_scores
from pages.shared.show import show

show_head(
    "Effort",
    "How much needless work do these accounts tell of, and of what kind? One point is about five minutes of work "
    "that a customer would rather not have done, or what they would trade for it.",
)
filters = choose_filters()
show("effort", filters)
show("effort_by_driver", filters)
show("fix_first", filters | {"most": 10})
show_scores(filters)
