"""Serve the dashboard: `streamlit run app.py` shows the pages and answers /healthz.

The pages hang on `pages/__main__.py`, not on this file: Streamlit looks for automatic pages in a `pages` folder
beside its main script, and a cold server would answer a deep link with the bare page, without its frame.
"""

import gc
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import altair as alt
import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from cxdata.errors import CxdataError
from cxdata.export.web import html_page
from cxdata.http.chart_routes import ChartRoutes
from cxdata.http.security_headers import SecurityHeaders
from cxdata.http.tcp import disable_nagle
from cxdata.publish.charts import publish_chart
from cxdata.store import data_version
from pages.ui.cache import get_connection

MAIN_SCRIPT = Path(__file__).parent / "pages" / "__main__.py"


def warm_up() -> None:
    """Pay once, at start-up, what every rerun would pay again.

    The first chart makes Altair read its schema. The collection Streamlit runs after every script then skips all that
    has been loaded so far: 85 ms a rerun without the freeze, 0-1 ms with it.
    """
    with suppress(CxdataError):  # whoever asks for it meets the error, and says it
        publish_chart(get_connection(), "how_sure")  # what computes most, and so brings most along
    points = alt.InlineData(values=[{"x": 0, "y": 0}])
    chart = alt.Chart(points).mark_point().encode(x=alt.X("x:Q"), y=alt.Y("y:Q"))
    chart.to_dict()
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Open the database and warm up before the first reader comes."""
    # The server answers nobody until this has run: readers never meet a half-opened database.
    get_connection()
    disable_nagle()
    warm_up()
    # nobody waits for these: whoever asks for a first page or bundle sooner does part of it himself
    threading.Thread(target=html_page.preload_library, name="warm up exports", daemon=True).start()
    yield


async def healthz(_: Request) -> JSONResponse:
    """Say that the process is up and has opened its database."""
    return JSONResponse(
        {"status": "ok", "data_version": data_version(get_connection())}, headers={"Cache-Control": "no-store"}
    )


app = st.App(
    MAIN_SCRIPT,
    # Streamlit mounts its own addresses below the base path, those of an app it leaves where they are
    routes=[Route("/healthz", healthz), *ChartRoutes(get_connection).routes(st.get_option("server.baseUrlPath"))],
    middleware=[Middleware(SecurityHeaders)],
    lifespan=lifespan,
)
