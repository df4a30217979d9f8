"""Layers as people ask about them: what comes from where, what it was laid over, and one community's change for all."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from app.cli.main import main
from app.declarations.files import FileDeclarations
from app.domain.problem import ProblemError
from app.services.layers.changes import chosen_here, recorded
from app.services.layers.layers import Bounds, effective
from app.services.layers.promotion import patched, promoted
from tests.declarations.community import FILES
from tests.fakes.checkout import checkout, edit, write
from tests.fakes.working import codes

EAST, BROOK, LAKE = (f"config/places/hill/{name}" for name in ("east", "east/brook", "east/lake"))
CALL = FILES["rules/monthly_call.yaml"]
TREE = {
    "config/places/hill/place.yaml": "place: hill\nlevel: district\ntitle: {zh: 山区}\ncalendar: cn\n",
    f"{EAST}/place.yaml": "place: east\nlevel: street\n",
    f"{BROOK}/place.yaml": "place: brook\nlevel: community\nplaces: {g1: {level: grid}}\n",
    f"{LAKE}/place.yaml": "place: lake\nlevel: community\nplaces: {g1: {level: grid}}\n",
}
MINE = """\
overlay: brook
changes:
  # agreed in March
  - {path: monthly_call/times, to: 3, why: meeting 3}
  - {path: visit/fields/floor, add: {type: integer}, why: high houses}
"""


def town(root: Path, more: Mapping[str, str]) -> FileDeclarations:
    return checkout(root, {**FILES, **TREE, **more})


def test_each_value_says_from_which_level_it_comes_what_was_there_and_what_is_open(tmp_path: Path) -> None:
    street = (
        "overlay: east\nchanges:\n  - {path: monthly_call/times, to: 2, open: {at_most: 3}, why: street}\n"
    )
    declared = town(tmp_path, {f"{EAST}/overlay.yaml": street, f"{BROOK}/overlay.yaml": MINE})
    found = {one.path: one for one in effective(declared, "hill/east/brook")}
    times = found["monthly_call/times"]
    assert (times.value, times.layer, times.free) == ("3", "hill/east/brook", "at_least: 1, at_most: 3")
    assert str(times.where) == f"{BROOK}/overlay.yaml:4:36"
    assert [(one.layer, one.before, one.after, one.why) for one in times.levels] == [
        ("hill/east", "1", "2", "street"),
        ("hill/east/brook", "2", "3", "meeting 3"),
    ]
    assert found["visit/fields/floor"].value == "{type: integer}"
    base = {one.path: one for one in effective(declared, "hill/east/lake")}["monthly_call/times"]
    assert (base.value, base.layer) == ("2", "hill/east")


def test_dated_figures_and_choices_are_told_as_files_say_them(tmp_path: Path) -> None:
    open_ = CALL.replace("open: {at_least: 1, at_most: 4}", "open: {one_of: [1, 2]}")
    late = "late_until: {value: 2 days, open: {at_most: 5 days}}\n"
    to = MINE.replace("to: 3", "to: {2024-01-01: 1, 2025-01-01: 2}")
    declared = town(tmp_path, {"rules/monthly_call.yaml": open_ + late, f"{BROOK}/overlay.yaml": to})
    found = {one.path: one for one in effective(declared, "hill/east/brook")}
    assert found["monthly_call/times"].value == "{2024-01-01: 1, 2025-01-01: 2}"
    assert found["monthly_call/times"].free == "one_of: [1, 2]"
    assert found["monthly_call/late_until"].value == "2 days"


GRADES = """\
sheet: leaders
title: Points
for_each: role grid_leader
every: year
items:
  calls:
    title: Calls
    max: 10
    start: max
    lines: {missed: {deduct: 1, for_each: monthly_call, where: {state: missed}, undecided: leave_out}}
"""
YEAR = """\
appraisal: year
for_each: role grid_leader
every: year
parts: {all: {weight: {value: 100%, open: {one_of: [100%, 50%]}}, from: leaders}}
missing_part: not_computable
grades:
  best:
    at_least: {value: 0.5, open: {at_most: 1}}
    quota: {top: {value: 20%, open: {at_least: 10%, at_most: 12.5%}}, round: down}
  fail: {}
"""


def test_a_figure_that_the_file_says_in_per_cent_is_told_in_per_cent_and_its_choice_lies_over_it_so(
    tmp_path: Path,
) -> None:
    declared = town(tmp_path, {"rules/leaders.yaml": GRADES, "rules/year.yaml": YEAR})
    place = "hill/east/brook"
    found = {one.path: one for one in effective(declared, place)}
    top, weight = found["year/grades/best/quota/top"], found["year/parts/all/weight"]
    assert (top.value, top.bounds) == ("20%", Bounds("10%", "12.5%"))
    assert (weight.value, weight.free) == ("100%", "one_of: [100%, 50%]")
    assert found["year/grades/best/at_least"].value == "0.5"
    files = declared.read_files(place)
    made = {**files, **chosen_here(declared, place, files, top.path, "0.1", "meeting 5")}
    assert "over: 20%" in made[f"{BROOK}/overlay.yaml"]
    assert [one.code for one in declared.load(place, made).problems] == []
    write(tmp_path, made)
    assert {one.path: one for one in effective(declared, place)}[top.path].value == "10%"


def test_files_at_fault_have_no_layers(tmp_path: Path) -> None:
    with pytest.raises(ProblemError):
        effective(town(tmp_path, {"rules/monthly_call.yaml": "duty: [\n"}), "hill/east/brook")


def test_what_an_overlay_lies_over_is_written_into_it_once_and_an_upgrade_is_told_then(
    tmp_path: Path,
) -> None:
    own = CALL.replace("duty: monthly_call", "duty: weekly_call").replace("every: month", "every: week")
    declared = town(
        tmp_path,
        {
            f"{BROOK}/overlay.yaml": MINE,
            "rules/weekly_call.yaml": own,
            f"{BROOK}/rules/weekly_call.yaml": own.replace("every: week", "every: day"),
        },
    )
    written = recorded(declared, "hill/east/brook")
    (text,) = written.values()
    assert "  # agreed in March\n" in text
    assert "over: 1" in text
    write(tmp_path, written)
    assert recorded(declared, "hill/east/brook") == {}
    place = "hill/east/brook"
    assert not [
        one for one in declared.load(place, declared.read_files(place)).problems if one.code == "W222"
    ]
    edit(tmp_path, "rules/monthly_call.yaml", "times: {value: 1", "times: {value: 2")
    edit(tmp_path, "rules/weekly_call.yaml", "every: week", "every: month")
    told = [one for one in declared.load(place, declared.read_files(place)).problems if one.code == "W222"]
    assert sorted(str(one.values["reason"]) for one in told) == ["definition", "figure"]
    assert (tmp_path / f"{BROOK}/overlay.yaml").read_text("utf-8") == text


def test_a_place_without_an_overlay_gets_one_for_its_own_definitions(tmp_path: Path) -> None:
    declared = town(
        tmp_path, {f"{BROOK}/rules/monthly_call.yaml": CALL.replace("every: month", "every: week")}
    )
    (text,) = recorded(declared, "hill/east/brook").values()
    assert text.startswith("overlay: brook\nover:")
    assert recorded(declared, "hill/east/lake") == {}


def test_a_communitys_change_goes_up_for_all_of_the_street(tmp_path: Path) -> None:
    declared = town(tmp_path, {f"{BROOK}/overlay.yaml": MINE})
    found = promoted(declared, "hill/east/brook", "monthly_call/times", "hill/east")
    assert found.errors == ()
    assert found.checked.keys() == {"hill/east/brook", "hill/east/lake"}
    write(tmp_path, {path: text for path, text in found.patch.items() if text is not None})
    for place in found.checked:
        times = {one.path: one for one in effective(declared, place)}["monthly_call/times"]
        assert (times.value, times.layer) == ("3", "hill/east")
    assert "visit/fields/floor" in (tmp_path / f"{BROOK}/overlay.yaml").read_text("utf-8")
    last = promoted(declared, "hill/east/brook", "visit/fields/floor", "hill")
    assert last.patch[f"{BROOK}/overlay.yaml"] == "overlay: brook\n"


def test_a_reminder_of_a_figure_that_goes_up_is_new_only_to_the_others(tmp_path: Path) -> None:
    mine = (
        "overlay: brook\nchanges:\n"
        "  - {path: monthly_call/times, to: {2012-01-01: 1, 2025-02-15: 2}, why: from mid-month}\n"
    )
    declared = town(tmp_path, {f"{BROOK}/overlay.yaml": mine})
    found = promoted(declared, "hill/east/brook", "monthly_call/times", "hill/east")
    told = {place: [one.code for one in problems] for place, problems in found.checked.items()}
    assert told == {"hill/east/brook": [], "hill/east/lake": ["W205"]}


def test_a_change_that_goes_up_takes_the_place_of_that_of_the_level_above(tmp_path: Path) -> None:
    street = "overlay: east\nchanges:\n  - {path: monthly_call/times, to: 2, why: street}\n"
    declared = town(tmp_path, {f"{EAST}/overlay.yaml": street, f"{BROOK}/overlay.yaml": MINE})
    text = promoted(declared, "hill/east/brook", "monthly_call/times", "hill/east").patch[
        f"{EAST}/overlay.yaml"
    ]
    assert text is not None
    assert "to: 3" in text
    assert "to: 2" not in text


def test_a_definition_of_its_own_goes_up_with_its_file(tmp_path: Path) -> None:
    own = CALL.replace("duty: monthly_call", "duty: tea")
    declared = town(tmp_path, {f"{BROOK}/rules/tea.yaml": own})
    found = promoted(declared, "hill/east/brook", "tea", "hill")
    assert found.patch == {f"{BROOK}/rules/tea.yaml": None, "config/places/hill/rules/tea.yaml": own}
    assert (
        patched(declared.read_files("hill/east/brook"), found.patch)["config/places/hill/rules/tea.yaml"]
        == own
    )


def test_what_a_definition_rests_on_goes_up_with_it(tmp_path: Path) -> None:
    own = {
        f"{BROOK}/rules/tea.yaml": CALL.replace("duty: monthly_call", "duty: tea"),
        f"{BROOK}/rules/teas.yaml": "indicator: teas\nper: household\nevery: year\nmeasure: count\nof: tea\n",
    }
    declared = town(tmp_path, own)
    assert declared.load("hill/east/brook", declared.read_files("hill/east/brook")).problems == ()
    found = promoted(declared, "hill/east/brook", "teas", "hill/east")
    assert found.along == ("tea",)
    assert found.errors == ()
    assert {path for path, text in found.patch.items() if text is None} == own.keys()


def test_what_would_break_another_community_is_told_before_anything_is_written(tmp_path: Path) -> None:
    theirs = MINE.replace("overlay: brook", "overlay: lake")
    declared = town(tmp_path, {f"{BROOK}/overlay.yaml": MINE, f"{LAKE}/overlay.yaml": theirs})
    found = promoted(declared, "hill/east/brook", "visit/fields/floor", "hill/east")
    assert [one.code for one in found.errors] == ["E131"]
    assert found.checked["hill/east/brook"] == ()


def test_what_isnt_there_or_goes_nowhere_up_is_refused(tmp_path: Path) -> None:
    declared = town(tmp_path, {f"{BROOK}/overlay.yaml": MINE})
    for what, to, code in (("tea", "hill/east", "E598"), ("monthly_call/times", "hill/west", "E597")):
        with pytest.raises(ProblemError) as fault:
            promoted(declared, "hill/east/brook", what, to)
        assert codes(fault.value) == [code]


def test_the_commands_tell_and_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    town(tmp_path / "files", {f"{BROOK}/overlay.yaml": MINE})
    monkeypatch.setenv("GRIDBOOK_FILES", str(tmp_path / "files"))
    monkeypatch.setenv("GRIDBOOK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("GRIDBOOK_LANGUAGE", "en")
    of = ["--place", "hill/east/brook", "--language", "en"]
    assert main(["layers", *of, "--record"]) == 0
    told = capsys.readouterr().out
    assert "monthly_call/times = 3 (hill/east/brook)" in told
    assert "may be changed: at_least: 1, at_most: 4" in told
    assert "hill/east/brook: 1 → 3 (meeting 3)" in told
    assert main(["promote", *of, "--to", "hill/east", "monthly_call/times"]) == 0
    assert "hill/east/lake: 0 new findings" in capsys.readouterr().out
    assert not (tmp_path / "files" / EAST / "overlay.yaml").exists()
    assert main(["promote", *of, "--to", "hill/east", "--yes", "monthly_call/times"]) == 0
    assert (tmp_path / "files" / EAST / "overlay.yaml").exists()
    assert main(["promote", *of, "--to", "elsewhere", "monthly_call/times"]) == 2
