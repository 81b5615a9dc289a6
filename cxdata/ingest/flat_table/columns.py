"""The columns of the flat table: one row an effort event, or an encounter without effort.

The first row of a story has the story's fields, the first row of an encounter those of the encounter. Further rows
leave them empty; `story` and `step` are on every row. An empty cell is unknown. Rows of a story are adjacent, their
steps ascending. Codes of `emotions` are joined by a semicolon.
"""

STORY_COLUMNS = (
    "story",
    "title",
    "kind",
    "job",
    "summary",
    "account",
    "happened_on",
    "happened_basis",
    "outcome",
    "loyalty",
    "verdict",
    "ces",
    "read_feeling",
    "read_effort",
    "read_drivers",
    "read_promises",
    "read_signs",
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
