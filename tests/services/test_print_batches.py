"""Everybody printed at once: paused, broken off, on a full disk, and still every person once and in order."""

import errno
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.problem import Problem, ProblemError
from app.i18n import Translator
from app.printing import PrintFolder
from app.services.actor import ActorRef, DeniedError, Permission
from app.services.jobs import JobRunner
from app.services.labels import Labels, SubjectLabel
from app.services.ports import AppraisalDocument
from app.services.prints.batches import (
    KIND,
    TOGETHER,
    Batch,
    Bookmarks,
    Called,
    Pages,
    PrintBatches,
    called_of,
    print_batch,
)
from app.services.prints.file_names import LONGEST, file_name
from app.services.prints.printing_jobs import PAUSED
from tests.fakes.stores import FakeJobs
from tests.services.declared import told
from tests.services.test_scores import ALL, GIVEN, NOW, RULES, SIMPLE, Stage

PEOPLE = TOGETHER * 2 + 3
MANY = GIVEN + "".join(
    f"- {{form: appointment, at: 2024-01-01, subject: q{n}, worker: v{n}, role: leader, place: c1/g2}}\n"
    for n in range(PEOPLE - 2)
)
REF = ActorRef("a")


class FakePress:
    """Prints names; `before` is called ahead of each part with its number."""

    def __init__(self) -> None:
        self.printed: list[list[str]] = []
        self.before: Callable[[int], None] = lambda _number: None
        self.problem: Problem | None = None
        self.marks: Bookmarks = ()

    def available(self) -> Problem | None:
        return self.problem

    def several(self, documents: Sequence[AppraisalDocument], _language: str) -> Pages:
        self.before(len(self.printed))
        self.printed.append([document.check for document in documents])
        singles = tuple(f"{document.check}\n".encode() for document in documents)
        return Pages(b"".join(singles), singles, (2,) * len(singles))

    def join(
        self,
        parts: Sequence[Path],
        target: Path,
        about: AppraisalDocument,
        _language: str,
        data: str,
        marks: Bookmarks,
    ) -> None:
        self.marks = marks
        assert about.title
        assert len(json.loads(data)) == PEOPLE
        target.write_bytes(b"".join(part.read_bytes() for part in parts))


class Office:
    """A community of many, and its batches."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage, self.folder = stage, folder
        self.jobs, self.press = FakeJobs(), FakePress()
        self.batches = PrintBatches(
            stage.scores,
            self.jobs,
            self.press,
            lambda job: PrintFolder(folder / job),
            lambda: stage.now,
            lambda: None,
        )
        self.runner = JobRunner(self.jobs, lambda: stage.now, {KIND: self.batches.work})

    async def start(self) -> str:
        return await self.batches.start(REF, "year", "2025", "zh", "https://grid.example.org")

    async def state(self) -> str:
        (view,) = await self.batches.all(REF, "2025")
        return view.state

    async def counts(self) -> tuple[int, int]:
        (view,) = await self.batches.all(REF, "2025")
        return view.done, view.total


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    stage = await Stage(told(RULES, MANY)).begin()
    stage.as_("w9", ALL, "c1")
    return Office(stage, tmp_path)


def whole(office: Office, job: str) -> list[str]:
    """Return the check codes of the merged file, which are those of the single ones, in order."""
    merged = (office.folder / job / "appraisals.pdf").read_text("utf-8").split()
    with zipfile.ZipFile(office.folder / job / "appraisals.zip") as single:
        assert [single.read(name).decode().strip() for name in single.namelist()] == merged
        assert {info.date_time for info in single.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert all(re.fullmatch(r"年度考核-2025-\w+(-\w+)?\.pdf", name) for name in single.namelist())
    assert [path.name for path in (office.folder / job).iterdir() if path.name.startswith(".")] == []
    assert len(set(merged)) == PEOPLE
    return merged


async def test_a_batch_prints_everybody_once_in_parts_and_gives_one_file_and_a_zip(office: Office) -> None:
    job = await office.start()
    assert await office.start() == job  # twice asked for, printed once
    assert await office.runner.work()
    assert await office.state() == "done"
    assert [len(part) for part in office.press.printed] == [TOGETHER, TOGETHER, 3]
    assert whole(office, job) == [check for part in office.press.printed for check in part]
    for which in ("pdf", "zip"):
        assert await office.batches.file(REF, job, which) is not None
    assert await office.batches.file(REF, job, "../../secret") is None


async def test_a_batch_that_is_paused_stops_after_a_part_and_goes_on_with_the_next(office: Office) -> None:
    job = await office.start()
    running = office.jobs

    def pause(number: int) -> None:
        if number == 0:
            running.jobs[job] = replace(running.jobs[job], state=PAUSED)

    office.press.before = pause
    assert await office.runner.work()
    assert await office.state() == PAUSED
    assert len(office.press.printed) == 1
    assert await office.counts() == (TOGETHER, PEOPLE)
    assert not await office.runner.work()  # nobody takes it
    await office.batches.go_on(REF, job)
    assert await office.counts() == (TOGETHER, PEOPLE)
    assert await office.runner.work()
    assert await office.counts() == (PEOPLE, PEOPLE)
    assert [len(part) for part in office.press.printed] == [TOGETHER, TOGETHER, 3]
    whole(office, job)
    assert [page for _title, page in office.press.marks] == [2 * number for number in range(PEOPLE)]


async def test_a_full_disk_in_the_middle_is_said_and_what_was_printed_stays(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = await office.start()

    def full(number: int) -> None:
        if number == 1:

            def write(*_args: object, **_more: object) -> None:
                raise OSError(errno.ENOSPC, "full")

            monkeypatch.setattr(Path, "write_bytes", write)

    office.press.before = full
    assert await office.runner.work()
    (view,) = await office.batches.all(REF, "2025")
    assert (view.state, [problem.code for problem in view.problems], view.made) == ("failed", ["E576"], False)
    monkeypatch.undo()
    assert not list((office.folder / job).rglob("*.part"))
    await office.batches.go_on(REF, job)
    assert await office.runner.work()
    assert await office.state() == "done"
    assert [len(part) for part in office.press.printed] == [
        TOGETHER,
        TOGETHER,
        TOGETHER,
        3,
    ]  # the second one twice
    whole(office, job)


async def test_a_batch_whose_process_died_is_taken_again_where_it_was(office: Office) -> None:
    job = await office.start()

    class DiedError(BaseException):
        pass

    def die(number: int) -> None:
        if number == 2:
            raise DiedError

    office.press.before = die
    with pytest.raises(DiedError):
        await office.runner.work()
    office.press.before = lambda _number: None
    office.stage.now += timedelta(minutes=5)
    assert await office.runner.work()
    assert await office.state() == "done"
    assert [len(part) for part in office.press.printed] == [TOGETHER, TOGETHER, 3]
    whole(office, job)


async def test_pages_of_two_ledgers_are_never_put_together(office: Office, tmp_path: Path) -> None:
    opened = await office.stage.scores.open(REF, "2025")
    appraisal = opened.regulation.appraisals["year"]
    people = tuple(key[0] for key in opened.evaluation.rows("year"))  # type: ignore[index]
    first = Batch(opened, appraisal, people, "zh", "ledger-1", NOW)
    folder = PrintFolder(tmp_path / "own")
    assert not print_batch(
        first, folder, office.press, lambda _done, _of: None, lambda: not office.press.printed
    )
    second = Batch(opened, appraisal, people, "zh", "ledger-2", NOW)
    assert print_batch(second, folder, office.press, lambda _done, _of: None)
    assert len(office.press.printed) == 1 + 3
    assert second.key != first.key


async def test_who_is_looked_for_is_found_by_name_in_the_merged_file_and_in_the_zip(office: Office) -> None:
    opened = await office.stage.scores.open(REF, "2025")
    appraisal = opened.regulation.appraisals["year"]
    batch = Batch(opened, appraisal, ("v0", "v1"), "zh", "l", NOW)
    t = Translator("zh")
    assert called_of(batch, t)["v1"] == Called("v1", "年度考核-2025-v1.pdf")
    same = Labels(opened.evaluation, NOW)
    same._subjects["worker"] = {one: SubjectLabel(one, "王/喆", "", (), "c1") for one in batch.people}
    twins = called_of(replace(batch, opened=replace(opened, labels=same)), t)
    assert [one.file for one in twins.values()] == [
        "年度考核-2025-王-喆-v0.pdf",
        "年度考核-2025-王-喆-v1.pdf",
    ]
    assert {one.title for one in twins.values()} == {"王/喆"}


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("考核-2025-周敏", "考核-2025-周敏.pdf"),
        ('a/b\\c:d*e?f"g<h>i|j\x00k', "a-b-c-d-e-f-g-h-i-j-k.pdf"),
        ("长" * 200, "长" * LONGEST + ".pdf"),
        (" ..周敏. ", "周敏.pdf"),
    ],
)
def test_a_file_is_called_what_every_system_takes(wanted: str, name: str) -> None:
    assert file_name(wanted, "pdf") == name


async def test_nobody_is_printed_is_said(office: Office, tmp_path: Path) -> None:
    opened = await office.stage.scores.open(REF, "2025")
    batch = Batch(opened, opened.regulation.appraisals["year"], (), "zh", "l", NOW)
    with pytest.raises(ProblemError) as caught:
        print_batch(batch, PrintFolder(tmp_path), office.press, lambda _done, _of: None)
    assert [problem.code for problem in caught.value.problems] == ["E570"]


async def test_only_who_appraises_the_whole_community_prints_it(office: Office) -> None:
    job = await office.start()
    for person, may, place in (("w1", SIMPLE, "c1/g1"), ("w8", ALL - {Permission.APPRAISE}, "c1")):
        office.stage.as_(person, may, place)
        for call in (
            office.start(),
            office.batches.all(REF),
            office.batches.pause(REF, job),
            office.batches.go_on(REF, job),
            office.batches.file(REF, job, "pdf"),
        ):
            with pytest.raises(DeniedError):
                await call
    assert await office.runner.work()  # started by somebody whose right ended meanwhile
    office.stage.as_("w9", ALL, "c1")
    assert await office.state() == "failed"


async def test_a_batch_isnt_begun_where_nothing_can_be_printed(office: Office) -> None:
    office.press.problem = Problem("E572")
    with pytest.raises(ProblemError):
        await office.start()
