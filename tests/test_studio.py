"""The chart studio, run by Streamlit's AppTest: the gallery, every chart, what its form does, and bad addresses."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from making import make_many
from PIL import Image
from streamlit.testing.v1 import AppTest
from test_pages import MAIN, forget, said

from cxdata.charts import CHARTS
from cxdata.database import build
from cxdata.export.formats import FORMATS, render
from cxdata.export.view import View, query_of, read_view
from pages.shared.data import database
from pages.shared.links import studio_link
from pages.shared.studio_address import key_of


@pytest.fixture(scope="module", autouse=True)
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The pages read the shipped stories."""
    file = tmp_path_factory.mktemp("studio") / "shipped.duckdb"
    build(file)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CXDATA_DATABASE", str(file))
        forget()
        yield file
        forget()


def studio(**address: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(MAIN), default_timeout=60).run()
    for name, value in address.items():
        app.query_params[name] = value
    return app.switch_page("studio.py").run()


def change(app: AppTest, kind: str, name: str, value: Any) -> AppTest:
    return getattr(app, kind)(key=key_of(name)).set_value(value).run()


def shown(app: AppTest) -> View:
    """The view that the address asks for."""
    asked = {name: app.query_params[name] for name in app.query_params if name != "chart"}
    return read_view(app.query_params["chart"][0], asked)


def alt_text(app: AppTest) -> str:
    (picture,) = app.get("imgs")
    return str(picture.proto.imgs[0].alt)
