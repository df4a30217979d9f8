"""Procedures: what state a matter is in and since when, who handles it, and what came out of order."""

from datetime import datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.machines import BEGUN, NOT_BEGUN, STRAY
from app.domain.core.plan import Running
from app.domain.core.sequences import column_function
from app.domain.core.values import Kind, NotApplicable, Type, Unknown
from app.domain.entry import Entry
from app.services.procedures import refusals
from tests.domain.expression_trees import CONTEXT
from tests.services.declared import told

REQUEST = """
    form: service_request
    about: household
    fields:
      class: {type: choice, from: [simple, complex, general, urgent], required: true}
    ---
    form: service_step
    fields:
      request: {type: ref, to: service_request, required: true}
      step: {type: choice, from: [feedback, arrived, supplement_asked, supplement_received, forwarded, withdrawn], required: true}
      note: {type: text}
    ---
    role: social_worker
    level: community
    may: [record]
    ---
    duty: request_forwarded
    for_each: {form: service_request, where: {class: complex}}
    owed_by: by
    within: 5 working_days
    met_by: {form: service_step, where: {step: forwarded}}
    ---
    procedure: request
    clause: {doc: S3, ref: "S3-11 to S3-15, S3-59 to S3-61"}
    matter: service_request
    states: [open, waiting, forwarded, withdrawn]
    steps:
      ask:      {from: open, to: waiting, form: service_step, where: {step: supplement_asked}, by: [social_worker]}
      receive:  {from: waiting, to: open, form: service_step, where: {step: supplement_received}}
      forward:  {from: [open, waiting], to: forwarded, form: service_step, where: {step: forwarded}, by: [social_worker]}
      withdraw: {from: [open, waiting], to: withdrawn, form: service_step, where: {step: withdrawn}}
    limits: [request_forwarded]
"""  # noqa: E501 - as it is written in the language's example
OFFICE = "- {form: appointment, at: 2024-01-01, subject: p2, worker: w2, role: social_worker, place: c1}\n"
OPENED = (
    OFFICE
    + '- {form: service_request, id: r1, at: "2025-03-03T10:00", by: w1, subject: x1, class: complex}\n'
)


def step(at: str, which: str, entry: str = "", by: str = "w2") -> str:
    name = f"id: {entry}, " if entry else ""
    return f'- {{form: service_step, {name}at: "2025-03-{at}", by: {by}, request: r1, step: {which}}}\n'


def states(made: Any) -> list[tuple[Any, ...]]:
    rows = sorted(made.rows("request"), key=lambda row: row["nth"])
    return [
        (row["state"], row["step"], row["start"].day, row["end"] and row["end"].day, row["handler"])
        for row in rows
    ]


def test_a_matter_passes_through_states_each_from_one_step_to_the_next() -> None:
    given_ = (
        OPENED
        + step("05T09:00", "supplement_asked")
        + step("07T09:00", "supplement_received")
        + step("10T09:00", "forwarded")
    )
    made = told(REQUEST, given_)
    assert states(made) == [
        ("open", "begun", 3, 5, "w2"),
        ("waiting", "ask", 5, 7, "w2"),
        ("open", "receive", 7, 10, "w2"),
        ("forwarded", "forward", 10, None, NotApplicable("nobody")),
    ]
    assert made.rows("request.out_of_order") == []


def test_a_step_that_the_state_does_not_allow_moves_nothing_and_is_found() -> None:
    given_ = OPENED + step("04T09:00", "supplement_received", "early") + step("10T09:00", "forwarded")
    given_ += step("11T09:00", "supplement_asked", "late") + step("02T09:00", "forwarded", "before")
    made = told(REQUEST, given_)
    assert [state for state, *_ in states(made)] == ["open", "forwarded"]
    columns = ("entry", "state", "rule", "about", "matter")
    found = [tuple(row[column] for column in columns) for row in made.rows("request.out_of_order")]
    assert sorted(found, key=str) == sorted(
        [
            ("early", "open", "out_of_order", "w2", "r1"),
            ("late", "forwarded", "out_of_order", "w2", "r1"),
            ("before", NOT_BEGUN, "out_of_order", "w2", "r1"),
        ],
        key=str,
    )


def test_what_is_out_of_order_is_a_finding_that_rules_and_sheets_may_count() -> None:
    more = """
    ---
    sheet: orderly
    for_each: role social_worker
    every: year
    max: 10
    items:
      order: {max: 10, start: max, lines: {stray: {deduct: 2, for_each: request.out_of_order}}}
    ---
    rule: disorder
    for_each: request.out_of_order
    when: {state: forwarded}
    then: {finding: disorder}
    """
    made = told(
        REQUEST + more, OPENED + step("10T09:00", "forwarded") + step("11T09:00", "forwarded", "twice")
    )
    assert made.row("orderly", about="w2")["points"] == 8
    assert made.column("disorder", "entry") == ["twice"]


def test_clocks_and_counts_read_the_states_like_any_table() -> None:
    more = """
    ---
    indicator: waiting_requests
    per: community
    every: year
    measure: count
    of: {table: request, where: {state: waiting}}
    """
    made = told(REQUEST + more, OPENED + step("05T09:00", "supplement_asked"))
    assert made.row("waiting_requests")["value"] == 1
    assert made.row("request_forwarded", subject="r1")["state"] == "overdue"


NEEDS = REQUEST.replace(
    "where: {step: withdrawn}}", "where: {step: withdrawn}, needs: {note: {filled: true}}}"
)


def test_a_step_counts_only_with_what_it_needs() -> None:
    bare = told(NEEDS, OPENED + step("05T09:00", "withdrawn"))
    assert [state for state, *_ in states(bare)] == ["open"]
    full = told(
        NEEDS,
        OPENED + step("05T09:00", "withdrawn").replace("step: withdrawn", "step: withdrawn, note: moved"),
    )
    assert [state for state, *_ in states(full)] == ["open", "withdrawn"]


def test_an_entry_that_may_be_a_step_moves_nothing_and_is_no_finding() -> None:
    unsure = REQUEST.replace(
        "note: {type: text}", "note: {type: text}\n      granted: {type: boolean}"
    ).replace("where: {step: withdrawn}}", "where: {step: withdrawn}, needs: {granted: true}}")
    withdrawn = OPENED + step("05T09:00", "withdrawn", "w")
    made = told(unsure, withdrawn)
    assert [state for state, *_ in states(made)] == ["open"]
    assert made.rows("request.out_of_order") == []
    refused = told(unsure, withdrawn.replace("step: withdrawn", "step: withdrawn, granted: false"))
    assert [row["entry"] for row in refused.rows("request.out_of_order")] == ["w"]


ROUTED = (
    REQUEST
    + """
    route: {of: class, to: {complex: social_worker, simple: leader}}
    stand_in: {during: leave, role: deputy}
    ---
    role: deputy
    level: community
    """
)


def test_matters_go_to_the_post_of_their_class_and_to_who_stands_in_during_an_absence() -> None:
    deputy = "- {form: appointment, at: 2024-01-01, subject: p3, worker: w3, role: deputy, place: c1}\n"
    away = "- {form: leave, at: 2025-03-01, by: w2, subject: w2, start: 2025-03-05, end: 2025-03-07}\n"
    made = told(
        ROUTED,
        OPENED
        + deputy
        + away
        + step("05T09:00", "supplement_asked")
        + step("08T09:00", "supplement_received"),
    )
    assert [handler for *_, handler in states(made)] == ["w2", "w3", "w2"]
    simple = told(
        ROUTED, OPENED.replace("subject: x1, class: complex", "subject: x1, class: simple, place: c1/g1")
    )
    assert [handler for *_, handler in states(simple)] == ["w1"]


# ---- the machine itself against a second, naive one ----------------------------------------------------------------
MOVES = (("go", ("a",), "b"), ("back", ("b",), "a"), ("stop", ("a", "b"), "c"))
FLAG = st.sampled_from([True, False, Unknown("why"), NotApplicable("none")])
ROWS = st.lists(st.tuples(st.booleans(), FLAG, FLAG, FLAG), max_size=8)


def naive(rows: list[Any]) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for at in range(len(rows)):
        state: Any = found[at - 1][1] if at else NOT_BEGUN
        begins, *flags = rows[at]
        if begins:
            found.append((BEGUN, "a") if state == NOT_BEGUN else (STRAY, state))
            continue
        fitting = [
            (flag, name, to)
            for flag, (name, sources, to) in zip(flags, MOVES, strict=True)
            if state in sources and (flag is True or isinstance(flag, Unknown))
        ]
        if not fitting:
            found.append((STRAY, state))
        elif fitting[0][0] is True:
            found.append(fitting[0][1:])
        else:
            found.append((fitting[0][0], state))
    return found


@given(rows=ROWS)
def test_a_machine_takes_the_first_step_that_its_state_allows(rows: list[Any]) -> None:
    options = (("begins", "a"), ("moves", MOVES))
    made = [
        column_function(Running("x", function, (), Type(Kind.TEXT), options), CONTEXT)(rows)
        for function in ("move", "state")
    ]
    assert list(zip(*made, strict=True)) == naive(rows)


# ---- sending in a step ---------------------------------------------------------------------------------------------
def sent(made: Any, which: str, role: str = "social_worker", at: str = "06T09:00", **more: Any) -> Any:
    when = datetime.fromisoformat(f"2025-03-{at}:00+08:00")
    entry = Entry("new", "c1", "service_step", when, "w2", when, {"request": "r1", "step": which, **more})
    faults = refusals(made.evaluation(), made.regulation.forms["service_step"], entry, {role})
    return [(fault.problem.values["reason"], fault.message) for fault in faults]


def test_a_step_that_the_state_does_not_allow_is_refused_when_it_is_sent_in() -> None:
    made = told(REQUEST, OPENED + step("05T09:00", "supplement_asked"))
    assert sent(made, "supplement_received") == []
    assert sent(made, "forwarded") == []
    ((reason, message),) = sent(made, "supplement_asked")
    assert reason == "state"
    assert "waiting" in message["en"]
    assert "receive, forward, withdraw" in message["en"]
    assert "waiting" in message["zh"]
    assert "waiting" in message["es"]
    # At an earlier time the matter was in another state, and before its first entry in none.
    assert sent(made, "supplement_asked", at="04T09:00") == []
    assert [reason for reason, _ in sent(made, "forwarded", at="01T09:00")] == ["not_begun"]


def test_a_step_of_another_post_or_without_what_it_needs_is_refused_and_no_step_is_no_business_of_it() -> (
    None
):
    made = told(NEEDS, OPENED)
    assert [reason for reason, _ in sent(made, "forwarded", role="leader")] == ["post"]
    assert [reason for reason, _ in sent(made, "withdrawn", role="leader")] == ["needs"]
    assert sent(made, "withdrawn", role="leader", note="moved away") == []
    assert sent(made, "feedback") == []
