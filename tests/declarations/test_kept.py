"""What was loaded before: given back unchanged, only where nothing changed, and never believed when it isn't sound."""

import dataclasses
import gc
import hashlib
import os
import pickle
import random
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.declarations import cache
from app.declarations.build.context import Context
from app.declarations.cache import CacheFolder, packed, unpacked
from app.declarations.deployment import FIELD_TYPES
from app.declarations.files import FileDeclarations
from app.declarations.kept import KeptLoads
from app.declarations.load import load
from app.declarations.located import from_plain, plain
from app.declarations.made import Making
from app.declarations.reader import read_yaml
from app.domain.problem import Where
from app.plugins.calendars import official_days
from app.settings import CHECKOUT
from tests.declarations.community import FILES, PLACE, official
from tests.fakes.examples import examples

SHIPPED = FileDeclarations(CHECKOUT, official_days)


def kept(folder: Path) -> KeptLoads:
    """Return the loads of a process that starts now."""
    return KeptLoads(official, FIELD_TYPES, CacheFolder(folder))


def edited(path: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[path]
    return {**FILES, path: FILES[path].replace(old, new)}


def test_the_next_process_gets_an_unchanged_regulation_without_building_any_of_it(tmp_path: Path) -> None:
    first, second = kept(tmp_path), kept(tmp_path)
    loaded = first.load(PLACE, FILES, with_cases=True)
    assert set(first.rebuilt) >= {"household", "visit", "monthly_call"}
    again = second.load(PLACE, dict(FILES), with_cases=True)
    assert second.rebuilt == ()
    assert again == loaded
    assert again.regulation is not None


def test_problems_are_kept_as_the_regulation_is(tmp_path: Path) -> None:
    broken = edited("forms/visit.yaml", "about: household", "about: houshold")
    loaded = kept(tmp_path).load(PLACE, broken, with_cases=True)
    assert loaded.regulation is None
    assert kept(tmp_path).load(PLACE, broken, with_cases=True) == loaded


@pytest.mark.parametrize("same_process", [True, False])
def test_of_a_changed_file_only_what_rests_on_it_is_checked_again(tmp_path: Path, same_process: bool) -> None:
    call = FILES["rules/monthly_call.yaml"]
    files = {
        **FILES,
        "rules/duty_a.yaml": call.replace("monthly_call", "duty_a") + "title: {zh: 甲, en: like duty_b}\n",
        "rules/duty_b.yaml": "duty: duty_b\nfor_each: grid\nowed_by: grid_leader\nevery: month\ntimes: 1\n"
        "met_by: {form: patrol_form}\n",
        "forms/patrol_form.yaml": "form: patrol_form\nabout: grid\nfields:\n  minutes: {type: integer}\n",
        "rules/met_a.yaml": "indicator: met_a\nper: community\nevery: year\nmeasure: share\nof: duty_a\n"
        "part: {state: met}\nempty: not_applicable\nundecided: leave_out\n",
    }
    loads = kept(tmp_path)
    before = loads.load(PLACE, files, with_cases=True)
    assert [problem for problem in before.problems if problem.is_error] == []
    changed = {**files, "rules/duty_a.yaml": files["rules/duty_a.yaml"].replace("value: 1", "value: 2")}
    after = loads if same_process else kept(tmp_path)
    loaded = after.load(PLACE, changed, with_cases=True)
    assert set(after.rebuilt) == {"duty_a", "met_a"}
    assert loaded == load(PLACE, changed, official)
    after.load(
        PLACE,
        {**changed, "forms/patrol_form.yaml": files["forms/patrol_form.yaml"] + "  note: {type: text}\n"},
        with_cases=True,
    )
    assert set(after.rebuilt) == {"patrol_form", "duty_b"}


def test_a_draft_begins_with_what_was_left_of_what_is_in_force_and_leaves_nothing(tmp_path: Path) -> None:
    kept(tmp_path).load(PLACE, FILES, with_cases=True)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    drafts = KeptLoads(official, FIELD_TYPES, CacheFolder(tmp_path), writes=False)
    call = "rules/monthly_call.yaml"
    assert drafts.recall(PLACE)(call, FILES[call]) is not None
    for steps in ("value: 2", "value: 3"):
        changed = edited(call, "value: 1", steps)
        assert drafts.recall(PLACE)(call, changed[call]) is None
        loaded = drafts.load(PLACE, changed, with_cases=False)
        assert "monthly_call" in drafts.rebuilt
        assert "household" not in drafts.rebuilt
        fresh = load(PLACE, changed, official, with_cases=False)
        assert (loaded.regulation, loaded.problems) == (fresh.regulation, fresh.problems)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert KeptLoads(official, FIELD_TYPES).recall(PLACE)(call, FILES[call]) is None


def test_a_definition_with_a_fault_is_checked_again_each_time(tmp_path: Path) -> None:
    broken = edited("rules/monthly_call.yaml", "owed_by: grid_leader", "owed_by: grid_leadr")
    loads = kept(tmp_path)
    loads.load(PLACE, broken, with_cases=True)
    other = {**broken, "forms/visit.yaml": broken["forms/visit.yaml"] + "title: {zh: 走访}\n"}
    assert loads.load(PLACE, other, with_cases=True) == load(PLACE, other, official)
    assert "monthly_call" in loads.rebuilt


def test_of_rules_in_a_group_each_is_built_again_when_another_one_changes_or_comes() -> None:
    def rule(name: str, order: int) -> dict[str, str]:
        text = (
            f"rule: {name}\ngroup: of_visits\nhit: first\norder: {order}\nfor_each: visit\n"
            f"then: {{finding: {name}}}\n"
        )
        return {f"rules/{name}.yaml": text}

    loads = KeptLoads(official, FIELD_TYPES)
    for files in (
        {**FILES, **rule("later", 2)},
        {**FILES, **rule("later", 2), **rule("sooner", 1)},
        {**FILES, **rule("later", 2), **rule("sooner", 3)},
        {**FILES, **rule("later", 2), **rule("sooner", 2)},
    ):
        found, fresh = loads.load(PLACE, files, with_cases=True), load(PLACE, files, official)
        assert (found.regulation, found.problems) == (fresh.regulation, fresh.problems)
    assert [fault.code for fault in fresh.problems if fault.is_error] == ["E125", "E125"]


def test_another_place_calendar_or_type_of_field_is_not_given_what_this_one_had(tmp_path: Path) -> None:
    loaded = kept(tmp_path).load(PLACE, FILES, with_cases=True)
    fewer = {name: sort for name, sort in FIELD_TYPES.items() if name != "integer"}
    other = KeptLoads(official, fewer, CacheFolder(tmp_path)).load(PLACE, FILES, with_cases=True)
    assert other.regulation is None
    assert other == load(PLACE, FILES, official, fewer)
    assert kept(tmp_path).load("elsewhere", FILES, with_cases=True) == load("elsewhere", FILES, official)
    assert kept(tmp_path).load(PLACE, FILES, with_cases=True) == loaded


def mutated(chance: random.Random, files: Mapping[str, str]) -> dict[str, str]:
    """Return the files with one of them changed as somebody who edits does, or goes wrong."""
    changed = dict(files)
    path = chance.choice([path for path in sorted(files) if not path.startswith("config/inventory")])
    lines = changed[path].split("\n")
    at = chance.randrange(len(lines))
    match chance.randrange(7):
        case 0:
            del changed[path]
        case 1:
            del lines[at]
        case 2:
            lines.insert(at, lines[chance.randrange(len(lines))])
        case 3:
            lines[at] = re.sub(r"\d+", lambda number: str(int(number[0]) + 1), lines[at])
        case 4:
            words = re.findall(r"[a-z_]{3,}", "\n".join(files.values()))
            lines[at] = re.sub(r"[a-z_]{3,}", lambda _: chance.choice(words), lines[at], count=1)
        case 5:
            lines[at] = lines[at].replace("required: true", "required: false")
        case _:
            lines.insert(at, "# changed")
    if path in changed:
        changed[path] = "\n".join(lines)
    return changed


@pytest.mark.uncounted  # what it repeats is counted where it is tried once (docs/adr/0083)
@pytest.mark.parametrize("place", SHIPPED.places())
def test_whatever_is_changed_in_a_shipped_regulation_a_load_from_before_is_a_fresh_one(place: str) -> None:
    files = dict(SHIPPED.read_files(place))
    first = Making()
    load(place, files, official_days, making=first)
    chance = random.Random(place)  # noqa: S311 - the same changes each time
    spared = 0
    for _ in range(60 if os.environ.get("GRIDBOOK_HYPOTHESIS") == "long" else 3):
        changed = mutated(chance, files)
        making = Making(first.used.get)
        with_it = load(place, changed, official_days, making=making)
        fresh = load(place, changed, official_days)
        assert with_it.problems == fresh.problems
        assert with_it.acknowledged == fresh.acknowledged
        assert with_it.regulation == fresh.regulation
        spared += len(first.rebuilt) - len(making.rebuilt)
    assert spared > 0


MORE = {
    "forms/patrol_form.yaml": "form: patrol_form\nabout: grid\nfields:\n  minutes: {type: integer}\n",
    "rules/long_visit.yaml": "table: long_visit\nfrom: visit\nsteps:\n  - where: {minutes: {at_least: 30}}\n"
    "    undecided: leave_out\n",
    "rules/longest.yaml": "table: longest\nfrom: long_visit\nsteps:\n  - where: {minutes: {at_least: 60}}\n"
    "    undecided: leave_out\n",
    "rules/long_visits.yaml": "indicator: long_visits\nper: household\nevery: year\nmeasure: count\nof: longest\n"
    "empty: not_applicable\nundecided: leave_out\n",
    "rules/never_called.yaml": "rule: never_called\nfor_each: monthly_call\nwhen: {state: missed, short: {under: 0}}\n"
    "then: {finding: never_called}\n",
    "rules/called_late.yaml": "rule: called_late\nfor_each: monthly_call\nwhen: {state: late}\n"
    "then: {finding: late_call}\n",
    "rules/call_late.yaml": "rule: call_late\nfor_each: monthly_call\nwhen: {state: {one_of: [late, missed]}}\n"
    "then: {finding: late_call}\n",
}


def test_what_a_table_gets_wrong_is_told_once_however_often_it_is_loaded() -> None:
    loads = KeptLoads(official, FIELD_TYPES)
    files = {**FILES, **MORE}
    whole = load(PLACE, files, official)
    told = [str(one.where) for one in whole.problems if one.code == "W210"]
    assert len(told) == len(set(told)) == 2  # once for each table, though one is built for the other
    for title in ("甲", "乙", "甲"):
        files = {
            **files,
            "rules/long_visits.yaml": MORE["rules/long_visits.yaml"] + f"title: {{zh: {title}}}\n",
        }
        assert loads.load(PLACE, files, with_cases=True).problems == load(PLACE, files, official).problems


def test_checks_of_what_nothing_changed_for_are_not_run_again_and_found_what_they_found() -> None:
    loads = KeptLoads(official, FIELD_TYPES)
    files = {**FILES, **MORE}
    first = loads.load(PLACE, files, with_cases=True)
    assert {(one.code, one.values.get("reason")) for one in first.problems} >= {
        ("W202", "never"),
        ("W202", "shadowed"),
    }
    changed = {**files, "forms/meeting.yaml": files["forms/meeting.yaml"] + "title: {zh: 会议}\n"}
    assert loads.load(PLACE, changed, with_cases=True).problems == first.problems
    assert loads.rebuilt == ("meeting",)


@examples(6)
@given(st.integers(0, 10**9))
def test_edit_by_edit_a_draft_is_checked_as_from_nothing(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - drawn by Hypothesis
    loads = KeptLoads(official, FIELD_TYPES)
    files: dict[str, str] = {**FILES, **MORE}
    for _ in range(3):
        files = mutated(chance, files if chance.random() < 0.6 else {**FILES, **MORE})
        loaded = loads.load(PLACE, files, with_cases=True)
        fresh = load(PLACE, files, official)
        assert (loaded.problems, loaded.acknowledged) == (fresh.problems, fresh.acknowledged)
        assert loaded.regulation == fresh.regulation


def test_the_words_that_an_overlay_adds_to_a_form_are_its_words() -> None:
    """What a gained question refers to is part of what the form rests on, though the form's file doesn't say it."""
    loads = KeptLoads(official, FIELD_TYPES)
    overlay = (
        "overlay: lakeside\nplace: lakeside\nchanges:\n"
        "  - {path: visit/fields/lead, add: {type: ref, to: patrol_form, where: {minutes: {at_least: 5}}}, why: 决议}\n"
    )
    loads.load(PLACE, {**FILES, **MORE}, with_cases=True)
    files = {**FILES, **MORE, "config/places/lakeside/overlay.yaml": overlay}
    assert loads.load(PLACE, files, with_cases=True) == load(PLACE, files, official)
    for minutes in ("text", "integer"):
        form = MORE["forms/patrol_form.yaml"].replace("integer", minutes)
        files = {**files, "forms/patrol_form.yaml": form}
        loaded, fresh = loads.load(PLACE, files, with_cases=True), load(PLACE, files, official)
        assert loaded.problems == fresh.problems
        assert (minutes == "integer") == (not any(one.is_error for one in fresh.problems))


def test_what_a_builder_can_note_is_all_that_a_load_from_before_notes_again() -> None:
    """A list that builders grow and that isn't named in app.declarations.made would be lost."""
    assert {field.name for field in dataclasses.fields(Context)} == {
        "names",
        "tables",
        "problems",
        "parameters",
        "uses",
        "current",
        "answers",
        "holds",
        "plugins",
        "cited",
    }


# ---- on disk
@pytest.mark.parametrize("damage", ["cut", "flipped", "emptied", "foreign", "other code", "other pickle"])
def test_a_damaged_file_counts_as_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    loaded = kept(tmp_path).load(PLACE, FILES, with_cases=True)
    (path,) = tmp_path.iterdir()
    data = path.read_bytes()
    match damage:
        case "cut":
            path.write_bytes(data[: len(data) // 2])
        case "flipped":
            path.write_bytes(data[:-100] + bytes([data[-100] ^ 1]) + data[-99:])
        case "emptied":
            path.write_bytes(b"")
        case "foreign":
            path.write_bytes(os.urandom(2000))
        case "other code":
            monkeypatch.setattr(cache, "code_version", lambda *_: "another one")
        case _:
            body = pickle.dumps(print)
            digest = hashlib.sha256(body).digest()
            path.write_bytes(cache._MAGIC + digest + body)
    loads = kept(tmp_path)
    assert loads.load(PLACE, FILES, with_cases=True) == loaded
    assert "household" in loads.rebuilt
    assert kept(tmp_path).load(PLACE, FILES, with_cases=True) == loaded


@pytest.mark.parametrize("change", ["rewritten", "vanished"])
def test_a_process_whose_code_is_replaced_under_it_shares_its_loads_with_nobody(
    tmp_path: Path, change: str
) -> None:
    """What it makes has the shape of the code in its memory, whatever stands in the files by now."""
    path = tmp_path / "domain" / "kinds.py"
    path.parent.mkdir()
    path.write_text("a")
    os.utime(path, (1_000, 1_000))
    assert cache._version_of(tmp_path, 2_000) == cache._version_of(tmp_path, 3_000)
    if change == "rewritten":
        os.utime(path, (2_500, 2_500))
    else:  # between the folder's reading and the file's
        path.unlink()
        path.symlink_to("gone")
    later = cache._version_of(tmp_path, 3_000)
    assert (later == cache._version_of(tmp_path, 3_000)) == (change == "rewritten")
    assert cache._version_of(tmp_path, 2_000) != cache._version_of(tmp_path, 2_000)


def test_what_code_beside_works_out_is_known_by_that_code_too(tmp_path: Path) -> None:
    for name, content in (("domain", "a"), ("services", "b")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.py").write_text(content)
        os.utime(tmp_path / name / "one.py", (1_000, 1_000))
    loads, months = (cache._version_of(tmp_path, 2_000, beside) for beside in ((), ("services",)))
    (tmp_path / "services" / "one.py").write_text("c")
    os.utime(tmp_path / "services" / "one.py", (1_500, 1_500))
    assert cache._version_of(tmp_path, 2_000) == loads
    assert cache._version_of(tmp_path, 2_000, ("services",)) != months


class _Evil:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("touch evil",)


@pytest.mark.parametrize("value", [_Evil(), print, Path("x"), load, re.compile("x")])
def test_a_file_makes_values_and_runs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: object
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(pickle.UnpicklingError, match="not a value"):
        unpacked(packed(value))
    assert list(tmp_path.iterdir()) == []


def test_of_writers_at_the_same_time_one_wins_whole(tmp_path: Path) -> None:
    folder = CacheFolder(tmp_path)
    parts = [{"part": bytes([number]) * 200_000} for number in range(4)]
    read: list[dict[str, bytes]] = []

    def write(number: int) -> None:
        for _ in range(10):
            CacheFolder(tmp_path).write("name", parts[number])
            read.append(CacheFolder(tmp_path).read("name"))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(one in parts for one in read)
    assert folder.read("name") in parts
    assert len(list(tmp_path.iterdir())) == 1


def test_the_folder_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_FILES", 3)
    monkeypatch.setattr(cache, "LARGEST", 10_000)
    left = tmp_path / ".left.part"
    left.touch()
    os.utime(left, (1, 1))
    for number in range(6):
        CacheFolder(tmp_path).write(str(number), {"part": b"x"})
    CacheFolder(tmp_path).write("large", {"part": b"x" * 10_000})
    assert len(list(tmp_path.iterdir())) == 3
    assert not left.exists()


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    loaded = kept(tmp_path / "file").load(PLACE, FILES, with_cases=True)
    assert loaded.regulation is not None
    assert kept(tmp_path / "file").load(PLACE, FILES, with_cases=True) == loaded


def test_levels_of_places_are_kept_too(tmp_path: Path) -> None:
    files = {
        "config/places/a/place.yaml": "place: a\nlevel: street\n",
        "config/places/b/place.yaml": "place: [\n",
    }
    wanted = {"config/places/a/place.yaml": "street", "config/places/b/place.yaml": None}
    assert kept(tmp_path).levels(files) == wanted
    assert kept(tmp_path).levels(files) == wanted


@pytest.mark.parametrize("path", ["forms/household.yaml", "config/places/lakeside/place.yaml"])
def test_plain_data_of_a_file_comes_back_with_its_places(path: str) -> None:
    data = read_yaml(path, FILES[path]).data
    again = from_plain(path, unpacked(packed(plain(data))))
    assert again == data
    assert packed(plain(again)) == packed(plain(data))


def test_a_value_that_came_back_is_the_value_that_went_and_stays_frozen() -> None:
    here = Where("forms/a.yaml", 3, 1)
    back = [unpacked(packed(here)) for _ in range(2)]
    assert back == [here, here]
    with pytest.raises(dataclasses.FrozenInstanceError):
        back[1].line = 4
    damaged = packed(here).replace(b"K\x03K\x01", b"K\x03N0")  # one value too few
    with pytest.raises(ValueError, match="zip"):
        unpacked(damaged)
    assert gc.isenabled()


def test_the_check_with_cases_that_follows_one_without_builds_again_nothing_that_it_built() -> None:
    loads, call = KeptLoads(official, FIELD_TYPES), "rules/monthly_call.yaml"
    for with_cases in (False, True):
        loads.load(PLACE, FILES, with_cases=with_cases)
    for times in ("2", "3"):
        changed = edited(call, "value: 1", f"value: {times}")
        loads.load(PLACE, changed, with_cases=False)
        assert "monthly_call" in loads.rebuilt
        loaded, fresh = loads.load(PLACE, changed, with_cases=True), load(PLACE, changed, official)
        assert "monthly_call" not in loads.rebuilt
        assert (loaded.regulation, loaded.problems) == (fresh.regulation, fresh.problems)
