"""Kinds of story, and the kind of a story that names none: it follows from the kind of its source."""

from collections.abc import Mapping

from cxdata.codebook.codes import Codebook, Kind

CUSTOMER_STORY = "customer_story"
COMPLAINT = "complaint"
SURVEY = "survey"
SYNTHETIC = "synthetic"


def kind_of_source(codebook: Codebook, source_kind: str) -> str:
    """Return the kind of the stories of a source: 'open data' gives complaint, 'blog post' customer_story."""
    return _kinds_by_source(codebook).get(source_kind.strip().lower(), CUSTOMER_STORY)


def kind_sql(codebook: Codebook, source_kind: str) -> str:
    """Return SQL that does the same for an expression, and gives customer_story for NULL."""
    whens = " ".join(f"when '{source}' then '{kind}'" for source, kind in _kinds_by_source(codebook).items())
    return f"case lower(trim({source_kind})) {whens} else '{CUSTOMER_STORY}' end"


def _kinds_by_source(codebook: Codebook) -> Mapping[str, str]:
    return {
        source: code.code
        for code in codebook["kinds"].values()
        if isinstance(code, Kind)
        for source in (code.source_kinds or "").split("; ")
        if source
    }
