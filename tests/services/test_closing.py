"""Closed periods: frozen for good, published, and beside them what they would be now, with whom and why."""

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.declarations.load import load
from app.domain.entry import RETRACTION, Entry
from app.domain.period import parse_period
from app.domain.problem import ProblemError
from app.services.appraising.closing import PUBLICATION, Closing, ClosingPorts
from app.services.canonical import outcome_text
from app.services.evaluate import evaluate
from app.services.live import LiveCommunities
from app.services.ports import Closed, Loaded, Revision
from tests.declarations.community import official
from tests.fakes.deciders import PlainDecider
from tests.fakes.stores import FakeStore
from tests.services.declared import PLACE, files_of

DECLARED = """
duty: report_due
for_each: role leader
every: quarter
met_by: {form: report, link: by}
---
sheet: score
for_each: role leader
every: year
max: 100
items:
  reports:
    max: 100
    start: max
    lines: {missed: {deduct: 20, for_each: report_due, where: {state: missed}}}
---
appraisal: yearly
for_each: role leader
every: year
parts: {duties: {weight: 100%, from: score}}
grades: {excellent: {at_least: 90}, pass: {at_least: 60}, fail: {}}
---
rule: twice_excellent
for_each: yearly
facts: {years: {streak: {grade: excellent}, by: about}}
when: {years: {at_least: 2}}
then: {finding: twice_excellent}
"""
CLOSING_DAY = datetime(2025, 1, 10, tzinfo=UTC)
WORKER = ("yearly", "w1", "2024")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def entry(name: str, form: str, when: str, recorded: str = "", **more: Any) -> Entry:
    facts = {"answers": {}, **more}
    return Entry(name, "c1/g1", form, at(when), "w1", at(recorded or when), source="app", **facts)


POST = entry("post", "appointment", "2023-01-01", subject="p1", answers={"worker": "w1", "role": "leader"})
REPORTS = tuple(entry(f"r{n}", "report", f"2024-{3 * n - 1:02}-10") for n in range(1, 5))


class FewFiles:
    """Declarations out of the test's own files."""

    def read_files(self, place: str) -> Mapping[str, str]:
        del place
        return {}

    def load(self, place: str, files: Mapping[str, str], *, with_cases: bool = True) -> Loaded:
        del with_cases
        return load(place, files, official)

    def places(self) -> list[str]:
        return [PLACE]

    def create_place(self, place: str, level: str, title: Mapping[str, str], grids: int) -> None:
        raise NotImplementedError

    def remove_place(self, place: str) -> None:
        raise NotImplementedError


class Desk:
    """A community with its store, its clock and its closing."""

    def __init__(self, *entries: Entry, declared: str = DECLARED) -> None:
        self.store = FakeStore()
        self.now = CLOSING_DAY
        self.files = FewFiles()
        self.live = LiveCommunities(
            self.store.ledger, self.store.revisions, self.files, PlainDecider, lambda: self.now
        )
        self.closing = Closing(
            ClosingPorts(
                self.live,
                self.store.ledger,
                self.store.closings,
                self.store.revisions,
                self.files,
                PlainDecider,
                lambda: self.now,
            )
        )
        self.publish(declared, at("2023-01-01"))
        self.enter(*entries)

    def publish(self, declared: str, when: datetime) -> None:
        files = files_of(declared)
        loaded = load(PLACE, files, official)
        assert loaded.regulation is not None, [problem.code for problem in loaded.problems]
        asyncio.run(self.store.revisions.add(Revision(loaded.revision, PLACE, files, when, "w9")))

    def enter(self, *entries: Entry) -> None:
        asyncio.run(self.store.ledger.append(entries, {}))

    def close(self, period: str = "2024") -> Closed:
        return asyncio.run(self.closing.close(PLACE, period, "w9"))

    def changes(self, period: str = "2024") -> dict[tuple[str, ...], tuple[dict[str, Any], tuple[str, ...]]]:
        """Return by table and key what changed, as column → (before, after), and why."""
        report = asyncio.run(self.closing.report(PLACE, period))
        return {
            (change.difference.table, *map(str, change.difference.key)): (
                {name: (before, after) for name, before, after in change.difference.columns},
                change.causes,
            )
            for change in report.changes
        }

    def rows(self, table: str, period: str) -> list[dict[str, Any]]:
        evaluation = asyncio.run(self.live.other_period(PLACE, period))
        return evaluation.outcome("").tables[table].records()

    def published(self) -> list[Entry]:
        async def read() -> list[Entry]:
            return [stored.entry async for stored in self.store.ledger.read(PLACE)]

        return [one for one in asyncio.run(read()) if one.form == PUBLICATION]


def test_a_closed_period_keeps_its_outcome_and_names_what_it_follows_from() -> None:
    desk = Desk(POST, *REPORTS)
    closed = desk.close()
    outcome = json.loads(closed.outcome)
    assert (outcome["revision"], outcome["ledger"]) == (closed.revision, closed.ledger)
    assert outcome["tables"]["yearly"]["rows"][0][2:4] == [100, "excellent"]
    desk.now += timedelta(days=30)
    desk.enter(entry("gone", RETRACTION, "2025-01-20", supersedes="r1"))
    assert desk.close() == closed
    assert asyncio.run(desk.closing.closed(PLACE, "2024")) == closed
    assert asyncio.run(desk.closing.closed(PLACE, "2023")) is None


def test_whoever_looked_at_a_period_closes_it_by_the_tables_at_work_and_gets_the_outcome_of_a_whole_evaluation() -> (
    None
):
    made = []

    def decider() -> PlainDecider:
        made.append(1)
        return PlainDecider()

    desk = Desk(POST, *REPORTS[1:])
    desk.live = LiveCommunities(
        desk.store.ledger, desk.store.revisions, desk.files, PlainDecider, lambda: desk.now
    )
    ports = ClosingPorts(
        desk.live,
        desk.store.ledger,
        desk.store.closings,
        desk.store.revisions,
        desk.files,
        decider,
        lambda: desk.now,
    )
    desk.closing = Closing(ports)

    async def looked_at() -> None:
        await desk.live.other_period(PLACE, "2024")

    asyncio.run(looked_at())
    desk.enter(entry("r0", "report", "2024-02-10", "2025-01-05"))
    closed = desk.close()
    assert asyncio.run(desk.closing.report(PLACE, "2024")).changes == ()
    assert made == []
    assert (
        closed.outcome
        == Desk(POST, *REPORTS[1:], entry("r0", "report", "2024-02-10", "2025-01-05")).close().outcome
    )


def test_a_record_from_after_the_moment_of_the_tables_is_not_in_a_closed_period() -> None:
    ahead = entry("r0", "report", "2024-02-10", "2025-03-05")
    desk = Desk(POST, *REPORTS[1:], ahead)
    closed = desk.close()
    without = Desk(POST, *REPORTS[1:]).close()
    assert (closed.ledger, closed.outcome) == (without.ledger, without.outcome)


def test_what_is_recorded_before_the_closing_is_in_it() -> None:
    late = entry("r0", "report", "2024-02-10", "2025-01-05")
    closed = Desk(POST, *REPORTS[1:], late).close()
    assert json.loads(closed.outcome)["tables"]["yearly"]["rows"][0][2] == 100


def test_each_appraised_result_is_published_as_an_entry_once() -> None:
    desk = Desk(POST, *REPORTS)
    desk.close()
    desk.now += timedelta(days=1)
    desk.close()
    (published,) = desk.published()
    assert published.answers == {
        "of": "yearly",
        "period": "2024",
        "score": "100",
        "grade": "excellent",
        "revision": desk.close().revision,
    }
    assert (published.subject, published.at) == ("w1", CLOSING_DAY)


def test_a_period_that_is_not_over_or_that_there_is_not_cannot_be_closed() -> None:
    desk = Desk(POST)
    for period, code in (("2025", "E590"), ("2024-13", "E511")):
        with pytest.raises(ProblemError) as refused:
            desk.close(period)
        assert [problem.code for problem in refused.value.problems] == [code]


def test_without_later_entries_nothing_differs() -> None:
    desk = Desk(POST, *REPORTS)
    desk.close()
    desk.now += timedelta(days=60)
    report = asyncio.run(desk.closing.report(PLACE, "2024"))
    assert (report.changes, report.later) == ((), ())


def test_a_back_dated_record_after_the_closing_is_told_with_its_cause_and_the_outcome_stays() -> None:
    desk = Desk(POST, *REPORTS[1:])
    closed = desk.close()
    desk.now += timedelta(days=30)
    desk.enter(entry("late", "report", "2024-02-10", "2025-02-01"), entry("new", "report", "2025-02-01"))
    found = desk.changes()
    assert found[WORKER] == (
        {"score": (80, 100), "grade": ("pass", "excellent"), "part_duties": (80, 100)},
        ("late",),
    )
    duty, causes = found["report_due", "w1", "2024-Q1", "all"]
    assert (duty["state"], causes) == (("missed", "met"), ("late",))
    assert ("score.lines", "reports", "missed", "w1", "['w1', '2024-Q1', 'all']") in found
    assert desk.close() == closed


def test_a_correction_a_withdrawal_and_a_granted_appeal_are_causes_alike() -> None:
    desk = Desk(POST, *REPORTS)
    desk.close()
    desk.now += timedelta(days=30)
    desk.enter(
        entry("moved", "report", "2023-02-10", "2025-02-01", supersedes="r1"),
        entry("gone", RETRACTION, "2025-02-02", supersedes="r2"),
    )
    found = desk.changes()
    assert found[WORKER][0]["score"] == (100, 60)
    assert found[WORKER][1] == ("moved", "gone")
    assert found["report_due", "w1", "2024-Q1", "all"][1] == ("moved",)
    assert found["report_due", "w1", "2024-Q2", "all"][1] == ("gone",)
    # The appeal is granted: a counter-entry takes the withdrawn report's place.
    desk.now += timedelta(days=10)
    desk.enter(entry("counter", "report", "2024-05-10", "2025-02-15"))
    assert desk.changes()[WORKER][0]["score"] == (100, 80)


def test_a_closed_period_is_worked_out_under_its_own_revision() -> None:
    desk = Desk(POST, *REPORTS)
    first = desk.close()
    desk.now += timedelta(days=30)
    desk.publish(DECLARED.replace("deduct: 20", "deduct: 50"), desk.now)
    assert desk.changes() == {}
    desk.enter(entry("gone", RETRACTION, "2025-02-05", supersedes="r2"))
    assert desk.changes()[WORKER][0]["score"] == (100, 80)
    assert desk.close().revision == first.revision


def test_a_later_period_reads_the_published_result_of_an_earlier_one() -> None:
    year = [entry(f"s{n}", "report", f"2025-{3 * n - 1:02}-10") for n in range(1, 5)]
    desk = Desk(POST, *REPORTS)
    desk.close()
    desk.now = at("2026-01-10")
    desk.enter(*year)
    assert len(desk.rows("twice_excellent", "2025")) == 1
    # 2024 would be worse now, but what was announced counts; the difference is told instead.
    desk.enter(entry("gone", RETRACTION, "2026-01-09", supersedes="r2"))
    assert len(desk.rows("twice_excellent", "2025")) == 1
    assert desk.changes()[WORKER][0]["grade"] == ("excellent", "pass")
    desk.close("2025")
    assert desk.changes("2025") == {}


def test_a_period_that_is_not_closed_or_whose_revision_is_gone_has_no_report() -> None:
    desk = Desk(POST)
    with pytest.raises(ProblemError) as open_one:
        desk.changes()
    desk.close()
    desk.store.revisions.revisions.clear()
    with pytest.raises(ProblemError) as gone:
        asyncio.run(desk.closing.report(PLACE, "2024"))
    codes = [fault.value.problems[0].code for fault in (open_one, gone)]
    assert codes == ["E591", "E592"]


def test_the_frozen_outcome_is_that_of_evaluate_for_the_same_input() -> None:
    desk = Desk(POST, *REPORTS)
    closed = desk.close()
    loaded = load(PLACE, files_of(DECLARED), official).regulation
    assert loaded is not None
    again = evaluate([POST, *REPORTS], loaded, parse_period("2024"), CLOSING_DAY, PlainDecider())
    assert outcome_text(again) == closed.outcome
