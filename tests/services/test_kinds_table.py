"""Declared tables: every step on given entries, each held to the same rows entry by entry."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from app.domain.core.values import NotApplicable, Unknown
from app.domain.kinds.common import Heading
from app.domain.kinds.expansion import Expansion
from app.domain.kinds.table import Rows, Table
from app.domain.kinds.table_plan import expand_table
from app.services.occurrences import occurrences, target
from app.services.reasons.reasons import Reasons
from app.services.reasons.records import records
from tests.services.declared import marks, told

CHECK_IN = """
    form: check_in
    fields: {}
    ---
    table: check_in_day
    from: check_in
    steps:
      - per: {worker: by, day: date}
        set: {at: first(at)}
      - sequence: {within: worker, order: day, set: {run: consecutive(day)}}
"""


def cells(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    """Return the named columns of the rows, in an order that doesn't hang on anything."""
    return sorted((tuple(row[name] for name in names) for row in rows), key=str)


def test_one_row_a_worker_and_day_counts_days_in_a_row() -> None:
    given = [
        f'- {{form: check_in, at: "2025-03-0{day}T0{hour}:00", by: w1}}'
        for day in (1, 2, 3, 5)
        for hour in (8, 9)
    ]
    made = told(CHECK_IN, "\n".join([*given, "- {form: check_in, at: 2025-03-02, by: w2}"]))
    assert cells(made.rows("check_in_day"), "worker", "day", "run") == [
        ("w1", date(2025, 3, 1), 1),
        ("w1", date(2025, 3, 2), 2),
        ("w1", date(2025, 3, 3), 3),
        ("w1", date(2025, 3, 5), 1),
        ("w2", date(2025, 3, 2), 1),
    ]


def test_any_kind_may_name_a_declared_table_wherever_rows_are_wanted() -> None:
    more = """
    ---
    sheet: shop
    for_each: role leader
    every: year
    lines:
      day: {add: 5, for_each: check_in_day}
      week_run: {add: 50, for_each: check_in_day, where: run % 3 == 0}
    ---
    indicator: longest_run
    per: role leader
    every: year
    measure: max
    of: check_in_day
    column: run
    empty: not_applicable
    ---
    rule: eager
    for_each: {table: check_in_day, where: {run: {at_least: 3}}}
    when: {worker: {known: true}}
    then: {finding: eager}
    ---
    duty: present
    for_each: role leader
    every: year
    times: 4
    met_by: check_in_day
    """
    given = "\n".join(f"- {{form: check_in, at: 2025-03-0{day}, by: w1}}" for day in range(1, 8))
    made = told(CHECK_IN + more, given)
    assert made.row("shop", about="w1")["points"] == 7 * 5 + 2 * 50
    assert made.row("longest_run", about="w1")["value"] == 7
    assert len(made.rows("eager")) == 5
    assert made.row("present", subject="w1")["state"] == "met"


def test_rows_are_selected_and_spaced_so_that_the_second_contact_of_a_week_does_not_count() -> None:
    made = told(
        """
        table: effective
        from: {form: visit, where: {met: true}}
        steps:
          - sequence: {within: subject, order: at, set: {counted: spaced(7 days), since_last: gap}}
          - where: {counted: true}
        """,
        """
        - {form: visit, id: v1, at: 2025-03-01, subject: h1, by: w1, channel: home, met: true}
        - {form: visit, id: v2, at: 2025-03-05, subject: h1, by: w1, channel: home, met: true}
        - {form: visit, id: v3, at: 2025-03-08, subject: h1, by: w1, channel: home, met: true}
        - {form: visit, id: v4, at: 2025-03-09, subject: h1, by: w1, channel: home, met: false}
        - {form: visit, id: v5, at: 2025-03-09, subject: h2, by: w1, channel: home, met: true}
        """,
    )
    assert cells(made.rows("effective"), "id", "since_last") == [
        ("v1", NotApplicable("empty")),
        ("v3", 3),
        ("v5", NotApplicable("empty")),
    ]


HOUSES = """
- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1, special: true}
- {form: household, at: 2025-03-10, subject: h1, grid: c1/g2, special: false}
- {form: household, at: 2025-02-15, subject: h2, grid: c1/g1, special: false, left_on: 2025-03-20}
"""


def test_a_spine_has_a_row_for_what_did_not_happen_and_paths_are_those_of_the_window_s_end() -> None:
    declared = """
        table: monthly
        from: {each: household}
        AT
        steps:
          - expand: {every: month}
          - tally:
              of: visit
              time: in
              set:
                n: count
                homes: count(channel == "home")
                share: 'count(channel == "home") / count'
                last_by: last(by)
                phones: {count: rows, where: {channel: phone}}
          - set: {grid: subject.grid}
        """
    given = (
        HOUSES
        + """
- {form: visit, at: 2025-03-01, subject: h1, by: w1, channel: home}
- {form: visit, at: 2025-03-31, subject: h1, by: w2, channel: phone}
- {form: visit, at: 2025-03-05, subject: h2, by: w1, channel: home}
- {form: visit, at: 2025-04-05, subject: h2, by: w1, channel: home}
"""
    )
    made = told(declared.replace("AT", ""), given, period="2025-Q1")
    empty = NotApplicable("empty")
    columns = ("subject", "window", "n", "homes", "share", "last_by", "phones", "grid")
    assert cells(made.rows("monthly"), *columns) == [
        ("h1", "2025-01", 0, 0, empty, empty, 0, "c1/g1"),
        ("h1", "2025-02", 0, 0, empty, empty, 0, "c1/g1"),
        ("h1", "2025-03", 2, 1, Fraction(1, 2), "w2", 1, "c1/g2"),
        ("h2", "2025-02", 0, 0, empty, empty, 0, "c1/g1"),
        ("h2", "2025-03", 1, 1, 1, "w1", 0, "c1/g1"),
    ]
    start = told(declared.replace("AT", "at: window_start"), given, period="2025-Q1")
    assert start.row("monthly", subject="h1", window="2025-03")["grid"] == "c1/g1"
    assert (
        start.row("monthly", subject="h1", window="2025-03")["at"]
        == made.row("monthly", subject="h1", window="2025-03")["at"]
    )


def test_the_states_of_a_subject_are_spans_and_what_overlaps_them_is_tallied() -> None:
    made = told(
        """
        table: states
        from: {history: household}
        steps:
          - tally: {of: leave, on: [], time: overlaps, set: {away: spans, n: count}}
          - tally: {of: visit, time: {before: start}, set: {before: count}}
          - tally: {of: leave, on: [], time: {holds: start}, set: {held: count}}
          - tally: {of: leave, on: [], time: longer_part, set: {mostly: count}}
          - set: {hours: hours_in(away)}
        """,
        HOUSES
        + """
- {form: leave, at: 2025-01-01, by: w1, subject: w1, start: 2025-03-09, end: 2025-03-11}
- {form: leave, at: 2025-01-01, by: w1, subject: w1, start: 2025-03-10, end: 2025-03-12}
- {form: visit, at: 2025-03-09, subject: h1, by: w1, channel: home}
""",
    )
    assert cells(made.rows("states", subject="h1"), "special", "n", "hours", "before", "held", "mostly") == [
        (False, 2, 72, 1, 2, 1),
        (True, 1, 48, 0, 0, 1),
    ]


def test_several_tables_are_read_together_and_told_apart() -> None:
    made = told(
        """
        table: contact
        from: [visit, {form: mark, set: {channel: kind}}, {form: mark, where: {kind: bad}, set: {channel: kind}}]
        steps:
          - per: [source, by]
            set: {n: count, kinds: distinct(source), first_at: first(at)}
        """,
        """
        - {form: visit, id: v1, at: 2025-03-01, subject: h1, by: w1, channel: home}
        - {form: mark, id: m1, at: 2025-03-02, subject: w1, by: w1, kind: good}
        - {form: mark, id: m2, at: 2025-03-02, subject: w1, by: w1, kind: bad}
        """,
    )
    assert cells(made.rows("contact"), "source", "by", "n", "kinds") == [
        ("mark", "w1", 3, 1),
        ("visit", "w1", 1, 1),
    ]


def test_rows_are_paired_with_members_constants_and_a_series_of_limits() -> None:
    made = told(
        """
        form: round
        fields: {doors: {type: choices, from: [a, b, c], required: true}}
        ---
        table: doors
        from: round
        steps:
          - expand: {each: doors, as: door}
        ---
        table: sides
        from: round
        steps:
          - expand: {of: [left, right], as: side}
          - expand: {of: [up, down]}
        ---
        table: follow_ups
        from: round
        steps:
          - expand: {series: [3 days, {2000-01-01: 5 working_days, 2025-06-01: 7 days}], as: limit}
          - set: {last_day: date_of(limit)}
        """,
        "- {form: round, id: r1, at: 2025-03-03, by: w1, doors: [a, c]}\n"
        "- {form: round, id: r2, at: 2025-07-07, by: w1, doors: []}",
    )
    assert cells(made.rows("doors"), "id", "door") == [("r1", "a"), ("r1", "c")]
    assert len(made.rows("sides")) == 8
    # Days count from the next one and end with the last: what is due is the instant after it.
    assert cells(made.rows("follow_ups"), "id", "number", "last_day") == [
        ("r1", 1, date(2025, 3, 7)),
        ("r1", 2, date(2025, 3, 11)),
        ("r2", 1, date(2025, 7, 11)),
        ("r2", 2, date(2025, 7, 15)),
    ]


def test_moments_lie_in_one_window_and_days_make_periods() -> None:
    made = told(
        """
        table: by_month
        from: visit
        steps:
          - expand: {every: month}
        ---
        table: monthly_sum
        from: visit
        steps:
          - per: {month: "period_of(at, month)"}
            set: {n: count}
        """,
        """
        - {form: visit, id: v1, at: 2025-03-01, subject: h1, by: w1, channel: home}
        - {form: visit, id: v2, at: "2025-03-31T23:59:59", subject: h1, by: w1, channel: home}
        - {form: visit, id: v3, at: 2025-04-01, subject: h1, by: w1, channel: home}
        """,
    )
    assert cells(made.rows("by_month"), "id", "window") == [
        ("v1", "2025-03"),
        ("v2", "2025-03"),
        ("v3", "2025-04"),
    ]
    assert cells(made.rows("monthly_sum"), "month", "n") == [("2025-03", 2), ("2025-04", 1)]


UNSURE = """
        table: met_visit
        from: visit
        steps:
          - where: {met: true}
            undecided: POLICY
          - per: subject
            set: {n: count}
        """
THREE = """
- {form: visit, id: v1, at: 2025-03-01, subject: h1, by: w1, channel: home, met: true}
- {form: visit, id: v2, at: 2025-03-02, subject: h1, by: w1, channel: home, met: false}
- {form: visit, id: v3, at: 2025-03-03, subject: h1, by: w1, channel: home}
"""


def test_rows_of_which_nobody_knows_whether_they_count_follow_the_declared_policy() -> None:
    found = {
        policy: told(UNSURE.replace("POLICY", policy), THREE).column("met_visit", "n")
        for policy in ("leave_out", "count_in", "hold")
    }
    assert found == {"leave_out": [1], "count_in": [2], "hold": [Unknown("undecided")]}


def test_held_rows_are_seen_as_such_and_make_unknown_what_others_count_of_them() -> None:
    made = told(
        """
        table: met_visit
        from: visit
        steps:
          - where: {met: true}
            undecided: hold
          - where: {channel: {known: true}}
            undecided: hold
          - sequence: {within: subject, order: at, since: year, set: {n: "running(if(met, 1, 0))", nth: ordinal}}
        ---
        indicator: met
        per: role leader
        every: year
        measure: count
        of: met_visit
        ---
        table: again
        from: met_visit
        steps:
          - where: {undecided: false}
        """,
        THREE,
    )
    assert cells(made.rows("met_visit"), "id", "undecided", "nth") == [("v1", False, 1), ("v3", True, 2)]
    assert marks(made.column("met_visit", "n")) == ["1", "undecided"]
    assert made.row("met", about="w1")["value"] == Unknown("undecided")
    assert made.column("again", "id") == ["v1"]


def test_a_tally_leaves_out_or_counts_in_what_is_unknown_as_declared() -> None:
    declared = """
        table: people
        from: {each: household}
        steps:
          - tally: {of: visit, POLICY set: {met: count(met), all_met: all(met), pages: 'sum(if(met, 2, 1))'}}
        """
    given = "- {form: household, at: 2025-01-01, subject: h1, grid: c1/g1}\n" + THREE
    plain = told(declared.replace("POLICY", ""), given).row("people")
    assert marks([plain["met"], plain["all_met"], plain["pages"]]) == ["met", "met", "met"]
    out = told(declared.replace("POLICY", "undecided: leave_out,"), given).row("people")
    assert (out["met"], out["all_met"], out["pages"]) == (1, False, 3)
    counted = told(declared.replace("POLICY", "undecided: count_in,"), given).row("people")
    assert counted["met"] == 2


def test_groups_by_what_may_be_unknown_follow_a_policy_too() -> None:
    declared = """
        table: by_met
        from: visit
        steps:
          - per: met
            undecided: POLICY
            set: {n: count}
        """
    assert cells(told(declared.replace("POLICY", "leave_out"), THREE).rows("by_met"), "met", "n") == [
        (False, 1),
        (True, 1),
    ]
    assert len(told(declared.replace("POLICY", "count_in"), THREE).rows("by_met")) == 3


def test_balances_have_a_floor_and_begin_anew_with_the_declared_period() -> None:
    made = told(
        """
        table: balance
        from: mark
        steps:
          - sequence:
              within: subject
              order: at
              since: year
              set:
                sum: running(points, 0, 10)
                left: 10 - running(points, 0, 10)
                before: previous(points)
                behind: next(points)
                run: streak(kind == "good")
                anew: since(kind == "bad")
          - sequence:
              within: subject
              order: {points: down}
              set: {rank: rank(points), alike: tied(points), all: total(points)}
        """,
        """
        - {form: mark, id: m1, at: 2024-12-31, by: x, subject: w1, points: 7, kind: good}
        - {form: mark, id: m2, at: 2025-01-01, by: x, subject: w1, points: -3, kind: good}
        - {form: mark, id: m3, at: 2025-02-01, by: x, subject: w1, points: 7, kind: bad}
        - {form: mark, id: m4, at: 2025-03-01, by: x, subject: w1, points: 5, kind: good}
        """,
    )
    none = NotApplicable("empty")
    assert cells(
        made.rows("balance"), "id", "sum", "left", "before", "behind", "run", "anew", "rank", "alike", "all"
    ) == [
        ("m1", 7, 3, none, none, 1, 1, 1, 2, 4),
        ("m2", 0, 10, none, 7, 1, 1, 4, 1, 4),
        ("m3", 7, 3, -3, 5, 0, 2, 1, 2, 4),
        ("m4", 10, 0, 7, none, 1, 1, 3, 1, 4),
    ]


def test_each_event_fills_the_slot_that_ends_first() -> None:
    made = told(
        """
        table: slots
        from: leave
        steps:
          - figures: {wanted: {2000-01-01: 2, 2025-03-01: 1}}
          - allot: {of: visit, on: {by: by}, needed: wanted, set: {filled: count, first_at: first(date)}}
        """,
        """
        - {form: leave, id: l1, at: 2025-01-01, by: w1, subject: w1, start: 2025-02-01, end: 2025-03-10}
        - {form: leave, id: l2, at: 2025-01-01, by: w1, subject: w1, start: 2025-03-01, end: 2025-03-20}
        - {form: visit, at: 2025-03-02, subject: h1, by: w1, channel: home}
        - {form: visit, at: 2025-03-03, subject: h1, by: w1, channel: home}
        - {form: visit, at: 2025-03-04, subject: h1, by: w1, channel: home}
        - {form: visit, at: 2025-03-05, subject: h1, by: w1, channel: home}
        """,
    )
    assert cells(made.rows("slots"), "id", "wanted", "filled") == [("l1", 2, 2), ("l2", 1, 1)]
    assert made.row("slots", id="l2")["first_at"] == date(2025, 3, 4)


def test_a_table_holds_only_while_it_is_in_force_and_a_sample_is_drawn_from_a_seed() -> None:
    made = told(
        """
        table: sampled
        in_force: {from: 2025-03-02, until: 2025-03-05}
        from: visit
        steps:
          - set: {lot: "hash('2025', id)"}
          - sequence: {order: lot, set: {drawn: ordinal}}
          - where: {drawn: {at_most: 2}}
        """,
        "\n".join(
            f"- {{form: visit, id: v{n}, at: 2025-03-0{n}, subject: h1, by: w1, channel: home}}"
            for n in range(1, 8)
        ),
    )
    drawn = made.column("sampled", "id")
    assert len(drawn) == 2
    assert set(drawn) <= {"v2", "v3", "v4"}


def test_a_table_may_start_from_a_table_and_tally_a_table() -> None:
    made = told(
        CHECK_IN
        + """
    ---
    table: best_run
    from: {each: role leader}
    steps:
      - expand: {every: year}
      - tally:
          of: {table: check_in_day, set: {twice: run * 2}}
          on: {subject: worker}
          time: in
          set: {best: max(run), twice: max(twice)}
    ---
    table: days_of_runs
    from: {table: check_in_day, where: {run: {over: 1}}}
    """,
        "- {form: check_in, at: 2025-03-01, by: w1}\n- {form: check_in, at: 2025-03-02, by: w1}",
    )
    assert cells(made.rows("best_run"), "subject", "best", "twice") == [("w1", 2, 4)]
    assert made.column("days_of_runs", "run") == [2]


def test_the_entries_that_a_row_rests_on_stay_traceable_through_groups_and_tallies() -> None:
    made = told(
        CHECK_IN
        + """
    ---
    table: worked
    from: {each: role leader}
    steps:
      - expand: {every: year}
      - tally: {of: check_in_day, on: {subject: worker}, time: in, set: {n: count}}
      - tally: {of: check_in, on: {subject: by}, time: in, set: {m: count}}
    ---
    sheet: shop
    for_each: role leader
    every: year
    lines: {day: {add: 5, for_each: check_in_day}}
    """,
        '- {form: check_in, id: c1, at: "2025-03-01T08:00", by: w1}\n'
        '- {form: check_in, id: c2, at: "2025-03-01T09:00", by: w1}\n'
        "- {form: check_in, id: c3, at: 2025-03-02, by: w1}\n",
    )
    evaluation = made.evaluation()
    assert sorted(row["entries"] for row in records(evaluation, "check_in_day")) == [("c1", "c2"), ("c3",)]
    assert [row["entries"] for row in records(evaluation, "worked")] == [("c1", "c2", "c3")]
    reason = Reasons(evaluation, "shop", "w1", "2025").reason(("shop",))
    assert reason is not None
    assert [(row.points, row.entries) for row in reason.rows] == [(5, ("c1", "c2")), (5, ("c3",))]


def test_rows_from_nowhere_are_an_error_of_the_caller() -> None:
    made = told(CHECK_IN)
    with pytest.raises(ValueError, match="somewhere"):
        expand_table(Table(Heading("nowhere"), (Rows(),)), Expansion(made.regulation, {}, []))


def test_a_deadline_from_a_tables_entry_is_about_that_entry_and_its_form_asks_for_it() -> None:
    """Who takes up a post begins; whoever goes on in it or leaves it does not."""
    made = told(
        """
        form: course
        fields: {appointment: {type: ref, to: appointment, required: true}}
        ---
        table: begun
        from: appointment
        steps:
          - sequence: {within: subject, order: at, set: {before: previous(role), left: previous(left_on)}}
          - where: {any: ["!applies(before)", "before != role", "known(left)"]}
        ---
        duty: trained
        for_each: {table: begun, where: {role: leader}}
        owed_by: leader
        within: 30 days
        met_by: course
        """,
        """
        - {form: appointment, id: e1, at: 2025-02-03, subject: p2, worker: w2, role: leader, place: c1/g1}
        - {form: course, at: 2025-02-10, by: w1, appointment: e1}
        - {form: appointment, id: e2, at: 2025-05-01, subject: p2, worker: w2, role: leader, place: c1/g2}
        - {form: appointment, id: e3, at: 2025-06-01, subject: p2, worker: w2, role: leader, left_on: 2025-06-02}
        - {form: appointment, id: e4, at: 2025-09-01, subject: p2, worker: w2, role: leader, place: c1/g2}
        """,
    )
    assert cells(made.rows("trained"), "subject", "state") == [("e1", "met"), ("e4", "overdue")]
    regulation = made.regulation
    (owed,) = [one for one in occurrences(made.evaluation(), regulation.duties["trained"]) if one.of == "e4"]
    goal = target(regulation, owed)
    assert owed.of_type == "appointment"
    assert goal is not None
    assert (goal.form, goal.answers) == ("course", {"appointment": "e4"})


# ---- what isn't known of the rows that are counted
COUNTED = """
    table: monthly
    from: {each: household}
    steps:
      - expand: {every: month}
      - tally: {of: {form: visit, where: {met: true}}, on: subject, time: in, UNDECIDED set: {n: count}}
      - set: {often: n >= 2}
"""


@pytest.mark.parametrize(
    ("undecided", "n", "often"),
    [
        ("", Unknown("met"), Unknown("met")),
        ("undecided: leave_out,", 1, False),
        ("undecided: count_in,", 2, True),
    ],
)
def test_rows_of_which_it_is_unknown_whether_they_count_make_a_tally_unknown_or_are_decided(
    undecided: str, n: object, often: object
) -> None:
    made = told(
        COUNTED.replace("UNDECIDED", undecided),
        HOUSES
        + """
- {form: visit, at: 2025-02-01, subject: h1, by: w1, channel: home, met: true}
- {form: visit, at: 2025-02-02, subject: h1, by: w1, channel: home}
- {form: visit, at: 2025-02-03, subject: h1, by: w1, channel: home, met: false}
""",
    )
    row = made.row("monthly", subject="h1", window="2025-02")
    assert (row["n"], row["often"]) == (n, often)
