"""The flat table of stories: one row an effort event, or an encounter where an encounter has none.

What is told of a story stands on its first row, of an encounter on the first row of that encounter; further rows leave
it empty, except `story` and `step`, which stand on every row. An empty cell says that the account does not say.
Rows of a story stand together, their steps ascending. Codes of `emotions` are joined by a semicolon.
"""

STORY_COLUMNS = (
    "story",
    "title",
    "job",
    "summary",
    "account",
    "happened_on",
    "happened_basis",
    "outcome",
    "loyalty",
    "verdict",
    "ces",
    "status",
    "coder",
    "coded_on",
    "reviewer",
    "reviewed_on",
    "notes",
    "company",
    "sector",
    "country",
    "source",
    "source_title",
    "source_author",
    "source_publication",
    "source_published",
    "source_url",
    "source_kind",
)
ENCOUNTER_COLUMNS = (
    "step",
    "encounter_job",
    "touchpoint",
    "stage",
    "short",
    "encounter_summary",
    "feeling",
    "emotions",
    "started_by",
    "demand",
    "locator",
)
EFFORT_COLUMNS = ("driver", "times", "minutes", "evidence", "effort_locator")
FLAT_COLUMNS = (*STORY_COLUMNS, *ENCOUNTER_COLUMNS, *EFFORT_COLUMNS)
