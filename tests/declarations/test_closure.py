"""What is in force at a place: the base, what lies over it, what the place uses and changes."""

import pytest

from app.declarations.closure import in_force
from app.declarations.reader import read_yaml
from app.declarations.uses import words_in
from app.services.filling import SYSTEM_FORMS
from tests.declarations.community import FILES, codes, loaded, told

STREET = "config/places/hill/place.yaml"
COMMUNITY = "config/places/hill/brook/place.yaml"
TREE = {
    STREET: "place: hill\nlevel: street\ntitle: 山街道\ncalendar: cn\n",
    COMMUNITY: "place: brook\nlevel: community\nplaces: {g1: {level: grid}}\n",
}
CASE = "case: {}\nas_of: 2025-01-01\nperiod: 2024\nexpect: [{{in: {}, rows: 0}}]\n"
CALL = FILES["rules/monthly_call.yaml"]


def test_a_place_takes_its_calendar_from_the_place_above() -> None:
    result = loaded(TREE, place="hill/brook")
    assert result.regulation is not None, told(result)
    assert result.regulation.calendar.id == "cn"
    assert sorted(result.regulation.places.places) == ["hill", "hill/brook", "hill/brook/g1"]


def test_a_definition_in_a_places_folder_stands_for_the_one_above() -> None:
    weekly = CALL.replace("every: month", "every: week")
    files = {**TREE, "config/places/hill/rules/monthly_call.yaml": weekly}
    here, elsewhere = loaded(files, place="hill/brook").regulation, loaded(files).regulation
    assert here is not None
    assert elsewhere is not None
    assert here.duties["monthly_call"].every != elsewhere.duties["monthly_call"].every


def test_a_broken_file_of_a_place_is_told_although_the_base_is_whole() -> None:
    files = {**TREE, "config/places/hill/brook/rules/monthly_call.yaml": "duty: monthly_call\nevery: [\n"}
    assert told(loaded(files, place="hill/brook")) == [
        "config/places/hill/brook/rules/monthly_call.yaml:3:1 E104"
    ]


def test_cases_in_a_places_folder_stand_for_the_bases_of_the_same_name_and_for_no_others() -> None:
    base = {
        "rules/monthly_call.case.yaml": CASE.format("monthly_call", 0),
        "rules/b.case.yaml": CASE.format("visit", 0),
    }
    street = {"config/places/hill/rules/c.case.yaml": CASE.format("visit", 0)}
    own = {
        "config/places/hill/brook/rules/monthly_call.case.yaml": CASE.format("monthly_call", 1),
        "config/places/hill/brook/rules/c.case.yaml": CASE.format("visit", 1),
    }
    read = in_force("hill/brook", {**FILES, **TREE, **base, **street, **own}).read
    assert [one.path for one in read if one.path.endswith(".case.yaml")] == [
        "rules/b.case.yaml", "config/places/hill/rules/c.case.yaml", *sorted(own)]  # fmt: skip


def test_what_a_place_above_has_decided_cant_be_restated_below() -> None:
    weekly = CALL.replace("every: month", "every: week")
    files = {
        **TREE,
        "config/places/hill/rules/monthly_call.yaml": weekly,
        "config/places/hill/brook/rules/monthly_call.yaml": CALL,
    }
    (problem,) = loaded(files, place="hill/brook").problems
    assert (str(problem.where), problem.code, problem.values["reason"]) == (
        "config/places/hill/brook/rules/monthly_call.yaml:1:1",
        "E131",
        "restated",
    )


def test_a_form_in_a_places_folder_keeps_the_fields_and_choices_of_the_one_above() -> None:
    form = FILES["forms/visit.yaml"]
    more = form.replace("[home, phone]", "[letter, phone, home]") + "  floor: {type: integer}\n"
    assert codes(loaded({"config/places/lakeside/forms/visit.yaml": more})) == []
    less = form.replace("[home, phone]", "[phone]").replace("  minutes: {type: integer}\n", "")
    found = loaded({"config/places/lakeside/forms/visit.yaml": less}).problems
    assert [(problem.code, problem.values["what"], problem.values["reason"]) for problem in found] == [
        ("E131", "visit/fields/channel/from/home", "lost"),
        ("E131", "visit/fields/minutes", "lost"),
    ]


def test_an_id_given_twice_in_the_base_is_told_with_the_first_file() -> None:
    result = loaded({"rules/visit.yaml": "duty: visit\nfor_each: household\nevery: month\nmet_by: visit\n"})
    (problem,) = result.problems
    assert (str(problem.where), problem.code, problem.values["first"]) == (
        "rules/visit.yaml:1:7",
        "E101",
        "forms/visit.yaml",
    )


def test_a_place_that_names_what_it_uses_gets_that_and_what_it_needs() -> None:
    files = {
        "config/places/lakeside/place.yaml": FILES["config/places/lakeside/place.yaml"]
        + "uses: [monthly_call, appointment]\n",
        "rules/monthly_call.case.yaml": CASE.format("x", "monthly_call"),
        "rules/other.case.yaml": CASE.format("y", "meeting"),
    }
    regulation = loaded(files).regulation
    assert regulation is not None
    assert set(regulation.duties) == {"monthly_call"}
    assert set(regulation.forms) == {"household", "visit", "appointment", *SYSTEM_FORMS}
    assert [case.title for case in regulation.cases] == ["x"]


def using(*names: str) -> dict[str, str]:
    place = "config/places/lakeside/place.yaml"
    return {place: FILES[place] + f"uses: [{', '.join(names)}]\n"}


def test_texts_for_people_and_the_ids_of_fields_and_choices_draw_nothing_in() -> None:
    files = using("monthly_call")
    files["rules/monthly_call.yaml"] = (
        CALL
        + "title: {en: A call instead of a meeting}\nnotes: see meeting\n"
        + "clause: {doc: A, text: the meeting decides}\n"
    )
    files["forms/visit.yaml"] = FILES["forms/visit.yaml"] + "  meeting: {type: choice, from: [meeting]}\n"
    regulation = loaded(files).regulation
    assert regulation is not None
    assert "meeting" not in regulation.forms


@pytest.mark.parametrize("column", ["title", "message", "why", "icon", "filled_by", "fields", "zh"])
def test_a_column_may_be_called_what_elsewhere_is_a_text_for_people(column: str) -> None:
    def words(text: str) -> set[str]:
        read = read_yaml("rules/x.yaml", text).data
        return {*words_in(read, lambda key, _: () if key in ("filled_by", "fields") else None)}

    for key in ("set", "where", "when"):
        found = words(
            f"{key}:\n  {column}: count(meeting)\n  other: 1\nthen: {{{key}: [{{{column}: visit.x}}]}}\n"
        )
        assert {"meeting", "visit"} <= found
    assert "meeting" not in words("why: a meeting\nthen: {title: meeting, clause: {text: the meeting}}\n")


def test_ids_within_sections_and_rows_draw_nothing_in_either() -> None:
    files = using("monthly_call")
    files["forms/visit.yaml"] = FILES["forms/visit.yaml"] + (
        "  more: {type: group, fields: {meeting: {type: choice, from: [meeting]}}}\n"
        "  met: {type: repeat, fields: {kind: {type: choice, from: [meeting, elsewhere]}}}\n"
    )
    regulation = loaded(files).regulation
    assert regulation is not None
    assert "meeting" not in regulation.forms


def test_a_post_that_only_may_fill_a_form_in_or_be_told_can_be_lacking_but_not_all_of_them() -> None:
    files = using("monthly_call", "appointment", "missed_call")
    files["forms/visit.yaml"] = FILES["forms/visit.yaml"] + "filled_by: [director, grid_leader]\n"
    files["rules/missed_call.yaml"] = (
        "rule: missed_call\nfor_each: monthly_call\nwhen: {state: missed}\n"
        "then: {finding: missed_call, notify: [director, grid_leader]}\n"
    )
    regulation = loaded(files).regulation
    assert regulation is not None
    assert set(regulation.roles) == {"grid_leader"}
    assert regulation.forms["visit"].filled_by == ("grid_leader",)
    assert regulation.rules["missed_call"].then.notify == ("grid_leader",)
    files["forms/visit.yaml"] = FILES["forms/visit.yaml"] + "filled_by: [director]\n"
    assert told(loaded(files)) == ["forms/visit.yaml:6:13 E102"]


def test_a_places_own_posts_and_calendars_are_in_force_there_with_all_that_they_rest_on() -> None:
    files = using()
    files["forms/worker.yaml"] = "form: worker_file\ndescribes: worker\nfields: {skill: {type: text}}\n"
    files |= {
        "forms/worker_file.yaml": files.pop("forms/worker.yaml"),
        "config/places/lakeside/roles/warden.yaml": "role: warden\nlevel: grid\n",
        "config/places/lakeside/calendars/cn.yaml": "calendar: cn\nzone: Asia/Urumqi\n",
    }
    regulation = loaded(files).regulation
    assert regulation is not None
    assert set(regulation.roles) == {"warden"}
    assert set(regulation.forms) == {"appointment", "worker_file", *SYSTEM_FORMS}
    assert regulation.calendar.zone == "Asia/Urumqi"


def test_a_finding_that_is_named_draws_in_the_rule_that_makes_it() -> None:
    files = using("dismissed")
    files["rules/unreached.yaml"] = (
        "rule: unreached\nfor_each: monthly_call\nwhen: {state: missed}\nthen: {finding: out_of_reach}\n"
    )
    files["rules/dismissed.yaml"] = (
        "rule: dismissed\nfor_each: out_of_reach\nwhen: 'true'\nthen: {finding: dismissed}\n"
    )
    assert set(loaded(files).files) >= {"rules/unreached.yaml"}
    assert "unreached" in {one.id for one in in_force("lakeside", {**FILES, **files}).read}


def test_using_what_nobody_declares_is_told() -> None:
    place = FILES["config/places/lakeside/place.yaml"] + "uses: [monthly_cal]\n"
    (problem,) = loaded({"config/places/lakeside/place.yaml": place}).problems
    assert (problem.code, problem.suggestion) == ("E102", "monthly_call")


def overlay(changes: str) -> dict[str, str]:
    return {"config/places/lakeside/overlay.yaml": f"overlay: lakeside\nchanges:\n{changes}"}


def test_an_overlay_changes_a_figure_within_what_is_open() -> None:
    regulation = loaded(
        overlay("  - {path: monthly_call/times, to: {2020-01-01: 1, 2025-07-01: 2}, why: meeting 3}\n")
    ).regulation
    assert regulation is not None
    times = regulation.duties["monthly_call"].times
    assert times is not None
    assert [value for _, value in times.values] == [1, 2]
    assert times.why == "meeting 3"
    assert times.where is not None
    assert times.where.path == "config/places/lakeside/overlay.yaml"
    base = loaded().regulation
    assert base is not None
    assert base.duties["monthly_call"].times != times


def test_an_overlay_is_refused_beyond_what_is_open_without_a_reason_or_where_nothing_is() -> None:
    changes = """\
  - {path: monthly_call/times, to: 5, why: a wish}
  - {path: monthly_call/times, to: 2}
  - {path: monthly_call/every, to: week, why: a wish}
  - {path: monthly_cal/times, to: 2, why: a wish}
  - {path: monthly_call/time, to: 2, why: a wish}
  - {path: monthly_call, off: true, why: a wish}
  - {path: monthly_call/times, why: a wish}
"""
    result = loaded(overlay(changes))
    assert [problem.values["reason"] for problem in result.problems] == [
        "outside",
        "no_reason",
        "closed",
        "no_path",
        "no_path",
        "closed",
        "no_value",
    ]
    assert set(codes(result)) == {"E131"}


def test_a_length_is_open_in_its_own_unit_only() -> None:
    base = {
        "rules/monthly_call.yaml": CALL
        + "late_until: {value: 2 days, open: {at_least: 0 days, at_most: 5 days}}\n"
    }
    change = "  - {{path: monthly_call/late_until, to: {}, why: a wish}}\n"
    assert codes(loaded({**base, **overlay(change.format("5 days"))})) == []
    assert codes(loaded({**base, **overlay(change.format("1 hours"))})) == ["E131"]


def test_a_definition_that_is_open_to_it_can_be_switched_off() -> None:
    base = {"rules/monthly_call.yaml": CALL + "open: {off: true}\n"}
    regulation = loaded(
        {**base, **overlay("  - {path: monthly_call, off: true, why: no telephones}\n")}
    ).regulation
    assert regulation is not None
    assert regulation.duties == {}


DISTRICT = "config/places/hill/place.yaml"
LEVELS = {
    DISTRICT: "place: hill\nlevel: district\ntitle: {zh: 山区}\ncalendar: cn\n",
    "config/places/hill/east/place.yaml": "place: east\nlevel: street\n",
    "config/places/hill/east/brook/place.yaml": "place: brook\nlevel: community\nplaces: {g1: {level: grid}}\n",
}


def levels(**changes: str) -> dict[str, str]:
    folders = {
        "hill": "config/places/hill",
        "east": "config/places/hill/east",
        "brook": "config/places/hill/east/brook",
    }
    overlays = {
        f"{folders[name]}/overlay.yaml": f"overlay: {name}\nchanges:\n  - {text}\n"
        for name, text in changes.items()
    }
    return {**LEVELS, **overlays}


def test_district_street_and_community_change_a_figure_one_after_another_and_the_lowest_holds() -> None:
    files = levels(
        hill="{path: monthly_call/times, to: 2, why: district}",
        east="{path: monthly_call/times, to: 3, why: street}",
        brook="{path: monthly_call/times, to: 4, why: community}",
    )
    result = loaded(files, place="hill/east/brook")
    assert result.regulation is not None, told(result)
    times = result.regulation.duties["monthly_call"].times
    assert times is not None
    assert (times.values, times.layer, times.why) == (((None, 4),), "hill/east/brook", "community")


def test_what_a_level_above_changes_for_others_is_no_fault_where_a_place_doesnt_use_it() -> None:
    change = "{path: monthly_call/times, to: 2, why: a wish}"
    place = "config/places/hill/east/brook/place.yaml"
    uses = {place: LEVELS[place] + "uses: [appointment]\n"}
    assert codes(loaded({**levels(east=change), **uses}, place="hill/east/brook")) == []
    assert codes(loaded({**levels(brook=change), **uses}, place="hill/east/brook")) == ["E131"]


def test_what_a_file_acknowledges_holds_for_what_an_overlay_puts_into_it() -> None:
    base = {
        "forms/tip.yaml": "form: tip\nfilled_by: [grid_leader]\nfields:\n  heard: {type: text, required: true}\n",
        "rules/tips.yaml": "duty: tips\nfor_each: role grid_leader\nevery: month\nmet_by: tip\n"
        "times: {value: 5, open: {at_most: 9}}\nacknowledged: {W206: they are looked at}\n",
    }
    assert codes(loaded(base)) == []
    assert codes(loaded({**base, **overlay("  - {path: tips/times, to: 7, why: more of them}\n")})) == []


def test_each_figure_knows_the_layer_that_it_comes_from() -> None:
    files = levels(east="{path: monthly_call/times, to: 3, why: street}")
    own = {
        "config/places/hill/east/brook/rules/own/call_again.yaml": CALL.replace("monthly_call", "call_again")
    }
    result = loaded({**files, **own}, place="hill/east/brook")
    assert result.regulation is not None, told(result)
    layers = {name: duty.times.layer for name, duty in result.regulation.duties.items() if duty.times}
    assert layers == {"monthly_call": "hill/east", "call_again": "hill/east/brook"}
    base = loaded(LEVELS, place="hill/east/brook").regulation
    assert base is not None
    times = base.duties["monthly_call"].times
    assert times is not None
    assert times.layer == ""


def test_a_level_narrows_what_the_next_may_do_with_or_without_a_value_of_its_own() -> None:
    narrow = "{path: monthly_call/times, open: {at_most: 2}, why: district}"
    kept = loaded(levels(hill=narrow), place="hill/east/brook").regulation
    assert kept is not None
    times = kept.duties["monthly_call"].times
    assert times is not None
    assert (times.values, times.at_least, times.at_most, times.layer) == (((None, 1),), 1, 2, "")
    refused = loaded(
        levels(hill=narrow, brook="{path: monthly_call/times, to: 3, why: community}"),
        place="hill/east/brook",
    )
    assert [(str(problem.where), problem.values["reason"]) for problem in refused.problems] == [
        ("config/places/hill/east/brook/overlay.yaml:3:36", "outside")
    ]
    both = levels(
        hill="{path: monthly_call/times, to: 2, open: {at_least: 2, at_most: 3}, why: district}",
        brook="{path: monthly_call/times, to: 3, why: community}",
    )
    assert codes(loaded(both, place="hill/east/brook")) == []


def test_a_level_never_widens_what_the_one_above_leaves_it() -> None:
    for wider in ("{at_most: 5}", "{at_least: 0}", "{at_most: 3 days}", "{some: 2}", "2"):
        files = levels(hill=f"{{path: monthly_call/times, open: {wider}, why: district}}")
        (problem,) = loaded(files, place="hill/east/brook").problems
        assert (problem.code, problem.values["reason"]) == ("E131", "widened"), wider
    files = levels(hill="{path: monthly_call/times, open: {at_least: 2}, why: district}")
    (problem,) = loaded(files, place="hill/east/brook").problems
    assert problem.values["reason"] == "outside"  # the value that stands there is 1


def test_a_places_form_gains_fields_choices_and_posts() -> None:
    forms = {
        "forms/visit.yaml": FILES["forms/visit.yaml"] + "filled_by: [grid_leader]\n",
        "forms/household.yaml": FILES["forms/household.yaml"],
    }
    changes = """\
  - {path: visit/fields/floor, add: {title: {zh: 楼层, en: Floor}, type: integer}, why: high houses}
  - {path: visit/fields/channel/from/letter, add: {zh: 来信, en: Letter}, why: no telephones}
  - {path: visit/filled_by, add: director, why: the director visits too}
"""
    result = loaded({**forms, **overlay(changes)})
    assert result.regulation is not None, told(result)
    visit = result.regulation.forms["visit"]
    assert [field.id for field in visit.fields] == ["channel", "minutes", "floor"]
    channel = visit.field("channel")
    assert channel is not None
    assert [choice.id for choice in channel.choices] == ["home", "phone", "letter"]
    assert channel.choices[-1].title == {"zh": "来信", "en": "Letter"}
    assert visit.filled_by == ("grid_leader", "director")


def test_a_form_gains_nothing_that_it_has_and_loses_nothing() -> None:
    forms = {"forms/visit.yaml": FILES["forms/visit.yaml"] + "filled_by: grid_leader\n"}
    changes = """\
  - {path: visit/fields/channel, add: {type: text}, why: a wish}
  - {path: visit/fields/channel/from/home, add: {zh: 家}, why: a wish}
  - {path: visit/filled_by, add: [grid_leader], why: a wish}
  - {path: meeting/filled_by, add: director, why: everybody may already}
  - {path: visit/fields/chanel/from/letter, add: {zh: 信}, why: a wish}
  - {path: visit/fields/minutes/from/letter, add: {zh: 信}, why: a wish}
  - {path: visit/about, add: person, why: a wish}
  - {path: visit/fields/floor, add: integer, why: a wish}
  - {path: monthly_call/tiers/often, add: {times: 2}, why: a wish}
"""
    result = loaded({**forms, **overlay(changes)})
    assert [problem.values["reason"] for problem in result.problems] == [
        "there", "there", "there", "no_path", "no_path", "no_path", "no_gain", "no_gain", "no_gain",
    ]  # fmt: skip
    assert str(result.problems[0].where) == "config/places/lakeside/overlay.yaml:3:12"


def test_what_a_form_gains_is_checked_like_the_rest_at_its_own_place() -> None:
    changes = "  - {path: visit/fields/floor, add: {type: intger}, why: a wish}\n"
    assert told(loaded(overlay(changes))) == ["config/places/lakeside/overlay.yaml:3:44 E102"]


def test_an_overlay_that_names_what_it_adds_leaves_the_other_own_files_for_later() -> None:
    files = {
        "config/places/lakeside/rules/own/second_call.yaml": CALL.replace("monthly_call", "second_call"),
        "config/places/lakeside/rules/trial/third_call.yaml": CALL.replace("monthly_call", "third_call"),
        "config/places/lakeside/overlay.yaml": "overlay: lakeside\nadds: [rules/own/]\n",
    }
    regulation = loaded(files).regulation
    assert regulation is not None
    assert set(regulation.duties) == {"monthly_call", "second_call"}
    files["config/places/lakeside/overlay.yaml"] = "overlay: lakeside\nadds: [rules/own/, rules/owm/]\n"
    (problem,) = loaded(files).problems
    assert (str(problem.where), problem.values["reason"]) == (
        "config/places/lakeside/overlay.yaml:2:20",
        "no_file",
    )


def test_a_broken_definition_and_one_choice_of_many_kinds_are_left_to_their_own_faults() -> None:
    broken = {"rules/monthly_call.yaml": "duty: monthly_call\nevery: [\n"}
    changes = overlay("  - {path: monthly_call/times, to: 2, why: a wish}\n")
    assert told(loaded({**broken, **changes})) == ["rules/monthly_call.yaml:3:1 E104"]
    empty = overlay("  - {path: visit/fields/channel/form/letter, add: {zh: 信}, why: a wish}\n")
    assert [problem.values["reason"] for problem in loaded(empty).problems] == ["no_gain"]
    whole = overlay("  - {path: monthly_call, to: 2, why: a wish}\n")
    assert [problem.values["reason"] for problem in loaded(whole).problems] == ["no_path"]
    deep = overlay("  - {path: monthly_call/every/times, to: 2, why: a wish}\n")
    assert [problem.values["reason"] for problem in loaded(deep).problems] == ["no_path"]


def test_an_overlay_that_names_another_place_than_its_folders_is_told() -> None:
    path = "config/places/lakeside/overlay.yaml"
    assert codes(loaded({path: "overlay: lakeside\nplace: lakeside\n"})) == []
    (problem,) = loaded({path: "overlay: lakeside\nplace: lakesid\n"}).problems
    assert (str(problem.where), problem.code, problem.suggestion) == (f"{path}:2:8", "E102", "lakeside")


# ---- what may be chosen, what is locked, what has moved --------------------------------------------------------------
OPEN = "times: {value: 1, open: {at_least: 1, at_most: 4}}"


def choosing(choices: str) -> dict[str, str]:
    return {
        "rules/monthly_call.yaml": CALL.replace(OPEN, f"times: {{value: 1, open: {{one_of: {choices}}}}}")
    }


def test_a_figure_can_be_open_to_some_values_alone() -> None:
    change = "{{path: monthly_call/times, to: {}, why: street}}"
    for value, codes_ in (
        ("2", []),
        ("4", []),
        ("3", ["E131"]),
        ("{2024-01-01: 2, 2025-01-01: 3}", ["E131"]),
    ):
        files = {**choosing("[1, 2, 4]"), **levels(east=change.format(value))}
        assert codes(loaded(files, place="hill/east/brook")) == codes_, value
    regulation = loaded({**choosing("[1, 2, 4]"), **LEVELS}, place="hill/east/brook").regulation
    assert regulation is not None
    times = regulation.duties["monthly_call"].times
    assert times is not None
    assert times.one_of == (1, 2, 4)


def test_a_level_narrows_choices_and_never_adds_any() -> None:
    narrow = "{path: monthly_call/times, open: {one_of: [1, 2]}, why: district}"
    wider = "{path: monthly_call/times, to: 4, why: community}"
    files = {**choosing("[1, 2, 4]"), **levels(hill=narrow, brook=wider)}
    assert [one.values["reason"] for one in loaded(files, place="hill/east/brook").problems] == ["outside"]
    for choices in ("[1, 3]", "[]", "2", "[a]"):
        files = {**choosing("[1, 2, 4]"), **levels(hill=narrow.replace("[1, 2]", choices))}
        (problem,) = loaded(files, place="hill/east/brook").problems
        assert problem.values["reason"] == "widened", choices


def test_choices_are_a_list_of_such_figures() -> None:
    assert codes(loaded(choosing("2"))) == ["E103"]
    assert codes(loaded(choosing("[moon]"))) == ["E103"]


def test_a_level_locks_a_figure_for_those_below() -> None:
    locked = "{path: monthly_call/times, to: 2, open: locked, why: district}"
    alone = loaded(levels(hill=locked), place="hill/east/brook")
    assert codes(alone) == []
    assert alone.regulation is not None
    times = alone.regulation.duties["monthly_call"].times
    assert times is not None
    assert (times.values, times.at_least, times.at_most) == (((None, 2),), None, None)
    again = levels(hill=locked, brook="{path: monthly_call/times, to: 3, why: community}")
    assert [one.values["reason"] for one in loaded(again, place="hill/east/brook").problems] == ["closed"]
    outside = levels(hill=locked.replace("to: 2", "to: 9"))
    assert [one.values["reason"] for one in loaded(outside, place="hill/east/brook").problems] == ["outside"]


def test_a_change_over_a_figure_that_is_another_one_by_now_is_told_and_holds_all_the_same() -> None:
    change = "{{path: monthly_call/times, to: 3, over: {}, why: community}}"
    assert codes(loaded(levels(brook=change.format(1)), place="hill/east/brook")) == []
    upgraded = {
        **levels(brook=change.format(1)),
        "rules/monthly_call.yaml": CALL.replace("times: {value: 1,", "times: {value: 2,"),
    }
    result = loaded(upgraded, place="hill/east/brook")
    assert [(str(one.where), one.code, one.values["was"], one.values["now"]) for one in result.problems] == [
        ("config/places/hill/east/brook/overlay.yaml:3:45", "W222", "1", "2")
    ]
    assert result.regulation is not None
    times = result.regulation.duties["monthly_call"].times
    assert times is not None
    assert times.values == ((None, 3),)
    street = levels(east="{path: monthly_call/times, to: 2, why: street}", brook=change.format(1))
    assert codes(loaded(street, place="hill/east/brook")) == ["W222"]


def test_a_definition_of_ones_own_over_one_that_changed_or_went_is_told() -> None:
    own = {
        "config/places/hill/east/brook/rules/monthly_call.yaml": CALL.replace("every: month", "every: week")
    }
    over = "config/places/hill/east/brook/overlay.yaml"
    files = {**LEVELS, **own, over: "overlay: brook\nover: {monthly_call: 000000000000, tea: 0}\n"}
    problems = loaded(files, place="hill/east/brook").problems
    assert [(one.code, one.values["reason"]) for one in problems] == [
        ("W222", "definition"),
        ("W222", "gone"),
    ]
    mark = problems[0].values["now"]
    files[over] = f"overlay: brook\nover: {{monthly_call: {mark}}}\n"
    assert codes(loaded(files, place="hill/east/brook")) == []
    files["rules/monthly_call.yaml"] = "# a comment more\n" + CALL
    assert codes(loaded(files, place="hill/east/brook")) == []


@pytest.mark.parametrize(
    ("added", "path", "kept", "moved"),
    [
        (
            "{type: text, where: {channel: phone}}",
            "visit/fields/weather",
            ("minutes: {type: integer}", "minutes: {type: number}"),
            ("[home, phone]", "[home, phone, letter]"),
        ),
        (
            "{zh: 微信}",
            "visit/fields/channel/from/chat",
            ("minutes: {type: integer}", "minutes: {type: number}"),
            ("[home, phone]", "[home, phone, letter]"),
        ),
    ],
)
def test_what_was_added_is_told_where_what_it_stands_on_changed_and_nowhere_else(
    added: str, path: str, kept: tuple[str, str], moved: tuple[str, str]
) -> None:
    change = f"{{path: {path}, add: {added}, why: community, over: "
    result = loaded(levels(brook=change + "0}"), place="hill/east/brook")
    (told,) = [one for one in result.problems if one.code == "W222"]
    assert told.values["reason"] == "ground"
    files = levels(brook=f"{change}{told.values['now']}}}")
    visit = FILES["forms/visit.yaml"]

    def told_of(old: str, new: str) -> list[str]:
        assert old in visit
        again = {**files, "forms/visit.yaml": visit.replace(old, new)}
        return [one.code for one in loaded(again, place="hill/east/brook").problems if one.code == "W222"]

    assert told_of("form", "form") == []
    assert told_of(*kept) == []
    assert told_of(*moved) == ["W222"]
