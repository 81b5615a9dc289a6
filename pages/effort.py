"""Effort: how much work each company makes its customer do, how sure that is, what it costs, what to fix first."""

from pages.shared.filters import choose_filters
from pages.shared.head import show_head
from pages.shared.lab import show_lab

show_head(
    "Effort",
    "How much needless work do these accounts tell of, and of what kind? One point is about five minutes of work "
    "that a customer would rather not have done, or what they would trade for it.",
)
show_lab(choose_filters())
