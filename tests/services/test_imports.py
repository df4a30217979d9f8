"""Importing on a page: upload, columns, check, store; what a closed tab, a crash or a hostile file leaves behind."""

import asyncio
import zipfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from app.domain.problem import ProblemError
from app.exchange.files import FolderFiles
from app.services.actor import ActorRef, DeniedError
from app.services.administrators import Administrators
from app.services.jobs import STALE, JobRunner
from app.services.kept_administrators import PostsGate
from app.services.workbooks.import_views import FaultCell
from app.services.workbooks.imports import KEPT_FOR
from app.services.workbooks.row_cells import Became
from app.services.year.gate import YearGate
from tests.fakes.books import imports
from tests.fakes.working import DIRECTOR, LEADER, PLACE, Working, codes

HEAD = ("网格", "楼栋", "门牌", "户主", "身份证", "电话", "人口", "特殊群体")
GOOD = ("第一网格", "5号楼", "5-1-101", "许晓梅", "", "13800001111", 3, "独居")
OTHER = ("第二网格", "6号楼", "6-1-101", "李新", "", "", 2, "无")


def workbook(*rows: Sequence[object]) -> bytes:
    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("名册")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str) and value.startswith("="):
                sheet.write_formula(number, column, value, None, 3)
            else:
                sheet.write(number, column, value)
    book.close()
    return stream.getvalue()


class Desk:
    """The small community with its imports, jobs done when a test says so."""

    def __init__(self, folder: Path) -> None:
        self.working = Working(folder)
        self.uploads = FolderFiles(folder / "imports")
        self.imports, self.runner = imports(self.working, folder / "imports")

    async def take(self, content: bytes, name: str = "名册.xlsx", form: str = "household") -> str:
        return await self.imports.take(DIRECTOR, form, name, content)

    async def columns(self, job: str) -> dict[str, str | None]:
        view = await self.imports.view(DIRECTOR, job)
        return {column.title: column.field or None for column in view.columns}

    async def check(self, job: str) -> dict[str, int]:
        await self.imports.check(DIRECTOR, job, await self.columns(job))
        assert await self.runner.work()
        found = await self.imports.job(DIRECTOR, job)
        assert (found.state, found.step) == ("waiting", "checked")
        assert found.checked is not None
        return dict(found.checked.counts)

    async def store(self, job: str) -> dict[str, int]:
        await self.imports.store(DIRECTOR, job)
        assert await self.runner.work()
        found = await self.imports.job(DIRECTOR, job)
        assert (found.state, found.step) == ("done", "stored")
        assert found.checked is not None
        return dict(found.checked.counts)

    async def heads(self) -> set[object]:
        community = await self.working.live.fresh(PLACE)
        return {e.answers["head"] for e in community.entries.values() if e.form == "household"}


@pytest.fixture
async def desk(tmp_path: Path) -> Desk:
    found = Desk(tmp_path)
    await found.working.start()
    return found


async def test_a_list_is_named_checked_and_stored_and_the_same_file_again_changes_nothing(desk: Desk) -> None:
    bad = (*OTHER[:6], 99, "无")
    content = workbook(HEAD, GOOD, bad)
    job = await desk.take(content)
    assert [item.step for item in await desk.imports.all(DIRECTOR)] == ["map"]
    view = await desk.imports.view(DIRECTOR, job)
    assert [column.field for column in view.columns] == [
        "grid", "building", "door", "head", "id_card", "phone", "members", "special"
    ]  # fmt: skip
    assert (view.total, view.problems) == (2, ())
    assert [(row.number, row.became) for row in view.rows] == [(2, Became.NEW), (3, Became.FAULTY)]
    assert view.columns[3].samples == ("许晓梅", "李新")
    assert view.columns[6].samples == (str(GOOD[6]), "99")  # whole numbers, though a workbook keeps fractions
    assert await desk.check(job) == {"new": 1, "changed": 0, "known": 0, "faulty": 1}
    assert "许晓梅" not in await desk.heads()  # looked through, and nothing stored
    assert await desk.store(job) == {"new": 1, "changed": 0, "known": 0, "faulty": 1}
    assert "许晓梅" in await desk.heads()
    stored = await desk.imports.job(DIRECTOR, job)
    assert stored.checked is not None
    assert [(fault.problem.code, str(fault.problem.where)) for fault in stored.checked.faults] == [
        ("E712", "名册.xlsx 名册!G3")
    ]
    assert stored.checked.cells == (FaultCell("名册", 3, "G", HEAD[6]),)
    desk.working.now += timedelta(minutes=1)
    again = await desk.take(content)
    assert await desk.check(again) == {"new": 0, "changed": 0, "known": 1, "faulty": 1}
    before = len(desk.working.store.ledger.stored)
    assert await desk.store(again) == {"new": 0, "changed": 0, "known": 1, "faulty": 1}
    assert len(desk.working.store.ledger.stored) == before


async def test_the_faulty_rows_come_back_and_go_in_when_they_are_mended(desk: Desk) -> None:
    job = await desk.take(workbook(HEAD, GOOD, (*OTHER[:6], "=1+2", "无")))
    await desk.check(job)
    await desk.store(job)
    name, content = await desk.imports.returned(DIRECTOR, job)
    assert name == "名册-faults.xlsx"
    mended = await desk.take(content, name)
    # A formula's last value is a proposal: who imports the returned workbook has found it right.
    assert await desk.check(mended) == {"new": 1, "changed": 0, "known": 0, "faulty": 0}
    await desk.store(mended)
    assert "李新" in await desk.heads()
    with pytest.raises(ProblemError, match="E477"):
        await desk.imports.returned(DIRECTOR, mended)


async def test_columns_that_were_named_once_are_named_the_next_time(desk: Desk) -> None:
    head = ("片区", *HEAD[1:])
    job = await desk.take(workbook(head, GOOD))
    columns = await desk.columns(job)
    assert columns["片区"] is None
    view = await desk.imports.view(DIRECTOR, job)
    assert [problem.code for problem in view.notices] == ["W452"]
    columns["片区"] = "grid"
    assert (await desk.imports.view(DIRECTOR, job, columns)).rows[0].became is Became.NEW
    await desk.imports.check(DIRECTOR, job, columns)
    other = await desk.take(workbook(head, OTHER))
    assert (await desk.columns(other))["片区"] == "grid"
    assert (await desk.columns(await desk.take(workbook(HEAD, OTHER))))["网格"] == "grid"


async def test_a_list_without_any_known_title_can_be_named_by_hand(desk: Desk) -> None:
    job = await desk.take(
        workbook(("甲", "乙", "丙", "丁", "戊", "己"), ("第一网格", "5号楼", "5-1", "许", 2, "无"))
    )
    view = await desk.imports.view(DIRECTOR, job)
    assert [problem.code for problem in view.problems] == ["E458", "W451"]
    assert [column.title for column in view.columns] == ["甲", "乙", "丙", "丁", "戊", "己"]
    named = dict(zip("甲乙丙丁戊己", ("grid", "building", "door", "head", "members", "special"), strict=True))
    assert (await desk.imports.view(DIRECTOR, job, named)).rows[0].became is Became.NEW
    with pytest.raises(ProblemError, match="E466"):
        await desk.imports.check(DIRECTOR, job, {**named, "乙": "grid"})


async def test_who_did_it_is_who_imports_unless_somebody_else_is_named(desk: Desk) -> None:
    rows = (("门牌", "怎么联系的？", "家里怎么样？"), ("1-1-101", "电话", "良好"))
    job = await desk.take(workbook(*rows), form="visit")
    view = await desk.imports.view(DIRECTOR, job)
    assert (view.by, view.people["w-1"]) == ("w-3", "周敏")
    await desk.imports.check(DIRECTOR, job, await desk.columns(job), by="w-1")
    await desk.runner.work()
    await desk.store(job)
    community = await desk.working.live.fresh(PLACE)
    assert [e.by for e in community.entries.values() if e.form == "visit"] == ["w-1"]


async def test_a_retired_choice_is_told_with_its_cell(desk: Desk) -> None:
    rows = (("门牌", "怎么联系的？", "家里怎么样？"), ("1-1-101", "信件", "良好"))
    job = await desk.take(workbook(*rows), form="visit")
    await desk.check(job)
    found = await desk.imports.job(DIRECTOR, job)
    assert found.checked is not None
    assert [str(fault.problem.where) for fault in found.checked.faults] == ["名册.xlsx 名册!B2"]


async def test_a_server_that_died_in_the_middle_is_gone_on_with_and_counts_as_one_run(desk: Desk) -> None:
    job = await desk.take(workbook(HEAD, GOOD, OTHER))
    await desk.check(job)
    await desk.imports.store(DIRECTOR, job)
    taken = await desk.working.store.jobs.take(desk.working.now, desk.working.now - STALE)
    assert taken is not None
    assert (
        await desk.imports.work(taken, lambda _done, _of: None)
    ).state == "done"  # and dies before it says so
    assert not await desk.runner.work()  # its beat is fresh: it may be alive
    desk.working.now += STALE + timedelta(seconds=1)
    assert await desk.runner.work()
    found = await desk.imports.job(DIRECTOR, job)
    assert found.checked is not None
    assert dict(found.checked.counts) == {"new": 2, "changed": 0, "known": 0, "faulty": 0}


async def test_only_who_administers_the_place_imports_whatever_an_open_page_says(desk: Desk) -> None:
    job = await desk.take(workbook(HEAD, GOOD))
    calls: list[Callable[[ActorRef], Awaitable[object]]] = [
        desk.imports.forms,
        lambda ref: desk.imports.take(ref, "household", "x.csv", b"a"),
        desk.imports.all,
        lambda ref: desk.imports.view(ref, job),
        lambda ref: desk.imports.check(ref, job, {}),
        lambda ref: desk.imports.store(ref, job),
        lambda ref: desk.imports.again(ref, job),
        lambda ref: desk.imports.forget(ref, job),
        lambda ref: desk.imports.returned(ref, job),
    ]
    for call in calls:
        for ref in (LEADER, ActorRef("nobody")):
            with pytest.raises(DeniedError):
                await call(ref)


def bomb() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 300_000_000)
    return stream.getvalue()


async def test_hostile_and_damaged_files_are_named_and_leave_nothing(desk: Desk) -> None:
    for content, name, code in (
        (b"x" * (1024 * 1024 + 1), "big.csv", "E453"),
        (bomb(), "bomb.xlsx", "E453"),
        (b"PK nothing", "broken.xlsx", "E450"),
        (b"\x00\x01", "binary.csv", "E450"),
    ):
        with pytest.raises(ProblemError) as fault:
            await desk.take(content, name)
        assert codes(fault.value) == [code]
    assert await desk.imports.all(DIRECTOR) == ()
    assert list(desk.uploads.all()) == []


async def test_lines_of_two_encodings_are_told_and_the_others_go_in(desk: Desk) -> None:
    lines = [",".join(map(str, row)) for row in (HEAD, GOOD, OTHER)]
    content = "\n".join(lines).encode() + "\n第一网格,7号楼,7-1-1,王五,,,1,无\n".encode("gb18030")
    job = await desk.take(content, "混.csv")
    assert await desk.check(job) == {"new": 2, "changed": 0, "known": 0, "faulty": 1}


async def test_what_is_done_with_leaves_no_file_and_what_nobody_goes_on_with_is_forgotten(desk: Desk) -> None:
    job = await desk.take(workbook(HEAD, GOOD))
    await desk.check(job)
    await desk.store(job)
    assert list(desk.uploads.all()) == []
    await desk.imports.forget(DIRECTOR, job)
    with pytest.raises(ProblemError, match="E477"):
        await desk.imports.job(DIRECTOR, job)
    await desk.take(workbook(HEAD, OTHER))
    desk.working.now += KEPT_FOR + timedelta(days=1)
    assert await desk.imports.all(DIRECTOR) == ()
    assert list(desk.uploads.all()) == []


async def test_a_step_out_of_turn_is_refused(desk: Desk) -> None:
    job = await desk.take(workbook(HEAD, GOOD))
    with pytest.raises(ProblemError, match="E478"):
        await desk.imports.store(DIRECTOR, job)
    await desk.imports.check(DIRECTOR, job, await desk.columns(job))
    with pytest.raises(ProblemError, match="E478"):
        await desk.imports.check(DIRECTOR, job, await desk.columns(job))
    with pytest.raises(ProblemError, match="E478"):
        await desk.imports.forget(DIRECTOR, job)
    await desk.runner.work()
    await desk.imports.again(DIRECTOR, job)
    assert (await desk.imports.job(DIRECTOR, job)).step == "map"


async def test_a_job_that_fails_says_why_and_can_be_begun_again(desk: Desk) -> None:
    job = await desk.take(workbook(HEAD, GOOD))
    sha256 = next(iter(desk.uploads.all()))
    content = desk.uploads.get(sha256)
    assert content is not None
    await desk.imports.check(DIRECTOR, job, await desk.columns(job))
    desk.uploads.drop(sha256)
    desk.imports._uploaded._books.clear()
    await desk.runner.work()
    failed = await desk.imports.job(DIRECTOR, job)
    assert (failed.state, [problem.code for problem in failed.problems]) == ("failed", ["E477"])
    desk.uploads.put(content)
    assert await desk.check(job) == {"new": 1, "changed": 0, "known": 0, "faulty": 0}


async def test_an_unexpected_fault_ends_one_job_and_not_the_queue(desk: Desk) -> None:
    job = await desk.take(workbook(HEAD, GOOD))
    await desk.imports.check(DIRECTOR, job, await desk.columns(job))
    runner = JobRunner(desk.working.store.jobs, desk.working.clock, {})
    await runner.start()
    for _ in range(6_000):  # half a minute: a busy machine is slow
        await asyncio.sleep(0.005)
        if (found := await desk.imports.job(DIRECTOR, job)).state == "failed":
            break
    await runner.stop()
    assert [problem.code for problem in found.problems] == ["E479"]
    stored = desk.working.store.jobs
    stored.jobs[job] = replace(stored.jobs[job], problem="E701")
    assert [problem.code for problem in (await desk.imports.job(DIRECTOR, job)).problems] == ["E701"]


async def test_a_job_that_nobody_goes_on_with_tells_in_how_many_seconds_somebody_will(desk: Desk) -> None:
    job = await desk.take(workbook(HEAD, GOOD))
    await desk.imports.check(DIRECTOR, job, await desk.columns(job))
    assert (await desk.imports.job(DIRECTOR, job)).resumes is None, "it waits for its turn"
    await desk.working.store.jobs.take(desk.working.now, desk.working.now)
    assert (await desk.imports.job(DIRECTOR, job)).resumes is None, "somebody does it"
    desk.working.now += timedelta(seconds=9)
    assert (await desk.imports.job(DIRECTOR, job)).resumes == 13
    desk.working.now += timedelta(minutes=9)
    assert (await desk.imports.job(DIRECTOR, job)).resumes == 1


async def test_rows_after_which_nobody_could_administer_are_faulty_however_they_come(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    await desk.working.start()
    administrators = Administrators(desk.working.store.accounts, desk.working.live, desk.working.clock)
    year = YearGate(desk.working.live, desk.working.clock)
    gate = PostsGate(year, administrators, desk.working.clock)
    desk.imports, desk.runner = imports(desk.working, tmp_path / "imports", (year, gate))
    head = ("对象", "worker", "role", "left_on")
    ends = ("p-w-3", "w-3", "director", "2026-11-30")
    other = ("p-w-1", "w-1", "leader", "2026-11-30")
    job = await desk.take(workbook(head, ends, other), "任职.xlsx", "appointment")
    assert await desk.check(job) == {"new": 0, "changed": 1, "known": 0, "faulty": 1}
    checked = (await desk.imports.job(DIRECTOR, job)).checked
    assert checked is not None
    assert [one.problem.code for one in checked.faults] == ["E942"]
    assert (await desk.store(job))["changed"] == 1
    handed_over = workbook(head, ends, ("", "w-2", "director", ""))
    job = await desk.take(handed_over, "任职.xlsx", "appointment")
    assert (await desk.check(job))["faulty"] == 0
