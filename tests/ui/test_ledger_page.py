"""The ledger's pages and the administrator's people, without a browser."""

import asyncio
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nicegui import ui
from nicegui.testing import User

from app.domain.entry import Entry
from app.exchange.separated import read_csv
from app.exchange.xlsx import read_xlsx
from app.i18n import Translator
from app.printing.printer import WeasyPrinter
from app.services.books.fields import FieldFilter
from app.services.books.views import SIZES, Choices, Option, Periods, Wanted
from app.services.ports import Revision
from app.settings import Settings
from app.ui.app import create_app
from app.ui.pages.ledger.address import Look, address, by_present_names, read_address
from app.ui.pages.ledger.export import narrowed
from app.ui.widgets import FilterPill
from tests.fakes.books import services
from tests.fakes.working import FILES, NOW, PLACE, Working
from tests.ui.entering import log_in

PAYLOAD = "<img src=x onerror=alert(1)>{{7*7}}<script>alert(2)</script>"
DAY = timedelta(days=1)


@dataclass
class Books:
    working: Working
    user: User

    @property
    def http(self) -> httpx.AsyncClient:
        return self.user.http_client

    async def log_in(self, login: str) -> None:
        await log_in(self.http, login)

    async def visit(self, name: str, notes: str, number: int = 0, subject: str = "hh-1") -> None:
        at = NOW - DAY - timedelta(minutes=number)
        said = {"channel": "home", "condition": "well", "notes": notes}
        entry = Entry(name, PLACE, "visit", at, "w-1", at, said, subject)
        await self.working.store.ledger.append([entry], {})

    def shown(self) -> list[str]:
        with self.user:
            return [str(getattr(made, "text", "")) for made in ui.context.client.elements.values()]


def heads(books: Books) -> list[str]:
    """Return the heads of the columns, as they stand."""
    with books.user:
        made = [one for one in ui.context.client.elements.values() if one.tag == "th"]
        return [str(getattr(word, "text", "")) for one in made for word in one.default_slot.children]


@pytest.fixture
async def books(user: User, tmp_path: Path) -> Books:
    working = Working(tmp_path)
    await working.start()
    create_app(services(working), Settings(data=tmp_path))
    return Books(working, user)


async def test_the_ledger_is_for_the_signed_in(books: Books) -> None:
    for path in ("/ledger", "/entry/household-hh-1", "/people"):
        assert (await books.http.get(path)).headers["location"].startswith("/login")


async def test_a_reader_sees_its_rows_and_the_count(books: Books) -> None:
    await books.visit("visit-01", "灯坏了")
    await books.log_in("zhoumin")
    await books.user.open("/ledger?form=visit")
    await books.user.should_see("共 1 条")
    await books.user.should_see("陈桂芳")
    await books.user.should_see("上门")


async def test_what_people_have_typed_is_text_in_every_place_that_shows_it(books: Books) -> None:
    await books.visit("visit-01", PAYLOAD)
    at = NOW - DAY
    said = {"grid": f"{PLACE}/g1", "building": "1号楼", "door": PAYLOAD, "head": PAYLOAD, "special": []}
    await books.working.store.ledger.append(
        [Entry("renamed", PLACE, "household", at, "w-3", at, said, "hh-1")], {}
    )
    at = NOW - DAY
    worker = Entry("named", PLACE, "worker_file", at, "w-3", at, {"name": PAYLOAD}, "w-1")
    await books.working.store.ledger.append([worker], {})
    await books.log_in("shenruolan")
    for path in (
        "/ledger",
        "/ledger?form=visit&columns=notes",
        "/ledger?subject=hh-1",
        "/entry/visit-01",
        "/people",
    ):
        await books.user.open(path)
        assert any(PAYLOAD[:20] in words for words in books.shown()), path
        with books.user:
            for made in ui.context.client.elements.values():
                assert not isinstance(made, ui.html), path
                assert made.tag not in {"script", "img"}, path
        page = (await books.http.get(path)).text
        assert "<img src=x" not in page, path
        assert "<script>alert(2)" not in page, path


async def test_paging_and_filters_change_the_rows_in_place(books: Books) -> None:
    for number in range(30):
        await books.visit(f"visit-{number:02}", f"第{number}次", number)
    await books.log_in("zhoumin")
    await books.user.open("/ledger?form=visit&columns=notes")
    await books.user.should_see("第0次")
    await books.user.should_not_see("第25次")
    books.user.find(marker="page next").click()
    await books.user.should_see("第25次")
    await books.user.should_not_see("第0次")
    with books.user:
        field = next(iter(books.user.find(marker="search").elements))
        assert isinstance(field, ui.input)
        field.set_value("第7次")
    await books.user.should_see("共 1 条")
    await books.user.should_see("第7次")


async def test_the_head_of_the_time_turns_the_order_round(books: Books) -> None:
    for number in range(30):
        await books.visit(f"visit-{number:02}", f"第{number}次", number)
    await books.log_in("zhoumin")
    await books.user.open("/ledger?form=visit&columns=notes")
    await books.user.should_see("第0次")
    books.user.find(marker="sort").click()
    await books.user.should_see("第29次")
    await books.user.should_not_see("第0次")
    books.user.find(marker="sort").click()
    await books.user.should_see("第0次")


async def test_the_ledger_is_narrowed_from_one_day_to_another(books: Books) -> None:
    for number in range(3):
        await books.visit(f"visit-{number}", f"第{number}次", number * 24 * 60)
    day = (NOW - 2 * DAY).date().isoformat()
    await books.log_in("zhoumin")
    await books.user.open("/ledger?form=visit&columns=notes")
    await books.user.should_see("共 3 条")
    with books.user:
        period = next(iter(books.user.find(marker="period").elements))
        assert isinstance(period, ui.select)
        period.set_value("..")
    await books.user.should_see(marker="ledger-span-from")
    for end in ("ledger-span-from", "ledger-span-to"):
        with books.user:
            field = next(iter(books.user.find(marker=end).elements))
            assert isinstance(field, ui.input)
            field.set_value(day)
    await books.user.should_see("共 1 条")
    await books.user.should_see("第1次")
    books.user.find(marker="remove span").click()
    await books.user.should_see("共 3 条")
    await books.user.open(f"/ledger?form=visit&period=..{day}")
    await books.user.should_see("共 2 条")
    wrong = await books.http.get("/ledger?form=visit&period=..gestern")
    assert (wrong.status_code, "gestern" in wrong.text) == (400, True)


async def test_what_a_search_found_is_marked_or_told_beneath_where_no_cell_shows_it(books: Books) -> None:
    await books.visit("visit-01", "三楼的灯坏了")
    await books.log_in("zhoumin")
    await books.visit("visit-02", "很好", 1, "hh-2")
    await books.user.open("/ledger?form=visit&columns=channel")
    await books.user.should_see("共 2 条")
    with books.user:
        field = next(iter(books.user.find(marker="search").elements))
        assert isinstance(field, ui.input)
        field.set_value("陈桂芳 灯坏")
    await books.user.should_see("共 1 条")
    with books.user:
        made = ui.context.client.elements.values()
        marked = [getattr(one, "text", "") for one in made if one.tag == "mark"]
    assert marked == ["陈桂芳", "灯坏", "陈桂芳", "灯坏"]  # on the desk, and on the phone
    assert "三楼的" in books.shown()


async def test_a_question_can_be_narrowed_to_those_who_did_not_answer_it(books: Books) -> None:
    await books.visit("visit-01", "灯坏了")
    await books.visit("visit-02", "", 1)
    await books.log_in("zhoumin")
    await books.user.open("/ledger?form=visit&f.notes=灯")
    await books.user.should_see("共 1 条")
    with books.user:
        way = next(iter(books.user.find(marker="way notes").elements))
        assert isinstance(way, ui.select)
        way.set_value("!any")
    await books.user.should_see("共 1 条")
    with books.user:
        way = next(iter(books.user.find(marker="way notes").elements))
        assert isinstance(way, ui.select)
        way.set_value("!none")
    await books.user.should_see("上门")
    assert "灯坏了" not in books.shown()


async def test_other_rows_leave_the_list_of_columns_in_the_hand_of_who_ticks_in_it(books: Books) -> None:
    for number in range(30):
        await books.visit(f"visit-{number:02}", f"第{number}次", number)
    await books.log_in("zhoumin")
    await books.user.open("/ledger?form=visit&columns=notes")
    before = books.user.find(marker="columns").elements
    books.user.find(marker="page next").click()
    await books.user.should_see("第25次")
    assert books.user.find(marker="columns").elements == before


async def test_columns_stand_in_the_order_in_which_they_were_ticked(books: Books) -> None:
    await books.visit("visit-01", "灯坏了")
    await books.log_in("zhoumin")
    await books.user.open("/ledger?form=visit&columns=notes")
    ticked = ["notes", "condition", "channel"]
    names = ["简单写两句", "家里怎么样？", "怎么联系的？"]
    with books.user:
        made = next(iter(books.user.find(marker="columns").elements))
        assert isinstance(made, ui.select)
        for many in (2, 3):
            made.set_value(ticked[:many])
    books.user.find(marker="columns").trigger("popupHide")
    for _ in range(50):
        await asyncio.sleep(0.05)
        if names[2] in heads(books):
            break
    assert [head for head in heads(books) if head in names] == names


async def test_columns_are_those_that_were_chosen_last_for_the_form(books: Books) -> None:
    await books.visit("visit-01", "灯坏了")
    await books.log_in("zhoumin")
    await books.user.open("/ledger?form=visit")
    with books.user:
        made = next(iter(books.user.find(marker="columns").elements))
        assert isinstance(made, ui.select)
        made.set_value(["notes"])
    books.user.find(marker="columns").trigger("popupHide")
    for _ in range(50):
        await asyncio.sleep(0.05)
        if "简单写两句" in books.shown():
            break
    await books.user.open("/ledger?form=visit")
    with books.user:
        made = next(iter(books.user.find(marker="columns").elements))
        assert isinstance(made, ui.select)
        assert made.value == ["notes"]


async def test_a_demotion_while_the_page_is_open_ends_what_it_may_do(books: Books) -> None:
    for number in range(30):
        await books.visit(f"visit-{number:02}", f"第{number}次", number)
    await books.log_in("zhoumin")
    await books.user.open("/ledger?form=visit&columns=notes")
    ended = {"worker": "w-1", "role": "leader", "left_on": "2026-11-22"}
    entry = Entry("ended", f"{PLACE}/g1", "appointment", NOW, "w-3", NOW, ended, "p-w-1")
    await books.working.store.ledger.append([entry], {})
    books.working.now += timedelta(minutes=1)
    books.user.find(marker="page next").click()
    await books.user.should_see("您没有这个权限")
    await books.user.should_not_see("第25次")


async def test_anothers_entry_and_place_are_refused_with_a_page_that_says_so(books: Books) -> None:
    await books.log_in("zhoumin")
    for path in ("/entry/household-hh-4", "/entry/never-was", f"/ledger?place={PLACE}/g2", "/people"):
        response = await books.http.get(path)
        assert response.status_code == 403, path
        assert "您没有这个权限" in response.text


async def test_an_entry_shows_answers_what_it_counted_for_and_can_be_withdrawn(books: Books) -> None:
    await books.visit("visit-01", "灯坏了")
    await books.log_in("zhoumin")
    await books.user.open("/entry/visit-01")
    for words in ("灯坏了", "上门走访", "2026年11月21日 10:42", "有效"):
        await books.user.should_see(words)
    books.user.find("撤回").click()
    await books.user.should_see("撤回这条记录？")
    next(iter(books.user.find(marker="reason").elements)).set_value("记重了")  # type: ignore[attr-defined]
    books.user.find(marker="sure").click()
    await books.user.should_see("这条记录已撤回，不再计入。")
    await books.user.should_see("原因：记重了")


async def test_an_entry_of_another_year_shows_what_it_counted_for_when_asked(books: Books) -> None:
    await books.visit("visit-01", "去年的", number=365 * 24 * 60)
    await books.log_in("zhoumin")
    await books.user.open("/entry/visit-01")
    await books.user.should_see("没有计入任何应办事项。")
    books.user.find(marker="other year").click()
    await books.user.should_see("上门走访")


async def test_a_filter_on_a_household_can_be_taken_off(books: Books) -> None:
    await books.visit("visit-01", "灯坏了")
    await books.log_in("zhoumin")
    await books.user.open("/ledger?subject=hh-1")
    await books.user.should_see("共 2 条")
    books.user.find(FilterPill).click()
    await books.user.should_not_see("共 2 条")


async def test_an_administrator_ends_a_post_and_appoints_again(books: Books) -> None:
    await books.log_in("shenruolan")
    await books.user.open("/people")
    for words in ("周敏", "马骏", "第一网格", "网格长"):
        await books.user.should_see(words)
    books.working.now += timedelta(minutes=1)
    books.user.find(marker="end p-w-1").click()
    await books.user.should_see("让 周敏 卸任网格长？")
    books.user.find(marker="sure").click()
    await books.user.should_see("没有岗位")
    last = books.working.store.ledger.stored[-1].entry
    assert (last.form, last.subject, last.answers["left_on"]) == ("appointment", "p-w-1", "2026-11-22")
    await books.user.open(f"/people?done={last.id}")
    await books.user.should_see("已记入台账")
    books.user.find("任命").click()
    await books.user.should_see("从哪天起")
    for wrong, told in ((None, "这一项没有填"), ("w-1", "时间在将来")):
        for kind, name, value in (
            (ui.select, "worker", wrong),
            (ui.select, "seat", "leader@lakeside/g1"),
            (ui.input, "day", "2031-01-01"),
        ):
            next(iter(books.user.find(kind=kind, marker=name).elements)).set_value(value)
        books.user.find(marker="sure").click()
        await books.user.should_see(told)  # in the dialog, which stays with what was typed
    books.user.find(marker="undo").click()  # for a minute, as what is filled in
    await books.user.should_not_see("没有岗位")


async def test_a_full_post_says_so_and_is_handed_over_from_the_next_day(books: Books) -> None:
    role = "config/roles/leader.yaml"
    files = {**FILES, role: FILES[role] + "headcount: {exactly: 1}\n"}
    await books.working.store.revisions.add(Revision("bounded", PLACE, files, books.working.now, "w-3"))
    await books.log_in("shenruolan")
    await books.user.open("/people")
    books.user.find("任命").click()
    await books.user.should_see("任什么岗位")
    seat = next(iter(books.user.find(kind=ui.select, marker="seat").elements))
    assert isinstance(seat.options, dict)
    assert seat.options["leader@lakeside/g1"] == "网格长·第一网格·满员"
    seat.set_value("leader@lakeside/g1")
    await books.user.should_see("这个岗位最多 1 人，现在满员")
    [instead] = books.user.find(kind=ui.select, marker="instead").elements
    [day] = books.user.find(kind=ui.input, marker="day").elements
    assert (instead.value, day.value) == ("p-w-1", "2026-11-23")
    next(iter(books.user.find(kind=ui.select, marker="worker").elements)).set_value("w-3")
    books.user.find(marker="sure").click()
    await books.user.should_see("2026年11月23日上任")
    await books.user.should_see("2026年11月23日起卸任")
    [end] = books.user.find(kind=ui.button, marker="hand p-w-2").elements
    assert end.props["aria-label"] == "换下 马骏"
    books.user.find(marker="end p-w-1").click()
    await books.user.should_see("卸任网格长？")


WANTED = st.builds(
    Wanted,
    form=st.sampled_from(["", "visit"]),
    place=st.sampled_from(["", "lakeside/g1"]),
    person=st.sampled_from(["", "w-1"]),
    subject=st.sampled_from(["", "hh-1"]),
    period=st.sampled_from(["", "2026-Q4"]),
    search=st.text(),
    standing=st.booleans(),
    order=st.sampled_from(["at", "recorded_at"]),
    descending=st.booleans(),
    page=st.integers(1, 9_999),
    size=st.sampled_from(SIZES),
)


@given(
    wanted=WANTED,
    density=st.sampled_from(["dense", "roomy"]),
    columns=st.lists(st.sampled_from(["a", "b_c"]), unique=True),
)
def test_an_address_tells_all_but_what_is_searched(wanted: Wanted, density: str, columns: list[str]) -> None:
    look = Look(density, tuple(columns))
    found = address(wanted, look)
    query = {name: values[0] for name, values in parse_qs(urlsplit(found).query).items()}
    told, looked = read_address(query)
    assert (told, looked) == (Wanted(**{**_plain(wanted), "search": ""}), look)  # type: ignore[arg-type]


def _plain(wanted: Wanted) -> dict[str, object]:
    return {name: getattr(wanted, name) for name in Wanted.__dataclass_fields__}


@pytest.mark.parametrize("query", [{"page": "-1"}, {"page": "x"}, {"size": "9" * 50}, {"order": "; drop"}])
def test_a_wrong_address_is_read_as_far_as_it_goes(query: dict[str, str]) -> None:
    wanted, _ = read_address(query)
    assert (wanted.page, wanted.order, wanted.size) == (1, "at", SIZES[0])


def test_an_older_address_says_the_present_names_of_questions_and_holds_nothing_that_is_not_seen() -> None:
    choices = Choices(
        (),
        (),
        (),
        Periods((), (), ()),
        {"visit": (Option("remark", {}, ("notes",)), Option("channel", {}))},
        whole=True,
        filters={"visit": (FieldFilter("remark", {}, "words", {}, ("notes",)),)},
    )
    wanted = Wanted(form="visit", fields=(("notes", "!none"), ("card", "true")))
    said, look = by_present_names(choices, wanted, Look(columns=("notes", "card", "channel", "remark")))
    assert said.fields == (("remark", "!none"),)
    assert look.columns == ("remark", "channel")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_an_export_holds_all_rows_and_is_fetched_by_nobody_else(books: Books, kind: str) -> None:
    for number in range(30):
        await books.visit(f"visit-{number:02}", f"第{number}次", number)
    await books.log_in("zhoumin")
    await books.user.open("/ledger?form=visit")
    books.user.find("导出表格").click()
    await books.user.should_see("筛选出来的全部记录")
    books.user.find(marker=kind).click()
    given = await books.user.download.next(timeout=10)
    assert given.status_code == 200
    assert int(given.headers["content-length"]) == len(given.content)
    assert quote(f"台账.{kind}") in given.headers["content-disposition"]
    if kind == "csv":
        lines = given.content.decode("utf-8-sig").split("\r\n")
        assert len(lines) == 32  # the last is empty
        assert "怎么联系的？" in lines[0]
        assert '"1-1-101"' in lines[1]  # a door is no day
    else:
        assert len(read_xlsx(given.content, "out.xlsx").sheets[0].rows) == 31
    await books.log_in("shenruolan")
    assert (await books.http.get(given.request.url.path)).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_an_export_names_all_whom_an_entry_is_about(books: Books, kind: str) -> None:
    at = NOW - DAY
    said = {"channel": "home", "condition": "well", "notes": "一家人"}
    entry = Entry("visit-all", PLACE, "visit", at, "w-1", at, said, "hh-1", subjects=("hh-2", "hh-3"))
    await books.working.store.ledger.append([entry], {})
    await books.log_in("zhoumin")
    await books.user.open("/ledger?form=visit")
    books.user.find("导出表格").click()
    books.user.find(marker=kind).click()
    content = (await books.user.download.next(timeout=10)).content
    read = read_csv(content, "out.csv") if kind == "csv" else read_xlsx(content, "out.xlsx")
    told = [str(value) for value in read.sheets[0].rows[1].values]
    assert [cell for cell in told if "陈桂芳" in cell] == ["陈桂芳、1-1-201 何建国、10-1-101 梁玉珍"]


async def test_what_is_too_much_for_paper_says_so_where_it_was_asked_for(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[narrowed.__module__], "MOST_PRINTED", 1)
    monkeypatch.setattr(WeasyPrinter, "available", lambda _: None)
    await books.visit("visit-01", "灯坏了")
    await books.visit("visit-02", "很好", 1)
    await books.log_in("zhoumin")
    await books.user.open("/ledger?form=visit")
    books.user.find("导出表格").click()
    await books.user.should_see("筛选出来的全部记录")
    books.user.find(marker="pdf").click()
    await books.user.should_see("台账有 2 行，纸上一次最多印 1 行。")


def test_a_list_says_in_words_what_it_is_narrowed_to() -> None:
    choices = Choices(
        (),
        (Option("g1", {"zh": "第一网格"}),),
        (),
        Periods((), (), ("2026-11",)),
        {},
        whole=True,
        filters={
            "visit": (
                FieldFilter("how", {"zh": "方式"}, "one_of", {"home": {"zh": "上门"}}),
                FieldFilter("notes", {"zh": "备注"}, "words", {}),
                FieldFilter("spent", {"zh": "用时"}, "number", {}),
            )
        },
    )
    asked = (("how", "home,!none"), ("notes", "!any"), ("spent", "5..10"), ("gone", "1"))
    since = narrowed(Translator("zh"), Wanted(period="2026-11-03.."), choices)
    assert since == "时间段：2026年11月3日起"
    wanted = Wanted(form="visit", place="g1", period="2026-11", search="灯", fields=asked, standing=False)
    assert narrowed(Translator("zh"), wanted, choices) == (
        "地点：第一网格·时间段：2026年11月·搜索：灯·状态：连同更正前、已撤回·方式：上门、未填写·备注：已填写·用时：5–10"
    )
