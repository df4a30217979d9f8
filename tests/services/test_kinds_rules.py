"""Rules that rank, draw lots, count up to a row, choose within a group, and start duties."""

import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import Unknown
from tests.declarations.community import loaded, official
from tests.fakes.examples import examples
from tests.fakes.loading import load
from tests.services.declared import LEADER, PLACE, Told, files_of, told

DRAW = """
form: draw
fields: {seed: {type: text, required: true}, period: {type: period, required: true}}
"""
RANKED = """
indicator: figure
per: role leader
every: year
measure: sum
of: mark
column: points
empty: zero
---
indicator: seen
per: role leader
every: year
measure: count
of: {form: mark, where: {kind: bad}}
---
rule: best
for_each: figure
facts: {marks: {count: mark}, bad: {count: {form: mark, where: {kind: bad}}}}
select: {SELECT}
then: {finding: best, praise: true}
---
""" + DRAW.strip()


def leaders(*given_points: tuple[str, int]) -> str:
    """Return leaders w1, w2, … with so many points in all, and so many bad marks."""
    lines = []
    for number, (points, bad) in enumerate(given_points, start=1):
        lines.append(LEADER.replace("p1", f"p{number}").replace("w1", f"w{number}"))
        mark = f"- {{form: mark, at: 2025-02-01, by: w9, subject: w{number}, kind: KIND, points: POINTS}}"
        lines.append(mark.replace("KIND", "good").replace("POINTS", points))
        lines += [mark.replace("KIND", "bad").replace("POINTS", "0")] * bad
    return "\n".join(lines)


def chosen(select: str, *given_points: tuple[str, int], more: str = "") -> list[str]:
    case = told(RANKED.replace("SELECT", select), leaders(*given_points) + more, leader=False)
    return sorted(map(str, case.column("best", "about")))


FOUR = (("9", 1), ("5", 2), ("5", 0), ("1", 0))


@pytest.mark.parametrize(
    ("select", "found"),
    [
        ("top: 2, by: value, ties: {by: [bad]}", ["w1", "w2"]),
        ("top: 2, by: value, ties: {by: {bad: lowest}}", ["w1", "w3"]),
        ("bottom: 2, by: value, ties: {by: [bad]}", ["w3", "w4"]),
        ("bottom: 2, by: value, ties: {by: {bad: highest}}", ["w2", "w4"]),
        ("top: 50%, by: value, ties: {by: [bad]}", ["w1", "w2"]),
        # Who is tied even by the further columns is taken together.
        ("top: 1, by: marks, ties: {by: {value: lowest}}", ["w2"]),
        ("top: 3, by: bad, ties: {by: [bad]}", ["w1", "w2", "w3", "w4"]),
        # Within groups: of those with as many bad marks, the best.
        ("top: 1, by: value, within: bad", ["w1", "w2", "w3"]),
        ("top: 50%, by: value, within: [bad]", ["w3"]),
    ],
)
def test_ties_are_broken_by_further_columns_and_groups_rank_by_themselves(
    select: str, found: list[str]
) -> None:
    assert chosen(select, *FOUR) == found


SEED = '\n- {form: draw, at: 2026-01-02, by: w9, seed: "SEED", period: "PERIOD"}'
LOTS = "top: 2, by: value, ties: lot"


def test_a_lot_waits_for_the_draw_and_only_those_whom_it_decides_wait() -> None:
    assert chosen(LOTS, *FOUR) == ["w1"]
    other_year = SEED.replace("SEED", "x").replace("PERIOD", "2024")
    assert chosen(LOTS, *FOUR, more=other_year) == ["w1"]
    drawn = {
        tuple(chosen(LOTS, *FOUR, more=SEED.replace("SEED", seed).replace("PERIOD", "2025")))
        for seed in ("a", "b", "c", "d", "e", "f")
    }
    assert drawn == {("w1", "w2"), ("w1", "w3")}


def test_the_first_draw_counts_and_a_second_one_changes_nothing() -> None:
    first = SEED.replace("SEED", "a").replace("PERIOD", "2025")
    again = SEED.replace("2026-01-02", "2026-01-03").replace("PERIOD", "2025")
    once = chosen(LOTS, *FOUR, more=first)
    assert all(chosen(LOTS, *FOUR, more=first + again.replace("SEED", seed)) == once for seed in "bcdef")


def test_a_draw_may_come_from_another_form_with_a_condition() -> None:
    select = "top: 2, by: value, ties: {lot: {form: draw, where: 'seed != \"void\"'}}"
    void = SEED.replace("SEED", "void").replace("PERIOD", "2025")
    assert chosen(select, *FOUR, more=void) == ["w1"]
    assert len(chosen(select, *FOUR, more=void + SEED.replace("SEED", "a").replace("PERIOD", "2025"))) == 2


@examples(10)
@given(
    values=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=7),
    number=st.integers(0, 5),
    least=st.integers(0, 3),
    policy=st.sampled_from(["all", "none", "{by: [bad]}", "{by: {bad: lowest}}"]),
    bottom=st.booleans(),
)
def test_selections_agree_with_counting_who_is_better(
    values: list[tuple[int, int]], number: int, least: int, policy: str, bottom: bool
) -> None:
    word = "bottom" if bottom else "top"
    share = f"{number * 20}%"
    select = f"{word}: {share}, by: value, at_least: {least}, ties: {policy}"
    found = chosen(select, *((str(points), bad) for points, bad in values))
    places = max(number * 20 * len(values) // 100, least)

    def standing(one: tuple[int, int]) -> tuple[int, ...]:
        points, bad = one
        sign = -1 if bottom else 1
        if policy.startswith("{"):
            return sign * points, (-bad if "lowest" in policy or (bottom and "[" in policy) else bad)
        return (sign * points,)

    def naive(one: tuple[int, int]) -> bool:
        better = sum(standing(other) > standing(one) for other in values)
        alike = sum(standing(other) == standing(one) for other in values)
        return (better + alike if policy == "none" else better + 1) <= places

    assert found == sorted(f"w{at}" for at, one in enumerate(values, start=1) if naive(one))


@examples(8)
@given(
    values=st.lists(st.integers(0, 2), min_size=1, max_size=7),
    number=st.integers(1, 4),
    seed=st.text("abc", min_size=1, max_size=3),
)
def test_a_lot_fills_exactly_the_places_that_there_are_and_never_passes_over_a_better_one(
    values: list[int], number: int, seed: str
) -> None:
    draw = SEED.replace("SEED", seed).replace("PERIOD", "2025")
    found = chosen(f"top: {number}, by: value, ties: lot", *((str(v), 0) for v in values), more=draw)
    assert len(found) == min(number, len(values))
    taken = [values[int(who[1:]) - 1] for who in found]
    left = [value for at, value in enumerate(values, 1) if f"w{at}" not in found]
    assert not left or min(taken) >= max(left)
    waiting = chosen(f"top: {number}, by: value, ties: lot", *((str(v), 0) for v in values))
    assert set(waiting) <= set(found)


# ---- counting up to a row --------------------------------------------------------------------------------------------
WEEKS = """
duty: weekly
for_each: role leader
every: week
met_by: report
---
rule: RULE
for_each: weekly
facts: {FACTS}
when: WHEN
then: {finding: RULE}
"""
MET = '- {form: report, at: "2025-DAYT10:00", by: w1, pages: 1}\n'


def weeks(facts: str, when: str, *met: str) -> list[Any]:
    declared = WEEKS.replace("RULE", "found").replace("FACTS", facts).replace("WHEN", when)
    return told(declared, "".join(MET.replace("DAY", day) for day in met), as_of="2025-03-03").column(
        "found", "window"
    )


def test_every_second_time_is_an_ordinal() -> None:
    # Met: W02 and W06; missed: W01, W03, W04, W05, W07, W08, W09.
    facts = "nth: {ordinal: {state: missed}, by: owner, every: year}"
    found = weeks(facts, 'nth % 2 == 0 && state == "missed"', "01-08", "02-05")
    assert found == ["2025-W03", "2025-W05", "2025-W08"]


def test_a_count_starts_anew_in_each_window_that_it_names() -> None:
    facts = "nth: {ordinal: {state: missed}, by: owner, every: month}"
    # A week is judged with the month in which it ends: W01–W04 with January, W05–W08 with February, W09 with March.
    assert weeks(facts, "{nth: 1, state: missed}") == ["2025-W01", "2025-W05", "2025-W09"]


YEARLY_COUNT = """
duty: monthly
for_each: role leader
every: month
met_by: report
---
rule: found
for_each: monthly
facts: {nth: {HOW: {state: missed}, by: owner, every: year}}
when: {nth: {at_least: 3}, state: missed}
then: {finding: found}
"""


@pytest.mark.parametrize("how", ["ordinal", "streak"])
def test_a_count_starts_anew_with_a_year_that_ends_after_the_period(how: str) -> None:
    declared = YEARLY_COUNT.replace("HOW", how)
    whole = [told(declared, period=one).column("found", "window") for one in ("2025", "2025-H1", "2025-01")]
    months = [f"2025-{month:02}" for month in range(3, 13)]
    assert whole == [months, months[:4], []]


def test_adjoining_weeks_are_told_from_weeks_without_a_break() -> None:
    streak, adjoining = (
        "run: {streak: {state: missed}, by: owner}",
        "run: {consecutive: {state: missed}, by: owner}",
    )
    assert weeks(streak, "{run: 3}", "01-15") == weeks(adjoining, "{run: 3}", "01-15") == ["2025-W06"]
    # Between two appointments there are no weeks: a streak goes on, adjoining weeks don't.
    gap = """\
    - {form: appointment, at: 2024-12-30, subject: p1, worker: w1, role: leader, place: c1/g1, left_on: 2025-01-13}
    - {form: appointment, at: 2025-02-10, subject: p2, worker: w1, role: leader, place: c1/g1}
    """
    for facts, found in ((streak, ["2025-W07"]), (adjoining, ["2025-W09"])):
        declared = WEEKS.replace("RULE", "found").replace("FACTS", facts).replace("WHEN", "{run: 3}")
        assert told(declared, gap, as_of="2025-03-10", leader=False).column("found", "window") == found


REPEATED = """
rule: repeated
for_each: mark
facts: {nth: {ordinal: {kind: bad}, by: subject}}
when: {nth: {at_least: 2}, kind: bad}
then: {finding: repeated}
"""


def test_entries_of_earlier_years_count_and_are_no_findings_of_this_one() -> None:
    mark = "- {form: mark, at: DAY, by: w9, subject: w1, kind: KIND, points: 1}\n"
    lines = "".join(
        mark.replace("DAY", day).replace("KIND", kind)
        for day, kind in (
            ("2024-03-01", "bad"), ("2024-09-01", "bad"), ("2025-03-01", "good"), ("2025-04-01", "bad"),
        )
    )  # fmt: skip
    case = told(REPEATED, lines)
    assert case.column("repeated", "nth") == [3]
    assert told(REPEATED, lines, period="2024").column("repeated", "nth") == [2]


@pytest.mark.parametrize(("how", "points"), [("ordinal", "3?33"), ("streak", "?333")])
def test_so_many_sure_entries_as_are_asked_for_decide_whatever_an_unknown_one_before_them_was(
    how: str, points: str
) -> None:
    given = "".join(
        f"- {{form: mark, at: 2025-02-0{day}, by: w9, subject: w1, kind: good, points: {said}}}\n"
        for day, said in enumerate(points, 1)
    )
    declared = (
        f"rule: thrice\nfor_each: mark\nfacts: {{run: {{{how}: {{points: {{over: 2}}}}, by: subject}}}}\n"
        "when: {run: {at_least: 3}}\nthen: {finding: thrice}\n"
    )
    assert told(declared, given.replace(", points: ?", "")).column("thrice", "run") == [3]


# ---- groups ----------------------------------------------------------------------------------------------------------
GROUP = """
indicator: absence
per: role leader
every: year
measure: sum
of: mark
column: points
empty: zero
---
rule: mild
group: absence_group
hit: HIT
order: 3
for_each: absence
when: {value: {over: 0}}
then: {finding: mild, level: 1}
---
rule: harsh
group: absence_group
hit: HIT
order: 2
for_each: absence
when: {value: {over: 10}}
then: {finding: harsh, level: 3}
---
rule: hard
group: absence_group
hit: HIT
order: 1
for_each: absence
when: {value: {over: 5}}
then: {finding: hard, level: 2}
"""


def hit(hit_: str, points: int) -> list[str]:
    case = told(
        GROUP.replace("HIT", hit_),
        f"- {{form: mark, at: 2025-02-01, by: w9, subject: w1, kind: good, points: {points}}}",
    )
    return [rule for rule in ("mild", "hard", "harsh") if case.rows(rule)]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("all", ["mild", "hard", "harsh"]),
        ("first", ["hard"]),
        ("strictest", ["harsh"]),
    ],
)
def test_of_a_group_the_first_or_the_strictest_rule_that_applies_counts(word: str, found: list[str]) -> None:
    assert hit(word, 11) == found
    assert hit(word, 1) == ["mild"]
    assert hit(word, 0) == []


def test_rules_of_which_one_alone_may_apply_are_all_found_where_they_exclude_each_other() -> None:
    apart = GROUP.replace("HIT", "one").replace("{over: 0}", "{over: 0, at_most: 5}")
    apart = apart.replace("when: {value: {over: 5}}", "when: {value: {over: 5, at_most: 10}}")
    given_mark = "- {form: mark, at: 2025-02-01, by: w9, subject: w1, kind: good, points: 7}"
    case = told(apart, given_mark)
    assert [rule for rule in ("mild", "hard", "harsh") if case.rows(rule)] == ["hard"]
    overlapping = load(PLACE, files_of(GROUP.replace("HIT", "one")), official)
    assert {fault.code for fault in overlapping.problems} == {"E130"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("order: 2", "order: 1"), ["E125 equal", "E125 equal"]),
        (("hit: first\norder: 2", "hit: first"), ["E106 "]),
        (("hit: first\norder: 1", "hit: all"), ["E125 unlike"] * 4),
        (
            (
                "order: 1\nfor_each: absence\nwhen: {value: {over: 5}}",
                "order: 1\nfor_each: mark\nwhen: {kind: bad}",
            ),
            ["E125 unlike"] * 4,
        ),
    ],
)
def test_rules_of_a_group_that_do_not_go_together_are_refused(
    change: tuple[str, str], expected: list[str]
) -> None:
    files = files_of(GROUP.replace("HIT", "first").replace(*change))
    found = [
        f"{fault.code} {fault.values.get('reason', '')}"
        for fault in load(PLACE, files, official).problems
        if fault.is_error
    ]
    assert found == expected


# ---- findings that start duties --------------------------------------------------------------------------------------
STARTED = """
rule: warned
for_each: role leader
every: quarter
facts: {bad: {count: {form: mark, where: {kind: bad}}}}
when: {bad: {at_least: 2}}
then: {finding: warned, duty: explain_in_writing}
---
duty: explain_in_writing
for_each: warned
owed_by: about
within: 5 days
met_by: explanation
---
form: explanation
about: worker
fields: {finding: {type: ref, to: warned, required: true}}
---
indicator: explained
per: role leader
every: year
measure: share
of: {table: explain_in_writing, where: {state: {one_of: [met, late, overdue]}}}
part: {state: met}
empty: not_applicable
"""


def started(*more: str) -> Told:
    bad = "- {form: mark, at: 2025-02-01, by: w9, subject: w1, kind: bad, points: 1}\n"
    return told(STARTED, bad * 2 + "".join(more))


def test_a_finding_starts_a_duty_that_the_person_found_owes() -> None:
    row = started().row("explain_in_writing")
    assert (row["subject"], row["owner"], row["state"]) == ("warned/w1/2025-Q1", "w1", "overdue")
    explained = "- {form: explanation, at: 2025-04-03, by: w1, subject: w1, finding: warned/w1/2025-Q1}\n"
    met = started(explained)
    assert met.row("explain_in_writing")["state"] == "met"
    assert met.row("explained")["value"] == 1
    late = started(explained.replace("04-03", "04-20"))
    assert late.row("explain_in_writing")["state"] == "late"
    assert told(STARTED).rows("explain_in_writing") == []


def test_a_finding_over_a_duty_starts_another_duty_when_it_was_made() -> None:
    text = """
duty: answered
for_each: mark
owed_by: subject
within: 2 days
met_by: {form: reply, link: mark}
---
form: reply
about: worker
fields: {mark: {type: ref, to: mark, required: true}, step: {type: choice, from: [answered, explained], required: true}}
---
rule: unanswered
for_each: answered
when: {state: {one_of: [overdue, late]}}
then: {finding: unanswered, duty: explained}
---
duty: explained
for_each: unanswered
owed_by: about
within: 5 days
met_by: {form: reply, where: {step: explained}, link: mark}
"""
    mark = "- {form: mark, id: m1, at: 2025-02-03, by: w9, subject: w1, kind: bad, points: 1}\n"
    assert told(text, mark).row("explained")["state"] == "overdue"
    reply = "- {form: reply, at: 2025-02-09, by: w1, subject: w1, mark: m1, step: explained}\n"
    assert told(text, mark + reply).row("explained")["state"] == "met"


def test_a_duty_that_a_finding_starts_must_run_for_it() -> None:
    rule = (
        "rule: rarely\nfor_each: monthly_call\nwhen: {state: missed}\nthen: {finding: rarely, duty: DUTY}\n"
    )
    files = {"rules/rarely.yaml": rule.replace("DUTY", "monthly_call")}
    assert [(str(f.where), f.code) for f in loaded(files).problems] == [("rules/rarely.yaml:4:31", "E125")]
    files = {"rules/rarely.yaml": rule.replace("DUTY", "mothly_call")}
    assert [f.code for f in loaded(files).problems] == ["E102"]


# ---- a ladder --------------------------------------------------------------------------------------------------------
A2 = """
form: absence
about: worker
fields: {days: {type: integer, required: true}}
---
rule: reprimand
clause: {doc: A2, ref: absence of ten days at most}
for_each: absence
when: {days: {at_most: 10}}
then: {finding: reprimand, level: 1}
---
rule: warning
clause: {doc: A2, ref: two reprimands or more than ten days}
for_each: role leader
every: year
facts: {reprimands: {count: reprimand}, absent: {max: absence, column: days}}
when: {any: [{reprimands: {at_least: 2}}, {absent: {over: 10}}]}
unless: {absent: {over: 30}}
then: {finding: warning, level: 2}
---
rule: revocation_proposed
clause: {doc: A2, ref: two warnings or more than a month}
for_each: role leader
every: year
facts: {warnings: {count: warning_given}, absent: {max: absence, column: days}}
when: {any: [{warnings: {at_least: 2}}, {absent: {over: 30}}]}
then: {finding: revocation_proposed, level: 3}
---
rule: warning_given
clause: {doc: A2, ref: each second reprimand is a warning}
for_each: reprimand
facts: {nth: {ordinal: "true", by: about, every: year}}
when: "nth % 2 == 0"
then: {finding: warning_given, level: 2}
"""


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ((), []),
        ((10,), ["reprimand"]),
        ((3, 4), ["reprimand", "warning", "warning_given"]),
        ((3, 4, 5, 6), ["reprimand", "revocation_proposed", "warning", "warning_given"]),
        ((11,), ["warning"]),
        ((31,), ["revocation_proposed"]),
    ],
)
def test_sanctions_climb_a_ladder_by_count_and_by_length(days: tuple[int, ...], found: list[str]) -> None:
    lines = "".join(
        f"- {{form: absence, at: 2025-0{month}-01, by: w9, subject: w1, days: {number}}}\n"
        for month, number in enumerate(days, start=1)
    )
    case = told(A2, lines)
    rules = ("reprimand", "revocation_proposed", "warning", "warning_given")
    assert [rule for rule in rules if case.rows(rule)] == found


# ---- quotas of grades ------------------------------------------------------------------------------------------------
QUOTA = """
indicator: figure
per: role leader
every: year
measure: sum
of: mark
column: points
empty: not_applicable
---
indicator: bad_marks
per: role leader
every: year
measure: count
of: {form: mark, where: {kind: bad}}
---
appraisal: final
for_each: role leader
every: year
parts: {all: {weight: 100%, from: figure}}
grades:
  excellent: {at_least: 90, quota: {QUOTA}}
  good: {at_least: 80}
  fail: {}
---
""" + DRAW.strip()


def graded(quota: str, *points: int, more: str = "") -> list[tuple[Any, Any]]:
    case = told(
        QUOTA.replace("QUOTA", quota), leaders(*((str(one), 0) for one in points)) + more, leader=False
    )
    return [(row["grade"], row["state"]) for row in case.rows("final")]


def test_a_quota_by_lot_leaves_the_tied_undecided_until_somebody_draws() -> None:
    quota = "top: 50%, ties: lot"
    waiting = graded(quota, 99, 95, 95, 85)
    wait = (Unknown("draw"), "undecided")
    assert waiting == [("excellent", "computed"), wait, wait, ("good", "computed")]
    drawn = graded(quota, 99, 95, 95, 85, more=SEED.replace("SEED", "a").replace("PERIOD", "2025"))
    assert sorted(grade for grade, _ in drawn) == ["excellent", "excellent", "good", "good"]
    refused = graded(quota + ", over: refuse", 99, 95, 95, 85)
    assert refused[1] == ("excellent", "undecided")


def test_a_quota_counts_a_number_or_a_share_of_those_with_a_grade() -> None:
    assert [g for g, _ in graded("top: 2", 99, 95, 91, 85)] == ["excellent", "excellent", "good", "good"]
    # Half of the three who are at least good, of four in all.
    found = [g for g, _ in graded("top: 50%, of: good", 99, 95, 85, 10)]
    assert found == ["excellent", "good", "good", "fail"]
    assert [g for g, _ in graded("top: 50%, of: all", 99, 95, 85, 10)] == [
        "excellent", "excellent", "good", "fail",
    ]  # fmt: skip


def test_an_order_of_arrival_makes_no_difference_to_lots() -> None:
    chance = random.Random(3)  # noqa: S311 - an order
    lines = [*leaders(*FOUR).splitlines(), SEED.strip().replace("SEED", "q").replace("PERIOD", "2025")]
    found = set()
    for _ in range(3):
        chance.shuffle(lines)
        case = told(RANKED.replace("SELECT", LOTS), "\n".join(lines), leader=False)
        found.add(tuple(sorted(map(str, case.column("best", "about")))))
    assert len(found) == 1
    assert Fraction(len(next(iter(found)))) == 2


# ---- groups ----------------------------------------------------------------------------------------------------------
def test_a_quota_may_be_of_each_place_by_itself() -> None:
    quota = "top: 50%, within: [place]"
    lines = leaders(*((str(points), 0) for points in (99, 95, 91, 90)))
    lines = lines.replace(
        "subject: p1, worker: w1, role: leader, place: c1/g1",
        "subject: p1, worker: w1, role: leader, place: c1/g2",
    )
    case = told(QUOTA.replace("QUOTA", quota), lines, leader=False)
    # w1 alone in the second grid: half of one is none; of the three in the first, one.
    assert case.column("final", "grade") == ["good", "excellent", "good", "good"]
    assert case.column("final", "place") == ["c1/g2", "c1/g1", "c1/g1", "c1/g1"]


VISITED = """
indicator: visits
per: household
every: year
measure: count
of: visit
---
rule: most_visited
for_each: visits
select: {top: 1, by: value, within: WITHIN, ties: all}
then: {finding: most_visited}
"""


def test_a_ranking_in_groups_follows_paths() -> None:
    lines = "".join(
        f"- {{form: household, at: 2024-01-01, subject: h{n}, grid: c1/g{grid}}}\n"
        for n, grid in ((1, 1), (2, 1), (3, 2))
    ) + "".join(
        f"- {{form: visit, at: 2025-02-0{day}, by: w1, subject: h{n}, channel: home}}\n"
        for n, times in ((1, 3), (2, 2), (3, 1))
        for day in range(1, times + 1)
    )
    assert told(VISITED.replace("WITHIN", "[about.grid]"), lines).column("most_visited", "about") == [
        "h1",
        "h3",
    ]
    assert told(VISITED.replace("WITHIN", "[]"), lines).column("most_visited", "about") == ["h1"]
    found = load(PLACE, files_of(VISITED.replace("WITHIN", "[about.nothing]")), official).problems
    assert [fault.code for fault in found] == ["E102"]


# ---- of the time up to each row ------------------------------------------------------------------------------------
RECENT = """
rule: thrice
for_each: mark
facts: {recent: {count: {form: mark, where: {kind: bad}}, within: 30 days}}
when: {kind: bad, recent: {at_least: 3}}
then: {finding: thrice}
"""


def bad_marks(*days: str) -> str:
    return "".join(
        f'- {{form: mark, id: "m{at}", at: "{day}T09:00", by: w9, subject: w1, kind: bad}}\n'
        for at, day in enumerate(days)
    )


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (("2025-03-01", "2025-03-10", "2025-03-30"), ["m2"]),
        (("2025-03-01", "2025-03-10", "2025-03-31"), []),  # the thirty days begin on the second
        (("2025-03-10", "2025-03-10", "2025-03-10", "2025-03-11"), ["m0", "m1", "m2", "m3"]),
        (("2024-12-20", "2024-12-31", "2025-01-10"), ["m2"]),  # those of 2024 count, and are no findings
        (("2025-03-01", "2025-03-02", "2025-05-01"), []),
    ],
)
def test_three_times_within_thirty_days_is_counted_up_to_each_time(
    days: tuple[str, ...], found: list[str]
) -> None:
    assert sorted(map(str, told(RECENT, bad_marks(*days)).column("thrice", "id"))) == found


def test_findings_of_the_months_before_count_within_a_rolling_year() -> None:
    ladder = """
    rule: warned
    for_each: {form: mark, where: {kind: bad}}
    then: {finding: warned}
    ---
    rule: dismissed
    for_each: warned
    facts: {warnings: {count: warned, within: 12 months}}
    when: {warnings: {at_least: 2}}
    then: {finding: dismissed}
    """
    within = told(ladder, bad_marks("2024-06-10", "2025-05-10"))
    assert within.column("warned", "id") == ["m1"]
    assert len(within.rows("dismissed")) == 1
    assert told(ladder, bad_marks("2024-05-10", "2025-05-10")).rows("dismissed") == []


def test_windows_count_what_came_before_they_ended() -> None:
    monthly = """
    rule: busy
    for_each: role leader
    every: month
    facts: {recent: {sum: mark, column: points, within: 60 days}}
    when: {recent: {over: 5}}
    then: {finding: busy}
    """
    marked = '- {form: mark, at: "2025-01-31T09:00", by: w9, subject: w1, kind: good, points: 6}\n'
    assert told(monthly, marked).column("busy", "period") == ["2025-01", "2025-02", "2025-03"]


# ---- subjects --------------------------------------------------------------------------------------------------------
SUBJECTS = """
rule: lonely
for_each: household
every: month
facts: {visits: {count: visit}, before: {streak: {special: true}, by: subject, back: 2}}
when: WHEN
then: {finding: lonely}
"""
CHANGED = (
    "- {form: household, at: 2024-06-01, subject: h1, grid: c1/g1, special: false}\n"
    "- {form: household, at: 2025-02-10, subject: h1, grid: c1/g1, special: true}\n"
    "- {form: household, at: 2024-06-01, subject: h2, grid: c1/g1}\n"
    '- {form: visit, at: "2025-03-05T10:00", by: w1, subject: h1, channel: home}\n'
)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("{special: true}", [("h1", "2025-02"), ("h1", "2025-03")]),
        ("{special: true, visits: {at_most: 0}}", [("h1", "2025-02")]),
        ("{before: {at_least: 2}}", [("h1", "2025-03")]),
        (
            "'known(special) && special && subject.special && grid.level == \"grid\"'",
            [("h1", "2025-02"), ("h1", "2025-03")],
        ),
        ("{special: {known: false}}", [("h2", "2025-01"), ("h2", "2025-02"), ("h2", "2025-03")]),
    ],
)
def test_a_rule_for_each_subject_reads_its_file_as_of_the_end_of_the_window(
    when: str, expected: list[tuple[str, str]]
) -> None:
    case = told(SUBJECTS.replace("WHEN", when), CHANGED, period="2025-Q1")
    assert sorted((row["about"], row["period"]) for row in case.rows("lonely")) == expected


LEVELLED = """
form: event
about: household
fields: {level: {type: integer, required: true}}
---
rule: grave
for_each: {form: event, where: {level: {at_least: 2}}}
then: {finding: grave}
---
rule: graver
for_each: {table: grave, where: {level: {at_least: 3}}}
then: {finding: graver, level: alarm}
---
rule: many
for_each: role leader
every: year
facts: {level: {count: {table: grave, link: by}}}
when: {level: {at_least: 2}}
then: {finding: many}
"""


def test_a_finding_keeps_the_level_of_its_row_or_its_fact_unless_the_rule_itself_says_one() -> None:
    lines = "".join(
        f"- {{form: event, at: 2025-03-0{day}, by: w1, subject: h1, level: {day}, place: c1/g1}}\n"
        for day in (1, 2, 3)
    )
    household = "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1}\n"
    case = told(LEVELLED, household + lines)
    assert case.column("grave", "level") == [2, 3]
    assert case.column("graver", "level") == ["alarm"]
    assert case.column("many", "level") == [2]
