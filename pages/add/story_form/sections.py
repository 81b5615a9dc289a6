"""The sections of the story form: every field in the order in which the form shows it."""

from typing import Any

from cxdata.codebook.codes import load_codebook
from cxdata.text.formatting import format_count, format_signed
from cxdata.text.suggestions import suggest_close
from pages.add.story_form.content import NEW, Content
from pages.add.story_form.fields import Amount, Choice, Code, Codes, Proposed, Section, Text, TextArea, WholeNumber
from pages.add.story_form.groups import Checklist, Columns, Folding, Heading, Items, Record, Words
from pages.add.story_form.reading import reading_section
from pages.add.story_form.record import ExistingNames, propose_story_id
from pages.ui.escaping import escape_markdown

VERDICTS = {"fame": "Fame: the author praises it", "shame": "Shame: the author criticises it", "none": "None is given"}
BASIS = {"told": "Stated in the story", "inferred": "Inferred"}
CES = {score: str(score) for score in range(1, 8)}
STARTED = {"customer": "The customer acted", "company": "The company acted"}
DEMAND = {
    "value": "Value: what the customer came for",
    "failure": "Failure: needed only because something failed before",
}
KEPT = {"kept": "Kept", "exceeded": "Exceeded", "kept late": "Kept late", "broken": "Broken", "unclear": "Unclear"}
SHOWN = {True: "Shown", False: "Not shown"}

SOURCE: Section = (
    Text("title", "Title of the source"),
    Text("author", "Author of the source", "Credited everywhere the story is used."),
    Text("kind", "Kind of source", example="blog post"),
    Text("publication", "Publication", "Empty if there is none."),
    Text(
        "published",
        "Source published on",
        "A year, a month or a day. Empty if it is not stated.",
        "2017-12",
        max_chars=10,
    ),
    Text("url", "Address of the source", "Empty if there is none.", "https://", max_chars=500),
)

EFFORT: Section = (
    Code("driver", "Effort type", "drivers"),
    Columns(
        (
            WholeNumber("times", "Times", 1, 1000, "1"),
            Amount("minutes", "Minutes", 525_600.0, help="Only if the story gives them. Never guess."),
        )
    ),
    TextArea("evidence", "Evidence", "What in the story shows it.", height=70),
    Text("locator", "Where in the source, if elsewhere", example="same as the step"),
)

PROMISE: Section = (
    Text("claim", "Claim", example="Free returns within 30 days"),
    Choice("kept", "How it turned out", KEPT),
    Text("standard", "Law or norm appealed to", example="none"),
    TextArea("evidence", "Evidence", height=70),
    Text("locator", "Where in the source"),
)


def story_section(names: ExistingNames, folding: Folding, is_new: bool) -> Section:
    """Return the whole form over the names in the database; the id of an existing story is fixed."""
    encounters = Items(
        "encounters",
        "Step",
        encounter_section(),
        title=lambda number, encounter, _: f"**{number}. {escape_markdown(_summarise(encounter))}**",
        add_label=lambda _: "Add a step",
        add_key="add",
        new=lambda: {"effort": []},
        folding=folding,
    )
    return (
        Choice(
            "company_choice",
            "Company",
            _companies(names),
            then={NEW: Record("company", "Company", company_section(names))},
        ),
        Code("job", "Job the customer wanted done", "jobs"),
        Text("title", "Title of the story", "What happened, in a line.", max_chars=80),
        TextArea("summary", "Summary of the story", "Two or three sentences in your own words."),
        Proposed(
            "story",
            "Id of the story",
            "Lower-case words joined by hyphens. Empty it to get the proposal back.",
            propose=propose_story_id,
            is_fixed=not is_new,
        ),
        Text(
            "happened_on", "When it happened", "A year, a month or a day.", "2017, 2017-12 or 2017-12-24", max_chars=10
        ),
        Choice("happened_basis", "How this is known", BASIS, "date not stated"),
        Code("outcome", "Outcome", "outcomes"),
        Code("loyalty", "Loyalty", "loyalty", "not stated"),
        Choice("verdict", "The author’s own verdict", VERDICTS),
        Choice(
            "ces",
            "Customer effort score",
            CES,
            "not stated",
            "How easy the company made it, 1 to 7, only if the customer gave a number.",
        ),
        Code("kind", "Kind of story", "kinds", "follows from the source"),
        Choice(
            "source_choice",
            "Source",
            _sources(names),
            help="The published piece with this story.",
            then={NEW: Record("source", "Source", SOURCE)},
        ),
        Heading("Steps", "One for each moment at one touchpoint, in the order in which they happened."),
        encounters,
        Heading(
            "Promises",
            "What the company says it does, and what it did here. Leave out what the story does not say.",
        ),
        Items(
            "promises",
            "Promise",
            PROMISE,
            title=lambda number, *_: f"**Promise {number}**",
            add_label=lambda _: "Add a promise",
            add_key="add-promise",
            can_move=False,
        ),
        signs_section(),
        Heading(
            "What was this story read for?",
            "“Not read” means that nobody looked, so nothing is known. It is not the same as none.",
        ),
        *reading_section((encounters,)),
        TextArea("notes", "Notes on the coding", "Why you coded it this way, for the reviewer.", max_chars=20_000),
    )


def company_section(names: ExistingNames) -> Section:
    """Return the fields of a company that the database does not have."""
    sectors = sorted({company.sector for company in names.companies.values()})
    return (
        Text("name", "Name of the company", max_chars=80, warn=lambda name: _suggest_existing(name, names)),
        Text(
            "sector",
            "Sector of the company",
            f"So far: {escape_markdown(', '.join(sectors))}." if sectors else None,
            max_chars=60,
        ),
        Text(
            "country",
            "Country of the company, two letters",
            "Empty if the story does not say.",
            "GB",
            max_chars=2,
        ),
        Text(
            "spellings",
            "Other spellings of its name, with commas between",
            "Other names that people may search for.",
            max_chars=400,
        ),
    )


def encounter_section() -> Section:
    """Return the fields of one encounter, with its effort events."""
    feelings = load_codebook()["feelings"]
    return (
        Code("touchpoint", "Touchpoint", "touchpoints"),
        Text(
            "short", "In short", "It is shown beside the step in the journey.", "A call about the refund", max_chars=40
        ),
        TextArea("summary", "What happened", "In your own words."),
        Choice(
            "feeling",
            "Feeling",
            {int(value): f"{format_signed(int(value))} {feeling.label}" for value, feeling in feelings.items()},
            "not stated",
            "How the customer felt at this moment. If the story does not say, leave it empty.",
            describe=lambda value: feelings[str(value)].description,
        ),
        Codes("emotions", "Emotions named", "emotions"),
        Choice("started_by", "Who acted", STARTED),
        Choice("demand", "Demand", DEMAND, "not a contact, or not stated"),
        Code("stage", "Stage of the journey", "stages", "not stated"),
        Code("job", "Job, if another than the story’s", "jobs", "The story’s job"),
        Text("locator", "Where in the source", example="second paragraph"),
        Words("**Effort**: what the customer had to do or bear that the job did not need"),
        Items(
            "effort",
            "Effort",
            EFFORT,
            title=lambda number, _, encounter: f"Effort {number} of {encounter.lower()}",
            add_label=lambda encounter: f"Add effort to {encounter.lower()}",
            add_key="add-effort",
            new=lambda: {"times": 1},
        ),
    )


def signs_section() -> Checklist:
    """Return the six signs of a company that earns advocates; a story may have none."""
    signs = load_codebook()["signs"]
    return Checklist(
        "signs",
        "sign",
        {
            code: (
                Choice("shown", sign.label, SHOWN, "not stated", escape_markdown(sign.description)),
                TextArea("evidence", f"Evidence: {sign.label}", height=70),
            )
            for code, sign in signs.items()
        },
        {code: sign.label for code, sign in signs.items()},
        title="The six signs of care",
        noun="sign",
        caption="Leave both fields empty to skip a sign.",
    )


def _companies(names: ExistingNames) -> dict[str, str]:
    return {NEW: "A new company", **{name: name for name in names.companies}}


def _sources(names: ExistingNames) -> dict[str, str]:
    return {NEW: "A new source", **{key: f"{source.author}: {source.title}" for key, source in names.sources.items()}}


def _suggest_existing(name: str, names: ExistingNames) -> str | None:
    """Return a warning in Markdown if the database has this company, or one of a similar name."""
    by_spelling = {
        alias.lower(): each.name for each in names.companies.values() for alias in (each.name, *each.aliases)
    }
    similar = by_spelling.get(name.strip().lower()) or suggest_close(name.strip(), names.companies)
    if not name.strip() or not similar:
        return None
    return f"{escape_markdown(similar)} is there already. Choose it above if you mean it."


def _summarise(encounter: Content) -> str:
    touchpoint = encounter.get("touchpoint")
    parts: list[Any] = [
        load_codebook().label("touchpoints", touchpoint) if touchpoint else "No touchpoint yet",
        encounter.get("short"),
        None if encounter.get("feeling") is None else f"feeling {format_signed(encounter['feeling'])}",
        format_count(len(events), "effort") if (events := encounter.get("effort")) else None,
    ]
    return " · ".join(str(part) for part in parts if part)
