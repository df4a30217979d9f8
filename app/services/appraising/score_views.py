"""What is shown of a score: its sheets with their items, the parts, the grade, and which appraisals it could be of."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.core.values import Number
from app.domain.kinds.common import Texts
from app.services.appraising.composition import PartView
from app.services.appraising.held_back import HeldBack
from app.services.appraising.posts import HeldPost
from app.services.appraising.wallet_views import WalletView


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item or a section of a sheet with its points. `depth` 0: at the top. `leaf`: it has lines of its own."""

    path: tuple[str, ...]
    title: Texts
    points: Number | None
    most: Number | None
    state: str
    depth: int
    leaf: bool


@dataclass(frozen=True, slots=True)
class SheetView:
    """A score sheet of one person in one of its windows. `name` names it in an address: `score`, `score@2025-H1`.

    `unit` is a currency where it gives money, "" for points.
    """

    id: str
    period: str
    name: str
    title: Texts
    points: Number | None
    bonus: Number | None
    total: Number | None
    most: Number | None
    state: str
    items: tuple[ItemView, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class NextGrade:
    """The next better grade: from how many points, and how many are lacking (0 or less: `held_back` says why)."""

    title: Texts
    at_least: Number
    lacking: Number
    held_back: HeldBack | None = None


@dataclass(frozen=True, slots=True)
class StandingView:
    """One of the appraisals that somebody stands in. `key` names it in an address, `shown`: the one that is looked at.

    `post` is the title of the post that it is about, `place` that of the place; {} where it is about the person alone.
    """

    key: str
    title: Texts
    post: Texts
    place: Texts
    shown: bool


@dataclass(frozen=True, slots=True)
class ScoreView:
    """A person's score of a period. `finished` False: the period still runs and the grade is a forecast.

    `about` is the person, or the place for whom the sheets are. `score` None: not computable. `appraisal` is the id of
    the appraisal that it stands in, or None where there is only a sheet; `parts` is what that makes the score of.
    `posts` are those that the person held in the period, oldest first. `standings` are the appraisals that the person
    stands in, of which this is one. `unopened`: the year is over and nobody opened its appraisal, so that nothing of
    this is a result.
    """

    about: str
    person: str
    name: str
    period: str
    finished: bool
    as_of: datetime
    ends: date
    years: tuple[str, ...]
    appraisal: str | None
    title: Texts
    score: Number | None
    most: Number | None
    bonus: Number | None
    state: str
    grade: Texts | None
    next: NextGrade | None
    sheets: tuple[SheetView, ...]
    wallets: tuple[WalletView, ...] = ()
    parts: tuple[PartView, ...] = ()
    posts: tuple[HeldPost, ...] = ()
    standings: tuple[StandingView, ...] = ()
    unopened: bool = False

    @property
    def standing(self) -> str:
        """What names in an address the appraisal that is looked at; "" where there is none, or only one."""
        shown = next((one.key for one in self.standings if one.shown), "")
        return shown if len(self.standings) > 1 else ""
