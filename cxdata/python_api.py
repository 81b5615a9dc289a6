"""The face of this package for Python and notebooks: a library of stories, its answers and its charts.

`import cxdata` loads this module at the first use of one of its names.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any, Self

import altair as alt
import pyarrow as pa

from cxdata.charts import CHARTS
from cxdata.errors import ExportError
from cxdata.export.formats import check_format, make_file, publish_view
from cxdata.export.view import View, complete_view, parse_view
from cxdata.export.web.vega_lite import build_vega_lite
from cxdata.publish.charts import PublishedChart
from cxdata.questions.ask import Question, Value, ask, find_question, list_questions
from cxdata.settings import Address, Settings, get_settings
from cxdata.store import open_engine
from cxdata.store.engine import Connection

MOST_ROWS = 20  # of an answer in a notebook
VEGA_LITE = f"application/vnd.vegalite.v{alt.SCHEMA_VERSION.lstrip('v').partition('.')[0]}+json"


class Answer:
    """The answer to a question: a table that any Arrow library reads without a copy."""

    def __init__(self, question: Question, table: pa.Table) -> None:
        self.question = question
        self._table = table

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the question's header."""
        return self.question.columns

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Give one dict a row."""
        return iter(self._table.to_pylist())

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Export the table by the Arrow PyCapsule interface, as in `polars.DataFrame(answer)`."""
        return self._table.__arrow_c_stream__(requested_schema)

    def to_arrow(self) -> pa.Table:
        """Return the table as pyarrow has it."""
        return self._table

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame. Raises ImportError where pandas is not installed."""
        _require("pandas", "to_pandas")
        return self._table.to_pandas()

    def to_polars(self) -> Any:
        """Return a polars DataFrame. Raises ImportError where polars is not installed."""
        return _require("polars", "to_polars").DataFrame(self)

    def __repr__(self) -> str:
        return f"<Answer to {self.question.name}: {len(self)} rows of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        """Show the question, the first rows and the caution in a notebook."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            f"<tr>{''.join(f'<td>{_cell(row[name])}</td>' for name in self.columns)}</tr>"
            for row in self._table.slice(0, MOST_ROWS).to_pylist()
        )
        more = f"<p>The first {MOST_ROWS} of {len(self):,} rows.</p>" if len(self) > MOST_ROWS else ""
        return (
            f"<p><b>{escape(self.question.question)}</b></p><table><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>{more}<p>{escape(self.question.caution)}</p>"
        )


class NotebookChart:
    """A published chart that shows itself in a notebook and saves itself as a file."""

    def __init__(self, published: PublishedChart, view: View) -> None:
        self._published = published
        self._view = complete_view(published, view)

    @property
    def headline(self) -> str:
        """The finding, in one sentence."""
        return self._published.headline

    @property
    def alt_text(self) -> str:
        """Every figure of the chart, in sentences."""
        return self._published.alt_text

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows that it draws, one dict each."""
        return [dict(row) for row in self._published.rows]

    def to_dict(self) -> dict[str, Any]:
        """Return the Vega-Lite specification, words included. Raises ExportError where there is nothing to draw."""
        return build_vega_lite(self._published, self._view)

    def save(self, path: str | Path) -> Path:
        """Write the chart in the format of the path's suffix: png, svg, pdf, html, json, csv or zip.

        Replaces a file of that name. Raises ExportError for another suffix, and where the file cannot be written.
        """
        path = Path(path)
        form = path.suffix.removeprefix(".").lower()
        check_format(self._view, form)
        content = make_file(self._published, self._view, form)
        try:
            path.write_bytes(content)
        except OSError as error:
            raise ExportError(f"{path} cannot be written: {error.strerror}") from None
        return path

    def __repr__(self) -> str:
        return f"<Chart {self._published.name}: {self.headline}>"

    def _repr_mimebundle_(
        self, include: Sequence[str] | None = None, exclude: Sequence[str] | None = None
    ) -> dict[str, Any]:
        """Give a notebook the chart as Vega-Lite and its alt text; a PNG only where `include` asks for it."""
        bundle: dict[str, Any] = {"text/plain": self.alt_text}
        if self._published.spec is not None:
            bundle[VEGA_LITE] = self.to_dict()
            if include and "image/png" in include:
                bundle["image/png"] = make_file(self._published, self._view, "png")
        return {
            kind: content
            for kind, content in bundle.items()
            if (not include or kind in include) and kind not in (exclude or ())
        }


class OpenLibrary:
    """An open database of stories: ask it questions, draw its charts. One thread at a time uses it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, question: str, **parameters: Value) -> Answer:
        """Answer a question of `questions()` over these parameters. Raises QuestionError, which names the choices."""
        return Answer(find_question(question), ask(self._connection, question, parameters))

    def chart(self, chart: str, **choices: Any) -> NotebookChart:
        """Draw a chart of `charts()`.

        Choices are parameters of its question (`halls=["shame"]`) and of the picture (`look="dark"`, `headline=...`),
        as in the address of a picture. Raises ChartError, QuestionError or ExportError, which name the choices.
        """
        view = parse_view(chart, {name: _as_text(value) for name, value in choices.items() if value is not None})
        return NotebookChart(publish_view(self._connection, view), view)

    def questions(self) -> Mapping[str, str]:
        """List the questions by name, each in a sentence."""
        return {name: question.question for name, question in list_questions().items()}

    def charts(self) -> Mapping[str, str]:
        """List the charts by name, each with the question that it draws."""
        return {name: find_question(chart.CHART.question).question for name, chart in sorted(CHARTS.items())}

    def close(self) -> None:
        """Close the database; answers and charts stay usable."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_library(path: str | Path | None = None) -> OpenLibrary:
    """Open the database of stories at this path, or the one that the settings name.

    Builds it from the shipped stories where it is missing. Raises DatabaseError where it cannot be opened.
    """
    settings = get_settings() if path is None else Settings(database=Address.parse(str(path)))
    engine = open_engine(settings)
    engine.migrate()
    return OpenLibrary(engine.read())


def _as_text(value: Any) -> str | list[str]:
    if isinstance(value, list | tuple | set | frozenset):
        return [str(each) for each in value]
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)


def _cell(value: object) -> str:
    return "" if value is None else escape(f"{value:.4g}" if isinstance(value, float) else str(value))


def _require(package: str, method: str) -> Any:
    try:
        return import_module(package)
    except ImportError:
        raise ImportError(
            f"{method}() needs the package {package}, which is not installed: pip install {package}"
        ) from None
