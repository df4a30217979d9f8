"""The studio without a browser: a draft from its opening to its revision, and what others may see of it."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from nicegui import ui
from nicegui.testing import User

from app.domain.edits import SetValue
from app.domain.entry import Entry
from app.services.actor import ActorRef
from app.services.drafting.publication import DraftPublication
from app.services.ports import DEMO_MAKER
from app.services.wiring import Services
from app.settings import Settings
from app.ui.app import create_app
from app.ui.pages.studio import file as studio_file
from tests.fakes.studio import DUTY, ROLE, TEXTS, with_studio
from tests.fakes.working import DIRECTOR, PLACE, Working
from tests.ui.entering import log_in

OWN = "config/places/lakeside/rules/home_visit.yaml"


@dataclass
class Workshop:
    working: Working
    services: Services
    user: User

    @property
    def http(self) -> httpx.AsyncClient:
        return self.user.http_client

    async def log_in(self, login: str) -> None:
        await log_in(self.http, login)

    async def see(self, *words: str) -> None:
        for one in words:
            await self.user.should_see(one, retries=100)

    def editor(self) -> ui.codemirror:
        [found] = self.user.find(ui.codemirror).elements
        return found

    async def type(self, text: str) -> None:
        """Type a whole text and wait for what is saved and found."""
        self.editor().value = text
        await self.see("已存草稿")


@pytest.fixture
async def workshop(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    monkeypatch.setattr(studio_file, "PAUSE", 0.01)
    monkeypatch.setattr(studio_file, "TICK", 0.02)
    return await workshop_of(TEXTS, user, tmp_path)


async def workshop_of(texts: Mapping[str, str], user: User, tmp_path: Path) -> Workshop:
    working = Working(tmp_path, texts=texts)
    await working.start()
    services = with_studio(working, tmp_path / "files")
    create_app(services, Settings(data=tmp_path))
    return Workshop(working, services, user)


async def test_a_change_goes_from_a_draft_through_every_gate_into_force(workshop: Workshop) -> None:
    user = workshop.user
    await workshop.log_in("zhoumin")
    for address in ("/studio", "/studio/x", "/studio/x/file?path=y", "/studio/x/publish", "/studio/compare"):
        assert (await workshop.http.get(address)).status_code == 403, address
    await workshop.log_in("shenruolan")
    await user.open("/studio")
    await workshop.see("没有在改的草稿", "现行")
    user.find("新开草稿").click()
    await workshop.see("还没有改动", "没有错误", "上门走访", "每季度至少要有 1 次", "职责")
    assert workshop.services.drafting is not None
    draft = await workshop.services.drafting.open(DIRECTOR)  # the one that was just begun
    await user.open(f"/studio/{draft.id}/file?path={DUTY}")
    await workshop.see("这是基础库的文件", "这个文件没有问题", "每季度至少要有 1 次")
    await workshop.type(TEXTS[DUTY].replace("every: quarter", "every: quater"))
    await workshop.see("quater", "E102", "是不是“quarter”？")
    assert [mark["class"] for mark in workshop.editor().decorations] == ["sd-line-error", "sd-mark-error"]
    await workshop.type(TEXTS[DUTY].replace("every: quarter", "every: month"))
    await workshop.see("每月至少要有 1 次")
    await user.should_not_see("E102", retries=100)
    await user.open(f"/studio/{draft.id}")
    await workshop.see("改了 1 个文件", OWN, "撤销我的")
    user.find("撤销我的").click()
    await workshop.see("重做")
    user.find("重做").click()
    await user.should_not_see("重做", retries=100)
    await go_through_the_gates(workshop, draft.id)
    user.find(marker="publish").click()
    await workshop.see("已生效")
    current = await workshop.working.store.revisions.current(PLACE, workshop.working.now)
    assert current is not None
    assert (current.resolution, "every: month" in current.files[OWN]) == ("2026-7", True)
    assert current.alone == "社区小，主任自己定"
    await user.open("/studio")
    await workshop.see("2026-7", "社区小，主任自己定", "与前一版比较")
    user.find("恢复成草稿").click()
    await workshop.see("恢复：")
    first = (await workshop.working.store.revisions.all(PLACE))[1]
    before = first.hash
    revisions = workshop.working.store.revisions.revisions
    revisions[revisions.index(first)] = replace(first, published_by=DEMO_MAKER)
    await user.open("/studio")
    await workshop.see("建立演示社区时自带")
    await user.open(f"/studio/compare?one={before}&other={current.hash}")
    await workshop.see("意思上的变化", "每月至少要有 1 次", "+every: month")
    await user.open("/studio/compare?one=x&other=y")
    await workshop.see("E547")


async def test_the_files_of_a_draft_are_found_by_their_kind_and_cases_by_what_they_are_about(
    workshop: Workshop,
) -> None:
    await workshop.log_in("shenruolan")
    drafting = workshop.services.drafting
    assert drafting is not None
    draft = await drafting.open(DIRECTOR)
    case = "{case: nobody came, as_of: 2026-01-05, period: 2025, expect: [{in: home_visit, rows: 0}]}"
    await drafting.add(DIRECTOR, draft.id, DUTY.replace(".yaml", ".case.yaml"), f"cases:\n  - {case}\n")
    user = workshop.user
    await user.open(f"/studio/{draft.id}")
    for wanted in ("案例", "nobody"):
        user.find(kind=ui.input, content="按名称、内容或路径查找").clear().type(wanted)
        await workshop.see("nobody came", "home_visit.case.yaml", "上门走访")
        await user.should_not_see("forms/visit.yaml", retries=100)


async def go_through_the_gates(workshop: Workshop, draft: str) -> None:
    """Run the cases, look at the impact, approve without a post that does: only publishing is left."""
    user = workshop.user
    await user.open(f"/studio/{draft}/publish")
    await workshop.see("-every: quarter", "+every: month", "每季度至少要有 1 次", "每月至少要有 1 次")
    await workshop.see("还不能启用")
    [put] = user.find(kind=ui.button, marker="publish").elements
    assert not put.enabled
    user.find(marker="cases").click()
    await workshop.see("案例全部通过")
    await user.open(f"/impact?draft={draft}")
    user.find(marker="start").click()
    await workshop.see("应办事项", "接着办启用")
    await user.open(f"/studio/{draft}/publish")
    await workshop.see("年的影响，看于", "现行制度没有指定由哪个岗位批准改动", "决议编号")
    user.find("决议编号").type("2026-7")
    user.find(marker="approve").click()
    await workshop.see("E548")
    user.find("为什么不经批准岗位").type("社区小，主任自己定")
    user.find(marker="approve").click()
    await workshop.see("2026-7，")


async def test_putting_into_force_says_that_it_is_at_work_and_a_second_press_changes_nothing(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, asked = asyncio.Event(), []
    publish = DraftPublication.publish

    async def held(self: DraftPublication, *args: Any, **named: Any) -> Any:
        asked.append(args)
        await go.wait()
        return await publish(self, *args, **named)

    monkeypatch.setattr(DraftPublication, "publish", held)
    working = Working(tmp_path, texts=TEXTS)
    await working.start()
    workshop = Workshop(working, with_studio(working, tmp_path / "files"), user)
    create_app(workshop.services, Settings(data=tmp_path))
    await workshop.log_in("shenruolan")
    assert workshop.services.drafting is not None
    draft = await workshop.services.drafting.open(DIRECTOR)
    await workshop.services.drafting.edit(DIRECTOR, draft.id, DUTY, [SetValue(("every",), "month")], seen=1)
    await go_through_the_gates(workshop, draft.id)
    for _ in range(2):
        user.find(marker="publish").click()
    await workshop.see("正在启用")
    go.set()
    await workshop.see("已生效")
    await user.should_not_see("正在启用", retries=100)
    assert len(asked) == 1


async def test_who_approves_is_told_by_name_and_stays_with_the_revision(user: User, tmp_path: Path) -> None:
    chair = "role: chair\ntitle: {zh: 议事会主席}\nlevel: community\nmay: [approve]\n"
    texts = {
        **TEXTS,
        ROLE: TEXTS[ROLE].replace("publish,", "publish, approve,"),
        "config/roles/chair.yaml": chair,
    }
    working = Working(tmp_path, texts=texts)
    await working.start()
    workshop = Workshop(working, with_studio(working, tmp_path / "files"), user)
    create_app(workshop.services, Settings(data=tmp_path))
    drafting, publication = workshop.services.drafting, workshop.services.draft_publication
    assert drafting is not None
    assert publication is not None
    await workshop.log_in("shenruolan")
    draft = await drafting.open(DIRECTOR)
    await drafting.edit(DIRECTOR, draft.id, DUTY, [SetValue(("every",), "month")], seen=1)
    await publication.cases(DIRECTOR, draft.id)
    content = (await publication.gates(DIRECTOR, draft.id)).content
    await publication.see(DIRECTOR, draft.id, content, {"headlines": ["x"]})
    await user.open("/studio")
    await workshop.see("等待批准")
    await user.open(f"/studio/{draft.id}/publish")
    await workshop.see("改“上门走访”", "由议事会主席、主任（沈若兰）批准", "现在没有人任议事会主席")
    user.find("决议编号").type("2026-8")
    user.find(marker="approve").click()
    await workshop.see("2026-8，")
    await user.open("/studio")
    await workshop.see("已批准，可以启用")
    await publication.publish(DIRECTOR, draft.id, content)
    await user.open("/studio")
    await workshop.see("起生效 · 沈若兰 批准".replace(" · ", "·"))


async def test_files_edited_by_hand_are_taken_once_and_then_lead_to_their_draft(
    workshop: Workshop, tmp_path: Path
) -> None:
    user, drafting = workshop.user, workshop.services.drafting
    assert drafting is not None
    await workshop.log_in("shenruolan")
    file = tmp_path / "files" / DUTY
    file.write_text(file.read_text("utf-8") + "# by hand\n", "utf-8")
    await user.open("/studio")
    await workshop.see("本机磁盘上手工改过的文件")
    user.find(kind=ui.button, content="转成草稿").click()
    await workshop.see("手工改的文件")
    [draft] = await drafting.drafts(DIRECTOR)
    await drafting.edit(DIRECTOR, draft.id, DUTY, [SetValue(("every",), "month")], seen=1)
    await user.open("/studio")
    await workshop.see("这些改动已经转成草稿", "打开这份草稿")
    await user.should_not_see(kind=ui.button, content="转成草稿")
    file.write_text(file.read_text("utf-8") + "# once more\n", "utf-8")
    await user.open("/studio")
    await workshop.see("它们不会自己生效", "转成草稿")
    await user.should_not_see("打开这份草稿")


async def test_an_answer_that_is_asked_now_of_entries_from_before_says_how_they_go_on_counting(
    workshop: Workshop,
) -> None:
    user, drafting = workshop.user, workshop.services.drafting
    assert drafting is not None
    await workshop.log_in("shenruolan")
    draft = await drafting.open(DIRECTOR)
    form = TEXTS["forms/worker_file.yaml"]
    asked = form + "  phone: {title: {zh: 手机}, type: text, required: true}\n"
    await drafting.save(DIRECTOR, draft.id, "forms/worker_file.yaml", asked, seen=1)
    await user.open(f"/studio/{draft.id}/publish")
    await workshop.see("不再计入任何结果", "旧记录没有问过这一题", "明白这些记录不再计入")
    user.find(marker="from-worker_file").click()
    await workshop.see("旧记录里是未知，照常计算")
    files = (await drafting.files(DIRECTOR, draft.id)).files
    assert "versions:" in "".join(text for path, text in files.items() if path.endswith("worker_file.yaml"))


async def test_a_renamed_question_is_asked_about_and_keeps_its_answers_with_one_press(
    user: User, tmp_path: Path
) -> None:
    path = "config/places/lakeside/forms/call.yaml"
    form = "form: call\nfilled_by: [director]\nfields:\n  spoken: {title: {zh: 说了什么}, type: text}\n"
    workshop = await workshop_of({**TEXTS, path: form}, user, tmp_path)
    drafting, now = workshop.services.drafting, workshop.working.now
    assert drafting is not None
    entry = Entry("c-1", PLACE, "call", now, "w-3", now, {"spoken": "都好"})
    await workshop.working.store.ledger.append([entry], {})
    await workshop.log_in("shenruolan")
    draft = await drafting.open(DIRECTOR)
    await drafting.save(
        DIRECTOR, draft.id, path, form.replace("spoken:", "told:").replace("说了什么", "谈话内容"), seen=1
    )
    await user.open(f"/studio/{draft.id}/publish")
    await workshop.see("“谈话内容”就是原来的“说了什么”吗？", "照常计入，不用补填")
    user.find(marker="was-call-told").click()
    await workshop.see("答案接续到 谈话内容")
    await user.should_not_see("就是原来的")
    assert "was: [spoken]" in (await drafting.files(DIRECTOR, draft.id)).files[path]


async def test_two_at_one_file_get_both_changes_or_a_choice(workshop: Workshop) -> None:
    user, drafting = workshop.user, workshop.services.drafting
    assert drafting is not None
    await workshop.log_in("shenruolan")
    draft = await drafting.open(DIRECTOR)
    await user.open(f"/studio/{draft.id}/file?path={DUTY}")
    await drafting.edit(DIRECTOR, draft.id, DUTY, [SetValue(("times",), "2")], seen=1)
    await workshop.type(TEXTS[DUTY].replace("every: quarter", "every: month"))
    await workshop.see("两边的改动都在")
    assert "times: 2" in workshop.editor().value
    await drafting.edit(DIRECTOR, draft.id, OWN, [SetValue(("times",), "3")], seen=3)
    workshop.editor().value = workshop.editor().value.replace("times: 2", "times: 4")
    await workshop.see("没有存下任何东西", "我改成", "我在另一个窗口")
    user.find("用我的").click()
    await workshop.see("已存草稿")
    files = (await drafting.files(DIRECTOR, draft.id)).files
    assert "times: 4" in files[OWN]


async def test_what_can_be_typed_is_told_to_those_who_draft_and_to_nobody_else(workshop: Workshop) -> None:
    drafting = workshop.services.drafting
    assert drafting is not None
    draft = await drafting.open(DIRECTOR)

    async def complete(before: str) -> httpx.Response:
        page = (await workshop.http.get("/account")).text
        token = re.search(r"csrf[^\w-]+value[^\w-]+([\w-]{20,})", page)
        data = {"csrf": token[1] if token else "", "draft": draft.id, "path": DUTY, "before": before}
        return await workshop.http.post("/studio/complete", data=data, headers={"Origin": "http://test"})

    await workshop.log_in("shenruolan")
    found = (await complete("duty: x\nev")).json()
    assert found[0] == {"text": "every", "said": "多久一次", "sort": "key"}
    assert {"text": "visit", "said": "", "sort": "form"} in (
        await complete("duty: x\nmet_by: {form: v")
    ).json()
    assert (await complete("duty: x # ")).json() == []
    await workshop.log_in("zhoumin")
    assert (await complete("duty: x\nev")).status_code == 403


async def test_a_draft_that_is_gone_says_so_and_a_new_file_begins_with_its_kind(workshop: Workshop) -> None:
    user, drafting = workshop.user, workshop.services.drafting
    assert drafting is not None
    await workshop.log_in("shenruolan")
    for address in ("/studio/none", "/studio/none/file?path=x", "/studio/none/publish"):
        await user.open(address)
        await workshop.see("E547")
    draft = await drafting.open(ActorRef(DIRECTOR.account), "新表")
    await user.open(f"/studio/{draft.id}")
    user.find(kind=ui.input, content="标识").type("notice")
    user.find("加上").click()
    await workshop.see("form: notice")
    await user.open(f"/studio/{draft.id}/file?path=config/places/lakeside/forms/notice.yaml")
    await workshop.see("E106", "移除本级的这份文件")
    user.find("移除本级的这份文件").click()
    await workshop.see("还没有改动")
    user.find("放弃草稿").click()
    await workshop.see("也不能启用")
    user.find("放弃草稿").click()
