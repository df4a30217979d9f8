"""What makes durable-rules hang, die or answer wrongly never reaches it. Each test names a trigger.

tests/engine/test_durable_contract.py shows what the triggers do to durable-rules itself.
"""

import copy
import threading
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import durable_rules_engine
import pytest

from app.domain.core.expressions import All, Expression, Not, Some
from app.domain.core.values import Type, Unknown, Value
from app.engine import DurableDecider, EngineLimits, host
from app.engine.decider import DurableDecider as Decider
from app.engine.formulas import Marks
from app.engine.program import compiled, shape_of
from app.services.ports import Question
from tests.engine.questions import BOOLEAN, CHOICES, INTEGER, NUMBER, TEXT, compare, has, name, question
from tests.fakes.deciders import PlainDecider

UNKNOWN = Unknown("answers.minutes")


def agree(decider: Decider, asked: Question) -> dict[str, list[int]]:
    (answer,) = decider.decide([asked])
    assert [answer] == PlainDecider().decide([asked])
    return {rule: sorted(rows) for rule, rows in answer.sure.items()}


def rulesets(asked: Question, limits: EngineLimits | None = None, *, unknown: bool = False) -> Iterator[Any]:
    shape = shape_of(asked)
    columns = frozenset(shape.columns) if unknown else frozenset[str]()
    for of_pass in compiled(shape, Marks(columns, columns), 1, limits or EngineLimits()).passes:
        yield from of_pass


def first_checks(ruleset: Any) -> set[str]:
    return {str(rule["$and"][0] if "$and" in rule else rule) for rule in ruleset["rules"].values()}


def expressions(asked: Question) -> Iterator[Any]:
    for ruleset in rulesets(asked, unknown=True):
        for rule in ruleset["rules"].values():
            yield rule
            yield from rule.get("$and", [])


def test_no_division_is_ever_sent(decider: DurableDecider) -> None:
    asked = question({"x": NUMBER}, {"rule": compare("x", ">", Fraction(1, 3))}, [(Fraction(1, 2),), (0,)])
    assert "$div" not in str(list(expressions(asked)))
    assert agree(decider, asked) == {"rule": [0]}


def test_no_empty_conjunction_is_sent(decider: DurableDecider) -> None:
    asked = question({"x": INTEGER}, {"all": All(()), "nested": All((All(()), Not(Some(()))))}, [(1,), (2,)])
    assert [rule for rule in expressions(asked) if rule.get("$and") == []] == []
    assert agree(decider, asked) == {"all": [0, 1], "nested": [0, 1]}


def test_six_hundred_constants_are_split_into_rulesets(decider: DurableDecider) -> None:
    columns = {"x": INTEGER}
    conditions: dict[str, Expression] = {
        f"rule_{number}": compare("x", "==", 2 * number) for number in range(600)
    }
    asked = question(columns, conditions, [(number,) for number in range(0, 1_200, 60)])
    assert len(list(rulesets(asked))) > 1
    for ruleset in rulesets(asked):
        assert len(first_checks(ruleset)) <= 399
    agree(decider, asked)


def test_six_hundred_alternatives_in_one_condition_are_decided(decider: DurableDecider) -> None:
    one_of = Some(tuple(compare("x", "==", f"hh-{number}") for number in range(600)))
    conditions: dict[str, Expression] = {
        "some": one_of,
        "none": Not(one_of),
        "with": All((one_of, compare("y", ">", 1), Not(compare("y", "==", 3)))),
    }
    rows: list[tuple[Value, ...]] = [(f"hh-{number}", number % 5) for number in range(590, 610)]
    asked = question({"x": TEXT, "y": INTEGER}, conditions, [*rows, (UNKNOWN, 2), (UNKNOWN, UNKNOWN)])
    assert len(agree(decider, asked)["some"]) == 10


def test_a_thousand_bounds_that_one_value_passes_are_split(decider: DurableDecider) -> None:
    # 64 checks that wait for one fact are the engine's error 303.
    conditions: dict[str, Expression] = {
        f"rule_{number}": compare("x", ">=", number) for number in range(1_000)
    }
    asked = question({"x": INTEGER}, conditions, [(0,), (500,), (5_000,), (UNKNOWN,)])
    for ruleset in rulesets(asked):
        assert len(first_checks(ruleset)) <= 48
    assert agree(decider, asked)["rule_999"] == [2]


def test_three_hundred_identical_conditions_are_one_rule(decider: DurableDecider) -> None:
    conditions: dict[str, Expression] = {f"rule_{number}": compare("x", ">", 1) for number in range(300)}
    asked = question({"x": INTEGER}, conditions, [(1,), (2,)])
    (ruleset,) = rulesets(asked)
    assert list(ruleset["rules"].values()) == [{"$gt": {"c_0": 1}}, {"kind": 0}]
    assert set(map(tuple, agree(decider, asked).values())) == {(1,)}


def test_three_hundred_columns_in_one_condition_are_decided(decider: DurableDecider) -> None:
    columns = {f"x{number}": INTEGER for number in range(300)}
    conditions: dict[str, Expression] = {
        "all": All(tuple(compare(column, ">", 1) for column in columns)),
        "some": Some(tuple(compare(column, ">", 1) for column in columns)),
    }
    many, few = tuple([2] * 300), tuple([1] * 299)
    asked = question(columns, conditions, [many, (*few, 2), (*few, 1), (UNKNOWN, *few), (UNKNOWN, *many[1:])])
    for ruleset in rulesets(asked, unknown=True):
        assert len(ruleset["fields"]) <= 200
    assert agree(decider, asked) == {"all": [0], "some": [0, 1, 4]}


def test_alternatives_are_not_multiplied_out(decider: DurableDecider) -> None:
    columns = {f"x{number}": INTEGER for number in range(16)}
    halves = All(tuple(Some((compare(column, "<", 2), compare(column, ">", 7))) for column in columns))
    rows: list[tuple[Value, ...]] = [
        tuple([1] * 16),
        tuple([8] * 16),
        tuple([8] * 15 + [5]),
        tuple([8] * 15 + [UNKNOWN]),
    ]
    asked = question(columns, {"rule": halves, "not": Not(halves)}, rows)
    assert sum(len(ruleset["rules"]) for ruleset in rulesets(asked, unknown=True)) < 300
    assert agree(decider, asked) == {"rule": [0, 1], "not": [2]}


def test_an_or_with_both_branches_true_gives_one_finding(decider: DurableDecider) -> None:
    both = Some((compare("x", ">", 1), compare("x", "<", 9)))
    asked = question({"x": INTEGER}, {"or": both, "nested": All((both, both))}, [(5,), (5,)])
    assert "$or" not in str(list(expressions(asked)))
    assert agree(decider, asked) == {"or": [0, 1], "nested": [0, 1]}


@pytest.mark.parametrize("column", ["id", "sid", "kind", "$s", "n", "m", "$and", "a.b", "社区", "run", ""])
def test_a_column_may_have_any_name(decider: DurableDecider, column: str) -> None:
    asked = question({column: INTEGER}, {column: compare(column, ">", 1)}, [(1,), (2,), (3,)])
    assert agree(decider, asked) == {column: [1, 2]}


def test_rules_may_have_any_name(decider: DurableDecider) -> None:
    conditions: dict[str, Expression] = {
        rule: compare("x", ">", 1) for rule in ("a$state", "b$flow", "sink", "r0", "$or", "网格", "")
    }
    asked = question({"x": INTEGER}, conditions, [(1,), (2,)])
    assert agree(decider, asked) == {rule: [1] for rule in conditions}


def test_names_whose_hashes_collide_stay_apart(decider: DurableDecider) -> None:
    columns = {"xcdcgeux": INTEGER, "rghhdprx": INTEGER}
    conditions: dict[str, Expression] = {column: compare(column, "==", 1) for column in columns}
    assert agree(decider, question(columns, conditions, [(1, 0), (0, 1)])) == {
        "xcdcgeux": [0],
        "rghhdprx": [1],
    }


def test_business_keys_whose_hashes_collide_stay_apart() -> None:
    asked = question({"x": INTEGER}, {"rule": compare("x", ">", 1)}, [(2,), (2,)])
    keyed = Question(asked.table, asked.columns, asked.conditions, asked.rows, ["rghhdprx", "xcdcgeux"])
    with DurableDecider(distinct=False) as each:
        assert agree(each, keyed) == {"rule": [0, 1]}


def test_more_than_a_thousand_sids_worth_of_facts_are_decided() -> None:
    asked = question(
        {"x": INTEGER}, {"rule": compare("x", ">", 1_000)}, [(number,) for number in range(2_200)]
    )
    limits = EngineLimits(facts_a_sid=2, sids_a_round=500)  # 1,100 sids
    with DurableDecider(limits, distinct=False) as each:
        assert agree(each, asked) == {"rule": list(range(1_001, 2_200))}


def test_numbers_that_the_engine_cannot_parse_are_decided(decider: DurableDecider) -> None:
    values: list[Value] = [Fraction("1e-05"), 10**22, -(2**63), 2**64, Fraction("1.5e-07")]
    asked = question(
        {"x": NUMBER}, {"rule": compare("x", ">=", Fraction("1e-05"))}, [(value,) for value in values]
    )
    assert agree(decider, asked) == {"rule": [0, 1, 3]}


def test_text_that_the_engine_cannot_take_is_decided(decider: DurableDecider) -> None:
    values = ["\ud800", "\0", "x" * 1_000_000, "'; }", '"', "met"]
    asked = question({"x": TEXT}, {"rule": compare("x", "==", "met")}, [(value,) for value in values])
    assert agree(decider, asked) == {"rule": [5]}
    odd: dict[str, Expression] = {repr(value[:5]): compare("x", "==", value) for value in values}
    assert list(agree(decider, question({"x": TEXT}, odd, asked.rows)).values()) == [[at] for at in range(6)]


def test_no_value_of_a_row_leaves_the_process() -> None:
    asked = question(
        {"x": TEXT, "y": CHOICES},
        {"x": compare("x", "==", "met"), "y": has("y", "dementia")},
        [("secret illness", ("dementia", "secret")), (UNKNOWN, ())],
    )
    with DurableDecider() as decider:
        prepared = decider._prepare(asked)
    assert prepared.facts.codes == [[0, -1], [1, 0]]
    assert "dementia" not in str(prepared.program.passes)


def test_one_key_a_node_and_declared_fields_only() -> None:
    asked = question(
        {"x": INTEGER, "y": INTEGER, "z": CHOICES, "w": BOOLEAN},
        {"rule": All((compare("x", ">", 1), Not(compare("y", "==", 2)), Some((has("z", "a"), name("w")))))},
        [],
    )
    for ruleset in rulesets(asked, unknown=True):
        declared = {field for field, *_ in ruleset["fields"]} | {"kind"}
        for rule in ruleset["rules"].values():
            for part in rule.get("$and", [rule]):
                assert len(rule) == len(part) == 1
                ((key, inner),) = part.items()
                assert (key if isinstance(inner, int) else next(iter(inner))) in declared


def test_no_check_for_absence_is_sent() -> None:
    asked = question(
        {f"x{number}": INTEGER for number in range(150)},
        {f"rule_{number}": Not(compare(f"x{number}", ">", 1)) for number in range(150)},
        [],
    )
    assert "$nex" not in str(list(expressions(asked)))


@pytest.mark.parametrize("declared", [INTEGER, TEXT])
def test_the_smallest_limits_still_give_the_answer(declared: Type) -> None:
    tight = EngineLimits(
        facts_a_sid=1, sids_a_round=1, fan_out=2, waiting=2, rules=1, fields=1, tests=2, branches=1, cap=1
    )
    constants: list[Value] = list(range(6)) if declared is INTEGER else list("abcdef")
    atoms = tuple(compare("x", "==", constant) for constant in constants[1:])
    conditions: dict[str, Expression] = {
        "some": All((Some(atoms[:3]), Some(atoms[1:]), Not(All(atoms)))),
        "none": All(tuple(map(Not, atoms))),
    }
    rows: list[tuple[Value, ...]] = [(constant,) for constant in constants]
    with DurableDecider(tight) as decider:
        answer = agree(decider, question({"x": declared}, conditions, [*rows, (UNKNOWN,), (None,)]))
    assert answer == {"some": [2, 3], "none": [0]}


class Watched:
    """What reaches durable-rules, in order."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.rulesets: list[Mapping[str, Any]] = []
        self.batches: list[list[Mapping[str, Any]]] = []


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Decide a question of every sort in this process, and return what durable-rules was told of it."""
    seen = Watched()

    class Watching(host.QuietHost):
        def __getattribute__(self, called: str) -> Any:
            if not called.startswith("_"):
                seen.calls.append(called)
            return super().__getattribute__(called)

        def set_rulesets(self, rulesets: Any) -> Any:
            seen.rulesets += copy.deepcopy(list(rulesets.values()))
            return super().set_rulesets(rulesets)

        def assert_facts(self, ruleset_name: str, facts: list[Any], complete: Any = None) -> Any:
            seen.batches.append(copy.deepcopy(facts))
            return super().assert_facts(ruleset_name, facts, complete)

    monkeypatch.setattr(host, "QuietHost", Watching)
    for called in ("delete_state", "delete_ruleset"):
        real = getattr(durable_rules_engine, called)

        def noted(*given: Any, called: str = called, real: Any = real) -> Any:
            seen.calls.append(called)
            return real(*given)

        monkeypatch.setattr(durable_rules_engine, called, noted)
    asked = question(
        {"x": NUMBER, "y": TEXT, "z": CHOICES, "w": BOOLEAN},
        {
            "number": compare("x", ">", Fraction("1e-05")),
            "text": Not(compare("y", "==", "1")),
            "either": Some((has("z", "a"), name("w"), compare("x", "<", 3))),
            "both": All((Not(name("w")), compare("x", "<=", 10**22))),
        },
        [
            (Fraction("1e-05"), "1", ("a",), True),
            (1, "x" * 1_000, (), False),
            (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
            (None, None, None, None),
            (10**22, "xcdcgeux", ("rghhdprx",), True),
        ],
    )
    limits = EngineLimits(facts_a_sid=2, sids_a_round=2)
    with DurableDecider(limits, distinct=False) as each:
        prepared = each._prepare(asked)
    (rulesets,) = prepared.program.passes
    found, _ = host.run_pass(rulesets, host.Facts(prepared.facts.codes, prepared.facts.shared), {})
    answers = PlainDecider().decide([asked])[0].sure.values()
    assert [found[2 * at] for at in range(4)] == list(map(set, answers))
    return seen


def test_a_fact_is_an_id_of_our_own_and_integers_alone(watched: Watched) -> None:
    # So no number that can't be parsed, no null that is there, no number beside text, no id of 10 MB,
    # and no automatic id, which forgets the types.
    assert [len(batch) for batch in watched.batches] == [2, 2, 1]
    for batch in watched.batches:
        assert {type(fact.pop("sid")) for fact in batch} == {str}  # type: ignore[attr-defined]
        assert {len(fact.pop("id")) for fact in batch} == {1}  # type: ignore[attr-defined]
        assert {type(value) for fact in batch for value in fact.values()} == {int}


def test_a_batch_is_of_one_sid_and_no_id_comes_twice_in_a_host(watched: Watched) -> None:
    assert [{fact["sid"] for fact in batch} for batch in watched.batches] == [{"0"}, {"1"}, {"0"}]
    assert [[fact["id"] for fact in batch] for batch in watched.batches] == [["0", "1"], ["2", "3"], ["0"]]


def leaves(expression: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, inner in expression.items():
        if isinstance(inner, list):
            for part in inner:
                yield from leaves(part)
        elif key.startswith("$"):
            yield from leaves(inner)
        else:
            yield key, inner


def test_a_rule_is_about_one_fact_and_constants(watched: Watched) -> None:
    # So no join, whose types are strict, no `$not`, whose order matters, no reference to an alias that isn't there.
    for ruleset in watched.rulesets:
        for rule in ruleset.values():
            assert rule.keys() <= {"all", "cap", "pri", "run"}
            ((alias, expression),) = (pair for part in rule["all"] for pair in part.items())
            assert (len(rule["all"]), alias) == (1, "m")
            assert {type(constant) for _, constant in leaves(expression)} == {int}


def test_no_rule_looks_at_an_id_or_a_sid(watched: Watched) -> None:
    # The engine's own fact of the state has both, and matches again whenever it has changed.
    fields = {
        field
        for ruleset in watched.rulesets
        for rule in ruleset.values()
        for part in rule["all"]
        for field, _ in leaves(part["m"])
    }
    assert "kind" in fields
    assert not fields & {"id", "sid"}


def test_nothing_is_retracted_and_every_state_is_deleted_before_its_ruleset(watched: Watched) -> None:
    # Retracting takes along what has the same hash; a state that is left, or missed by a dispatch, crashes.
    assert not {"retract_fact", "retract_facts", "dispatch", "dispatch_timers"} & set(watched.calls)
    ends = [called for called in watched.calls if called in {"delete_state", "delete_ruleset"}]
    assert ends == ["delete_state", "delete_state", "delete_ruleset", "delete_state", "delete_ruleset"]


def test_no_timer_dispatches_unasked(watched: Watched) -> None:
    # The stock host's chains of timers dispatch while states are being deleted: SIGSEGV within seconds.
    assert watched.calls
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
