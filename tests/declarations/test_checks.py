"""What the checks of a whole regulation find, and what they leave alone."""

import pytest

from tests.declarations.community import FILES, codes, loaded, told

CALLS = "rules/monthly_call.yaml"


def found(text: str, *more: tuple[str, str], path: str = "rules/new.yaml") -> list[str]:
    return told(loaded({path: text, **dict(more)}))


def sheet(lines: str, head: str = "", item: str = "max: 10") -> str:
    own = f"sheet: new\nfor_each: household\nevery: year\n{head}items:\n  a:\n    {item}\n    lines:\n"
    return own + "".join(f"      {line}\n" for line in lines.splitlines())


# ---- W202
def test_a_class_after_one_that_takes_everything_is_never_reached() -> None:
    text = "class: new\nof: household\nfirst_of:\n  a: {special: {has: disabled}}\n  b: {}\n  c: {grid: g1}\n"
    assert found(text) == ["rules/new.yaml:6:3 W202"]


def test_classes_that_take_what_others_leave_are_all_reached() -> None:
    text = (
        "class: new\nof: household\nfirst_of:\n  a: {special: {has: disabled}}\n"
        "  b: {special: {has: migrant}}\n  c: {}\n"
    )
    assert found(text) == []


def test_two_halves_leave_nothing_for_a_third_but_what_isnt_known() -> None:
    text = (
        "duty: new\nfor_each: {form: visit}\nwithin: 3 days\nmet_by: {form: visit, where: {channel: phone}}\ntiers:\n"
        "  home: {where: {channel: home}}\n  phone: {where: {channel: phone}}\n  rest: {}\n"
    )
    assert found(text) == ["rules/new.yaml:8:3 W202"]


def test_a_rule_whose_conditions_contradict_each_other_is_told_at_its_condition() -> None:
    text = "rule: new\nfor_each: monthly_call\nwhen: counted > 3 && counted < 3\nthen: {finding: new}\n"
    assert found(text) == ["rules/new.yaml:3:7 W202"]
    text = (
        "rule: new\nfor_each: monthly_call\nwhen: {counted: {over: 3}}\n"
        "unless: {counted: {over: 1}}\nthen: {finding: new}\n"
    )
    assert found(text) == ["rules/new.yaml:3:7 W202"]


def test_a_count_below_zero_never_happens() -> None:
    text = "rule: new\nfor_each: monthly_call\nwhen: {counted: {under: 0}}\nthen: {finding: new}\n"
    assert found(text) == ["rules/new.yaml:3:7 W202"]


def test_a_rule_that_repeats_anothers_finding_is_shadowed() -> None:
    one = "rule: one\nfor_each: monthly_call\nwhen: {short: {at_least: 1}}\nthen: {finding: lazy}\n"
    two = "rule: two\nfor_each: monthly_call\nwhen: {short: {over: 2}}\nthen: {finding: lazy}\n"
    result = loaded({"rules/one.yaml": one, "rules/two.yaml": two})
    assert told(result) == ["rules/two.yaml:3:7 W202"]
    assert result.problems[0].values["by"] == "one"
    other = two.replace("finding: lazy", "finding: very_lazy")
    assert codes(loaded({"rules/one.yaml": one, "rules/two.yaml": other})) == []
    wider = two.replace("over: 2", "at_least: 0")
    assert told(loaded({"rules/one.yaml": one, "rules/two.yaml": wider})) == ["rules/one.yaml:3:7 W202"]
    same = two.replace("over: 2", "at_least: 1")
    assert told(loaded({"rules/one.yaml": one, "rules/two.yaml": same})) == ["rules/two.yaml:3:7 W202"]
    for more in ("level: serious", "notify: director", "praise: true"):
        harder = two.replace("finding: lazy", f"finding: lazy, {more}")
        assert codes(loaded({"rules/one.yaml": one, "rules/two.yaml": harder})) == []
    unless = one.replace("then", "unless: {short: 3}\nthen")
    assert codes(loaded({"rules/one.yaml": unless, "rules/two.yaml": two})) == []


def test_a_line_a_source_and_a_share_that_no_row_can_meet() -> None:
    line = "x: {add: 1, for_each: visit, where: \"channel == 'home' && channel == 'phone'\"}"
    assert found(sheet(line)) == ["rules/new.yaml:8:44 W202"]
    text = (
        "indicator: new\nper: household\nevery: year\nmeasure: share\nempty: unknown\n"
        "of: {form: visit, where: {channel: home}}\npart: {channel: phone}\n"
    )
    assert found(text) == ["rules/new.yaml:7:7 W202"]
    never = text.replace("{channel: home}", "\"channel == 'home' && channel == 'phone'\"")
    assert found(never) == ["rules/new.yaml:6:27 W202"]


def test_questions_that_are_never_asked_or_cant_be_answered() -> None:
    text = (
        "form: new\nfields:\n  a: {type: integer, between: [5, 3]}\n"
        "  b: {type: boolean, required: true}\n  c: {type: text, relevant: b && !b}\n"
    )
    assert found(text, path="forms/new.yaml") == ["forms/new.yaml:3:3 W202", "forms/new.yaml:5:29 W202"]


def test_the_bounds_of_a_question_hold_in_conditions() -> None:
    text = "form: new\nabout: household\nfields:\n  n: {type: integer, required: true, between: [0, 10]}\n"
    rule = "rule: much\nfor_each: new\nwhen: {n: {over: LIMIT}}\nthen: {finding: much}\n"
    for limit, expected in (("9", []), ("10", ["rules/much.yaml:3:7 W202"])):
        assert (
            told(loaded({"forms/new.yaml": text, "rules/much.yaml": rule.replace("LIMIT", limit)}))
            == expected
        )


def test_a_faulty_file_has_no_findings_that_only_follow_from_it() -> None:
    text = "class: new\nof: household\nfirst_of:\n  a: {chanel: home}\n  b: {grid: g1}\n"
    assert codes(loaded({"rules/new.yaml": text})) == ["E102"]
    broken = {"forms/visit.yaml": "form: visit\nfields:\n  a: {tpe: text}\n"}
    text = "rule: new\nfor_each: visit\nwhen: {channel: home, minutes: 3}\nthen: {finding: new}\n"
    assert not [code for code in codes(loaded({"rules/new.yaml": text, **broken})) if code.startswith("W")]


# ---- groups
def rule(name: str, words: str, more: str) -> dict[str, str]:
    text = (
        f"rule: {name}\nfor_each: monthly_call\ngroup: effort\n{more}\nwhen: {words}\nthen: {{finding: {name}"
    )
    return {f"rules/{name}.yaml": f"{text}, level: '{len(name)}'}}\n"}


@pytest.mark.parametrize(
    ("poor", "good", "expected"),
    [
        ("{counted: {at_most: 2}}", "{counted: {at_least: 2}}", "counted 2"),
        ("{counted: {under: 2}}", "{counted: {at_least: 2}}", None),
        ("{counted: {under: 2}}", "{state: met}", "counted < 2, state met"),
        ("{counted: {under: 2}, state: missed}", "{state: met}", None),
        ("counted + short < 2", "counted + short >= 2", None),
        ("counted < short", "counted >= short", None),
        ("counted < short", "short > 1 && short >= counted", "counted : short <, short > 1"),
    ],
)
def test_rules_of_which_one_may_apply_must_be_shown_to_exclude_each_other(
    poor: str, good: str, expected: str | None
) -> None:
    result = loaded({**rule("poor", poor, "hit: one"), **rule("good", good, "hit: one")})
    wrong = [problem for problem in result.problems if problem.code == "E130"]
    shown = [", ".join(sorted(str(problem.values["example"]).split(", "))) for problem in wrong]
    assert shown == ([] if expected is None else [expected])


def test_facts_of_two_rules_are_one_if_they_count_the_same() -> None:
    count = "hit: one\nfacts: {calls: {count: WHAT, column: subject}}".replace(", column: subject", "")
    same = {
        **rule("poor", "{calls: {under: 2}}", count.replace("WHAT", "{form: visit, link: by}")),
        **rule("good", "{calls: {at_least: 2}}", count.replace("WHAT", "{form: visit, link: by}")),
    }
    assert "E130" not in codes(loaded(same))
    other = {
        **same,
        **rule("good", "{calls: {at_least: 2}}", count.replace("WHAT", "{form: meeting, link: present}")),
    }
    result = loaded(other)
    assert [problem.values["example"] for problem in result.problems if problem.code == "E130"] == [
        "calls 2, calls < 2"
    ]


def test_a_rule_that_another_of_its_group_always_replaces_never_counts() -> None:
    first = rule("all", "{counted: {at_least: 0}}", "hit: first\norder: 1")
    assert codes(loaded({**first, **rule("some", "{counted: {over: 3}}", "hit: first\norder: 2")})) == [
        "W202"
    ]
    few = rule("all", "{counted: {under: 2}}", "hit: first\norder: 1")
    assert codes(loaded({**few, **rule("some", "{counted: {at_least: 1}}", "hit: first\norder: 2")})) == []
    both = {
        **rule("low", "{counted: {under: 2}}", "hit: first\norder: 1"),
        **rule("high", "{counted: {at_least: 2}}", "hit: first\norder: 2"),
        **rule("rest", "{counted: {over: 1}}", "hit: first\norder: 3"),
    }
    result = loaded(both)
    assert [(problem.code, problem.values["what"]) for problem in result.problems] == [("W202", "rest")]


# ---- W203
@pytest.mark.parametrize(
    ("gives", "expected"),
    [((3, 1, 5), True), ((1, 3, 2), True), ((1, 2, 3), False), ((3, 2, 2), False), ((1, 1, 1), False)],
)
def test_amounts_go_one_way_or_are_told(gives: tuple[int, ...], expected: bool) -> None:
    rows = [
        f"{{under: 10, gives: {gives[0]}}}",
        f"{{under: 20, gives: {gives[1]}}}",
        f"{{gives: {gives[2]}}}",
    ]
    line = f"x: {{add: {{of: minutes, bands: [{', '.join(rows)}]}}, for_each: visit}}"
    assert codes(loaded({"rules/new.yaml": sheet(line)})) == (["W203"] if expected else [])


def test_a_figure_that_breaks_the_order_from_a_date_on_is_told() -> None:
    line = (
        "x: {add: {of: minutes, bands: [{under: 10, gives: 1}, "
        "{under: 20, gives: {2020-01-01: 2, 2025-01-01: 9}}, {gives: 3}]}, for_each: visit}"
    )
    assert codes(loaded({"rules/new.yaml": sheet(line)})) == ["W203"]


def test_an_ordered_choice_is_a_scale_and_another_one_isnt() -> None:
    form = (
        "form: article\nabout: household\nfields:\n"
        "  level: {type: choice, from: [town, city, province], ordered: true, required: true}\n"
    )
    line = "x: {add: {of: level, gives: {town: 5, city: 1, province: 9}}, for_each: article}"
    assert found(sheet(line), ("forms/article.yaml", form)) == ["rules/new.yaml:8:64 W203"]
    assert found(sheet(line), ("forms/article.yaml", form.replace("ordered: true, ", ""))) == []


def test_money_that_falls_as_points_rise_is_told() -> None:
    points = sheet("made: {add: 1, for_each: visit}").replace("new", "points")
    bands = "{of: points, bands: [{under: 60, gives: LOW}, {gives: HIGH}]}"
    pay = sheet(f"x: {{add: {bands}, for_each: points}}", "unit: CNY\n", "round: {to: 0.01}")
    for low, high, expected in (("0", "500", []), ("500", "0", ["W203"])):
        text = pay.replace("LOW", low).replace("HIGH", high)
        assert codes(loaded({"rules/new.yaml": text, "rules/points.yaml": points})) == expected
    steps = "x: {add: {of: points, WORD: 60, each: 1, gives: 10}, for_each: points}"
    for word, expected in (("above", []), ("below", ["W203"])):
        text = sheet(steps.replace("WORD", word), "unit: CNY\n", "round: {to: 0.01}")
        assert codes(loaded({"rules/new.yaml": text, "rules/points.yaml": points})) == expected


def test_lines_of_a_scale_must_go_one_way_too() -> None:
    lines = (
        "low: {deduct: 5, for_each: monthly_call, where: {counted: {under: 1}}}\n"
        'mid: {deduct: MID, for_each: monthly_call, where: "counted >= 1 && counted < 3"}\n'
        "top: {deduct: 1, for_each: monthly_call, where: {counted: {at_least: 3}}}"
    )
    assert codes(loaded({"rules/new.yaml": sheet(lines.replace("MID", "3"))})) == []
    assert codes(loaded({"rules/new.yaml": sheet(lines.replace("MID", "0"))})) == ["W203"]


# ---- W204
@pytest.mark.parametrize(("due_if", "expected"), [("half", ["W204"]), ("any", []), ("at_end", ["W204"])])
def test_unlike_windows_leave_a_gap_unless_any_membership_counts(due_if: str, expected: list[str]) -> None:
    text = (
        f"duty: new\nfor_each: household\nmet_by: visit\ndue_if: {due_if}\ntiers:\n"
        "  a: {where: {special: {filled: true}}, every: quarter}\n  b: {every: half_year}\n"
    )
    assert codes(loaded({"rules/new.yaml": text})) == expected
    assert codes(loaded({"rules/new.yaml": text.replace("half_year", "quarter")})) == []


# ---- W206
TIP = "form: tip\nfilled_by: [grid_leader]\nfields:\n  heard: {type: text, required: true}\n"
TIPS = "duty: new\nfor_each: role grid_leader\nevery: month\ntimes: 10\nmet_by: tip\n"


@pytest.mark.parametrize(
    ("form", "duty", "expected"),
    [
        (TIP, TIPS, ["W206"]),
        (TIP + "  shown: {type: photo, required: true}\n", TIPS, []),
        (TIP + "  shown: {type: photo}\n", TIPS, ["W206"]),
        (TIP + "  whom: {type: ref, to: household, required: true}\n", TIPS, []),
        (TIP.replace("[grid_leader]", "[director]"), TIPS, []),
        (TIP, TIPS.replace("times: 10", "times: 1"), []),
    ],
)
def test_a_quota_of_entries_that_nothing_bears_out_invites_inventions(
    form: str, duty: str, expected: list[str]
) -> None:
    assert codes(loaded({"forms/tip.yaml": form, "rules/new.yaml": duty})) == expected


def test_an_indicator_with_a_target_of_raw_counts_is_told_too() -> None:
    text = "indicator: new\nper: role grid_leader\nevery: year\nmeasure: count\nof: tip\ntarget: {at_least: 12}\n"
    assert codes(loaded({"forms/tip.yaml": TIP, "rules/new.yaml": text})) == ["W206"]
    assert codes(loaded({"forms/tip.yaml": TIP, "rules/new.yaml": text.replace("at_least", "at_most")})) == []


# ---- W207
def test_two_duties_that_no_entry_can_meet_at_once_may_stand_in_one_sheet() -> None:
    home = "duty: home\nfor_each: household\nowed_by: grid_leader\nevery: year\nmet_by: {form: visit, where: WHERE}\n"
    text = sheet(
        "x: {deduct: 1, for_each: home, where: {state: missed}}\n"
        "y: {deduct: 1, for_each: monthly_call, where: {state: missed}}",
        item="start: max\n    max: 10",
    )
    for where, expected in (("{channel: home}", []), ("{minutes: {at_least: 1}}", ["W210", "W207"])):
        files = {"rules/new.yaml": text, "rules/home.yaml": home.replace("WHERE", where)}
        assert codes(loaded(files)) == expected


# ---- W212
@pytest.mark.parametrize(
    ("low", "high", "reason"),
    [
        ("{at_most: 9}", "{at_least: 10}", "decimals"),
        ("{at_most: 9.9}", "{at_least: 10}", "decimals"),
        ("{at_most: 9}", "{over: 9}", None),
        ("{under: 10}", "{at_least: 10}", None),
        ("{under: 10}", "{over: 10}", "value"),
        ("{at_most: 10}", "{at_least: 10}", "overlap"),
        ("{at_most: 5}", "{at_least: 80}", None),
        ("{over: 3}", "{over: 5}", None),
    ],
)
def test_two_ranges_meet_or_are_told(low: str, high: str, reason: str | None) -> None:
    lines = (
        f"low: {{add: 1, for_each: monthly_call, where: {{counted: {low}}}}}\n"
        f"top: {{add: 2, for_each: monthly_call, where: {{counted: {high}}}}}"
    )
    problems = loaded({"rules/new.yaml": sheet(lines)}).problems
    assert [problem.values["reason"] for problem in problems] == ([] if reason is None else [reason])
    rules = {
        f"rules/{name}.yaml": f"rule: {name}\nfor_each: monthly_call\nwhen: {{counted: {words}}}\n"
        f"then: {{finding: {name}}}\n"
        for name, words in (("low", low), ("top", high))
    }
    problems = loaded(rules).problems
    assert [problem.values["reason"] for problem in problems] == ([] if reason is None else [reason])


def test_whole_numbers_leave_no_decimals_but_a_scale_may_leave_some_out() -> None:
    form = "form: count\nabout: household\nfields:\n  n: {type: integer, required: true}\n"
    lines = (
        "a: {add: 1, for_each: count, where: {n: {at_most: 9}}}\n"
        'b: {add: 2, for_each: count, where: "n >= FROM && n <= 19"}\n'
        "c: {add: 3, for_each: count, where: {n: {over: 19}}}"
    )
    for start, expected in (("10", []), ("12", ["W212"]), ("9", ["W212"])):
        files = {"forms/count.yaml": form, "rules/new.yaml": sheet(lines.replace("FROM", start))}
        assert codes(loaded(files)) == expected


def test_ranges_of_unlike_rows_have_nothing_to_do_with_each_other() -> None:
    lines = (
        "low: {add: 1, for_each: monthly_call, where: {counted: {at_most: 9}, state: met}}\n"
        "top: {add: 2, for_each: monthly_call, where: {counted: {at_least: 10}, state: late}}"
    )
    assert codes(loaded({"rules/new.yaml": sheet(lines)})) == []


# ---- W213
@pytest.mark.parametrize(("most", "expected"), [("1", ["W213"]), ("2", []), ("3", [])])
def test_lines_that_cant_reach_their_item_are_told(most: str, expected: list[str]) -> None:
    lines = (
        f"a: {{add: 1, for_each: visit, where: {{channel: home}}, at_most: {most}}}\n"
        "b: {add: 1, for_each: visit, where: {channel: phone}, at_most: 1}"
    )
    assert codes(loaded({"rules/new.yaml": sheet(lines, item="max: 3")})) == expected


def test_marks_by_hand_that_exceed_their_item_are_told() -> None:
    form = "form: opinion\nabout: household\nfields:\n  points: {type: number, required: true}\n"
    lines = "a: {mark: opinion, between: [0, 3]}\nb: {mark: opinion, between: [0, 3]}"
    assert codes(loaded({"forms/opinion.yaml": form, "rules/new.yaml": sheet(lines, item="max: 6")})) == []
    assert codes(loaded({"forms/opinion.yaml": form, "rules/new.yaml": sheet(lines, item="max: 5")})) == [
        "W213"
    ]


# ---- W214, W208
def test_a_post_that_nobody_may_hold_owes_nothing() -> None:
    role = "role: guard\nlevel: grid\nheadcount: {exactly: 0}\n"
    duty = "duty: new\nfor_each: household\nowed_by: guard\nevery: month\nmet_by: visit\n"
    assert found(duty, ("config/roles/guard.yaml", role)) == ["rules/new.yaml:3:10 W214"]
    assert found(duty, ("config/roles/guard.yaml", role.replace("0", "1"))) == []


def test_a_level_that_has_no_place_here_is_told() -> None:
    text = "indicator: new\nper: street\nevery: year\nmeasure: count\nof: visit\n"
    assert found(text) == ["rules/new.yaml:2:6 W214"]


def test_a_form_for_posts_of_elsewhere_feeds_nothing() -> None:
    role = "role: observer\nlevel: LEVEL\n"
    form = "form: survey\nabout: household\nfilled_by: [observer]\nfields:\n  found: {type: text}\n"
    duty = "duty: new\nfor_each: household\nevery: month\nmet_by: survey\n"
    for level, expected in (("district", ["rules/new.yaml:4:9 W208"]), ("grid", [])):
        files = ("config/roles/observer.yaml", role.replace("LEVEL", level)), ("forms/survey.yaml", form)
        assert found(duty, *files) == expected


# ---- W215
PLACE = (
    "place: lakeside\nlevel: community\ncalendar: cn\nprofile: {residents: 5674, grids: 8}\n"
    "places: {g1: {level: grid}, g2: {level: grid}}\n"
)


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ("{a: residents <= grids * 700}", ["W215"]),
        ("{a: residents <= grids * 710}", []),
        ("{a: {residents: {at_least: 6000}}}", ["W215"]),
        ("{a: level == 'community'}", []),
        ("{a: people < 3}", ["E102"]),
        ("{a: residents}", ["E103"]),
    ],
)
def test_facts_of_a_place_are_held_to_its_own_checks(checks: str, expected: list[str]) -> None:
    place = {"config/places/lakeside/place.yaml": f"{PLACE}checks: {checks}\n"}
    result = loaded(place)
    assert codes(result) == expected
    if expected == ["W215"]:
        assert "residents 5674" in str(result.problems[0].values["values"])


# ---- E124
@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("100 / 3", ["E124"]),
        ("minutes / 3", ["E124"]),
        ("minutes * 10 / 8", []),
        ("round(minutes / 3, 0.01)", []),
        ("{of: minutes, above: 1, each: 3, count: exact, gives: 1}", ["E124"]),
        ("{of: minutes, above: 1, each: 3, gives: 1}", []),
        ("{of: channel, gives: {home: 1/3, phone: 1}}", ["E124"]),
        ("if(channel == 'home', 1 / 3, 1)", ["E124"]),
        ("10 / minutes", ["E124"]),
    ],
)
def test_money_ends_or_is_rounded(amount: str, expected: list[str]) -> None:
    amount = amount if amount.startswith("{") else f'"{amount}"'
    line = f"x: {{add: {amount}, for_each: visit}}"
    assert codes(loaded({"rules/new.yaml": sheet(line, "unit: CNY\n")})) == expected
    assert codes(loaded({"rules/new.yaml": sheet(line, "unit: CNY\nround: {to: 0.01}\n")})) == []
    assert codes(loaded({"rules/new.yaml": sheet(line, "unit: CNY\n", "round: {to: 1}")})) == []
    assert codes(loaded({"rules/new.yaml": sheet(line)})) == []


def test_shares_and_rescaled_items_of_money_must_be_rounded() -> None:
    share = (
        "indicator: reached\nper: household\nevery: year\nmeasure: share\nempty: unknown\n"
        "of: monthly_call\npart: {state: met}\n"
    )
    line = "x: {share_of: reached}"
    assert codes(loaded({"rules/new.yaml": sheet(line, "unit: CNY\n"), "rules/reached.yaml": share})) == [
        "E124"
    ]
    value = 'x: {add: "value * 100", for_each: reached}'
    assert codes(loaded({"rules/new.yaml": sheet(value, "unit: CNY\n"), "rules/reached.yaml": share})) == [
        "E124"
    ]
    rescaled = sheet("x: {add: 1, for_each: visit}", "unit: CNY\n", "max: 10\n    not_applicable: rescale")
    assert codes(loaded({"rules/new.yaml": rescaled})) == ["E124"]


# ---- E115
@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("elapsed(born, years) >= 60", []),
        ("age(born) >= 80", []),
        ("80 <= age(born)", []),
        ("age(born) > limit", ["E115"]),
        ("weekday(start) == 'monday'", ["E115"]),
        ("elapsed(born, years) + 1 > 60", ["E115"]),
        ("weekday(born) == 'monday'", []),
        ("!(date_of(start) == born)", ["E115"]),
        ("if(age(born) > 3, true, false)", []),
    ],
)
def test_a_class_changes_at_instants_that_can_be_reckoned(condition: str, expected: list[str]) -> None:
    form = (
        "form: person\ndescribes: person\nfields:\n  born: {type: date, required: true}\n"
        "  limit: {type: integer, required: true}\n"
    )
    text = f'class: new\nof: person\nfirst_of:\n  a: "{condition}"\n  b: {{}}\n'
    assert codes(loaded({"forms/person.yaml": form, "rules/new.yaml": text})) == expected


# ---- acknowledgements
ASSUMED = "duty: new\nfor_each: household\nevery: month\ntimes: {value: 1, origin: assumed}\nmet_by: visit\n"


def test_a_warning_is_answered_in_its_file_with_a_reason() -> None:
    result = loaded({"rules/new.yaml": ASSUMED + "acknowledged: {W201: the council has agreed}\n"})
    assert codes(result) == []
    assert [problem.code for problem in result.acknowledged] == ["W201"]


def test_an_acknowledgement_can_be_of_a_part() -> None:
    part = "acknowledged: {W201: {times: agreed}}\n"
    assert codes(loaded({"rules/new.yaml": ASSUMED + part})) == []
    other = ASSUMED.replace("every", "minutes_each: {value: 5, origin: assumed}\nevery")
    assert told(loaded({"rules/new.yaml": other + part})) == ["rules/new.yaml:3:15 W201"]


@pytest.mark.parametrize(
    ("acknowledged", "expected"),
    [
        ("{W206: why not}", ["W201", "W216"]),
        ("{W201: {every: why not}}", ["W201", "W216"]),
        ("{W201: {times/nothing: why not}}", ["W201", "W216"]),
        ("{W201: agreed, W206: why not}", ["W216"]),
        ("{W211: too small a figure}", ["W201"]),
        ("{W201: ''}", ["E106", "W201"]),
        ("{W201: {}}", ["E106", "W201"]),
        ("{W201: [a]}", ["E106", "W201"]),
    ],
)
def test_an_acknowledgement_of_nothing_is_told_and_one_without_a_reason_refused(
    acknowledged: str, expected: list[str]
) -> None:
    assert sorted(codes(loaded({"rules/new.yaml": ASSUMED + f"acknowledged: {acknowledged}\n"}))) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("{W201: the council has looked at all of them}", []),
        ("{W201: {new: of this definition}}", []),
        ("{W201: {new/times: of this figure}}", []),
        ("{W201: {new/time: a word of its own}}", ["W201", "W216"]),
        ("{W201: {other: of another definition}}", ["W201", "W216"]),
        ("{W206: no question to a place}", ["W201", "W216"]),
    ],
)
def test_a_place_answers_in_its_own_file_for_figures_that_are_assumed_wherever_they_stand(
    said: str, expected: list[str]
) -> None:
    place = f"{PLACE}acknowledged: {said}\n"
    result = loaded({"rules/new.yaml": ASSUMED, "config/places/lakeside/place.yaml": place})
    assert sorted(codes(result)) == expected
    assert [problem.code for problem in result.acknowledged] == ([] if expected else ["W201"])


def test_a_place_without_assumed_figures_is_told_that_it_answers_nothing() -> None:
    place = f"{PLACE}acknowledged: {{W201: once there were some}}\n"
    assert codes(loaded({"config/places/lakeside/place.yaml": place})) == ["W216"]


def test_errors_cant_be_acknowledged_and_keep_acknowledgements_from_being_told() -> None:
    text = ASSUMED.replace("visit", "vist") + "acknowledged: {E102: a spelling of ours, W206: later}\n"
    assert sorted(codes(loaded({"rules/new.yaml": text}))) == ["E102", "W201"]


# ---- what sheets and duties say besides
ARTICLE = (
    "form: article\nabout: household\nfields:\n"
    "  level: {type: choice, from: [town, city, province], ordered: true, required: true}\n"
)


@pytest.mark.parametrize(("city", "expected"), [("2", []), ("9", ["W203"])])
def test_the_choices_of_a_checklist_are_a_scale_too(city: str, expected: list[str]) -> None:
    line = f"x: {{checklist: {{form: article, each: {{level: {{town: 1, city: {city}, province: 5}}}}}}}}"
    assert codes(loaded({"forms/article.yaml": ARTICLE, "rules/new.yaml": sheet(line)})) == expected


@pytest.mark.parametrize(
    ("veto", "expected"),
    [("{special: {has: disabled}}", []), ("grid == 'g1' && grid == 'g2'", ["W202"])],
)
def test_a_veto_that_never_comes_is_told(veto: str, expected: list[str]) -> None:
    veto = veto if veto.startswith("{") else f'"{veto}"'
    text = sheet("x: {add: 1, for_each: visit}", item=f"max: 10\n    veto: {veto}")
    assert codes(loaded({"rules/new.yaml": text})) == expected


def test_shares_of_slabs_end_or_are_rounded() -> None:
    line = "x: {add: {of: minutes, slabs: [{to: 10, gives: GIVES}, {gives: 1/2}]}, for_each: visit}"
    for gives, expected in (("1/3", ["E124"]), ("30%", [])):
        text = sheet(line.replace("GIVES", gives), "unit: CNY\n")
        assert codes(loaded({"rules/new.yaml": text})) == expected


def test_an_average_and_a_part_of_the_window_are_rounded() -> None:
    line = "x: {add: minutes, for_each: visit, take: average}"
    assert codes(loaded({"rules/new.yaml": sheet(line, "unit: CNY\n")})) == ["E124"]
    text = sheet("x: {add: 1, for_each: visit}", "unit: CNY\nprorate: in_post\n").replace(
        "for_each: household\nevery", "for_each: role grid_leader\nevery"
    )
    text = text.replace("for_each: visit", "for_each: {form: visit, link: by}")
    assert codes(loaded({"rules/new.yaml": text})) == ["E124"]


def test_an_entry_that_counts_once_isnt_counted_twice() -> None:
    home = "duty: home\nfor_each: household\nowed_by: grid_leader\nevery: month\nmet_by: visit\n"
    text = sheet(
        "x: {deduct: 1, for_each: home, where: {state: missed}}\n"
        "y: {deduct: 1, for_each: monthly_call, where: {state: missed}}",
        item="start: max\n    max: 10",
    )
    once = home + "uses: once\namong: [home, monthly_call]\n"
    calls = FILES[CALLS] + "uses: once\namong: [home, monthly_call]\n"
    assert codes(loaded({"rules/new.yaml": text, "rules/home.yaml": home})) == ["W207"]
    assert codes(loaded({"rules/new.yaml": text, "rules/home.yaml": once, CALLS: calls})) == []


@pytest.mark.parametrize(
    "more",
    [
        "pauses: {wait: {from: {form: visit, where: NEVER}, until: visit}}",
        "pauses: {wait: {from: visit, until: {form: visit, where: NEVER}}}",
        "extended_by: {form: visit, where: NEVER, by: 2 days}",
        "waived_by: {form: visit, where: NEVER, times: 3}",
    ],
)
def test_what_would_stop_a_clock_but_never_can_is_told(more: str) -> None:
    never = "\"channel == 'home' && channel == 'phone'\""
    text = (
        "duty: new\nfor_each: {form: visit}\nwithin: 3 days\nmet_by: {form: visit, where: {channel: phone}}\n"
    )
    assert "W202" in codes(loaded({"rules/new.yaml": text + more.replace("NEVER", never) + "\n"}))


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("[{where: {channel: home}}, {where: {channel: phone}}]", ["rules/new.yaml:3:43 W202"]),
        ("[{where: {channel: home}}, {where: {minutes: 3}}]", []),
        ("[{where: \"channel == 'home' && channel == 'phone'\"}]", ["rules/new.yaml:3:18 W202"]),
        ("[{where: {channel: home}}, {per: {channel: channel}}, {where: {channel: phone}}]", []),
    ],
)
def test_steps_of_a_table_that_leave_no_row_are_told(steps: str, expected: list[str]) -> None:
    text = f"table: new\nfrom: visit\nsteps: {steps}\n"
    assert [one for one in found(text) if one.endswith("W202")] == expected


# ---- procedures
REQUEST = "form: request\nabout: household\nfields:\n  kind: {type: choice, from: [urgent, general], required: true}\n"
STEP = (
    "form: step\nabout: request\nfields:\n"
    "  done: {type: choice, from: [accepted, closed, rejected], required: true}\n"
)
PROCEDURE = """\
procedure: new
matter: request
states: STATES
steps:
  accept: {from: open, to: accepted, form: step, where: {done: accepted}}
  close: {from: accepted, to: closed, form: step, where: CLOSED}
"""


@pytest.mark.parametrize(
    ("states", "closed", "expected"),
    [
        ("[open, accepted, closed]", "{done: closed}", []),
        ("[open, accepted, closed, lost]", "{done: closed}", ["rules/new.yaml:3:34 W202"]),
        ("{open: 开, accepted: 受, closed: 结, lost: 丢}", "{done: closed}", ["rules/new.yaml:3:43 W202"]),
        (
            "[open, accepted, closed]",
            "\"done == 'closed' && done == 'rejected'\"",
            ["rules/new.yaml:3:26 W202", "rules/new.yaml:6:3 W202"],
        ),
    ],
)
def test_states_that_no_step_leads_to_are_told(states: str, closed: str, expected: list[str]) -> None:
    text = PROCEDURE.replace("STATES", states).replace("CLOSED", closed)
    assert found(text, ("forms/request.yaml", REQUEST), ("forms/step.yaml", STEP)) == expected


def test_a_post_of_a_procedure_that_nobody_can_hold_is_told() -> None:
    text = PROCEDURE.replace("STATES", "[open, accepted, closed]").replace("CLOSED", "{done: closed}")
    text = text.replace("where: {done: accepted}", "where: {done: accepted}, by: [clerk]")
    role = "role: clerk\nlevel: LEVEL\n"
    for level, expected in (("street", ["W214"]), ("community", [])):
        files = {
            "rules/new.yaml": text,
            "forms/request.yaml": REQUEST,
            "forms/step.yaml": STEP,
            "config/roles/clerk.yaml": role.replace("LEVEL", level),
        }
        assert codes(loaded(files)) == expected
