"""The choices of an import on the page: the sheet, doubtful dates, and the rows that become stories."""

from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st  # noqa: PLC0415 - AppTest runs the text of this function alone

    from cxdata.ingest import FileInspection  # noqa: PLC0415
    from pages.add.import_form.reading import choose_reading, chosen_reading  # noqa: PLC0415
    from pages.add.import_form.row_choices import choose_days, choose_rows  # noqa: PLC0415

    tables = [
        FileInspection(
            "book.xlsx", "a workbook", headers=("kind",), words={"kind": ("a", "b")}, sheets=("UK", "US"),
            doubts=("row 3 names the columns. Another row is possible (--header)",),
            day_readings={"day first": "3/4/26 is 3 April 2026", "month first": "3/4/26 is 4 March 2026"},
        )
    ]  # fmt: skip
    st.session_state["is_complete"] = choose_reading(tables)
    st.session_state["reading"] = chosen_reading()
    st.session_state["days"] = choose_days(tables)
    st.session_state["changes"] = choose_rows(tables)


def test_page_asks_for_a_sheet_and_shows_what_each_reading_of_dates_gives() -> None:
    app = AppTest.from_function(page, default_timeout=30).run()
    assert not app.exception
    assert not app.session_state["is_complete"]
    assert [each.value for each in app.info] == ["Still to say: which sheet of the workbook."]
    shown = " ".join(each.value for each in app.warning)
    assert "26 is 3 April 2026" in shown
    assert "--header" not in shown
    app.selectbox("read-sheet").set_value("US")
    app.selectbox("read-separator").set_value("Semicolon")
    app.number_input("read-header").set_value(0)
    app.selectbox("order").set_value("month first")
    app.checkbox("leave-days").check()
    app.checkbox("every-row").check()
    app.selectbox("only-column").set_value("kind").run()
    app.multiselect("only-kind").set_value(["b"]).run()
    reading, changes = app.session_state["reading"], app.session_state["changes"]
    assert (reading.sheet, reading.separator, reading.header, reading.encoding) == ("US", ";", 0, None)
    assert app.session_state["days"] == ("month first", True)
    assert (changes.only, changes.every_row) == ((("kind", ("b",)),), True)
    assert app.session_state["is_complete"]
