"""Printing without a browser: the page of batches from start to file, its language, reports, certificates, cards."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from nicegui.testing import User

from app.domain.problem import Problem
from app.printing import PrintFolder
from app.services.appraisals import AppraisalsService
from app.services.appraising.scores import ScoresService
from app.services.jobs import JobRunner
from app.services.ports import AppraisalDocument
from app.services.prints.batches import KIND, Bookmarks, Pages, PrintBatches
from app.services.prints.cards import CardPrints
from app.services.prints.places import PlacePrints
from app.services.prints.report import Printable
from app.services.wiring import Services
from app.settings import Settings
from app.ui.app import create_app
from app.ui.pages.prints import jobs
from tests.fakes.books import services
from tests.fakes.stores import FakeJobs
from tests.fakes.working import FILES, Working
from tests.services.test_who_may import MORE
from tests.ui.entering import log_in

PRAISED = """\
rule: praised
title: {zh: 年度表扬, en: Praised, es: Elogio}
for_each: yearly
when: {grade: pass}
then: {finding: praised, praise: true}
"""


class FakePrinter:
    """Prints what it was asked for, in which language; `problem` keeps it from that."""

    def __init__(self) -> None:
        self.problem: Problem | None = None
        self.languages: list[str] = []

    def available(self) -> Problem | None:
        return self.problem

    def appraisal(self, document: AppraisalDocument, language: str) -> bytes:
        return f"%PDF {document.person} {language}".encode()

    def document(self, document: Printable, language: str) -> bytes:
        return f"%PDF {document.kind} {language}".encode()

    def several(self, documents: Sequence[AppraisalDocument], language: str) -> Pages:
        self.languages.append(language)
        singles = tuple(document.person.encode() for document in documents)
        return Pages(b"%PDF " + b" ".join(singles), singles, (1,) * len(singles))

    def join(
        self,
        parts: Sequence[Path],
        target: Path,
        about: AppraisalDocument,
        language: str,
        data: str,
        marks: Bookmarks,
    ) -> None:
        assert [title for title, _page in marks]
        assert about.title
        assert language
        assert data
        target.write_bytes(b"".join(part.read_bytes() for part in parts))


class Office:
    """The community with an appraisal, what prints it, and what does the jobs."""

    def __init__(self, working: Working, folder: Path) -> None:
        self.working, self.printer, self.jobs = working, FakePrinter(), FakeJobs()
        self.scores = ScoresService(working.live, working.people.resolve, working.clock)
        self.batches = PrintBatches(
            self.scores,
            self.jobs,
            self.printer,
            lambda job: PrintFolder(folder / job),
            working.clock,
            lambda: None,
        )
        self.runner = JobRunner(self.jobs, working.clock, {KIND: self.batches.work})

    def services(self) -> Services:
        working, printer, clock = self.working, self.printer, self.working.clock
        cards = CardPrints(working.work.subjects, working.live, working.people.resolve, clock, printer)
        return replace(
            services(working),
            scores=self.scores,
            appraisals=AppraisalsService(self.scores, printer, clock),
            print_batches=self.batches,
            place_prints=PlacePrints(self.scores, printer, clock),
            card_prints=cards,
        )


async def opened(user: User, tmp_path: Path) -> Office:
    working = Working(tmp_path, texts={**FILES, **MORE, "rules/praised.yaml": PRAISED})
    await working.start()
    office = Office(working, tmp_path)
    create_app(office.services(), Settings(data=tmp_path))
    await log_in(user.http_client, "shenruolan")
    return office


async def test_everybody_is_printed_from_the_page_in_the_language_that_is_chosen(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LOOK_AGAIN", 0.05)
    office = await opened(user, tmp_path)
    await user.open("/prints?year=2025")
    for words in ("批量打印", "还没有打印过", "打印语言", "年度报告", "年度表扬", "周敏"):
        await user.should_see(words)
    user.find(marker="start yearly").click()
    await user.should_see("等待中")
    await user.should_see("前面的任务做完就开始")
    (job,) = office.jobs.jobs.values()
    assert (job.arguments["period"], job.arguments["language"]) == ("2025", "zh")
    address = job.arguments["address"]  # where the codes on the pages lead: no setting says another one
    assert address.startswith("http://")
    assert address.removeprefix("http://") == user.http_client.base_url.netloc.decode()
    user.find(marker=f"pause {job.id}").click()
    await user.should_see("已暂停")
    user.find(marker=f"go-on {job.id}").click()
    await user.should_see("等待中")
    assert await office.runner.work()
    await user.should_see("已印好")
    await user.should_see("合订本 PDF")
    await user.should_see("单份压缩包")
    merged = await user.http_client.get(f"/prints/{job.id}.pdf")
    assert (merged.status_code, merged.headers["content-type"]) == (200, "application/pdf")
    assert "周敏" in merged.text
    told = unquote(merged.headers["content-disposition"])
    assert re.search(r"filename\*=UTF-8''\w+-2025\.pdf$", told)  # two years in one folder are told apart
    assert "appraisals" not in told
    assert (await user.http_client.get(f"/prints/{job.id}.zip")).content.startswith(b"PK")
    assert (await user.http_client.get("/prints/unknown.pdf")).status_code == 404


async def test_a_batch_says_what_is_being_done_before_the_first_page_and_after_the_last(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LOOK_AGAIN", 0.05)
    office = await opened(user, tmp_path)
    await user.open("/prints?year=2025")
    user.find(marker="start yearly").click()
    await user.should_see("等待中")
    (job,) = office.jobs.jobs.values()
    for done, total, words in (
        (0, 0, "正在核算所有人的得分"),
        (10, 1000, "已印 10 人，共 1,000 人"),
        (1000, 1000, "1,000 人都已印好，正在合订"),
    ):
        office.jobs.jobs[job.id] = replace(job, state="running", done=done, total=total)
        await user.should_see(words)
    office.jobs.jobs[job.id] = replace(job, state="paused", done=20, total=1000)
    await user.should_see("已印 20 人，共 1,000 人")


async def test_reports_certificates_and_cards_are_printed_at_their_addresses(
    user: User, tmp_path: Path
) -> None:
    await opened(user, tmp_path)
    http = user.http_client
    assert (await http.get("/reports/2025.pdf?language=zh-Hant")).text == "%PDF community zh-Hant"
    assert (await http.get("/reports/2025.pdf?language=xx")).text == "%PDF community zh"
    assert (await http.get("/reports/yesteryear.pdf")).status_code == 409
    page = (await http.get("/prints?year=2025")).text
    certificate = re.search(r"/certificates/2025/[^\"?\\]+", page)
    assert certificate is not None
    assert (await http.get(certificate[0])).text == "%PDF certificate zh"
    assert (await http.get("/certificates/2025/nothing")).status_code == 409
    assert (await http.get("/subjects/household/hh-1/card.pdf?language=es")).text == "%PDF card es"
    assert (await http.get("/subjects/household/nobody/card.pdf")).status_code == 409
    await user.open("/subjects/household/hh-1")
    await user.should_see("打印卡片")
    await user.open("/appraisals/yearly/2025")
    await user.should_see("年度报告")
    await log_in(user.http_client, "zhoumin")  # a grid's leader
    for address in ("/prints", "/reports/2025.pdf", "/certificates/2025/nothing"):
        assert (await http.get(address)).status_code == 403, address
    assert (await http.get(certificate[0])).status_code in {200, 403}
    assert (await http.get("/subjects/household/hh-4/card.pdf")).status_code == 403
    http.cookies.clear()
    assert (await http.get("/reports/2025.pdf")).status_code == 303


async def test_where_nothing_can_be_printed_the_page_says_why_and_starts_nothing(
    user: User, tmp_path: Path
) -> None:
    office = await opened(user, tmp_path)
    office.printer.problem = Problem("E573")
    await user.open("/prints?year=2025")
    await user.should_see("缺少中文字体")
    assert (await user.http_client.get("/reports/2025.pdf")).status_code == 409
    assert office.jobs.jobs == {}
