"""The Overview of stories that nobody has read for effort or feelings: what their forms say, and where to go on."""

from cxdata.publish.summaries import overview_unread
from cxdata.questions.ask import Value
from cxdata.questions.rows import LibraryRow
from pages.ui.page_header import show_page_header
from pages.ui.tables.company_table import show_companies
from pages.ui.tables.type_prevalence import show_type_prevalence


def head_unread(library: LibraryRow) -> None:
    """Show the title and say why no company is rated."""
    show_page_header(*overview_unread(library))


def show_unread(filters: dict[str, Value]) -> None:
    """Show what a form asked of the stories, and the companies."""
    show_type_prevalence(filters)
    show_companies(filters, most=15)
