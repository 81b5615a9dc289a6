"""Serve the dashboard: `streamlit run app.py` shows the pages and answers addresses beside them.

The main script is `pages/__main__.py`, not this file: Streamlit looks for automatic pages in a `pages` folder
beside its main script, and a cold server would answer a deep link with the bare page, without its frame.
"""

import gc
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path

import altair as alt
import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from cxdata.access.roles import is_local
from cxdata.access.signing_keys import list_signing_keys
from cxdata.errors import CxdataError
from cxdata.export.web import html_page
from cxdata.http.audit_log import audit_log_route
from cxdata.http.base_path import normalise_base
from cxdata.http.bundle_worker import parse_memory, render_bundle, render_pack
from cxdata.http.chart_routes import ChartRoutes
from cxdata.http.closed_addresses import ClosedAddresses
from cxdata.http.gate.gate import Gate
from cxdata.http.gate.sign_in import SignIn
from cxdata.http.local_key import local_key_route, print_link
from cxdata.http.monitoring.health import health_routes
from cxdata.http.monitoring.memory import has_room
from cxdata.http.monitoring.metrics import METRICS, metrics_routes
from cxdata.http.monitoring.requests import RequestWatch
from cxdata.http.pictures.pool import PicturePool
from cxdata.http.public_views import public_view_route
from cxdata.http.publications.feeds import feed_routes
from cxdata.http.publications.packs import pack_route
from cxdata.http.render_queue import RenderQueue
from cxdata.http.security_headers import SecurityHeaders
from cxdata.http.tcp import disable_nagle
from cxdata.http.uploads import UploadGate
from cxdata.observability.logs import configure_logs
from cxdata.observability.timing import listen, warn_of_slow
from cxdata.publish.charts import publish_chart
from cxdata.settings import get_settings
from pages.ui.cache import get_connection, get_engine
from pages.ui.sidebar import saved_views, search_field
from pages.ui.visitor.sign_in import FAREWELL, VISITORS, begin_sign_in, ends_run, list_providers, sign_in, sign_out

MAIN_SCRIPT = Path(__file__).parent / "pages" / "__main__.py"
PAGE_SCRIPT = "page.py"  # in the folder of each page; Streamlit runs it
# Streamlit mounts its own addresses below the base path, those of an app it leaves where they are
BASE = st.get_option("server.baseUrlPath")
INDEX = Path(st.__file__).parent / "static" / "index.html"


def warm_up() -> None:
    """Load at start-up what the first reader would wait for.

    The first chart makes Altair read its schema, and a page imports its parts when it opens. Streamlit collects garbage
    after every script; frozen objects are exempt, which saves 85 ms a rerun.
    """
    with suppress(CxdataError):  # the page that asks for it shows the error
        publish_chart(get_connection(), "how_sure")  # it computes most, and so imports most
    points = alt.InlineData(values=[{"x": 0, "y": 0}])
    chart = alt.Chart(points).mark_point().encode(x=alt.X("x:Q"), y=alt.Y("y:Q"))
    chart.to_dict()
    for part in sorted(MAIN_SCRIPT.parent.glob("*/**/*.py")):
        if part.name not in (PAGE_SCRIPT, "__init__.py"):
            import_module(".".join(part.relative_to(MAIN_SCRIPT.parent.parent).with_suffix("").parts))
    gc.collect()
    gc.freeze()


def own_address() -> str:
    """Return the address of the dashboard on this machine."""
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    return f"{scheme}://localhost:{st.get_option('server.port')}{normalise_base(BASE)}"


def local_routes() -> list[Route]:
    """Return the route of the link to local editing, where that is on."""
    return [local_key_route(own_address, BASE)] if is_local(get_settings()) else []


def start_watching() -> None:
    """Write the log as the settings say, and count and time what the server does."""
    settings = get_settings()
    configure_logs(settings.log)
    listen(warn_of_slow(settings.slow_question_ms))
    listen(METRICS.count_question(settings.slow_question_ms))
    for lane, queue in CHARTS.lanes.items():
        METRICS.watch_lane(lane, queue.count)


def has_memory() -> bool:
    """Return whether the server may make a bundle."""
    most = get_settings().server_memory
    return has_room(parse_memory(most) if most else None, PICTURES.release)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Open the database and warm up; the server answers no request before this has run."""
    start_watching()
    get_connection()
    disable_nagle()
    warm_up()
    # in the background: a reader who exports sooner waits for it
    threading.Thread(target=html_page.preload_library, name="warm up exports", daemon=True).start()
    PICTURES.warm_up()
    if is_local(get_settings()):
        print_link(own_address())
    yield
    PICTURES.close()


PICTURES = PicturePool(get_settings().picture_memory, get_settings().picture_processes)
CHARTS = ChartRoutes(
    get_connection,
    RenderQueue(get_settings().picture_processes),
    render_bundle=render_bundle,
    render_picture=PICTURES.render,
    has_memory=has_memory,
    signing_keys=lambda: list_signing_keys(get_engine()),
)

app = st.App(
    MAIN_SCRIPT,
    routes=[
        *health_routes(get_connection, BASE),
        *metrics_routes(get_settings().metrics_token, BASE),
        *CHARTS.routes(BASE),
        pack_route(CHARTS, render_pack, BASE),
        *feed_routes(CHARTS, BASE),
        public_view_route(CHARTS, get_engine, BASE),
        audit_log_route(get_engine, BASE),
        *local_routes(),
    ],
    middleware=[
        Middleware(RequestWatch, base=BASE, ids=get_settings().request_ids),
        Middleware(
            SecurityHeaders, index=INDEX.read_text("utf-8"), scripts=saved_views.script() + search_field.script()
        ),
        Middleware(Gate, visitors=VISITORS, providers=list_providers, farewell=FAREWELL, ends_run=ends_run, base=BASE),
        Middleware(SignIn, visitors=VISITORS, begin=begin_sign_in, signed_in=sign_in, signed_out=sign_out, base=BASE),
        Middleware(ClosedAddresses, base=BASE),
        Middleware(UploadGate, base=BASE),
    ],
    lifespan=lifespan,
)
