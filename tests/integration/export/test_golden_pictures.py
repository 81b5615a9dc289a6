"""Every chart as a picture equals its accepted golden file, byte for byte.

After a wanted change look at the pictures in golden/pictures and accept them:
`python -m pytest tests/integration/export/test_golden_pictures.py --accept-golden`. The data version in the source line
is fixed here, so that a new story changes only the charts that show it.
"""

from dataclasses import replace

import duckdb
import pytest
from PIL import ImageChops

from cxdata.charts import CHARTS
from cxdata.export.formats import make_file, publish_view
from tests.fixtures import DATA
from tests.fixtures.question_parameters import picture, view_of

GOLDEN = DATA / "golden" / "pictures"
LOOKS = {
    "light": {"preset": "blog", "scale": "1"},
    "dark": {"preset": "square", "look": "dark", "scale": "1"},
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("chart", sorted(CHARTS))
def test_picture_matches_its_golden_file(
    chart: str, look: str, database: duckdb.DuckDBPyConnection, pytestconfig: pytest.Config
) -> None:
    view = view_of(chart, **LOOKS[look])
    published = publish_view(database, view)
    version = published.data_version
    published = replace(
        published, data_version="0" * 12, source_line=published.source_line.replace(version, "000000000000")
    )
    drawn = make_file(published, view, "png")
    path = GOLDEN / f"{chart}.{look}.png"
    if pytestconfig.getoption("accept_golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(drawn)
    assert path.exists(), f"{path.name} is missing: look at the picture and accept it with --accept-golden"
    if drawn != path.read_bytes():
        apart = ImageChops.difference(picture(drawn).convert("RGB"), picture(path.read_bytes()).convert("RGB"))
        pytest.fail(f"{path.name} is drawn otherwise within {apart.getbbox()} (left, top, right, bottom)")


def test_every_golden_picture_belongs_to_a_chart() -> None:
    assert {path.name for path in GOLDEN.glob("*.png")} == {f"{chart}.{look}.png" for chart in CHARTS for look in LOOKS}
