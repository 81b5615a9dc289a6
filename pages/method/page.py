"""Method: definitions, limits, the codebook, sources, and the data itself."""

from pages.method.agreement_table import show_agreement_table
from pages.method.codebook_tables import show_codebook
from pages.method.definitions import show_definitions
from pages.method.demo import show_demo
from pages.method.downloads import show_downloads
from pages.method.limitations import show_coding_and_limits
from pages.method.privacy import show_privacy
from pages.method.sections import show_contents
from pages.method.sources import show_citation, show_sources
from pages.method.words import show_words
from pages.ui.page_header import show_page_header

show_page_header("Method", "What does each figure mean, what can it show, and where is the data to check it?")
show_contents()
show_words()
show_definitions()
show_coding_and_limits()
show_agreement_table()
show_codebook()
show_sources()
show_downloads()
show_privacy()
show_citation()
show_demo()
