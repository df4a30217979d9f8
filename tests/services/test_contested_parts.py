"""A part of a score that is no sheet is contested as such: given back by a counter-entry, worked out again, told."""

from fractions import Fraction
from typing import Any

import pytest

from app.domain.core.values import Unknown
from app.domain.problem import ProblemError
from app.i18n import Translator
from app.services.appraising.composition import Composition
from app.services.appraising.part_reasons import part_reason
from app.services.appraising.windows import PART, read_name
from app.services.filling import RefusedError
from app.services.reasons.arithmetic import sum_words
from app.services.reasons.phrases import say
from tests.fakes.year import HAN, MA, STREET, ZHOU, WorkingYear
from tests.fakes.year_parts import YEAR, opinions
from tests.services.declared import Told, told
from tests.services.walking import Walk, codes

T = Translator("en")
RULES = """
form: opinion
about: worker
fields: {score: {type: integer, required: true}}
---
form: appeal
about: worker
fields: {period: {type: period, required: true}, item: {type: text, required: true}}
---
form: decision
about: worker
fields:
  outcome: {type: choice, from: [upheld, rejected], required: true}
  period: {type: period, required: true}
  item: {type: text, required: true}
  points: {type: number}
---
indicator: opinions
per: role leader
every: year
measure: average
of: opinion
column: score
empty: unknown
---
duty: reported
for_each: role leader
every: quarter
met_by: {form: report, link: by}
---
indicator: on_time
per: role leader
every: half_year
measure: share
of: reported
part: {state: met}
undecided: leave_out
empty: unknown
---
sheet: extra
for_each: role leader
every: year
max: 100
lines: {met: {add: 25, for_each: reported, where: {state: met}, undecided: leave_out}}
---
appraisal: final
for_each: role leader
every: year
parts:
  residents: {weight: 50%, from: opinions}
  work:
    weight: 50%
    parts:
      halves: {weight: 80%, from: on_time, roll_up: average}
      extra: {weight: 20%, from: extra}
missing_part: POLICY
corrected_by: {form: decision, where: {outcome: upheld}, item: item, add: points, title: {en: Corrected}}
"""
OPINIONS = (
    "- {form: opinion, id: o1, at: 2025-05-01, by: w1, subject: w1, score: 60}\n"
    "- {form: opinion, id: o2, at: 2025-05-02, by: w1, subject: w1, score: 90}\n"
    "- {form: report, at: 2025-02-10, by: w1}\n"
)
EARLIER = "- {form: opinion, at: 2024-05-01, by: w1, subject: w1, score: 40}\n"


def decision(item: str, points: str, period: str = "2025", outcome: str = "upheld") -> str:
    return (
        f"- {{form: decision, id: d-{item.replace('/', '-')}-{period}, at: 2026-01-03, by: w9, subject: w1,"
        f" outcome: {outcome}, period: {period}, item: {item}, points: {points}}}\n"
    )


def told_of(given: str, policy: str = "not_computable", as_of: str = "2026-01-05") -> Told:
    return told(RULES.replace("POLICY", policy), given, as_of=as_of)


def parts(given: str, policy: str = "not_computable") -> tuple[Any, Any, Any]:
    """Return the score, the residents' part, and that of the work."""
    row = told_of(given, policy).row("final")
    return row["score"], row["part_residents"], row["part_work"]


# ---- the language ----------------------------------------------------------------------------------------------------
def test_what_is_given_back_is_added_to_the_part_that_it_names_in_its_year() -> None:
    assert parts(OPINIONS) == (50, 75, 25)
    assert parts(OPINIONS + decision("final/residents", "5")) == (Fraction("52.5"), 80, 25)
    assert parts(OPINIONS + decision("final/work/halves", "15")) == (56, 75, 37)
    for other in (
        decision("final/residents", "5", "2024"),
        decision("final/residents", "5", outcome="rejected"),
        decision("final/nothing", "5"),
        decision("final/work", "5"),
        decision("final/work/extra", "5"),  # a sheet, which has items and corrections of its own
    ):
        assert parts(OPINIONS + other) == (50, 75, 25), other


def test_a_corrected_part_stays_between_nothing_and_a_hundred() -> None:
    assert parts(OPINIONS + decision("final/residents", "1000"))[1] == 100
    assert parts(OPINIONS + decision("final/residents", "-1000"))[1] == 0
    beyond = OPINIONS.replace("score: 60", "score: 150")
    assert parts(beyond)[1] == 120
    assert parts(beyond + decision("final/residents", "5"))[1] == 120


def test_what_is_not_known_is_not_made_known_by_a_correction() -> None:
    score, residents, _ = parts(decision("final/residents", "5"))
    assert isinstance(score, Unknown)
    assert isinstance(residents, Unknown)


def test_what_is_carried_over_from_the_year_before_is_corrected_in_each_year() -> None:
    def carried(given: str) -> Any:
        return parts(EARLIER + given, "carry")[1]

    assert carried("") == 40
    assert carried(decision("final/residents", "5")) == 45
    assert carried(decision("final/residents", "5", "2024")) == 45
    assert carried(decision("final/residents", "5", "2024") + decision("final/residents", "7")) == 52


# ---- why it has its score --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("item", "score", "equation"),
    [
        ("final/residents", 80, "(90 + 60) ÷ 2 + 5 = 80"),
        ("final/work/halves", 30, "(50 + 0) ÷ 2 + 5 = 30"),
        ("final/residents", 100, "(90 + 60) ÷ 2 + 400 = 475"),
    ],
)
def test_a_corrected_part_tells_the_decision_and_the_sum_with_it(
    item: str, score: int, equation: str
) -> None:
    path = tuple(item.split("/")[1:])
    evaluation = told_of(OPINIONS + decision(item, "400" if score == 100 else "5")).evaluation()
    appraisal = evaluation.regulation.appraisals["final"]
    made = Composition(evaluation, appraisal, "w1", "2025")
    assert {part.path: part.score for part in made.parts()}[path] == score
    reason = part_reason(evaluation, appraisal, "w1", "2025", path)
    assert reason is not None
    assert reason.total is not None
    assert (reason.points, "".join(sum_words(reason.total, T))) == (score, equation)
    assert "Corrected" in [say(one, T) for one in reason.sentences]
    given = [(row.entries, row.points) for row in reason.rows if row.table == "decision"]
    assert given == [((f"d-{item.replace('/', '-')}-2025",), 400 if score == 100 else 5)]


def test_each_entry_that_a_figure_counted_has_a_name_by_which_it_is_contested() -> None:
    evaluation = told_of(OPINIONS).evaluation()
    reason = part_reason(evaluation, evaluation.regulation.appraisals["final"], "w1", "2025", ("residents",))
    assert reason is not None
    names = {row.entries: row.ref for row in reason.rows}
    assert set(names) == {("o1",), ("o2",)}
    assert len(set(names.values())) == 2
    assert all(row.cost is None for row in reason.rows)  # what was taken of each isn't what it cost


# ---- the year --------------------------------------------------------------------------------------------------------
@pytest.fixture
async def walk(tmp_path: Any) -> Walk:
    """A year in publicity whose leaders were judged by residents: 周敏 with 50 and 60, 韩冬 with 90."""
    here = WorkingYear(tmp_path, texts=YEAR)
    await here.start()
    await here.store.ledger.append(opinions(), {})
    made = Walk(here)
    await made.step("open")
    await made.sum_up(ZHOU, MA, HAN)
    await made.step("mark")
    await made.step("publish")
    return made


async def test_what_is_upheld_of_a_figure_moves_the_score_and_is_told_to_whom_it_touches(walk: Walk) -> None:
    assert await walk.score("w-1") == {"score": 59, "grade": "pass", "rank": 3}
    mine = await walk.here.year.person(ZHOU, None, "2025")
    assert mine is not None
    assert [mine.part(path) for path in ("residents", "duties", "nothing")] == ["final/residents", "", ""]
    assert [read_name(name, "2025") for name in (PART, "score", "score@2025-H1")] == [
        (PART, "2025"),
        ("score", "2025"),
        ("score", "2025-H1"),
    ]
    wanted, titles, points, row = await walk.here.year.appeal(ZHOU, "2025", "final/residents")
    assert ([one["en"] for one in titles], points, row) == (["People"], 55, None)
    for name in ("final/duties", "final/nothing", "final"):
        with pytest.raises(ProblemError):
            await walk.here.year.appeal(ZHOU, "2025", name)
    appeal = await walk.send(ZHOU, wanted, reason="第二份不是本网格的")
    before = await walk.here.year.appealed(STREET, appeal)
    assert (before.most, before.of_part) == (45, True)  # said before anybody types a figure
    asked = await walk.here.year.decision(STREET, appeal)
    assert (asked.answers["item"], "points" in asked.answers) == ("final/residents", False)
    with pytest.raises(RefusedError) as refused:
        await walk.decide(appeal, "upheld", "46")
    assert codes(refused.value) == ["E784 points"]
    await walk.decide(appeal, "upheld", "40")
    assert await walk.score("w-1") == {"score": 67, "grade": "pass", "rank": 3}
    view = await walk.here.year.appealed(ZHOU, appeal)
    assert (view.record.state, view.record.change, view.most) == ("upheld", 40, None)
    assert [(one.name, one.before, one.after) for one in view.touched] == [("周敏", 59, 67)]


async def test_a_single_entry_that_a_figure_counted_is_contested_and_what_it_says_is_no_cost(
    walk: Walk,
) -> None:
    opened = await walk.here.scores.open(ZHOU, "2025")
    reason = part_reason(
        opened.evaluation, opened.regulation.appraisals["final"], "w-1", "2025", ("residents",)
    )
    assert reason is not None
    (low,) = [row for row in reason.rows if row.entries == ("o1",)]
    appeal = await walk.appeal(ZHOU, "final/residents", low.ref)
    view = await walk.here.year.appealed(STREET, appeal)
    assert view.record.row == low
    assert "points" not in (await walk.here.year.decision(STREET, appeal)).answers
    await walk.decide(appeal, "upheld", "5")
    assert (await walk.score("w-1"))["score"] == 60
    with pytest.raises(ProblemError):
        await walk.here.year.appeal(ZHOU, "2025", "final/residents", "value/0000000000000000")


async def test_what_is_open_behind_a_figure_is_part_of_the_outlook(tmp_path: Any) -> None:
    share = YEAR["rules/opinions.yaml"].replace(
        "measure: average\nof: opinion\ncolumn: score",
        ("measure: share\nof: reported\npart: {state: met}\nundecided: leave_out"),
    )
    here = WorkingYear(
        tmp_path,
        texts={
            **YEAR,
            "rules/opinions.yaml": share,
            "rules/final.yaml": (
                YEAR["rules/final.yaml"]
                .replace(
                    "  duties: {title: {zh: 履职, en: Duties, es: Cumplimiento}, weight: 80%, from: score}\n",
                    "",
                )
                .replace("weight: 20%", "weight: 100%")
            ),
        },
    )
    await here.start()
    outlook = await here.year.outlook(ZHOU, None, "2026")
    assert outlook is not None
    assert (outlook.best, outlook.worst, [one.duty for one in outlook.prospects]) == (100, 0, ["reported"])
