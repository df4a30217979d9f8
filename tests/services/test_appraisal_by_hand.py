"""Five social workers' year under S3: the application's numbers are those of a spreadsheet worked out by hand."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.declarations.files import FileDeclarations
from app.declarations.load import load
from app.domain.core.values import NotApplicable, Unknown
from app.domain.entry import Entry, entry_from_json
from app.domain.kinds.planning import limited
from app.domain.outcome import Outcome
from app.domain.period import parse_period
from app.domain.place import Place, PlaceTree
from app.engine import DurableDecider
from app.plugins.calendars import official_days
from app.services.evaluate import evaluate
from tests.services.by_hand.formulas import Formulas
from tests.services.by_hand.workbook import FILE, written

ROOT = Path(__file__).parents[2]
PLACE = "demo/xinglin"
TABLES = ("worker_year", "yearly_reward", "street_side", "survey_coverage", "resident_opinion")
AS_OF = datetime(2026, 1, 5, tzinfo=UTC)
ROWS = range(4, 9)
COVERED = ("12", "9")
GRADES = {"excellent": "优秀", "pass": "合格", "fail": "不合格"}
ITEMS = {"on_time": "B", "mediation": "C", "satisfaction": "D", "accuracy": "E"}
BOOK = Formulas(FILE)


# ---- the workbook itself ------------------------------------------------------------------------------------------
def test_the_checked_in_workbook_is_what_its_script_writes() -> None:
    def parts(data: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            return {name: held.read(name) for name in held.namelist()}

    assert parts(FILE.read_bytes()) == parts(written())


def test_every_value_kept_beside_a_formula_is_what_the_formula_gives() -> None:
    assert len(BOOK.formulas) > 140
    for (sheet, place), formula in BOOK.formulas.items():
        given, kept = BOOK.value(sheet, place), BOOK.kept[sheet, place]
        if isinstance(given, Fraction):
            assert float(given) == float(kept), (sheet, place, formula)
        else:
            assert given == kept, (sheet, place, formula)


# ---- the ledger that the workbook counts --------------------------------------------------------------------------
class _Ledger:
    """The entries behind the counts, with some beside them that don't count."""

    def __init__(self, covered: str) -> None:
        self.entries: list[dict[str, Any]] = []
        sheet = f"评价{covered}"
        for at in range(1, 8):
            self.put("household", "2024-01-01", "w0", f"h{at}", grid=f"{PLACE}/g{at}", special=[])
        for at in range(int(BOOK.value(sheet, "I4"))):
            self._person(f"r{at + 1:02}", resident=True, born="1980-05-01")
        self._person("visitor", resident=False, born="1980-05-01")
        self._person("child", resident=True, born="2008-01-01")  # eighteen on 1 January 2026
        self._person("gone", resident=True, born="1980-05-01", left_on="2025-12-31")
        for row in ROWS:
            self._worker(row)
        letters = dict(zip(ROWS, "BCDEF", strict=True))
        for row in ROWS:
            worker = BOOK.value("台账", f"K{row}")
            for at in range(4, 4 + int(BOOK.value(sheet, "I5"))):
                score = BOOK.value(sheet, f"{letters[row]}{at}")
                if score is not None:
                    self._opinion(worker, BOOK.value(sheet, f"A{at}"), score, "2025-11-20")
        # A second answer of the same resident, one of the year before: neither counts.
        self._opinion("w1", "r01", 0, "2025-12-20")
        self._opinion("w5", "r01", 100, "2024-11-20")

    def put(self, form: str, at: str, by: str, subject: str | None, **answers: Any) -> str:
        moment = datetime.fromisoformat(at if "T" in at else f"{at}T09:00").replace(tzinfo=UTC) - timedelta(
            hours=8
        )
        name = f"e{len(self.entries):05}"
        place = answers.pop("place", PLACE)
        self.entries.append(
            {
                "id": name,
                "form": form,
                "at": moment.isoformat(),
                "recorded_at": moment.isoformat(),
                "by": by,
                "subject": subject,
                "place": place,
                "answers": answers,
                "supersedes": None,
            }
        )
        return name

    def _person(self, name: str, **answers: Any) -> None:
        self.put("person", "2020-06-01", "w0", name, grid=f"{PLACE}/g1", name=name, tags=[], **answers)

    def _opinion(self, worker: str, respondent: str, score: Any, day: str) -> None:
        self.put("survey", day, "w0", worker, respondent=respondent, way="paper", score=int(score))

    def _worker(self, row: int) -> None:
        name, worker = BOOK.value("台账", f"A{row}"), BOOK.value("台账", f"K{row}")
        salary = BOOK.value("台账", f"J{row}")
        self.put("appointment", "2024-01-01", "w0", f"p{row}", worker=worker, role="social_worker")
        for day, monthly in (("2024-01-01", salary - 500), ("2025-12-01", salary)):
            about = {"name": name, "employed_as": "social_worker", "lives_in_grid": False}
            self.put(
                "worker_file", day, "w0", worker, monthly_salary=f"{float(monthly):.2f}",
                representative=False, **about,
            )  # fmt: skip
        times = [int(BOOK.value("台账", f"{letter}{row}")) for letter in "BCDEFGHI"]
        for at in range(times[0]):
            self._item(worker, at, days=3)
        for at in range(times[1]):
            self._item(worker, at + times[0], days=20)
        for step, many in (("agreed", times[2]), ("failed", times[3]), ("withdrawn", 2)):
            for at in range(many):
                dispute = self.put("dispute", f"2025-03-{at + 1:02}", worker, "h1", **{"class": "complex"})
                self.put(
                    "dispute_step", f"2025-04-{at + 1:02}", worker, None, dispute=dispute, step=step,
                    level="grid", record="当面谈过。",
                )  # fmt: skip
        for satisfied, many, first in ((True, times[4], 1), (False, times[5], 50)):
            for at in range(many):
                self.put(
                    "care_survey", "2025-10-10", "w0", worker, respondent=f"r{first + at:02}",
                    satisfied=satisfied,
                )  # fmt: skip
        for accurate, many in ((True, times[6]), (False, times[7])):
            for at in range(many):
                self.put("data_check", f"2025-{at + 1:02}-15", "w0", worker, accurate=accurate)
        # Withdrawn as mistaken: it doesn't count.
        mistaken = self.put("data_check", "2025-12-15", "w0", worker, accurate=False)
        self.put("retraction", "2025-12-16", "w0", None)
        self.entries[-1]["supersedes"] = mistaken

    def _item(self, worker: str, at: int, days: int) -> None:
        asked = date(2025, 2, 10) + timedelta(days=7 * at)
        told = {"item": "allowance", "class": "complex", "materials_told": True, "on_the_spot": False}
        item = self.put("service_item", f"{asked}T09:00", worker, "r01", **told)
        done = asked + timedelta(days=days)
        self.put("service_step", f"{done}T09:00", worker, None, item=item, step="forwarded")


@pytest.fixture(scope="module", name="decider")
def decider_fixture() -> Iterator[DurableDecider]:
    decider = DurableDecider()
    yield decider
    decider.close()


@cache
def entries(covered: str) -> tuple[Entry, ...]:
    return tuple(entry_from_json(entry) for entry in _Ledger(covered).entries)


@pytest.fixture(scope="module", name="outcomes")
def outcomes_fixture(decider: DurableDecider) -> dict[str, Outcome]:
    """By the coverage, the outcome of the shipped files with the rules engine's worker deciding."""
    files = FileDeclarations(ROOT, official_days).read_files(PLACE)
    regulation = load(PLACE, files, official_days).regulation
    assert regulation is not None
    places = [Place(PLACE, "community", {}), *(Place(f"{PLACE}/g{at}", "grid", {}) for at in range(1, 8))]
    own = replace(limited(regulation, TABLES), place=places[0], places=PlaceTree.of(places))
    year = parse_period("2025", own.calendar)
    return {covered: evaluate(entries(covered), own, year, AS_OF, decider) for covered in COVERED}


def of_worker(outcome: Outcome, table: str, worker: str) -> dict[str, Any]:
    (row,) = [row for row in outcome.tables[table].records() if row["about"] == worker]
    return row


def test_the_outcome_is_of_the_whole_ledger() -> None:
    assert len(entries("12")) > 300


# ---- to the last decimal ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("covered", COVERED)
def test_the_street_s_side_is_the_spreadsheet_s_to_the_last_decimal(
    outcomes: dict[str, Outcome], covered: str
) -> None:
    outcome, sheet = outcomes[covered], f"考核{covered}"
    for row in ROWS:
        worker = BOOK.value(sheet, f"P{row}")
        items = {
            one["item"]: one["points"]
            for one in outcome.tables["street_side.items"].records()
            if one["about"] == worker
        }
        for item, letter in ITEMS.items():
            wanted = BOOK.value(sheet, f"{letter}{row}")
            if wanted == "不适用":
                assert isinstance(items[item], NotApplicable)
            else:
                assert items[item] == wanted, (worker, item)
        assert of_worker(outcome, "street_side", worker)["points"] == BOOK.value(sheet, f"G{row}")
        assert of_worker(outcome, "resident_opinion", worker)["value"] == BOOK.value(sheet, f"H{row}")


def test_at_twelve_per_cent_scores_ranks_grades_and_rewards_are_the_spreadsheet_s(
    outcomes: dict[str, Outcome],
) -> None:
    outcome, seen = outcomes["12"], set()
    (coverage,) = outcome.tables["survey_coverage"].records()
    assert (coverage["value"], coverage["met"]) == (BOOK.value("评价12", "I6"), True)
    for row in ROWS:
        worker = BOOK.value("考核12", f"P{row}")
        year = of_worker(outcome, "worker_year", worker)
        assert year["score"] == BOOK.value("考核12", f"J{row}"), worker
        assert year["rank"] == BOOK.value("考核12", f"K{row}")
        assert GRADES[year["grade"]] == BOOK.value("考核12", f"N{row}")
        assert year["state"] == "computed"
        assert of_worker(outcome, "yearly_reward", worker)["points"] == BOOK.value("考核12", f"O{row}")
        seen.add((BOOK.value("考核12", f"L{row}"), BOOK.value("考核12", f"N{row}")))
    # The five are all that can come: excellent, excellent but beyond the quota, passed, failed.
    assert seen == {("优秀", "优秀"), ("优秀", "合格"), ("合格", "合格"), ("不合格", "不合格")}


def test_at_nine_per_cent_nobody_s_year_can_be_computed(outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes["9"]
    (coverage,) = outcome.tables["survey_coverage"].records()
    assert (coverage["value"], coverage["met"]) == (BOOK.value("评价9", "I6"), False)
    for row in ROWS:
        worker = BOOK.value("考核9", f"P{row}")
        year = of_worker(outcome, "worker_year", worker)
        told = [BOOK.value("考核9", f"{letter}{row}") for letter in "JKNO"]
        assert told == ["不可计算"] * 4
        assert year["state"] == "not_computable"
        assert all(isinstance(year[name], Unknown) for name in ("score", "rank", "grade")), worker
        assert isinstance(of_worker(outcome, "yearly_reward", worker)["points"], Unknown)
