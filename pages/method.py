"""Method: how everything is defined, what is claimed, the codebook, the sources, and the data itself."""

from pages.shared.codes import show_codebook
from pages.shared.definitions import show_definitions
from pages.shared.downloads import offer_data
from pages.shared.head import show_head
from pages.shared.limits import show_coding_and_limits
from pages.shared.sources import show_citation, show_sources

show_head(
    "Method", "How every figure is defined and why, what is claimed and what is not, and the data to check it with."
)
show_definitions()
show_coding_and_limits()
show_codebook()
show_sources()
offer_data()
show_citation()
