"""Export of many charts as files: the tasks that choices ask for, and atomic writing."""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from cxdata.charts import CHARTS, find_chart
from cxdata.errors import ExportError
from cxdata.export.file_names import ANY_SIZE
from cxdata.export.formats import FORMATS, file_name, make_file, publish_view
from cxdata.export.view import STYLES, View, parse_view
from cxdata.publish.kinds import KIND, with_kind
from cxdata.questions.ask import Value, ask_rows, find_question
from cxdata.store.engine import Connection
from cxdata.text.suggestions import format_choices

Choices = dict[str, list[str]]
MOST_JOURNEYS = 100  # if no chart is named: a database can hold a million stories

OUTCOMES = {
    "written": "",
    "unchanged": ": unchanged",
    "kept": ": kept. Its content differs from the new file. Use --overwrite to replace it.",
    "replaced": ": replaced. Its content differed.",
}


@dataclass(frozen=True)
class ExportTask:
    """One file to make."""

    view: View
    form: str


def read_choices(given: Iterable[str], kind: str | None = None) -> Choices:
    """Parse choices written NAME=VALUE; a repeated name makes a list. Raises ExportError for anything else.

    `kind` is the kind of story that an option of its own gives.
    """
    choices: Choices = defaultdict(list)
    if kind is not None:
        choices[KIND].append(kind)
    for choice in given:
        name, value = split_choice(choice, "--choice")
        if name in ("preset", "scale"):
            raise ExportError(f"--choice {choice!r}: write --{name} {value} instead")
        if name == KIND and kind is not None:
            raise ExportError(f"--kind {kind} and {choice}: give one of them")
        choices[name].append(value)
    return dict(choices)


def split_choice(choice: str, option: str) -> tuple[str, str]:
    """Return name and value of a choice of a command line, given by this option. Raises ExportError."""
    name, equals, value = choice.partition("=")
    if not equals:
        raise ExportError(f"{option} {choice!r}: write NAME=VALUE")
    return name, value


def list_tasks(
    connection: Connection,
    charts: Sequence[str],
    given: Choices,
    presets: Sequence[str],
    forms: Sequence[str],
) -> list[ExportTask]:
    """List every file of these charts, or of all charts if none is named. A format without a size appears once.

    Without names a choice goes to the charts that take it. Journeys are of the MOST_JOURNEYS stories with most effort,
    a head to head is of the pair with the largest difference. Raises ChartError, ExportError or QuestionError with the
    choices before any file is made.
    """
    for form in forms:
        if form not in FORMATS:
            raise ExportError(f"format {format_choices(form, FORMATS, 'the export')}")
    asked = [(chart, given) for chart in charts] or _of_all(connection, given)
    found: list[ExportTask] = []
    for chart, choices in asked:
        for number, preset in enumerate(dict.fromkeys(presets)):
            view = parse_view(chart, choices | {"preset": [preset]})
            found += [ExportTask(view, form) for form in dict.fromkeys(forms) if number == 0 or form not in ANY_SIZE]
    return found


def write_task(
    connection: Connection,
    task: ExportTask,
    folder: Path,
    overwrite: bool = False,
    skip_empty: bool = False,
) -> tuple[str, str, Path | None]:
    """Make one file. Return a key of OUTCOMES, a line that says so, and the path.

    A chart without rows is 'left out' and has no path.
    """
    published = publish_view(connection, task.view)
    if published.spec is None and skip_empty:
        return "left out", f"{task.view.chart}: left out. No story matches these choices.", None
    path = folder / file_name(published, task.view, task.form)
    content = make_file(published, task.view, task.form)
    outcome = write_file(path, content, overwrite)
    return outcome, f"{path}{OUTCOMES[outcome]}", path


def _of_all(connection: Connection, given: Choices) -> list[tuple[str, Choices]]:
    taken = {chart: {*find_question(find_chart(chart).CHART.question).parameters, *STYLES} for chart in CHARTS}
    known = sorted(set().union(*taken.values()))
    for name in given:
        if name not in known:
            raise ExportError(f"choice {format_choices(name, known, 'the export')}")
    return [
        (chart, needed | {name: values for name, values in given.items() if name in taken[chart]})
        for chart in CHARTS
        for needed in _needed(connection, chart, given)
    ]


def _needed(connection: Connection, chart: str, given: Choices) -> list[Choices]:
    """List the required choices of a chart, one for each file to make."""
    needs = find_question(CHARTS[chart].CHART.question).needs
    if all(name in given for name in needs):
        return [{}]
    if "story" in needs:
        hardest = _ask_of_kind(connection, "story_scores", given, {"most": MOST_JOURNEYS})
        return [{"story": [row["story"]]} for row in hardest]
    pairs = _ask_of_kind(connection, "job_companies", given, {})
    if not pairs or pairs[0]["companies"] < 2:
        return []
    # the question orders jobs by their largest difference, and companies by effort
    companies = [row["company"] for row in pairs if row["job"] == pairs[0]["job"]]
    own = {"job": [pairs[0]["job"]], "left": [companies[0]], "right": [companies[-1]]}
    return [{name: own[name] for name in needs}]


def _ask_of_kind(connection: Connection, question: str, given: Choices, choices: dict[str, Value]) -> list[Any]:
    """Answer a question of the kind of story that is given, else of the first."""
    named = {KIND: given[KIND][-1]} if KIND in given else {}
    asking = partial(ask_rows, connection)
    return asking(question, with_kind(find_question(question), named | choices, asking))


def write_file(path: Path, content: bytes, overwrite: bool = False) -> str:
    """Write a file whole or not at all, and return a key of OUTCOMES.

    A different file of the same name is kept unless `overwrite` is set. Raises ExportError.
    """
    try:
        return _write(path, content, overwrite)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written: {error.strerror or error}") from None


def _write(path: Path, content: bytes, overwrite: bool) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.exists() else None
    if before == content:
        return "unchanged"
    if before is not None and not overwrite:
        return "kept"
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".exporting-") as folder:
        draft = Path(folder) / path.name
        draft.write_bytes(content)
        draft.replace(path)
    return "written" if before is None else "replaced"
