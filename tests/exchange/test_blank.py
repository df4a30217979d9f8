"""Blank lists: what goes out empty comes in again with every column known."""

from datetime import date

from app.declarations.load import load
from app.domain.kinds.form import Form
from app.domain.regulation import Regulation
from app.exchange.blank import blank_xlsx
from app.exchange.books import read_list
from app.i18n import LANGUAGES, Translator
from app.services.filling import SYSTEM_FORMS
from app.services.workbooks.blank import BlankColumn, BlankList, blank_list
from app.services.workbooks.mapping import Plan, plan_of
from tests.declarations.community import official
from tests.fakes.shipped import regulation_of
from tests.fakes.working import FILES, PLACE

DAY = date(2026, 11, 22)
FILE = f"config/places/{PLACE}/place.yaml"


def declared(**changed: str) -> Regulation:
    loaded = load(
        PLACE, {**FILES, **{f"forms/{name}.yaml": text for name, text in changed.items()}}, official
    )
    assert loaded.regulation is not None, loaded.problems
    return loaded.regulation


def blank(regulation: Regulation, form: str, language: str = "zh") -> BlankList:
    return blank_list(regulation.forms[form], regulation, Translator(language), DAY)


def columns(regulation: Regulation, form: str, language: str = "zh") -> dict[str, BlankColumn]:
    return {column.title: column for column in blank(regulation, form, language).columns}


def came_in(regulation: Regulation, form: Form, made: BlankList) -> Plan:
    return plan_of(read_list(blank_xlsx(made), "blank.xlsx"), form, regulation)


def test_a_register_has_its_questions_and_nothing_of_when_and_by_whom() -> None:
    found = columns(declared(), "household")
    assert list(found) == ["网格", "楼栋", "门牌", "户主", "身份证", "电话", "人口", "特殊群体", "迁出"]
    assert found["网格"].listed == ("第一网格", "第二网格")
    assert found["特殊群体"].several
    assert [title for title, column in found.items() if column.required] == [
        "网格", "楼栋", "门牌", "户主", "人口", "特殊群体",
    ]  # fmt: skip
    assert (found["人口"].written, found["身份证"].written, found["迁出"].written) == (
        "number",
        "text",
        "date",
    )


def test_a_grid_that_has_ended_is_no_answer_any_more() -> None:
    ended = FILES[FILE].replace("g2: {level: grid,", "g2: {level: grid, in_force: {until: 2026-11-22},")
    loaded = load(PLACE, {**FILES, FILE: ended}, official)
    assert loaded.regulation is not None, loaded.problems
    assert columns(loaded.regulation, "household")["网格"].listed == ("第一网格",)


def test_a_record_says_when_by_whom_and_about_whom_and_offers_no_retired_choice() -> None:
    found = columns(declared(), "visit", "en")
    assert list(found)[:3] == ["Happened at", "Done by", "About"]
    assert found["How?"].listed == ("At home", "By telephone")
    assert "Photos" not in found, "files aren't read"


def test_what_is_worked_out_or_over_is_not_asked() -> None:
    text = """\
form: stay
title: {zh: 暂住}
about: household
fields:
  days: {title: {zh: 天数}, type: integer, required: true}
  twice: {title: {zh: 两倍}, type: integer, calculation: days * 2}
  old: {title: {zh: 旧问题}, type: text, in_force: {until: 2026-01-01}}
  ours: {title: {zh: 本地人}, type: boolean}
"""
    found = columns(declared(stay=text), "stay")
    assert list(found)[3:] == ["天数", "本地人"]
    assert found["本地人"].listed == ("是", "否")


def test_every_column_of_each_shipped_form_comes_in_as_what_it_went_out() -> None:
    regulation = regulation_of("demo/liuan")
    for form in regulation.forms.values():
        if form.id in SYSTEM_FORMS:
            continue
        for language in LANGUAGES:
            made = blank_list(form, regulation, Translator(language), DAY)
            plan = came_in(regulation, form, made)
            assert plan.notices == (), (form.id, plan.notices)
            assert len(plan.sheets) == 1, (form.id, "the sheet of the answers is no list")
            assert len(plan.sheets[0].columns) == len(made.columns), form.id
