"""People of a street above communities: what they see, what they may not, and how their layer comes down."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
import pytest_asyncio

from app.bootstrap import Wired, wire
from app.domain.entry import Entry
from app.domain.problem import ProblemError
from app.i18n import Translator
from app.services.above.reports import ComparisonReports
from app.services.actor import ActorRef, DeniedError
from app.services.drafting.gates import Decision
from app.services.ports import Account, Revision
from app.services.rescue import Rescue, Wish
from app.settings import Settings
from tests.fakes.checkout import write
from tests.fakes.stores import FakeStore
from tests.fakes.working import FILES
from tests.services.test_who_may import CALLS, MORE, SECRETS, WITHOUT_ACTOR, answer, methods, told

NOW = datetime(2026, 11, 22, 2, 42, tzinfo=UTC)
STREET, HERE, NEXT = "river", "river/lakeside", "river/mill"
ALL = "record, see_place, see_sensitive, see_scores, correct, appraise, publish, approve, administer"
HEAD, DIRECTOR = ActorRef("a-head"), ActorRef("a-shen")
T = Translator("zh")
OPEN = {
    "AccountsService",
    "StaffingService",
    "Publishing",
    "RegulationDrafting",
    "DraftPublication",
    "FromADay",
    "OnceKnown",
    "Approvers",
    "PluginSettings",
    "PlaceEditing",
    "LayersService",
    "Composer",
    "Studio",
    "Beginning",
    "CommunitiesBelow",
    "ComparisonReports",
    "LayerImpact",
}
"""The services that know of places above communities; every other one refuses their people."""


class Anything(str):
    """Whatever a call names: it is refused before anybody looks at it."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        return Anything(name)


class Unknown(dict[str, Any]):
    """What nobody has been given."""

    def __missing__(self, key: str) -> Any:
        return Anything("abc")


def files() -> dict[str, str]:
    """Return a street with two communities under one regulation."""
    shared = {path: text for path, text in FILES.items() if "config/places" not in path}
    own = FILES["config/places/lakeside/place.yaml"]
    return {
        **shared,
        **MORE,
        "config/roles/head.yaml": f"role: head\ntitle: {{zh: 街道负责人}}\nlevel: street\nmay: [{ALL}]\n",
        "config/places/river/place.yaml": "place: river\nlevel: street\ntitle: {zh: 临河街道}\n",
        "config/places/river/lakeside/place.yaml": own,
        "config/places/river/mill/place.yaml": own.replace("place: lakeside", "place: mill"),
    }


def entries(since: datetime) -> Iterator[Entry]:
    """Yield what the ledger holds of the street and of a community below."""

    def entry(id_: str, place: str, form: str, subject: str, **answers: Any) -> Entry:
        return Entry(id_, place, form, since, "w-3", since, answers, subject)

    yield entry("file-s", STREET, "worker_file", "w-s", name="钱江")
    yield entry("post-s", STREET, "appointment", "p-s", worker="w-s", role="head")
    for person, name, role, at in (
        ("w-1", "周敏", "leader", f"{HERE}/g1"),
        ("w-3", "沈若兰", "director", HERE),
    ):
        yield entry(f"file-{person}", HERE, "worker_file", person, name=name)
        yield entry(f"post-{person}", at, "appointment", f"p-{person}", worker=person, role=role)
    home = {"grid": f"{HERE}/g1", "building": "1号楼", "door": "1-1-101", "head": "陈桂芳"}
    who = {"phone": "13800000000", "members": 2, "special": ["alone"]}
    yield entry("file-hh-1", HERE, "household", "hh-1", **home, **who)


@dataclasses.dataclass
class River:
    """The application over the street and its communities."""

    wired: Wired
    store: FakeStore

    async def publish(self, place: str) -> None:
        found = self.wired.declarations.read_files(place)
        loaded = self.wired.declarations.load(place, found)
        assert loaded.regulation is not None, [str(problem) for problem in loaded.problems]
        await self.store.revisions.add(
            Revision(loaded.revision, place, found, NOW - timedelta(days=400), "w-3")
        )

    async def drafted(self, path: str, text: str) -> str:
        """Return a draft of the street's layer with one file of its own."""
        drafting = self.wired.services.drafting
        assert drafting is not None
        draft = await drafting.open(HEAD, "统一规定")
        await drafting.add(HEAD, draft.id, path, text)
        return draft.id

    async def approved(self, draft: str) -> str:
        """Bring a draft of the street up to its publication; return its content."""
        services = self.wired.services
        assert services.layer_impact is not None
        assert services.draft_publication is not None
        for one in (await services.layer_impact.reach(HEAD, draft)).communities:
            await services.layer_impact.work_out(HEAD, draft, one.place, T)
        await services.draft_publication.cases(HEAD, draft)
        content = (await services.draft_publication.gates(HEAD, draft)).content
        await services.draft_publication.approve(
            HEAD, draft, content, Decision("临街 3 号", date(2026, 11, 22))
        )
        return content


@pytest_asyncio.fixture
async def river(tmp_path: Path) -> AsyncIterator[River]:
    write(tmp_path / "files", files())
    store = FakeStore()
    wired = wire(Settings(files=tmp_path / "files", data=tmp_path / "data"), cast("Any", store), lambda: NOW)
    made = River(wired, store)
    for place in (STREET, HERE, NEXT):
        await made.publish(place)
    await store.ledger.append(list(entries(NOW - timedelta(days=400))), {})
    for account, person, name, place in (
        ("a-head", "w-s", "钱江", STREET),
        ("a-shen", "w-3", "沈若兰", HERE),
    ):
        await store.accounts.save(Account(account, account[2:], person, name, place, "x"))
    yield made
    wired.close()


VISITS = """\
duty: street_call
title: {zh: 街道统一电话}
for_each: household
owed_by: leader
every: month
times: 1
met_by: {form: visit, where: {channel: phone}}
"""


async def test_every_service_that_wasnt_made_with_a_street_in_mind_refuses_its_people(river: River) -> None:
    found: dict[str, Any] = {}
    open_: list[Any] = [river.wired.services]
    while open_:
        for item in dataclasses.fields(one := open_.pop()):
            value = getattr(one, item.name)
            if dataclasses.is_dataclass(value) and not isinstance(value, type):
                open_.append(value)
            elif type(value).__module__.startswith("app.services"):
                found[type(value).__name__] = value
    wrong = []
    for name, method in methods(found).items():
        if name in WITHOUT_ACTOR or name.partition(".")[0] in OPEN:
            continue
        given = await answer(method, HEAD, CALLS[name](Unknown()))
        if not isinstance(given, DeniedError) and given not in ((), {}):  # nothing was asked for
            wrong.append(f"{name}: {told(given)[:80]}")
    assert wrong == [], chr(10).join(wrong)
    assert found.keys() >= OPEN


async def test_the_tables_of_a_street_hold_what_is_recorded_at_the_street_alone(river: River) -> None:
    community = await river.wired.live.fresh(STREET)
    assert set(community.entries) == {"file-s", "post-s"}
    assert "file-hh-1" in (await river.wired.whole.fresh(STREET)).entries  # what a report is made from


async def test_a_street_sees_its_communities_in_totals_and_none_that_lies_elsewhere(river: River) -> None:
    below = river.wired.services.communities_below
    assert below is not None
    view = await below.view(HEAD)
    assert [one.place for one in view.communities] == [HERE, NEXT]
    assert (view.years, view.may_print) == (("2026", "2025", "2024"), True)
    year = await below.year(HEAD, HERE, "2026", T)
    assert [one.title["zh"] for one in year.appraisals] == ["年度考核"]
    assert year.duties
    assert not [secret for secret in SECRETS if secret in repr((view, year))]
    for ref, place in ((HEAD, "elsewhere"), (HEAD, STREET), (DIRECTOR, HERE)):
        with pytest.raises(DeniedError):
            await below.year(ref, place, "2026", T)


async def test_whoever_runs_a_street_gives_nobody_a_post_or_an_account_in_a_community(river: River) -> None:
    services = river.wired.services
    assert services.staffing is not None
    assert {seat.place for seat in (await services.staffing.view(HEAD)).seats} == {STREET}
    with pytest.raises(ProblemError, match="E707"):
        await services.staffing.appoint(HEAD, "w-s", "director", HERE)
    with pytest.raises(ProblemError, match="E707"):
        await services.staffing.end(HEAD, "p-w-3")
    with pytest.raises(DeniedError):
        await services.accounts.invite(HEAD, name="新人", login="newcomer", place=HERE, person="w-3")
    for act in (
        services.accounts.reset(HEAD, "a-shen"),
        services.accounts.set_disabled(HEAD, "a-shen", disabled=True),
    ):
        with pytest.raises(DeniedError):
            await act
    with pytest.raises(DeniedError):
        await services.staffing.add_person(DIRECTOR, "新人")
    person = await services.staffing.add_person(HEAD, " 孙  平 ")
    await services.staffing.appoint(HEAD, person, "head", STREET)
    made = await services.accounts.invite(HEAD, name="孙平", login="sunping", place=STREET, person=person)
    assert made.account.place == STREET
    for name, code in (("  ", "E936"), ("孙" * 61, "E938")):
        with pytest.raises(ProblemError, match=code):
            await services.staffing.add_person(HEAD, name)


async def test_a_published_layer_comes_to_each_community_as_a_draft_of_its_own(river: River) -> None:
    services = river.wired.services
    assert services.layer_impact is not None
    assert services.draft_publication is not None
    draft = await river.drafted("rules/street_call.yaml", VISITS)
    reach = await services.layer_impact.reach(HEAD, draft)
    assert [(one.place, one.changes, one.told) for one in reach.communities] == [
        (HERE, True, None),
        (NEXT, True, None),
    ]
    await services.layer_impact.work_out(HEAD, draft, HERE, T)
    assert (await services.draft_publication.gates(HEAD, draft)).seen is None  # of one of two
    content = await river.approved(draft)
    gates = await services.draft_publication.gates(HEAD, draft)
    assert gates.seen is not None
    assert not [secret for secret in SECRETS if secret in repr(gates)]
    before = await river.store.revisions.current(HERE, NOW)
    await services.draft_publication.publish(HEAD, draft, content)
    assert await river.store.revisions.current(HERE, NOW) == before
    for place in (HERE, NEXT):
        (one,) = await river.store.regulation_drafts.of_place(place)
        assert one.title == "临河街道统一规定（临街 3 号）"
        assert set(one.step.files) == {"config/places/river/rules/street_call.yaml"}
    assert services.studio is not None
    (row,) = (await services.studio.overview(DIRECTOR)).drafts
    assert (row.saved_by, row.saved_at_level) == ("", STREET)  # whose it is by place, and nobody's name


async def test_whoever_administers_a_street_is_let_in_again_from_the_command_line(river: River) -> None:
    rescue = Rescue(river.store.accounts, river.wired.live, river.store.ledger, river.wired.services.clock)
    with pytest.raises(ProblemError, match="E958") as fault:
        await rescue.let_in(Wish(STREET, "沈若兰"))
    assert [one.values["known"] for one in fault.value.problems] == ["钱江 (w-s)"]  # nobody of a community
    done = await rescue.let_in(Wish(STREET, "钱江"))
    assert (done.name, done.appointed, done.invitation.account.id) == ("钱江", {}, "a-head")


async def test_a_layer_that_would_break_a_community_isnt_published(river: River) -> None:
    services = river.wired.services
    assert services.draft_publication is not None
    own = VISITS.replace("times: 1", "times: 2")
    write(Path(river.wired.settings.files), {"config/places/river/mill/rules/street_call.yaml": own})
    await river.publish(NEXT)
    draft = await river.drafted("rules/street_call.yaml", VISITS)
    gates = await services.draft_publication.gates(HEAD, draft)
    assert [problem.code for problem in gates.errors] == ["E131"]


async def test_what_a_community_brings_up_is_one_draft_of_the_street_and_leaves_its_own_files(
    river: River,
) -> None:
    services = river.wired.services
    assert services.layers is not None
    write(Path(river.wired.settings.files), {"config/places/river/mill/rules/street_call.yaml": VISITS})
    await river.publish(NEXT)
    await river.store.accounts.save(Account("a-mill", "mill", "w-m", "梅", NEXT, "x"))
    since = NOW - timedelta(days=400)
    post = {"worker": "w-m", "role": "director"}
    await river.store.ledger.append(
        [Entry("post-m", NEXT, "appointment", since, "w-m", since, post, "p-m")], {}
    )
    mill = ActorRef("a-mill")
    raised = await services.layers.promotion(mill, "", "street_call", STREET)
    assert raised.decides
    assert await services.layers.propose(mill, "", "street_call", STREET, "统一电话") == (STREET,)
    assert not await river.store.regulation_drafts.of_place(HERE)
    (draft,) = await river.store.regulation_drafts.of_place(STREET)
    assert set(draft.step.files) == {"config/places/river/rules/street_call.yaml"}
    content = await river.approved(draft.id)
    assert services.draft_publication is not None
    await services.draft_publication.publish(HEAD, draft.id, content)
    (theirs,) = await river.store.regulation_drafts.of_place(NEXT)
    assert (
        theirs.step.files["config/places/river/mill/rules/street_call.yaml"] is None
    )  # it is the street's now


class Paper:
    """Prints what a machine would read."""

    def available(self) -> None:
        return None

    def document(self, document: Any, language: str) -> bytes:
        return f"{language}{document.json}{document.rankings!r}".encode()


async def test_the_comparison_is_a_job_and_names_nobody(river: River) -> None:
    services = river.wired.services
    reports = services.comparison_reports
    assert reports is not None
    with pytest.raises(DeniedError):
        await reports.start(DIRECTOR, "2026", "zh")
    with pytest.raises(ProblemError, match="E511"):
        await reports.start(HEAD, "next year", "zh")
    printing = ComparisonReports(
        reports._resolve, reports._accounts, dataclasses.replace(reports._ports, printer=cast("Any", Paper()))
    )
    job_id = await printing.start(HEAD, "2026", "zh")
    assert await printing.start(HEAD, "2026", "zh") == job_id
    job = river.store.jobs.jobs[job_id]
    turned = await printing.work(job, lambda *_: None)
    assert turned.result is not None
    river.store.jobs.jobs[job_id] = dataclasses.replace(job, state="done", result=turned.result)
    (view,) = await printing.all(HEAD)
    assert (view.made, view.by, view.period) == (True, "钱江", "2026")
    found = await printing.file(HEAD, job_id)
    assert found is not None
    text = found[1].decode()
    assert not [secret for secret in (*SECRETS, "w-1", "w-3", "hh-1") if secret in text]
    with pytest.raises(DeniedError):
        await printing.file(DIRECTOR, job_id)


async def test_the_first_person_of_a_declared_place_is_appointed_once(river: River) -> None:
    first = river.wired.first_of_place
    river.store.revisions.revisions = [one for one in river.store.revisions.revisions if one.place != NEXT]
    for place, login in ((NEXT, "meiqi"), (STREET, "other")):
        if place == STREET:
            river.store.accounts.accounts.pop("a-head")  # nobody is left who can come in
        made = await first.appoint(place, "梅琪", login, "zh")
        actor = await river.wired.services.resolve(ActorRef(made.account.id), NOW)
        assert (actor.community, actor.is_above, actor.name) == (place, place == STREET, "梅琪")
        with pytest.raises(ProblemError, match="E952"):
            await first.appoint(place, "后来", f"{login}2", "zh")
    with pytest.raises(ProblemError, match="E932"):
        await first.appoint(HERE, "后来", "meiqi", "zh")


def test_a_role_of_the_street_that_approves_is_none_of_a_communitys(tmp_path: Path) -> None:
    from app.services.drafting.publish import approving  # noqa: PLC0415

    async def named() -> dict[str, tuple[str, ...]]:
        write(tmp_path, files())
        wired = wire(Settings(files=tmp_path, data=tmp_path / "data"), cast("Any", FakeStore()), lambda: NOW)
        try:
            found = {}
            for place in (STREET, HERE):
                loaded = wired.declarations.load(place, wired.declarations.read_files(place))
                assert loaded.regulation is not None
                found[place] = approving(loaded.regulation)
            return found
        finally:
            wired.close()

    assert asyncio.run(named()) == {STREET: ("head",), HERE: ("director",)}
