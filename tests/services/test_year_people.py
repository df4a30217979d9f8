"""Those of whom a year is easily wrong: two posts, half a year, gone by then, marked by half an assessor."""

from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest

from app.domain.entry import Entry
from app.i18n import Translator
from app.services.actor import ActorRef
from app.services.appraising.ranking import AppraisalView
from app.services.filling import RefusedError
from app.services.ports import Account
from tests.fakes import year as fake
from tests.fakes.working import FAST, PASSWORD, PLACE
from tests.fakes.year import DIRECTOR, HAN, MA, ZHOU, WorkingYear
from tests.services.walking import Walk, codes

JULY = datetime(2025, 7, 1, 1, tzinfo=UTC)
BEGUN, GONE = ActorRef("a-begun"), ActorRef("a-gone")


def more(start: datetime) -> list[Entry]:
    """Add 新来, who leads since July, 离任, who led until the end of September, and a second post of 马骏's."""
    found = fake.founding(start)
    for person, name, since, left in (
        ("w-7", "新来", JULY, None),
        ("w-8", "离任", fake.STARTED, "2025-10-01"),
    ):
        file = {"name": name, "salary": "5000"}
        found.append(Entry(f"f-{person}", PLACE, "worker_file", since, "w-3", since, file, person))
        post = {"worker": person, "role": "leader", **({"left_on": left} if left else {})}
        found.append(
            Entry(f"p-{person}", f"{PLACE}/g1", "appointment", since, "w-3", since, post, f"p-{person}")
        )
    second = {"worker": "w-2", "role": "leader"}
    found.append(
        Entry("p-w-2b", f"{PLACE}/g3", "appointment", fake.STARTED, "w-3", fake.STARTED, second, "p-w-2b")
    )
    for person, months in {"w-7": (8, 11), "w-8": (2, 5, 8)}.items():
        for month in months:
            at = datetime(2025, month, 10, tzinfo=UTC)
            found.append(Entry(f"r-{person}-{month}", PLACE, "report", at, person, at, {}))
    return found


@dataclass(slots=True)
class Peopled(WorkingYear):
    """The community with those people."""

    def __post_init__(self) -> None:
        WorkingYear.__post_init__(self)
        self.founding = more


@pytest.fixture
async def walk(tmp_path: Any) -> Walk:
    votes = fake.FILES["rules/votes.yaml"].replace("by: [leader, director]", "by: [director]")
    here = Peopled(tmp_path, texts={**fake.FILES, "rules/votes.yaml": votes})
    await here.start()
    hashed = FAST.hash(PASSWORD)
    for name, person in (("begun", "w-7"), ("gone", "w-8")):
        await here.store.accounts.save(Account(f"a-{name}", name, person, name, PLACE, hashed))
    return Walk(here)


async def test_the_year_of_everybody_is_walked_through(walk: Walk) -> None:
    opened = await walk.here.scores.open(DIRECTOR, "2025")
    schema = opened.evaluation.schema("final")
    about = schema.position("about")
    rows = [row[about] for row in opened.evaluation.rows("final").values() if row[1] == "2025"]
    # Whoever holds two posts stands there once, with what each asks for; whoever has left stands there, too.
    assert sorted(rows) == ["w-1", "w-2", "w-4", "w-7", "w-8"]
    assert (await walk.score("w-7"))["score"] == 100  # two quarters in the post, two reports
    assert (await walk.score("w-8"))["score"] == 100  # three quarters in the post, three reports
    assert (await walk.score("w-2"))["score"] == 100

    await walk.step("open")
    board = await walk.here.year.board(DIRECTOR, "final", "2025")
    assert board is not None
    # Who has left is asked for nothing any more; who came in July is.
    assert [one.who for one in board.missing] == ["周敏", "马骏", "韩冬", "新来"]
    await walk.sum_up(ZHOU, MA, HAN, BEGUN)
    await walk.step("mark")

    # An assessor who is half done holds the year up, with the number of those who are left; a draft is no mark.
    (sheet,) = await walk.here.year.marks(DIRECTOR, "2025")
    assert [one.name for one in sheet.people] == ["周敏", "马骏", "韩冬", "新来", "离任"]
    for whom in ("w-1", "w-2"):
        await walk.mark(DIRECTOR, whom, "80")
    board = await walk.here.year.board(DIRECTOR, "final", "2025")
    assert board is not None
    assert [(one.sort, one.who, one.n) for one in board.missing] == [("marks", "沈若兰", 3)]
    assert len(board.missing[0].whom) == 3
    with pytest.raises(RefusedError) as refused:
        await walk.step("publish")
    assert codes(refused.value) == ["E781 missing"]
    # What is there counts, and nobody else's score waits for it.
    assert (await walk.score("w-1"))["score"] == Fraction(64)
    assert (await walk.score("w-4"))["score"] == 80
    for whom in ("w-4", "w-7", "w-8"):
        await walk.mark(DIRECTOR, whom, "80")
    await walk.step("publish")

    # Each has a page; who came in July has months from July on, who has left has the year until then.
    begun = await walk.here.year.trend(DIRECTOR, "w-7", "2025")
    assert begun is not None
    assert next(point.month for point in begun.trend if point.score is not None) == "2025-07"
    gone = await walk.here.year.person(DIRECTOR, "w-8", "2025")
    assert gone is not None
    assert gone.record.score == 96


async def ranking(here: WorkingYear) -> AppraisalView:
    appraisals = here.services().appraisals
    assert appraisals is not None
    view = await appraisals.view(DIRECTOR, "final", "2025")
    assert view is not None
    return view


async def test_the_board_says_the_days_of_posts_that_were_not_held_all_of_the_year(walk: Walk) -> None:
    view = await ranking(walk.here)
    days = {row.name: [one.days(Translator("zh")) for one in row.posts] for row in view.rows}
    assert days["新来"] == ["2025年7月1日 至 2025年12月31日"]
    assert days["离任"] == ["2025年1月1日 至 2025年9月30日"]
    assert days["马骏"] == ["2025年1月1日 至 2025年12月31日"] * 2  # two posts at once
    assert days["周敏"] == []


async def test_in_a_running_year_a_post_that_goes_on_has_no_last_day(tmp_path: Any) -> None:
    here = Peopled(tmp_path, now=datetime(2025, 9, 1, tzinfo=UTC))
    await here.start()
    view = await ranking(here)
    days = {row.name: [one.days(Translator("zh")) for one in row.posts] for row in view.rows}
    assert days["新来"] == ["2025年7月1日 至今"]
    assert days["离任"] == ["2025年1月1日 至 2025年9月30日"]  # announced
