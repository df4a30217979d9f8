"""Two texts of other towns side by side through their whole year, by those who take part in it.

One judges members by marks on oneself, of one another, of the masses and of the organisation, ranked by branch; the
other by two half-years of their own. The year is opened, summed up, marked, put up, contested, decided, frozen and
printed; nothing here but the texts says how.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from pypdf import PdfReader

from app.domain.entry import Entry
from app.i18n import Translator
from app.printing import WeasyPrinter
from app.printing.press import Press
from app.services.actor import ActorRef
from app.services.appraising.opened import Opened
from app.services.appraising.score_views import ScoreView
from app.services.filling import RefusedError
from app.services.form_views import Wanted
from app.services.ports import Account
from app.services.prints.appraisal import Sources, document_of
from app.services.reasons.arithmetic import sum_words
from app.services.reasons.evidence import Evidence
from tests.fakes import working
from tests.fakes.working import FAST, PASSWORD, PLACE
from tests.fakes.year import NOW, STARTED, WorkingYear
from tests.services.test_other_towns import HERE, parts
from tests.services.walking import Walk, codes

PEOPLE = (
    ("w-1", "周敏", "party_member", f"{PLACE}/g1"),
    ("w-2", "马骏", "party_member", f"{PLACE}/g1"),
    ("w-3", "韩冬", "party_member", f"{PLACE}/g2"),
    ("w-4", "新来", "party_member", f"{PLACE}/g2"),
    ("w-5", "沈若兰", "secretary", PLACE),
    ("w-6", "群众甲", "representative", PLACE),
    ("w-7", "何䶮", "grid_member", f"{PLACE}/g1"),
    ("w-8", "街道科员", "office_clerk", PLACE),
    ("w-9", "服务对象甲", "service_object", f"{PLACE}/g1"),
)
ZHOU, MA, HAN, NEW, SECRETARY, MASSES, MEMBER, OFFICE, OBJECT = (
    ActorRef(f"a-{person}") for person, *_ in PEOPLE
)
LATE = datetime(2025, 9, 1, tzinfo=UTC)
HALVES = {"member_half@2025-H2": "187/2", "member_bonus": "0"}
MISSED = (2, 3, 9)
"""The months without an update of data: two in the first half-year, one in the second."""


def files() -> Mapping[str, str]:
    """Return both texts with the forms of a year and of this community's people."""
    texts = {
        path: text
        for name in ("common", "common_year", "a13", "r6")
        for path, text in parts(HERE / f"{name}.yaml")
    }
    for path, text in texts.items():
        if path.startswith("config/roles/") and "may:" not in text:
            texts[path] = f"{text.rstrip()}\nmay: [record]\n"
    kept = {path: text for path, text in texts.items() if not path.startswith("config/places")}
    own = ("config/places/lakeside/place.yaml", "forms/worker_file.yaml", "forms/appointment.yaml")
    files_of_people = {path: working.FILES[path].replace("[director]", "[secretary]") for path in own}
    return {**kept, **files_of_people}


def founding(start: datetime) -> list[Entry]:
    """Return files, appointments and the updates of data of 2025."""
    del start
    found = []
    for person, name, role, place in PEOPLE:
        since = LATE if person == "w-4" else STARTED
        found.append(Entry(f"f-{person}", PLACE, "worker_file", since, "w-5", since, {"name": name}, person))
        post = {"worker": person, "role": role}
        found.append(Entry(f"p-{person}", place, "appointment", since, "w-5", since, post, f"p-{person}"))
    for month in range(1, 13):
        at = datetime(2025, month, 10, tzinfo=UTC)
        if month not in MISSED:
            found.append(Entry(f"u-{month}", PLACE, "data_update", at, "w-7", at, {}))
    return found


@dataclass(slots=True)
class OtherTown(WorkingYear):
    """The community with both texts."""

    def __post_init__(self) -> None:
        WorkingYear.__post_init__(self)
        self.founding = founding

    async def start(self) -> None:
        await WorkingYear.start(self)
        hashed = FAST.hash(PASSWORD)
        for person, name, *_ in PEOPLE:
            await self.store.accounts.save(Account(f"a-{person}", person, person, name, PLACE, hashed))


class Year(Walk):
    """The walk through both years, which share their course."""

    async def take(self, name: str, appraisal: str = "member_year") -> str:
        return await self.send(SECRETARY, await self.here.year.step(SECRETARY, appraisal, "2025", name))

    async def mark_of(self, ref: ActorRef, form: str, about: str, period: str, points: str) -> None:
        await self.send(ref, Wanted(form, about, answers={"period": period}), points=points)

    async def view(self, ref: ActorRef) -> ScoreView:
        return await self.here.scores.overview(ref, None, "2025")


@pytest.fixture
def printer() -> Iterator[WeasyPrinter]:
    press = Press()
    yield WeasyPrinter(press=press)
    press.end()


@pytest.fixture
async def walk(tmp_path: Any) -> Year:
    here = OtherTown(tmp_path, texts=files())
    await here.start()
    return Year(here)


def shown(view: ScoreView) -> dict[str, str]:
    return {sheet.name: str(sheet.points) for sheet in view.sheets}


def printed(walk: Year, opened: Opened, appraisal: str, about: str, printer: WeasyPrinter) -> str:
    """Return the text of somebody's printed appraisal."""
    item = opened.regulation.appraisals[appraisal]
    document = document_of(Sources(opened, item, about, "b" * 64, walk.here.now), Translator("zh"))
    pages = PdfReader(io.BytesIO(printer.appraisal(document, "zh"))).pages
    return "".join(page.extract_text() for page in pages)


async def first_half(walk: Year) -> None:
    """Mark the first half-year in July, long before anybody opens the year."""
    walk.here.now = datetime(2025, 7, 2, tzinfo=UTC)
    sheets = await walk.here.year.marks(OFFICE, "2025")
    assert [(one.period, one.most, [who.about for who in one.people]) for one in sheets] == [
        ("2025-H1", 60, ["w-7"]),
        ("2025-H2", 60, ["w-7"]),
    ]
    await walk.mark_of(OFFICE, "assessor_mark", "w-7", "2025-H1", "48")
    await walk.mark_of(OBJECT, "assessor_mark", "w-7", "2025-H1", "10")
    with pytest.raises(RefusedError) as refused:  # the community's own bound for this post is the item's
        await walk.mark_of(OBJECT, "assessor_mark", "w-7", "2025-H2", "11")
    assert codes(refused.value) == ["E782 bounds"]


async def sums_up(walk: Year) -> None:
    """Open the year once it is over; everybody sums up, but who isn't in the post for half a year."""
    walk.here.now = NOW
    await walk.take("open")
    board = await walk.here.year.board(SECRETARY, "democratic_review", "2025")
    assert board is not None
    assert {(one.sort, str(one.who)) for one in board.missing} == {
        ("form", name) for name in ("何䶮", "周敏", "马骏", "韩冬")
    }
    for ref in (ZHOU, MA, HAN, MEMBER):
        await walk.send(ref, await walk.here.year.summary(ref, "2025", "self_summary"), done="忙了一年")
    await walk.take("mark")


async def marks(walk: Year) -> None:
    """Give the marks: on oneself apart, never among the peers."""
    own, peers = await walk.here.year.marks(ZHOU, "2025")
    assert [who.about for who in own.people] == ["w-1"]
    assert [who.about for who in peers.people] == ["w-2"]
    for ref, about, points in (
        (ZHOU, "w-1", "100"),
        (ZHOU, "w-2", "88"),
        (MA, "w-2", "90"),
        (MA, "w-1", "92"),
        (HAN, "w-3", "95"),
        (MASSES, "w-1", "90"),
        (MASSES, "w-2", "90"),
        (MASSES, "w-3", "90"),
        (SECRETARY, "w-1", "90"),
        (SECRETARY, "w-2", "96"),
        (SECRETARY, "w-3", "89"),
    ):
        await walk.mark_of(ref, "member_mark", about, "2025", points)
    for ref, points in ((OFFICE, "57"), (OBJECT, "9.5")):
        await walk.mark_of(ref, "assessor_mark", "w-7", "2025-H2", points)
    board = await walk.here.year.board(SECRETARY, "democratic_review", "2025")
    assert board is not None
    assert [(one.sort, one.who, one.n) for one in board.missing] == [
        ("marks", "新来", 1)
    ]  # he isn't marked, and marks
    await walk.mark_of(NEW, "member_mark", "w-3", "2025", "85")
    await walk.take("publish")


async def sees(walk: Year) -> Evidence:
    """See the parts, the halves and each row of the own year; return the row that is contested."""
    view = await walk.view(MEMBER)
    assert (view.score, shown(view)) == (Fraction("88.9"), {**HALVES, "member_half@2025-H1": "82"})
    assert [(part.path, part.weight, part.score, part.sheet) for part in view.parts] == [
        (("halves",), 1, Fraction("88.9"), ""),
        (("halves", "2025-H1"), Fraction("0.4"), 82, "member_half@2025-H1"),
        (("halves", "2025-H2"), Fraction("0.6"), Fraction("93.5"), "member_half@2025-H2"),
    ]
    whole = await walk.here.scores.part(MEMBER, ("halves",), None, "2025")
    assert whole is not None
    assert whole.total is not None
    assert "".join(sum_words(whole.total, Translator("en"))) == "82 ÷ 100 × 40 + 93.5 ÷ 100 × 60 = 88.9"
    reason = await walk.here.scores.reason(MEMBER, "member_half@2025-H1", ("community",), None, "2025")
    assert reason is not None
    assert [(row.window, row.points) for row in reason.rows if row.lost] == [("2025-02", -3), ("2025-03", -3)]
    assert reason.counts == {"missed": 2, "met": 4}

    return next(row for row in reason.rows if row.window == "2025-03")


async def contests(walk: Year, lost: Evidence) -> None:
    """Contest one month of the first half, and have it given back."""
    wanted, titles, points, row = await walk.here.year.appeal(
        MEMBER, "2025-H1", "member_half/community", lost.ref
    )
    assert (points, [title["zh"] for title in titles], row) == (24, ["上半年", "社区"], lost)
    appeal = await walk.send(MEMBER, wanted, reason="三月的更新交在纸上")
    again, _, _, _ = await walk.here.year.appeal(MEMBER, "2025-H1", "member_half/community", lost.ref)
    with pytest.raises(RefusedError) as twice:
        await walk.send(MEMBER, again, reason="再说一遍")
    assert codes(twice.value) == ["E783 twice"]
    decision = await walk.here.year.decision(SECRETARY, appeal)
    assert (decision.answers["period"], decision.answers["points"]) == ("2025-H1", "3")
    with pytest.raises(RefusedError) as more:
        await walk.send(SECRETARY, decision, outcome="upheld", points="4", reason="多给")
    assert codes(more.value) == ["E784 points"]
    await walk.send(SECRETARY, decision, outcome="upheld", reason="已核对")
    view = await walk.view(MEMBER)
    assert (view.score, shown(view)) == (Fraction("90.1"), {**HALVES, "member_half@2025-H1": "85"})
    told = await walk.here.year.appealed(MEMBER, appeal)
    assert [(one.about, one.before, one.after) for one in told.touched] == [
        ("w-7", Fraction("88.9"), Fraction("90.1"))
    ]
    assert [title["zh"] for title in told.record.titles] == ["上半年", "社区"]


async def ranks(walk: Year) -> None:
    """Rank by branch: who was refused keeps the grade, who came late isn't assessed."""
    opened = await walk.here.scores.open(SECRETARY, "2025")
    schema = opened.evaluation.schema("democratic_review")
    names = ("about", "score", "grade", "state", "rank")
    rows = opened.evaluation.rows("democratic_review").values()
    ranked = sorted(
        (tuple(row[schema.position(name)] for name in names) for row in rows), key=lambda row: str(row[0])
    )
    assert ranked[:3] == [
        ("w-1", Fraction("92.8"), "excellent", "computed", 1),
        ("w-2", Fraction("90.4"), "excellent", "over_quota", 2),
        ("w-3", Fraction("88.8"), "qualified", "computed", 3),
    ]
    assert ranked[3][3] == "not_eligible"


async def ends(walk: Year, printer: WeasyPrinter) -> None:
    """Freeze both years once the term is over, and print."""
    walk.here.now += timedelta(days=8)
    await walk.take("finish")
    closed = await walk.here.closing.closed(PLACE, "2025")
    assert closed is not None
    opened = await walk.here.scores.open(SECRETARY, "2025")
    text = "".join(printed(walk, opened, "member_year", "w-7", printer).split())
    for said in (
        "半年评分·上半年10085",
        "半年评分·下半年10093.5",
        "上半年社区27/30",
        "30−2×3+3",
        "三月的更新交在纸上",
    ):
        assert said in text
    assert "member_half" not in text  # no name that only files know
    text = "".join(printed(walk, opened, "democratic_review", "w-1", printer).split())
    assert "自评（权重20%）100" in text
    assert text.count("不计入") == 0  # each mark stands once, with the line that counts it


async def test_two_texts_are_walked_through_their_whole_year(walk: Year, printer: WeasyPrinter) -> None:
    await first_half(walk)
    await sums_up(walk)
    await marks(walk)
    await contests(walk, await sees(walk))
    board = await walk.here.year.board(SECRETARY, "member_year", "2025")
    assert board is not None
    assert [one.sort for one in board.missing] == ["lasts"]  # once, though both years ask for it
    await ranks(walk)
    await ends(walk, printer)
