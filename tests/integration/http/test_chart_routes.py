"""The chart addresses: responses, refusals and ETags."""

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
from tests.fixtures.chart_server import ChartServer, ask_app, run
from tests.fixtures.stories import make_story, step, work

SHARED = {"png", "svg", "json", "csv"}
EFFORT = "/chart/effort.svg"


@pytest.fixture
def server(database: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> ChartServer:
    return ChartServer(database, monkeypatch)


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_comes_with_its_media_type_and_a_file_name(server: ChartServer, form: str) -> None:
    found = server.ask(f"/chart/effort.{form}?preset=300x300&scale=1")
    assert found.status == 200
    assert found.headers["content-type"] == FORMATS[form].media_type
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["content-disposition"].startswith('inline; filename="')
    assert f'.{form}"' in found.headers["content-disposition"]
    assert len(found.content) == int(found.headers["content-length"]) > 100
    assert ("access-control-allow-origin" in found.headers) == (form in SHARED)


def test_matching_etag_answers_not_modified_without_drawing(server: ChartServer) -> None:
    first = server.ask(EFFORT)
    assert "max-age=300" in first.headers["cache-control"]
    tag = first.headers["etag"]
    for header in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
        again = server.ask(EFFORT, if_none_match=header)
        assert (again.status, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert server.render_count == 1
    assert server.ask(EFFORT, if_none_match='"other"').status == 200


def test_etag_does_not_need_the_file(server: ChartServer, database: duckdb.DuckDBPyConnection) -> None:
    tag = server.ask(EFFORT).headers["etag"]
    fresh = Starlette(routes=ChartRoutes(lambda: database).routes())
    assert run(ask_app(fresh, EFFORT, if_none_match=tag)).status == 304
    assert server.render_count == 1


def test_etag_depends_on_chart_choices_look_format_and_records(
    server: ChartServer, monkeypatch: pytest.MonkeyPatch, database_of: Callable[..., duckdb.DuckDBPyConnection]
) -> None:
    addresses = [
        "/chart/effort.svg",
        "/chart/signs.svg",
        "/embed/effort",
        "/chart/effort.svg?look=dark",
        "/chart/effort.svg?companies=Argos",
        "/chart/effort.svg?companies=Argos&companies=AO.com",
    ]
    tags = [server.ask(address, "HEAD").headers["etag"] for address in addresses]
    changed = database_of(make_story("tale", step(3, work("worry"))))
    changed.execute("update build set data_version = 'of others'")
    tags.append(ChartServer(changed, monkeypatch).ask(addresses[0], "HEAD").headers["etag"])
    assert len(set(tags)) == len(tags)
    same = server.ask("/chart/effort.svg?preset=blog&look=light&scale=2", "HEAD").headers["etag"]
    assert same == tags[0]


def test_a_kept_file_is_identical_and_rendered_once(server: ChartServer) -> None:
    answers = [server.ask("/chart/effort.png?preset=300x300&scale=1") for _ in range(3)]
    assert len({answer.content for answer in answers}) == 1
    assert server.render_count == 1


def test_head_answers_like_get_without_the_body(server: ChartServer) -> None:
    whole, head = server.ask(EFFORT), server.ask(EFFORT, "HEAD")
    assert head.headers == whole.headers
    assert (head.status, head.content) == (200, b"")


def test_a_repeated_choice_has_several_values(server: ChartServer) -> None:
    text = server.ask(f"{EFFORT}?companies=Argos&companies=AO.com&preset=square").text
    assert "Argos" in text
    assert "AO.com" in text
    assert "MemoryBits" not in text


def test_a_csv_holds_the_rows_of_the_chart(server: ChartServer, database: duckdb.DuckDBPyConnection) -> None:
    text = server.ask("/chart/fame_and_shame.csv").content.decode("utf-8-sig")
    found = list(csv.DictReader(line for line in io.StringIO(text) if not line.startswith("#")))
    rows = ask(database, "fame_and_shame").to_pylist()
    assert [row["company"] for row in found] == [row["company"] for row in rows]
    assert [float(row["experience"]) for row in found] == [row["experience"] for row in rows]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/chart/efort.svg", 404, "chart 'efort' is unknown. Did you mean effort? The dashboard has: "),
        ("/chart/effort.gif", 404, "format 'gif' is unknown. The dashboard has: png, svg"),
        ("/chart/effort", 404, "an address ends in a format, such as chart/effort.png. The formats are: png, svg"),
        ("/chart/", 404, "an address ends in a format"),
        ("/embed/efort", 404, "chart 'efort' is unknown. Did you mean effort?"),
        ("/chart/effort.svg?colour=red", 400, "choice 'colour' is unknown. The chart has: weighting, "),
        (
            "/chart/effort.svg?companies=Nobody",
            400,
            "companies 'Nobody' is unknown. The database has: AO.com, Amazon, ",
        ),
        ("/chart/effort.svg?since=soon", 400, "'soon' is not a date. Write YYYY-MM-DD"),
        ("/chart/effort.svg?look=pink", 400, "look 'pink' is unknown. The studio has: light, dark"),
        ("/chart/effort.svg?preset=huge", 400, "preset 'huge' is unknown. The studio has: blog, "),
        ("/chart/journey.svg", 400, "journey: needs story. The database has: "),
        ("/embed/journey?story=nothing", 400, "story 'nothing' is unknown. The database has: "),
        ("/chart/effort.png?scale=9", 400, "scale '9' is unknown. The studio has: 1, 2, 3"),
        ("/chart/effort.png?preset=99999x99999", 400, "each side must have 240 to 4000 px"),
        ("/chart/effort.png?preset=4000x4000&scale=3", 400, "144 million pixels. At most 20 million are possible"),
        ("/chart/effort.png?headline=" + "x" * 301, 400, "has 301 characters. At most 300 are possible"),
        (f"/chart/effort.png?headline={'x' * 5000}", 414, "the choices take 5,009 bytes. At most 4,096 are possible"),
        (
            "/chart/effort.png?headline=AO.com%20is%20a%20fraud",
            403,
            "has its own headline, which this dashboard did not",
        ),
        ("/chart/effort.svg?plain=1&alt=Proven", 403, "has its own alternative text, which"),
        ("/embed/effort?byline=The+dashboard&notes=Proven", 403, "has its own note and byline, which"),
        (f"/chart/effort.csv?subtitle=Proven&signature={'0' * 32}", 403, "has its own subtitle, which"),
        ("/chart/effort.png?signature=none", 400, "signature 'none' is none. Copy the whole address"),
        ("/chart/../../etc/passwd.png", 404, "chart '../../etc/passwd'"),
        ("/chart/effort\x00.png", 404, "chart 'effort\\x00'"),
        ("/chart/" + "x" * 3000 + ".png", 404, "…'"),
        ("/chart/éffört<script>.png", 404, "chart 'éffört<script>' is unknown. The dashboard has: "),
        ("/chart/effort.png?companies=%FF%00%F0%9F%92%A9", 400, " is unknown. The database has: "),
    ],
)
def test_bad_addresses_get_a_status_and_an_explanation(
    server: ChartServer, address: str, status: int, words: str
) -> None:
    found = server.ask(address)
    assert (found.status, words in found.text) == (status, True), found.text
    assert found.headers["content-type"] == "text/plain; charset=utf-8"
    assert found.headers["cache-control"] == "no-store"
    assert "Traceback" not in found.text
    assert len(found.content) < 1000


def test_choices_without_a_story_give_words_instead_of_a_blank_picture(server: ChartServer) -> None:
    for address, status in (("/chart/effort.png", 400), ("/chart/effort.svg", 400), ("/embed/effort", 200)):
        found = server.ask(f"{address}?since=2099-01-01")
        assert found.status == status
        assert "o story matches these choices" in found.text


def test_the_list_names_every_chart_with_its_choices(server: ChartServer) -> None:
    found = server.ask("/chart")
    assert found.headers["content-type"] == "application/json"
    assert '"effort":' in found.text
    assert '"needs":["story"]' in found.text
    assert server.render_count == 0


def test_addresses_follow_the_base_path(database: duckdb.DuckDBPyConnection) -> None:
    for base in ("stories", "/stories/"):
        app = Starlette(routes=ChartRoutes(lambda: database).routes(base))
        assert run(ask_app(app, "/stories/chart")).status == 200
        assert run(ask_app(app, "/chart")).status == 404


def test_other_methods_are_refused(server: ChartServer) -> None:
    assert server.ask(EFFORT, "POST").status == 405


def test_not_modified_keeps_the_policy_of_the_page(database: duckdb.DuckDBPyConnection) -> None:
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


def test_an_embedded_page_allows_any_frame_and_no_other_source(server: ChartServer) -> None:
    found = server.ask("/embed/effort?companies=Argos")
    policy = found.headers["content-security-policy"]
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "frame-ancestors *" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert "http" not in policy
    assert "content-disposition" not in found.headers
