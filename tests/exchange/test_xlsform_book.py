"""A form goes into a workbook of XLSForm and comes back as a file that asks the same."""

import io
from datetime import date

from xlsxwriter import Workbook

from app import plugins
from app.declarations.written import block
from app.exchange.xlsform import sheets_of
from app.exchange.xlsform_book import form_data, write_xlsform
from app.exchange.xlsx import read_xlsx
from tests.fakes.every_type import FORM
from tests.fakes.working import FILES, PLACE, DeclaredHere

TYPES = plugins.field_types(plugins.load(others=False))
DAY = date(2026, 11, 22)


def workbook(survey: list[list[str]], choices: list[list[str]]) -> bytes:
    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True})
    for name, rows in (("survey", survey), ("choices", choices)):
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return made.getvalue()


def test_a_form_of_all_types_goes_out_and_comes_back_with_the_same_questions() -> None:
    files = {**FILES, "forms/everything.yaml": FORM}
    loaded = DeclaredHere().load(PLACE, files)
    assert loaded.regulation is not None
    form = loaded.regulation.forms["everything"]
    stream = io.BytesIO()
    write_xlsform(sheets_of(form, TYPES, DAY), form.id, form.heading.title, stream)
    data, unknown = form_data(read_xlsx(stream.getvalue(), "everything.xlsx"), "everything", TYPES)
    text = block(data, 0)
    assert unknown == ()
    again = DeclaredHere().load(PLACE, {**files, "forms/everything.yaml": text})
    assert again.regulation is not None, [(str(fault.where), fault.code) for fault in again.problems]
    whole = [one for one in form.fields if one.total is None]
    back = {one.id: one for one in again.regulation.forms["everything"].fields}
    assert [(one.id, one.widget, one.title, one.required) for one in whole] == [
        (one.id, one.widget, one.title, one.required) for one in back.values()
    ]
    assert [one.group for one in whole] == [one.group for one in back.values()]


def test_a_form_of_another_tool_keeps_its_sections_and_tells_what_there_is_no_type_for() -> None:
    data = workbook(
        [
            ["type", "name", "label", "required"],
            ["start", "begun", "", ""],
            ["begin group", "home", "家里", ""],
            ["select_one colours", "door", "门的颜色", "yes"],
            ["end group", "", "", ""],
            ["audio", "song", "录音", ""],
            ["text", "name", "姓名", ""],
        ],
        [["list_name", "name", "label"], ["colours", "red", "红"], ["colours", "blue", "蓝"]],
    )
    told, unknown = form_data(read_xlsx(data, "theirs.xlsx"), "theirs", TYPES)
    text = block(told, 0)
    assert unknown == ("begun", "song")
    loaded = DeclaredHere().load(PLACE, {**FILES, "forms/theirs.yaml": text})
    assert loaded.regulation is not None, text
    form = loaded.regulation.forms["theirs"]
    assert [(one.id, one.widget, one.group, one.required) for one in form.fields] == [
        ("door", "choice", "home", True),
        ("name", "text", "", False),
    ]
    assert [(key.id, key.title) for key in form.fields[0].choices] == [
        ("red", {"zh": "红"}),
        ("blue", {"zh": "蓝"}),
    ]
