"""The live addresses: what they answer, what they refuse and in which words, how little they do for it."""

import csv
import io
from collections.abc import Callable

import duckdb
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from cxdata.export.formats import FORMATS
from cxdata.http.chart_routes import ChartRoutes
from cxdata.http.security_headers import SecurityHeaders
from cxdata.questions.ask import ask
from tests.fixtures.chart_server import Desk, ask_app, run
from tests.fixtures.stories import make_story, step, work

SHARED = {"png", "svg", "json", "csv"}
EFFORT = "/chart/effort.svg"


@pytest.fixture
def desk(database: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(database, monkeypatch)


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_comes_with_its_media_type_and_a_file_name(desk: Desk, form: str) -> None:
    found = desk.ask(f"/chart/effort.{form}?preset=300x300&scale=1")
    assert found.status == 200
    assert found.headers["content-type"] == FORMATS[form].media_type
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["content-disposition"].startswith('inline; filename="')
    assert f'.{form}"' in found.headers["content-disposition"]
    assert len(found.content) == int(found.headers["content-length"]) > 100
    assert ("access-control-allow-origin" in found.headers) == (form in SHARED)


def test_who_has_the_file_is_told_so_and_nothing_is_drawn(desk: Desk) -> None:
    first = desk.ask(EFFORT)
    assert "max-age=300" in first.headers["cache-control"]
    tag = first.headers["etag"]
    for told in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
        again = desk.ask(EFFORT, if_none_match=told)
        assert (again.status, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert desk.made == 1
    assert desk.ask(EFFORT, if_none_match='"other"').status == 200


def test_a_tag_is_known_before_the_file_is_made(desk: Desk, database: duckdb.DuckDBPyConnection) -> None:
    tag = desk.ask(EFFORT).headers["etag"]
    fresh = Starlette(routes=ChartRoutes(lambda: database).routes())
    assert run(ask_app(fresh, EFFORT, if_none_match=tag)).status == 304
    assert desk.made == 1


def test_a_tag_says_chart_choices_look_format_and_records(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, database_of: Callable[..., duckdb.DuckDBPyConnection]
) -> None:
    addresses = [
        "/chart/effort.svg",
        "/chart/signs.svg",
        "/embed/effort",
        "/chart/effort.svg?look=dark",
        "/chart/effort.svg?companies=Argos",
        "/chart/effort.svg?companies=Argos&companies=AO.com",
    ]
    tags = [desk.ask(address, "HEAD").headers["etag"] for address in addresses]
    changed = database_of(make_story("tale", step(3, work("worry"))))
    changed.execute("update build set data_version = 'of others'")
    tags.append(Desk(changed, monkeypatch).ask(addresses[0], "HEAD").headers["etag"])
    assert len(set(tags)) == len(tags)
    same = desk.ask("/chart/effort.svg?preset=blog&look=light&scale=2", "HEAD").headers["etag"]
    assert same == tags[0]


def test_a_file_is_made_once_and_the_kept_one_is_the_same_to_the_byte(desk: Desk) -> None:
    answers = [desk.ask("/chart/effort.png?preset=300x300&scale=1") for _ in range(3)]
    assert len({answer.content for answer in answers}) == 1
    assert desk.made == 1


def test_head_answers_as_get_does_without_the_file(desk: Desk) -> None:
    whole, head = desk.ask(EFFORT), desk.ask(EFFORT, "HEAD")
    assert head.headers == whole.headers
    assert (head.status, head.content) == (200, b"")


def test_several_values_of_a_choice_are_several_values(desk: Desk) -> None:
    text = desk.ask(f"{EFFORT}?companies=Argos&companies=AO.com&preset=square").text
    assert "Argos" in text
    assert "AO.com" in text
    assert "MemoryBits" not in text


def test_a_csv_is_the_rows_of_the_chart(desk: Desk, database: duckdb.DuckDBPyConnection) -> None:
    text = desk.ask("/chart/fame_and_shame.csv").content.decode("utf-8-sig")
    found = list(csv.DictReader(line for line in io.StringIO(text) if not line.startswith("#")))
    rows = ask(database, "fame_and_shame").to_pylist()
    assert [row["company"] for row in found] == [row["company"] for row in rows]
    assert [float(row["experience"]) for row in found] == [row["experience"] for row in rows]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/chart/efort.svg", 404, "chart 'efort' (did you mean effort?); cxdata/charts has: "),
        ("/chart/effort.gif", 404, "format 'gif'; an address such as chart/effort.png has: png, svg"),
        ("/chart/effort", 404, "an address ends in a format, such as chart/effort.png; there are: png, svg"),
        ("/chart/", 404, "an address ends in a format"),
        ("/embed/efort", 404, "chart 'efort' (did you mean effort?)"),
        ("/chart/effort.svg?colour=red", 400, "choice 'colour'; the chart has: weighting, "),
        ("/chart/effort.svg?companies=Nobody", 400, "companies 'Nobody'; the database has: AO.com, Amazon, "),
        ("/chart/effort.svg?since=soon", 400, "'soon' is not a date; write YYYY-MM-DD"),
        ("/chart/effort.svg?look=pink", 400, "look 'pink'; the studio has: light, dark"),
        ("/chart/effort.svg?preset=huge", 400, "preset 'huge'; the studio has: blog, "),
        ("/chart/journey.svg", 400, "journey: needs story: the database has: "),
        ("/embed/journey?story=nothing", 400, "story 'nothing'; the database has: "),
        ("/chart/effort.png?scale=9", 400, "scale '9'; the studio has: 1, 2, 3"),
        ("/chart/effort.png?preset=99999x99999", 400, "each side is 240 to 4000 px"),
        ("/chart/effort.png?preset=4000x4000&scale=3", 400, "144 million pixels; 20 million are the most"),
        ("/chart/effort.png?headline=" + "x" * 301, 400, "has 301 characters; 300 are the most"),
        (f"/chart/effort.png?headline={'x' * 5000}", 414, "the choices take 5,009 bytes; 4,096 are the most"),
        ("/chart/../../etc/passwd.png", 404, "chart '../../etc/passwd'"),
        ("/chart/effort\x00.png", 404, "chart 'effort\\x00'"),
        ("/chart/" + "x" * 3000 + ".png", 404, "…'"),
        ("/chart/éffört<script>.png", 404, "chart 'éffört<script>'; cxdata/charts has: "),
        ("/chart/effort.png?companies=%FF%00%F0%9F%92%A9", 400, "; the database has: "),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(desk: Desk, address: str, status: int, words: str) -> None:
    found = desk.ask(address)
    assert (found.status, words in found.text) == (status, True), found.text
    assert found.headers["content-type"] == "text/plain; charset=utf-8"
    assert found.headers["cache-control"] == "no-store"
    assert "Traceback" not in found.text
    assert len(found.content) < 1000


def test_choices_that_no_story_matches_give_words_and_never_a_blank_picture(desk: Desk) -> None:
    for address, status in (("/chart/effort.png", 400), ("/chart/effort.svg", 400), ("/embed/effort", 200)):
        found = desk.ask(f"{address}?since=2099-01-01")
        assert found.status == status
        assert "o story matches these choices" in found.text


def test_charts_are_listed_with_what_each_can_be_asked(desk: Desk) -> None:
    found = desk.ask("/chart")
    assert found.headers["content-type"] == "application/json"
    assert '"effort":' in found.text
    assert '"needs":["story"]' in found.text
    assert desk.made == 0


def test_addresses_stand_below_the_path_the_dashboard_is_mounted_at(database: duckdb.DuckDBPyConnection) -> None:
    for base in ("stories", "/stories/"):
        app = Starlette(routes=ChartRoutes(lambda: database).routes(base))
        assert run(ask_app(app, "/stories/chart")).status == 200
        assert run(ask_app(app, "/chart")).status == 404


def test_other_methods_are_refused(desk: Desk) -> None:
    assert desk.ask(EFFORT, "POST").status == 405


def test_not_modified_leaves_a_page_its_own_policy(database: duckdb.DuckDBPyConnection) -> None:
    app = Starlette(
        routes=ChartRoutes(lambda: database).routes(),
        middleware=[Middleware(SecurityHeaders, index="<script>1</script>")],
    )
    page = run(ask_app(app, "/embed/effort"))
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    again = run(ask_app(app, "/embed/effort", if_none_match=page.headers["etag"]))
    assert again.status == 304
    assert "content-security-policy" not in again.headers
    assert again.headers["x-content-type-options"] == "nosniff"


def test_an_embedded_page_may_be_framed_by_anybody_and_loads_nothing_from_elsewhere(desk: Desk) -> None:
    found = desk.ask("/embed/effort?companies=Argos")
    policy = found.headers["content-security-policy"]
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "frame-ancestors *" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert "http" not in policy
    assert "content-disposition" not in found.headers
