"""A sandbox: a draft at work among invented people, apart from everything real, gone when it is thrown away."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app import plugins
from app.declarations.beginnings import Beginnings
from app.domain.edits import SetValue
from app.domain.kinds.duty import State
from app.domain.problem import ProblemError
from app.domain.sandbox import is_sandbox, sandbox_of
from app.i18n import LANGUAGES, Translator
from app.services.actor import ActorRef, DeniedError, Permission
from app.services.drafting.drafts import DraftPorts, RegulationDrafting
from app.services.form_views import Wanted
from app.services.sandbox.invented import invented
from app.services.sandbox.sandbox import SandboxPorts, SandboxService
from app.services.submitted import Submission
from tests.declarations.community import loaded
from tests.fakes.checkout import checkout
from tests.fakes.shipped import regulation_of
from tests.fakes.working import DIRECTOR, FILES, LEADER, NOW, PLACE, Working
from tests.services.test_regulation_drafts import Copies, codes

TEXTS: Mapping[str, str] = {
    **FILES,
    "config/roles/director.yaml": FILES["config/roles/director.yaml"].replace("]", ", publish, approve]"),
    f"config/places/{PLACE}/overlay.yaml": f"overlay: {PLACE}\nchanges:\n"
    "  - path: visit/fields/weather\n    add: {type: text}\n    why: the text asks for it\n",
}
TYPES = plugins.field_types(plugins.load(others=False))


class Stage:
    """A community whose director may publish, and its sandbox's service."""

    def __init__(self, folder: Path) -> None:
        self.working = Working(folder / "data", texts=TEXTS)
        files = checkout(folder / "files", TEXTS)
        store, working = self.working.store, self.working
        ports = DraftPorts(
            store.regulation_drafts, store.revisions, files, Copies(), working.people.resolve, working.clock
        )
        self.drafting = RegulationDrafting(ports)
        self.sandbox = SandboxService(
            SandboxPorts(
                self.drafting, store.accounts, store.revisions, store.ledger, store.memory, store.sandboxes,
                working.live, TYPES, working.clock, Beginnings(files).moved,
            )
        )  # fmt: skip

    async def who(self, role: str) -> ActorRef:
        """Return somebody in the sandbox who holds a post of this title."""
        view = await self.sandbox.view(DIRECTOR)
        assert view is not None
        found = next(one.account for one in view.people if one.role["zh"] == role)
        return ActorRef((await self.sandbox.enter(DIRECTOR, found)).id)

    def held(self) -> Any:
        """Return everything that is stored of the real community."""
        store = self.working.store
        return (
            [one for one in store.ledger.stored if not is_sandbox(one.entry.place)],
            [one for one in store.accounts.accounts.values() if not is_sandbox(one.place)],
            [one for one in store.revisions.revisions if not is_sandbox(one.place)],
        )


@pytest.fixture
async def stage(tmp_path: Path) -> Stage:
    made = Stage(tmp_path)
    await made.working.start()
    return made


async def test_a_draft_is_tried_as_a_grid_leader_whose_duty_turns_and_nothing_real_is_touched(
    stage: Stage,
) -> None:
    before = stage.held()
    draft = await stage.drafting.open(DIRECTOR, "more")
    await stage.drafting.edit(
        DIRECTOR, draft.id, "rules/home_visit.yaml", [SetValue(("every",), "month")], seen=1
    )
    await stage.sandbox.make(DIRECTOR, draft.id)
    view = await stage.sandbox.view(DIRECTOR)
    assert view is not None
    assert (view.draft, view.title, view.made_by, view.is_stale) == (draft.id, "more", "沈若兰", False)
    leader = await stage.who("网格长")
    actor = await stage.working.people.resolve(leader, NOW)
    assert is_sandbox(actor.community)
    work = stage.working.work
    today = await work.today.today(leader)
    visits = [one for one in (*today.late, *today.soon, *today.later) if one.duty == "home_visit"]
    target = next(one for one in visits if one.window == "2026-11")  # it falls due monthly, as the draft says
    wanted = Wanted(duty="home_visit", of=target.of, window=target.window)
    opened = await work.submissions.open(leader, wanted)
    said = {**opened.answers, "channel": "home", "condition": "well", "weather": "晴"}
    sent = Submission(opened.entry_id, "visit", said, opened.subject)
    receipt = await work.submissions.submit(leader, sent, opened.key)
    assert [(one.duty, one.state) for one in receipt.effects] == [("home_visit", State.MET)]
    assert stage.held() == before
    community = await stage.working.live.fresh(PLACE)
    assert not any(is_sandbox(entry.place) for entry in community.entries.values())


async def test_nobody_in_a_sandbox_publishes_approves_or_administers(stage: Stage) -> None:
    await stage.sandbox.make(DIRECTOR)
    director = await stage.who("主任")
    actor = await stage.working.people.resolve(director, NOW)
    assert not any(map(actor.may, (Permission.PUBLISH, Permission.APPROVE, Permission.ADMINISTER)))
    assert actor.may(Permission.SEE_PLACE)
    for call in (stage.sandbox.view(director), stage.sandbox.make(director), stage.drafting.open(director)):
        with pytest.raises(DeniedError):
            await call


async def test_a_renewed_sandbox_is_another_one_made_of_the_draft_as_it_is_now(stage: Stage) -> None:
    draft = await stage.drafting.open(DIRECTOR)
    with pytest.raises(ProblemError) as fault:
        await stage.sandbox.renew(DIRECTOR)
    assert codes(fault) == ["E547"]
    await stage.sandbox.make(DIRECTOR, draft.id)
    first, leader = await stage.sandbox.view(DIRECTOR), await stage.who("网格长")
    saved = await stage.drafting.edit(
        DIRECTOR, draft.id, "rules/home_visit.yaml", [SetValue(("every",), "mnth")], seen=1
    )
    stale = await stage.sandbox.view(DIRECTOR)
    assert stale is not None
    assert stale.is_stale
    with pytest.raises(ProblemError) as fault:
        await stage.sandbox.renew(DIRECTOR)
    assert codes(fault) == ["E102"]
    await stage.working.people.resolve(leader, NOW)  # what was there stays until there is another
    await stage.drafting.undo(DIRECTOR, draft.id)
    await stage.sandbox.renew(DIRECTOR)
    second = await stage.sandbox.view(DIRECTOR)
    assert first is not None
    assert second is not None
    assert first.place != second.place
    with pytest.raises(DeniedError, match="logged_out"):
        await stage.working.people.resolve(leader, NOW)
    await stage.drafting.discard(DIRECTOR, draft.id)
    left = await stage.sandbox.view(DIRECTOR)
    assert left is not None
    assert left.is_stale
    assert saved.number == 2
    await stage.sandbox.drop(DIRECTOR)
    assert await stage.sandbox.view(DIRECTOR) is None
    assert not any(is_sandbox(one.entry.place) for one in stage.working.store.ledger.stored)


async def test_only_people_of_the_own_sandbox_can_be_entered_as(stage: Stage) -> None:
    await stage.sandbox.make(DIRECTOR)
    for account in (LEADER.account, DIRECTOR.account, "nobody"):
        with pytest.raises(ProblemError):
            await stage.sandbox.enter(DIRECTOR, account)
    view = await stage.sandbox.view(DIRECTOR)
    assert view is not None
    with pytest.raises(DeniedError):
        await stage.sandbox.enter(LEADER, view.people[0].account)


def test_a_sandbox_lies_beside_its_community_and_no_other_place_is_taken_for_one() -> None:
    place = sandbox_of("street/brook", "0123456789ab")
    assert place == "street/sandbox_0123456789ab"
    assert is_sandbox(place)
    assert is_sandbox(f"{place}/g1")
    assert sandbox_of("brook", "0" * 12) == "sandbox_000000000000"
    assert not any(map(is_sandbox, ("brook", "sandbox_brook", "sandbox_0123456789ab1", "sandbox")))


# ---- what is invented
def test_everything_that_is_invented_holds_by_the_forms_own_rules() -> None:
    regulation = regulation_of("demo/zaoyuan")
    names = Translator("zh")("sandbox-names").split("|")
    made = invented(regulation, TYPES, NOW, "s1", names)
    assert made == invented(regulation, TYPES, NOW, "s1", names)
    described = {form.describes for form in regulation.forms.values()} - {None}
    there = {regulation.forms[entry.form].describes for entry in made.entries}
    assert described == there
    assert {one.role for one in made.people} == {
        role.id for role in regulation.roles.values()
        if any(place.level == role.level for place in regulation.places.within("demo/zaoyuan"))
    }  # fmt: skip
    cards = [entry.answers["id_card"] for entry in made.entries if entry.form == "resident"]
    assert len(set(cards)) == len(cards) > 0


SURVEY = """form: survey
describes: {kind}
label: [name]
fields:
  name: {{type: text, required: true}}
  of: {{type: ref, to: household}}
  both: {{type: refs, to: grid, required: true}}
  since: {{type: date, required: true, constraints: {{past: {{require: since < date, message: earlier}}}}}}
  at_noon: {{type: time, required: true}}
  called: {{type: datetime, required: true}}
  of_month: {{type: period, unit: month, required: true}}
  share: {{type: number, between: [20, 30], required: true}}
  cost: {{type: money, at_least: 50, required: true}}
  safe: {{type: boolean, required: true}}
  phone: {{type: phone, required: true}}
  role: {{type: ref, to: role, required: true}}
  why: {{type: text, required: true, relevant: {{safe: false}}}}
{more}"""


@pytest.mark.parametrize(
    ("more", "is_guessed"), [("", True), ("  sketch: {type: photo, required: true}\n", False)]
)
def test_answers_are_found_by_trying_and_what_nobody_can_guess_is_left(more: str, is_guessed: bool) -> None:
    regulation = loaded({"forms/survey.yaml": SURVEY.format(kind="shop", more=more)}).regulation
    assert regulation is not None
    made = invented(regulation, TYPES, NOW, "s1", ["甲", "乙"])
    found = [entry for entry in made.entries if entry.form == "survey"]
    assert bool(found) is is_guessed
    for entry in found:
        assert entry.answers["share"] == "20"
        assert entry.answers["cost"] == "60"
        assert entry.answers["why"]
        assert entry.answers["since"] < "2026-10-08"


def test_a_regulation_without_a_form_that_appoints_has_subjects_and_nobody() -> None:
    regulation = loaded(without=("forms/appointment.yaml",)).regulation
    assert regulation is not None
    made = invented(regulation, TYPES, NOW, "s1", ["甲"])
    assert made.people == ()
    assert {entry.by for entry in made.entries} == {"s1-w01"}


def test_every_language_has_names_enough_that_people_and_households_differ() -> None:
    for language in LANGUAGES:
        names = Translator(language)("sandbox-names").split("|")
        assert len(set(names)) == len(names) >= 20
