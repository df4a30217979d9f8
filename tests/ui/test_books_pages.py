"""Lists in and out, and the ledger's ways to handle many, without a browser: a story each."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest
from nicegui import ElementFilter, ui
from nicegui.testing import User

from app.domain.entry import Entry
from app.services.jobs import JobRunner
from app.services.workbooks.imports import Imports
from app.settings import Settings
from app.ui.app import create_app
from tests.fakes.books import imports, services
from tests.fakes.working import DIRECTOR, FILES, NOW, PLACE, Working
from tests.services.test_imports import GOOD, HEAD, OTHER, workbook
from tests.services.test_lists import LAYOUT
from tests.ui.entering import log_in

DAY = timedelta(days=1)


@dataclass
class Books:
    working: Working
    user: User
    imports: Imports
    runner: JobRunner

    @property
    def http(self) -> httpx.AsyncClient:
        return self.user.http_client

    async def log_in(self, login: str) -> None:
        await log_in(self.http, login)

    async def see(self, words: Iterable[str]) -> None:
        for one in words:
            await self.user.should_see(one)


@pytest.fixture
async def books(user: User, tmp_path: Path) -> Books:
    working = Working(tmp_path, texts={**FILES, "forms/household_register.yaml": LAYOUT})
    await working.start()
    for number in range(3):
        at = NOW - DAY - timedelta(minutes=number)
        said = {"channel": "home", "condition": "well", "minutes": number + 5}
        visit = Entry(f"visit-{number}", PLACE, "visit", at, "w-1", at, said, f"hh-{number + 1}")
        await working.store.ledger.append([visit], {})
    imported, runner = imports(working, tmp_path / "imports")
    create_app(services(working, imported), Settings(data=tmp_path))
    return Books(working, user, imported, runner)


async def test_an_import_goes_through_its_steps_on_its_page(books: Books) -> None:
    await books.log_in("zhoumin")
    assert (await books.http.get("/import")).status_code == 403
    await books.log_in("shenruolan")
    await books.user.open("/import")
    await books.see(("导入表格", "还没有导入过"))
    job = await books.imports.take(
        DIRECTOR, "household", "名册.xlsx", workbook(HEAD, GOOD, (*OTHER[:6], 99, "无"))
    )
    await books.user.open("/import")
    await books.user.should_see("等待对列")
    await books.user.open(f"/import/{job}")
    await books.see(("许晓梅", "检查全部 2 行", "E712"))
    books.user.find(marker="check").click()
    await books.user.should_see("可以关掉这个网页")
    await books.runner.work()
    await books.user.open(f"/import/{job}")
    await books.see(("检查结果", "存入 1 行", "E712"))
    books.user.find(marker="back").click()
    await books.user.should_see("每一列是什么")
    books.user.find(marker="check").click()
    await books.user.should_see("可以关掉这个网页")
    await books.runner.work()
    await books.user.open(f"/import/{job}")
    books.user.find(marker="store").click()
    await books.user.should_see("可以关掉这个网页")
    await books.runner.work()
    await books.user.open(f"/import/{job}")
    await books.see(("导入结果", "同一个文件再导入一次，什么也不会变", "下载有问题的行"))
    answer = await books.http.get(f"/import/{job}/faults.xlsx")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert (await books.http.get("/import/nothing/faults.xlsx")).status_code == 404
    await books.log_in("zhoumin")
    assert (await books.http.get(f"/import/{job}/faults.xlsx")).status_code == 403
    books.http.cookies.clear()
    assert (await books.http.get(f"/import/{job}/faults.xlsx")).headers["location"].startswith("/login")


async def test_lists_go_out_at_addresses_that_hold_to_rights(books: Books) -> None:
    assert (await books.http.get("/export/list/household.csv")).headers["location"].startswith("/login")
    await books.log_in("zhoumin")
    await books.user.open("/export")
    await books.see(("纸质台账", "居民户登记台账", "家庭档案"))
    answer = await books.http.get("/export/list/household.csv?day=2026-11-20&place=")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "陈桂芳" in answer.text
    assert "13800000000" not in answer.text
    assert (await books.http.get("/export/printed/household_register.xlsx")).content[:2] == b"PK"
    with books.user:
        (language,) = ElementFilter(kind=ui.select, marker="language")
        language.set_value("zh-Hant")
    with books.user:
        links = [str(link.props.get("href", "")) for link in ElementFilter(kind=ui.element)]
    printed = {link for link in links if link.startswith("/export/printed/")}
    assert printed
    assert all("language=zh-Hant" in link for link in printed)
    other = (await books.http.get("/export/printed/household_register.xlsx?language=zh-Hant")).content
    with ZipFile(io.BytesIO(other)) as parts:
        assert "戶主" in "".join(
            parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")
        )
    for path, status in (
        ("/export/list/household.pdf", 404),
        ("/export/printed/household_register.csv", 404),
        ("/export/list/nothing.csv", 409),
        (f"/export/list/household.csv?place={PLACE}", 403),
    ):
        assert (await books.http.get(path)).status_code == status, path


async def test_several_records_are_picked_corrected_and_restored(books: Books) -> None:
    await books.log_in("shenruolan")
    await books.user.open("/ledger?form=visit")
    books.user.find("多选").click()
    await books.user.should_see("已选 0 条")
    with books.user:
        ticks = list(ElementFilter(kind=ui.checkbox, marker="tick visit-1"))
        ticks[0].set_value(True)
    await books.user.should_see("已选 1 条")
    books.user.find(marker="bulk correct").click()
    await books.user.should_see("看看会改哪些")
    books.user.find(marker="preview").click()
    await books.user.should_see("先选要改哪一题")
    with books.user:
        next(iter(ElementFilter(kind=ui.select, marker="question"))).set_value("minutes")
    await books.user.should_see("几分钟？改成")
    books.user.find(marker="reason").type("记错了")
    books.user.find(marker="preview").click()
    await books.user.should_see("会更正 1 条，共选了 1 条")
    books.user.find(marker="sure").click()
    await books.user.should_see("已更正 1 条")
    community = await books.working.live.fresh(PLACE)
    (new,) = [e for e in community.entries.values() if e.supersedes == "visit-1"]
    assert "minutes" not in new.answers
    await books.user.open(f"/entry/{new.id}")
    await books.user.should_see("并排查看各个版本")
    await books.user.open(f"/entry/{new.id}/versions")
    await books.see(("共 2 个版本", "改了", "原因：记错了"))
    await books.user.open("/ledger?form=visit")
    books.user.find("恢复原样").click()
    await books.user.should_not_see("已更正 1 条")
    books.user.find("多选").click()
    await books.user.should_see("已选 0 条")
    with books.user:
        next(iter(ElementFilter(kind=ui.checkbox, marker="tick visit-2"))).set_value(True)
    books.user.find(marker="bulk withdraw").click()
    await books.user.should_see("撤回 1 条")
    books.user.find(marker="sure").click()
    await books.user.should_see("为什么")
    books.user.find(marker="reason").type("重复")
    books.user.find(marker="sure").click()
    await books.user.should_see("已撤回 1 条")


async def test_ticks_are_of_the_rows_that_were_found_and_go_with_them(books: Books) -> None:
    await books.log_in("shenruolan")
    await books.user.open("/ledger?form=visit")
    books.user.find("多选").click()
    await books.user.should_see("已选 0 条")
    with books.user:
        next(iter(ElementFilter(kind=ui.checkbox, marker="tick visit-1"))).set_value(True)
    await books.user.should_see("已选 1 条")
    with books.user:
        next(iter(ElementFilter(kind=ui.input, marker="search"))).set_value("没有这样的话")
    await books.user.should_not_see("已选 1 条")
    await books.user.should_see("已选 0 条")


async def test_a_view_is_named_opened_first_renamed_and_deleted(books: Books) -> None:
    await books.log_in("shenruolan")
    await books.user.open("/ledger?form=visit&columns=minutes")
    books.user.find("视图").click()
    await books.user.should_see("还没有视图")
    books.user.find(marker="save view").click()
    await books.user.should_see("给这个视图起一个名字")
    books.user.find(marker="view name").type("走访时长")
    books.user.find(marker="save view").click()
    await books.user.should_see("自己的")
    books.user.find(marker="views-default 走访时长").click()
    await books.user.should_see("打开台账时先看")
    await books.user.open("/ledger")
    await books.user.should_see("几分钟？")
    books.user.find("视图").click()
    await books.user.should_see("打开台账时先看")
    books.user.find(marker="views-rename 走访时长").click()
    await books.user.should_see("给“走访时长”改名")
    books.user.find(marker="new name").clear().type("时长")
    books.user.find(marker="rename").click()
    await books.user.should_see(marker="views-delete 时长")
    books.user.find(marker="views-delete 时长").click()
    await books.user.should_see("还没有视图")
