"""Every kind of file says what it says in sentences whose slots lead to where it is said."""

from collections.abc import Mapping
from datetime import date

import pytest

from app.declarations.nodes import nodes_of
from app.declarations.schema import KINDS
from app.i18n import LANGUAGES, Translator
from app.services.drafting.composing import value_at
from app.services.drafting.file_sentences import sentences_of
from app.services.drafting.slots import Slot
from tests.declarations.community import FILES, PLACE, loaded

DAY = date(2025, 3, 1)
TEXTS: Mapping[str, str] = {
    "rules/kind.yaml": """\
class: kind
of: household
titles: {special: {zh: 特殊户}}
first_of:
  special: {special: {filled: true}}
  other: {}
""",
    "rules/calls_made.yaml": """\
indicator: calls_made
title: {zh: 电话}
per: community
every: year
empty: zero
of: {table: visit, where: {channel: phone}}
measure: count
""",
    "rules/late.yaml": """\
rule: late
for_each: {table: monthly_call}
when: {state: missed}
then: {finding: missed_call, title: {zh: 漏访}}
""",
    "rules/leader_year.yaml": """\
sheet: leader_year
title: {zh: 积分}
for_each: role grid_leader
every: year
max: 20
items:
  calls:
    max: 20
    start: max
    lines:
      missed: {deduct: 0.5, for_each: monthly_call, where: {state: missed}, at_most: 10, undecided: leave_out}
""",
    "rules/yearly.yaml": """\
appraisal: yearly
for_each: role grid_leader
every: year
parts:
  work: {title: {zh: 履职}, weight: 60%, from: leader_year}
  rest: {weight: 40%, parts: {again: {weight: 100%, from: leader_year}}}
missing_part: not_computable
grades:
  good: {title: {zh: 良好}, at_least: 80, quota: {top: 20%}}
  few: {title: {zh: 优胜}, at_least: 70, quota: {top: 3}}
  poor: {title: {zh: 其余}}
""",
    "rules/course.yaml": """\
procedure: course
matter: request
states: {open: {zh: 待办}, done: {zh: 办结}}
steps:
  settle: {from: open, to: done, form: request_done, where: {well: true}, by: [grid_leader]}
  drop: {from: open, to: done, form: request_done}
""",
    "forms/request.yaml": "form: request\nabout: household\nfilled_by: grid_leader\nfields: {what: {type: text}}\n",
    "forms/request_done.yaml": """\
form: request_done
fields:
  request: {type: ref, to: request, required: true}
  well: {type: boolean, required: true}
""",
    "rules/firsts.yaml": """\
table: firsts
from: {table: visit, where: {channel: phone}}
steps:
  - where: {any: ["minutes > 3", "minutes < 1"]}
    undecided: leave_out
  - set: {long: minutes > 10}
  - sequence: {within: subject, order: at, set: {before: previous(minutes)}}
""",
    "rules/flags/often.yaml": """\
flag: often
of: [visit, {form: request}]
check: burst
with: {days: 3, percent: {value: 60, origin: assumed, why: so}, least: 10}
""",
    "forms/visit_list.yaml": """\
layout: visit_list
form: visit
columns: [at, {column: channel, title: {zh: 方式}}, {column: minutes}]
""",
    f"config/places/{PLACE}/overlay.yaml": """\
overlay: lakeside
changes:
  - {path: monthly_call/times, to: 2, why: more}
  - {path: visit/fields/weather, add: {type: text}, why: asked}
  - {path: monthly_call/times, open: locked, why: not below}
""",
    "config/plugins.yaml": "plugins:\n  flags: {on: true}\n  cn_holidays: {on: false}\n",
    f"config/places/{PLACE}/inventories/ours.yaml": """\
inventory: ours
document: O1
title: {zh: 手册}
items: {O1-1: {kind: text, says: one}, O1-2: {kind: text, says: two}}
""",
    "rules/documents.yaml": """\
documents:
  O1: {title: {zh: 手册, en: Handbook}, short: {zh: 册}, number: 青街发〔2025〕1号, issued: 2025-01-02}
""",
    "rules/late.case.yaml": """\
cases:
  - case: nobody
    as_of: 2025-02-01
    period: 2025
    places: {c1: community}
    given: []
    expect: [{in: late, rows: 0}]
""",
}
ALONE = "case: alone\nas_of: 2025-02-01\nperiod: 2025\nexpect: [{in: late, rows: 0}]\n"


@pytest.fixture(scope="module")
def regulation() -> object:
    without = {path: text for path, text in TEXTS.items() if path != "config/plugins.yaml"}
    found = loaded(without)
    assert found.regulation is not None, [str(one) for one in found.problems if one.is_error]
    return found.regulation


def said(regulation: object, path: str, text: str, reader: str = "zh") -> list[list[str | Slot]]:
    data = nodes_of(text).data
    kind = next(one for one in data if one in KINDS)
    name = data[kind]  # type: ignore[call-overload]
    found = sentences_of(kind, str(name), data, regulation, DAY)  # type: ignore[arg-type]
    return [one.parts(Translator(reader)) for one in found]


EVERY = {
    **{path: text for path, text in FILES.items() if path != "rules/monthly_call.yaml"},
    "rules/monthly_call.yaml": FILES["rules/monthly_call.yaml"],
    **TEXTS,
    "rules/alone.case.yaml": ALONE,
}


def test_every_kind_of_file_has_a_sentence_and_each_slot_leads_to_where_it_is_said(
    regulation: object,
) -> None:
    kinds = set()
    for path, text in EVERY.items():
        data = nodes_of(text).data
        kinds.add(next(one for one in data if one in KINDS))
        for reader in LANGUAGES:
            found = said(regulation, path, text, reader)
            assert found, path
            for parts in found:
                slots = [one for one in parts if isinstance(one, Slot)]
                assert slots, (path, parts)
                # What isn't written holds by itself; its row can be added where its neighbours stand.
                assert [one for one in slots if value_at(data, one.path[:-1] or ()) is None] == [], path
                assert all(one.words for one in slots), (path, slots)
    assert kinds == set(KINDS)


def whole(parts: list[str | Slot]) -> str:
    return "".join(one if isinstance(one, str) else f"[{one.words}]" for one in parts)


def test_an_appraisal_says_whom_its_parts_with_their_weights_and_its_grades(regulation: object) -> None:
    found = said(regulation, "rules/yearly.yaml", TEXTS["rules/yearly.yaml"])
    assert [whole(one) for one in found[1:]] == [
        "[履职]占 [60%]，取自[积分]。",
        "[rest]占 [40%]。",
        "[again]占 [100%]，取自[积分]。",
        "[良好]：[80] 分以上。",
        "[良好]最多给 [20%]。",
        "[优胜]：[70] 分以上。",
        "[优胜]最多给 [3]。",
        "[其余]：其余的人。",
    ]
    weights = [one for parts in found for one in parts if isinstance(one, Slot) and one.path[-1] == "weight"]
    assert [one.path for one in weights] == [
        ("parts", "work", "weight"),
        ("parts", "rest", "weight"),
        ("parts", "rest", "parts", "again", "weight"),
    ]


def test_a_procedure_says_where_it_begins_and_what_leads_on_by_whom(regulation: object) -> None:
    found = [whole(one) for one in said(regulation, "rules/course.yaml", TEXTS["rules/course.yaml"])]
    assert found[0].endswith("一开始是“[待办]”。")
    assert found[1].startswith("从“[待办]”到“[办结]”")
    assert "由[grid_leader]办" in found[1]
    assert found[2].startswith("条件是")
    assert "由" not in found[3]


def test_a_table_says_its_rows_and_its_steps_in_order(regulation: object) -> None:
    found = [whole(one) for one in said(regulation, "rules/firsts.yaml", TEXTS["rules/firsts.yaml"])]
    assert found[1:] == [
        "第 [1] 步：只留下 [minutes大于 3或minutes小于 1] 的行。",
        "第 [2] 步：算出 [long]。",
        "第 [3] 步：按先后，算出 [before]。",
    ]


def test_what_holds_by_versions_says_nothing_by_itself(regulation: object) -> None:
    data = {"duty": "monthly_call", "versions": [{"from": "2025-01-01"}]}
    assert sentences_of("duty", "monthly_call", data, regulation, DAY) == []  # type: ignore[arg-type]


def test_what_a_form_is_about_and_what_an_overlay_adds_are_called_by_their_words(regulation: object) -> None:
    """Ids of sorts of subject, and the languages of a title, say nothing to a reader."""

    def words(path: str, text: str) -> list[str]:
        return [
            "".join(one.words if isinstance(one, Slot) else one for one in sentence)
            for sentence in said(regulation, path, text, "es")
        ]

    assert "Cada uno trata de: Comunidad." in words(
        "forms/a.yaml", "form: meeting\nabout: community\nfields: {}"
    )
    change = "overlay: lakeside\nchanges:\n  - {path: visit/from/a, add: {zh: 会, es: Reunión}, why: asked}\n"
    assert words(f"config/places/{PLACE}/overlay.yaml", change) == ["«visit · a» gana Reunión."]


def test_how_often_reads_well_whatever_number_stands_in_its_slot(regulation: object) -> None:
    text = FILES["rules/monthly_call.yaml"]
    for reader, ending in (("en", "at least 2 times"), ("es", "como mínimo 2 veces")):
        (first, *_) = said(regulation, "rules/monthly_call.yaml", text, reader)
        read = "".join(one.words if isinstance(one, Slot) else one for one in first)
        assert read.endswith(ending), read


def test_a_change_of_another_file_is_called_by_the_titles_on_its_way(regulation: object) -> None:
    def led(path: str) -> str:
        change = f"overlay: lakeside\nchanges:\n  - {{path: {path}, off: not here}}\n"
        (found,) = said(regulation, f"config/places/{PLACE}/overlay.yaml", change)
        return whole(found)

    assert led("monthly_call/times") == "“[monthly_call·几次]”停用：[not here]。"
    assert led("visit/fields/channel/from/home").startswith("“[visit·channel·home]”")
    assert led("visit/filled_by").startswith("“[visit·由谁填]”")
    assert led("leader_year/items/calls/max").startswith("“[积分·calls·满分]”")
    assert led("nothing/here").startswith("“[nothing·here]”")
    change = "overlay: lakeside\nchanges:\n  - {path: visit/filled_by, add: [director], why: asked}\n"
    (found,) = said(regulation, f"config/places/{PLACE}/overlay.yaml", change)
    assert whole(found) == "给“[visit·由谁填]”加上 [director]。"
    change = change.replace(
        "filled_by, add: [director]", "fields/phone, add: {title: {zh: 电话}, type: phone}"
    )
    (found,) = said(regulation, f"config/places/{PLACE}/overlay.yaml", change)
    assert whole(found) == "给“[visit·phone]”加上 [电话]。"
    nobody = said(regulation, "forms/meeting.yaml", FILES["forms/meeting.yaml"] + "filled_by: []\n")
    assert [one for one in map(whole, nobody) if "由" in one] == [], "whoever has a post fills it in"


def test_a_procedure_and_an_appraisal_that_the_place_does_not_use_say_nothing(regulation: object) -> None:
    for path, name in (("rules/course.yaml", "course"), ("rules/yearly.yaml", "yearly")):
        assert said(regulation, path, TEXTS[path].replace(f": {name}\n", ": not_here\n")) == []


def test_a_flag_is_called_by_what_its_check_looks_for_and_by_its_figures(regulation: object) -> None:
    flag = "flag: alike\nof: visit\ncheck: {check}\nwith: {{letters: 3}}\n"
    told = [whole(one) for one in said(regulation, "rules/flags/a.yaml", flag.format(check="cloned_text"))]
    assert told == ["在[visit]里查“[文字雷同]”。", "[至少几个字]：[3]。"]
    narrowed = flag.replace(
        "of: visit", "of: [{{form: meeting, where: {{excused: {{filled: true}}}}}}, visit]"
    )
    told = [whole(one) for one in said(regulation, "rules/flags/a.yaml", narrowed.format(check="burst"))]
    assert told[0] == "在[meeting、visit]里查“[月末集中录入]”。"
    told = [whole(one) for one in said(regulation, "rules/flags/a.yaml", flag.format(check="not_here"))]
    assert told == ["在[visit]里查“[not_here]”。", "[letters]：[3]。"]


def test_a_plugin_that_comes_along_is_called_by_its_words(regulation: object) -> None:
    told = said(
        regulation, "config/plugins.yaml", "plugins:\n  methods: {on: true}\n  of_others: {on: false}\n"
    )
    assert [whole(one) for one in told] == ["插件“[计分方法]”开着。", "插件“[of_others]”关着。"]
