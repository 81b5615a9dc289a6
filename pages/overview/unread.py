"""The Overview of stories that nobody has read for effort or feelings: what their forms say, and where to go on."""

from cxdata.publish.kinds import count_kinds, list_kinds
from cxdata.publish.origin import describe_origin
from cxdata.questions.ask import Value
from cxdata.questions.rows import LibraryRow
from cxdata.text.formatting import format_count
from pages.ui.page_header import show_page_header
from pages.ui.tables.company_table import show_companies
from pages.ui.tables.type_prevalence import show_type_prevalence


def head_unread(library: LibraryRow) -> None:
    """Show the title and say why no company is rated."""
    title = f"{list_kinds(count_kinds(library))} about {format_count(library['company_count'], 'company')}"
    why = "Nobody has read them for effort or feelings, so no company is rated."
    show_page_header(title, f"{why} {describe_origin(library)}")


def show_unread(filters: dict[str, Value]) -> None:
    """Show what a form asked of the stories, and the companies."""
    show_type_prevalence(filters)
    show_companies(filters, most=15)
