"""Parts of a score that are no sheet: what they measure, of which entries, and what they hang on."""

import pytest

from app.i18n import Translator
from app.services.appraising.composition import Composition
from app.services.appraising.part_reasons import part_reason
from app.services.appraising.windows import lies_in, year_of
from app.services.evaluate import Evaluation
from app.services.reasons.arithmetic import sum_words
from app.services.reasons.phrases import Percent, say
from tests.services.declared import told

T = Translator("en")
RULES = """
form: opinion
title: {zh: 评价, en: Opinion}
about: worker
fields: {score: {type: integer, required: true}, who: {type: text, required: true}}
---
indicator: opinions
title: {zh: 居民评价, en: Residents}
clause: {doc: 办法, ref: 第六条, text: 居民评价占四成。}
per: role leader
every: year
measure: average
of: opinion
column: score
empty: unknown
---
indicator: coverage
title: {zh: 覆盖面, en: Coverage}
per: role leader
every: year
measure: count
of: opinion
target: {at_least: 2}
---
duty: reported
title: {zh: 季报, en: Report}
for_each: role leader
every: quarter
met_by: {form: report, link: by}
---
indicator: on_time
title: {zh: 按期率, en: On time}
per: role leader
every: half_year
measure: share
of: reported
part: {state: met}
undecided: leave_out
empty: unknown
---
sheet: quarter
title: {zh: 季度分, en: Quarter}
for_each: role leader
every: quarter
max: 10
items: {reports: {max: 10, lines: {met: {add: 10, for_each: reported, where: {state: met}}}}}
---
appraisal: final
title: {zh: 年度, en: Year}
for_each: role leader
every: year
parts:
  residents: {title: {zh: 居民, en: People}, weight: 40%, from: opinions, only_if: {coverage: {met: true}}}
  work:
    title: {zh: 工作, en: Work}
    weight: 60%
    parts:
      halves: {title: {zh: 半年, en: Halves}, weight: 50%, from: on_time, roll_up: average}
      quarters:
        title: {zh: 季度, en: Quarters}
        weight: 50%
        from: quarter
        roll_up: {Q1: 10%, Q2: 20%, Q3: 30%, Q4: 40%}
missing_part: not_computable
"""
MET = "- {form: report, at: 2025-02-10, by: w1}\n- {form: report, at: 2025-08-10, by: w1}\n"


def opinion(number: int, score: int) -> str:
    return (
        f"- {{form: opinion, id: o{number}, at: 2025-05-0{number}, by: w1, subject: w1, score: {score},"
        f" who: r{number}}}\n"
    )


@pytest.fixture(scope="module")
def few_and_enough() -> tuple[Evaluation, Evaluation]:
    """One opinion, which is too few, and two."""
    one = MET + opinion(1, 80)
    return told(RULES, one).evaluation(), told(RULES, one + opinion(2, 91)).evaluation()


def test_a_figure_opens_down_to_the_entries_that_counted(
    few_and_enough: tuple[Evaluation, Evaluation],
) -> None:
    _, enough = few_and_enough
    reason = part_reason(enough, enough.regulation.appraisals["final"], "w1", "2025", ("residents",))
    assert reason is not None
    assert reason.total is not None
    assert (reason.points, reason.state, "".join(sum_words(reason.total, T))) == (
        85.5,
        "computed",
        "(91 + 80) ÷ 2 = 85.5",
    )
    assert [quote.ref for quote in reason.quotes] == ["第六条"]
    assert [(say(one.label, T), say(one.value, T)) for one in reason.figures] == [("Weight", "40%")]
    assert sorted((row.entries, row.points) for row in reason.rows) == [(("o1",), 80), (("o2",), 91)]
    assert part_reason(enough, enough.regulation.appraisals["final"], "w1", "2025", ("nothing",)) is None


def test_what_a_part_hangs_on_is_said_where_it_is_not_met(
    few_and_enough: tuple[Evaluation, Evaluation],
) -> None:
    few, _ = few_and_enough
    reason = part_reason(few, few.regulation.appraisals["final"], "w1", "2025", ("residents",))
    assert reason is not None
    assert (reason.points, reason.state) == (None, "not_computable")
    assert reason.policy is not None
    assert say(reason.policy, T).startswith(
        "What this part depends on isn’t met: Coverage is 1, and 2 are wanted."
    )


def test_parts_of_parts_and_windows_stand_with_their_weights(
    few_and_enough: tuple[Evaluation, Evaluation],
) -> None:
    _, enough = few_and_enough
    appraisal = enough.regulation.appraisals["final"]
    parts = Composition(enough, appraisal, "w1", "2025").parts()
    assert [
        ("/".join(part.path), say(Percent(part.weight or 0), T), part.score, part.sheet) for part in parts
    ] == [
        ("residents", "40%", 85.5, ""),
        ("work", "60%", 45, ""),
        ("work/halves", "50%", 50, ""),
        ("work/halves/2025-H1", "0%", 50, ""),
        ("work/halves/2025-H2", "0%", 50, ""),
        ("work/quarters", "50%", 40, ""),
        ("work/quarters/2025-Q1", "10%", 100, "quarter@2025-Q1"),
        ("work/quarters/2025-Q2", "20%", 0, "quarter@2025-Q2"),
        ("work/quarters/2025-Q3", "30%", 100, "quarter@2025-Q3"),
        ("work/quarters/2025-Q4", "40%", 0, "quarter@2025-Q4"),
    ]
    halves = part_reason(enough, appraisal, "w1", "2025", ("work", "halves"))
    assert halves is not None
    assert halves.total is not None
    assert "".join(sum_words(halves.total, T)) == "(2 × 50) ÷ 2 = 50"
    assert [(row.window, row.state) for row in halves.rows] == [
        ("2025-Q2", "missed"),
        ("2025-Q1", "met"),
        ("2025-Q4", "missed"),
        ("2025-Q3", "met"),
    ]


@pytest.mark.parametrize(
    ("how", "score"), [("pool", 50), ("sum", 100), ("best", 50), ("worst", 50), ("last", 50)]
)
def test_windows_are_rolled_up_as_the_appraisal_does(how: str, score: int) -> None:
    made = told(RULES.replace("from: on_time, roll_up: average", f"from: on_time, roll_up: {how}"), MET)
    evaluation = made.evaluation()
    parts = Composition(evaluation, made.regulation.appraisals["final"], "w1", "2025").parts()
    assert next(part.score for part in parts if part.path == ("work", "halves")) == score
    whole = next(part.score for part in parts if part.path == ("work",))
    assert whole == evaluation.rows("final")["w1", "2025"][evaluation.schema("final").position("part_work")]


def test_a_period_lies_in_the_year_of_an_appraisal(few_and_enough: tuple[Evaluation, Evaluation]) -> None:
    _, enough = few_and_enough
    appraisals, calendar = enough.regulation.appraisals.values(), enough.regulation.calendar
    assert [
        year_of(one, appraisals, calendar) for one in ("2025", "2025-H2", "2024-Q1", "2024..2025", "soon")
    ] == [
        "2025",
        "2025",
        "2024",
        "2024..2025",
        "soon",
    ]
    year = enough.period
    assert [lies_in(one, year, calendar) for one in ("2025", "2025-12", "2024-12", "2025-W01", "soon")] == [
        True,
        True,
        False,
        False,
        False,
    ]
