"""Public views: single charts that an editor has opened to everybody, each at its own address until it is closed."""

import secrets
from dataclasses import dataclass

from cxdata.access.performing import performs
from cxdata.access.records import close_views, find_records, now, open_records
from cxdata.access.roles import Action
from cxdata.errors import NotFound
from cxdata.store.engine import Engine

SELECT = "select token, chart, query, published_by, published_at from public_view"


@dataclass(frozen=True)
class PublicView:
    """A view that everybody may see: its chart and query as an address has them, who opened it, and when (UTC)."""

    token: str
    chart: str
    query: str
    published_by: str
    published_at: str


@performs(Action.PUBLISH_VIEW, "chart", "query")
def open_view(engine: Engine, chart: str, query: str, by: str) -> PublicView:
    """Open a view to everybody; one that is open keeps its address. Raises Unavailable."""
    view = PublicView(secrets.token_urlsafe(16), chart, query, by, now())
    with open_records(engine) as records:
        records.execute(
            "insert or ignore into public_view (token, chart, query, published_by, published_at) "
            "values (:token, :chart, :query, :published_by, :published_at)",
            vars(view),
        )
        found = records.execute(f"{SELECT} where chart = ? and query = ?", (chart, query))
        return PublicView(*found.fetchone())


@performs(Action.CLOSE_VIEW, "token")
def close_view(engine: Engine, token: str, by: str) -> None:  # noqa: ARG001 - the record names them
    """Close a view at once. Its address is never given to another. Raises NotFound if it is not open."""
    with open_records(engine) as records:
        if not close_views(records, [token]):
            raise NotFound("this view is not public, or somebody else has closed it")


def find_view(engine: Engine, token: str) -> PublicView:
    """Return the view of an address. Raises NotFound if it is not open."""
    if find_records(engine) is not None:
        with open_records(engine) as records:
            if row := records.execute(f"{SELECT} where token = ?", (token,)).fetchone():
                return PublicView(*row)
    raise NotFound("no public view has this address")


def find_address(engine: Engine, chart: str, query: str) -> PublicView | None:
    """Return the public view with this chart and query, or None if it is not open."""
    return next((view for view in list_views(engine) if (view.chart, view.query) == (chart, query)), None)


def list_views(engine: Engine) -> list[PublicView]:
    """List what is open, the latest first. Raises Unavailable."""
    if find_records(engine) is None:
        return []
    with open_records(engine) as records:
        return [PublicView(*row) for row in records.execute(f"{SELECT} order by published_at desc, token")]
