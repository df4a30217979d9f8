"""Beginning from another community's regulation: what comes along, what stays, and that it is usable at once."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.declarations.beginnings import Beginnings
from app.declarations.begun import begun
from app.domain.problem import ProblemError
from app.services.actor import DeniedError
from app.services.beginning import Beginning
from app.services.community import Communities
from tests.declarations.community import FILES, PLACE
from tests.fakes.checkout import checkout, edit
from tests.fakes.shipped import declarations
from tests.fakes.stores import FakeStore
from tests.services.test_community import NEW, WORKER_FILE, clock
from tests.services.test_regulation_drafts import ANNA, LEADER, Desk, codes

MODEL = "demo/harbour"
FOLDER = f"config/places/{PLACE}"
OWN_CALL = """\
# Twice, since the text says so.
duty: harbour_call
for_each: household
owed_by: grid_leader
every: month
met_by: {form: visit, where: {channel: phone}}
times: 2
"""
STREET_OVERLAY = """\
overlay: street
changes:
  - {path: visit/fields/minutes/between, set: [0, 60], why: street}
"""
HARBOUR = {
    "config/demo/place.yaml": "place: demo\nlevel: street\ntitle: {zh: 演示}\ncalendar: cn\ndemo: true\n",
    "config/demo/harbour/place.yaml": """\
place: harbour
level: community
title: {zh: 港湾社区}
clause: {doc: H1, ref: 一}
demo: true
uses: [appointment, visit, household, director]
profile: {households: 400}
places:
  a1: {level: grid, title: {zh: 一}}
""",
    "config/demo/harbour/rules/harbour_call.yaml": OWN_CALL,
    "config/demo/harbour/overlay.yaml": """\
overlay: harbour
title: {zh: 港湾社区的调整}
changes:
  - path: visit/fields/weather  # on phones
    add: {type: text}
    why: the text asks for it
""",
    "config/inventories/h1.yaml": "inventory: h1\ndocument: H1\ntitle: {zh: 港湾办法}\nitems: {}\n",
}


def test_what_is_the_models_own_becomes_the_places_and_what_says_something_of_the_place_stays() -> None:
    texts = f"{FOLDER}/inventories/ours.yaml"
    mine = {**FILES, texts: "inventory: ours\n", f"{FOLDER}/rules/gone.yaml": "duty: gone\n"}
    model = {**FILES, **HARBOUR, "config/demo/overlay.yaml": STREET_OVERLAY}
    model["rules/monthly_call.yaml"] = FILES["rules/monthly_call.yaml"].replace("value: 1", "value: 3")
    found = begun(MODEL, model, PLACE, mine)
    assert found[f"{FOLDER}/rules/harbour_call.yaml"] == OWN_CALL
    overlay = found[f"{FOLDER}/overlay.yaml"]
    assert overlay.startswith("overlay: lakeside\ntitle: ")
    assert "港湾" not in overlay
    assert "# on phones" in overlay
    assert overlay.index("why: street") < overlay.index("visit/fields/weather")  # as it was laid there
    assert "value: 3" in found[f"{FOLDER}/rules/monthly_call.yaml"]  # the model's base was another one
    assert found["rules/monthly_call.yaml"] == FILES["rules/monthly_call.yaml"]
    assert found[texts] == "inventory: ours\n"
    assert f"{FOLDER}/rules/gone.yaml" not in found
    assert not any(path.startswith("config/demo") for path in found)
    place = found[f"{FOLDER}/place.yaml"]
    assert place.startswith(FILES[f"{FOLDER}/place.yaml"])
    assert "uses: [appointment" in place
    assert not any(word in place for word in ("港湾", "profile", "demo"))


def test_print_templates_come_along_where_they_arent_above_the_place_too() -> None:
    shared, ours = {"config/print/foot.html": "foot"}, f"{FOLDER}/print"
    model = {**FILES, **HARBOUR, **shared, "config/print/mark.css": "b { }", "config/demo/print/head.html": "street",
             "config/demo/harbour/print/record.html": "{{ name }}"}  # fmt: skip
    mine = {**FILES, **shared, f"{ours}/record.html": "mine", f"{ours}/letter.html": "mine"}
    found = begun(MODEL, model, PLACE, mine)
    assert {path: text for path, text in found.items() if "/print/" in path} == {
        **shared,
        f"{ours}/head.html": "street",  # of a level that isn't above this place
        f"{ours}/letter.html": "mine",
        f"{ours}/mark.css": "b { }",
        f"{ours}/record.html": "{{ name }}",
    }


def test_a_model_with_all_of_the_base_takes_the_choice_of_a_place_back() -> None:
    chosen = FILES[f"{FOLDER}/place.yaml"] + "uses: [visit]\nprofile: {area: 3}\n"
    model = "place: hill\nprofile: {flats: 2}\ntitles: {flats: 套数, lifts: 电梯}\n"
    found = begun("hill", {**FILES, "config/places/hill/place.yaml": model},
                  PLACE, {**FILES, f"{FOLDER}/place.yaml": chosen}, facts=True)  # fmt: skip
    assert "uses" not in found[f"{FOLDER}/place.yaml"]
    assert "profile: {area: 3, flats: 2}" in found[f"{FOLDER}/place.yaml"]
    assert found[f"{FOLDER}/place.yaml"].endswith("titles: {flats: 套数}\n")
    below = {**FILES, "config/places/street/place.yaml": "place: street\nlevel: street\nuses: [visit]\n"}
    inner = "config/places/street/brook/place.yaml"
    below[inner] = "place: brook\nlevel: community\n"
    assert ", monthly_call" in begun(PLACE, FILES, "street/brook", below)[inner]
    assert begun(PLACE, FILES, "street/inline", FILES).get("config/places/street/inline/place.yaml") is None


@pytest.mark.parametrize(
    "model",
    [
        "demo/zaoyuan",
        *(pytest.param(f"demo/{name}", marks=pytest.mark.long) for name in ("liuan", "hengjie", "xinglin")),
    ],
)
def test_each_shipped_regulation_holds_without_a_fault_in_a_community_of_another_shape(model: str) -> None:
    files = declarations()
    place = {"config/places/brook/place.yaml": "place: brook\nlevel: community\ncalendar: cn\n"
             "places:\n  k1: {level: grid}\n"}  # fmt: skip
    found = begun(model, files.read_files(model), "brook", {**files.read_files("brook"), **place})
    loaded = files.load("brook", found, with_cases=True)
    assert [str(one) for one in loaded.problems if one.is_error] == []


async def test_a_community_is_founded_on_a_model_and_nothing_stays_of_one_that_failed(tmp_path: Path) -> None:
    files = checkout(tmp_path, {**FILES, **HARBOUR, **WORKER_FILE})
    store = FakeStore()
    communities = Communities(files, store.revisions, store.ledger, clock, Beginnings(files))
    assert [(one.place, one.document_title) for one in communities.models()] == [
        (MODEL, {"zh": "港湾办法"}),
        (PLACE, {}),
    ]
    place = await communities.create(replace(NEW, model=MODEL))
    (revision,) = store.revisions.revisions
    assert revision.files[f"config/places/{place}/rules/harbour_call.yaml"] == OWN_CALL
    assert (tmp_path / f"config/places/{place}/rules/harbour_call.yaml").read_text() == OWN_CALL
    for model in ("nowhere", "demo"):
        with pytest.raises(ProblemError) as fault:
            await communities.create(replace(NEW, model=model))
        assert [(one.code, one.field) for one in fault.value.problems] == [("E551", "model")]
    edit(tmp_path, "config/demo/harbour/rules/harbour_call.yaml", "month", "mnth")
    with pytest.raises(ProblemError) as fault:
        await communities.create(replace(NEW, model=MODEL))
    assert codes(fault) == ["E102"]
    assert sorted(path.name for path in (tmp_path / "config/places").iterdir()) == [place, PLACE]


async def test_facts_of_the_models_place_come_along_only_where_nothing_holds_without(tmp_path: Path) -> None:
    files = checkout(tmp_path, {**FILES, **HARBOUR, **WORKER_FILE})
    own = {**FILES, "config/places/brook/place.yaml": "place: brook\nlevel: community\ncalendar: cn\n"}
    call = HARBOUR["config/demo/harbour/rules/harbour_call.yaml"]
    reads = call.replace("for_each: household", "for_each: community\nwhere: {households: {at_least: 1}}")
    for text, needed in ((call, False), (reads.replace("grid_leader", "director"), True)):
        model = {**FILES, **HARBOUR, "config/demo/harbour/rules/harbour_call.yaml": text}
        found = Beginnings(files).begun(MODEL, model, "brook", own)
        assert ("households: 400" in found["config/places/brook/place.yaml"]) is needed


async def test_a_draft_begins_from_another_community_and_everything_else_stays_as_it_was(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    checkout(tmp_path, HARBOUR)
    await desk.publish()
    beginning = Beginning(desk.drafting, Beginnings(desk.files), desk.revisions, desk.clock)
    assert [one.place for one in await beginning.models(ANNA)] == [MODEL]
    draft = await beginning.begin(ANNA, MODEL, "after the harbour")
    assert draft.step.files[f"{FOLDER}/rules/harbour_call.yaml"] == OWN_CALL
    assert set(draft.step.files) == {f"{FOLDER}/{name}" for name in ("place.yaml", "overlay.yaml",
                                                                     "rules/harbour_call.yaml")}  # fmt: skip
    assert (await desk.drafting.checked(ANNA, draft.id)).regulation is not None
    with pytest.raises(DeniedError):
        await beginning.models(LEADER)
    with pytest.raises(DeniedError):
        await beginning.begin(LEADER, MODEL)
    for model in (PLACE, "nowhere"):
        with pytest.raises(ProblemError) as fault:
            await beginning.begin(ANNA, model)
        assert codes(fault) == ["E551"]


async def test_what_another_community_published_stands_before_what_lies_in_its_folder(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    checkout(tmp_path, HARBOUR)
    mine = await desk.publish()
    files = {**FILES, **HARBOUR, "config/demo/harbour/rules/harbour_call.yaml": OWN_CALL.replace("2", "5")}
    await desk.revisions.add(replace(mine, hash="h", place=MODEL, files=files, based_on=None))
    beginning = Beginning(desk.drafting, Beginnings(desk.files), desk.revisions, desk.clock)
    draft = await beginning.begin(ANNA, MODEL)
    assert "times: 5" in str(draft.step.files[f"{FOLDER}/rules/harbour_call.yaml"])
