"""An invented community behind the interface's ports: stores in memory, people with posts, a demo that makes itself."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher

from app.domain.kinds.common import Texts
from app.services.accounts import AccountsService
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Post
from app.services.beginning import Model
from app.services.login import LoginService
from app.services.passwords import Passwords
from app.services.ports import Account, Progress
from app.services.sessions import account_of
from app.services.staffing import Person, Staffing
from app.services.starting import DemoPerson, NewCommunity
from app.services.wiring import Services
from tests.fakes import password
from tests.fakes.stores import FakeAccounts

NOW = datetime(2026, 11, 22, 2, 42, tzinfo=UTC)
PASSWORD = password.PASSWORD
FAST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

TITLES: dict[str, Texts] = {
    "lakeside": {"zh": "柳岸社区", "en": "Willow Bank", "es": "Ribera del Sauce"},
    "lakeside/g3": {"zh": "第三网格", "en": "Grid 3", "es": "Cuadrícula 3"},
    "lakeside/g4": {"zh": "第四网格", "en": "Grid 4", "es": "Cuadrícula 4"},
    "hilltop": {"zh": "山顶社区", "en": "Hilltop", "es": "La Cumbre"},
}
ROLES: dict[str, Texts] = {
    "leader": {"zh": "网格长", "en": "Grid leader", "es": "Responsable de cuadrícula"},
    "worker": {"zh": "专职网格员", "en": "Full-time grid worker", "es": "Personal de cuadrícula"},
    "admin": {"zh": "社区管理员", "en": "Administrator", "es": "Administración"},
}
MAY = {
    "leader": frozenset({Permission.RECORD, Permission.SEE_PLACE}),
    "worker": frozenset({Permission.RECORD}),
    "admin": frozenset(Permission),
}


def post(entry: str, role: str, place: str) -> Post:
    return Post(entry, role, place, MAY[role])


class FakeStaffing:
    """Who is in which post, for pages that name it beside a person."""

    def __init__(self, community: "FakeCommunity") -> None:
        self._community = community

    async def view(self, ref: ActorRef) -> Staffing:
        names = {account.person: account.name for account in self._community.store.accounts.values()}
        people = tuple(
            Person(
                person,
                names.get(person, person),
                tuple((ROLES.get(post.role, {}), TITLES.get(post.place, {})) for post in posts),
                True,
            )
            for person, posts in self._community.posts.items()
        )
        return Staffing((), people, "", NOW.date())


@dataclass(slots=True)
class FakeCommunity:
    """`posts` says who holds which, by person; `now` is the clock, to be moved by tests."""

    store: FakeAccounts = field(default_factory=FakeAccounts)
    posts: dict[str, tuple[Post, ...]] = field(default_factory=dict)
    demo: list[DemoPerson] = field(default_factory=list)
    founded: list[NewCommunity] = field(default_factory=list)
    models: list[Model] = field(default_factory=list)
    now: datetime = NOW
    demo_seconds: float = 0.0
    demo_fault: Exception | None = None

    def clock(self) -> datetime:
        return self.now

    async def resolve(self, ref: ActorRef, now: datetime) -> Actor:
        account = await account_of(self.store, ref, now)
        posts = self.posts.get(account.person, ())
        if not posts:
            raise DeniedError("no_post")
        chosen = next((held for held in posts if held.entry == ref.post), posts[0])
        return Actor(account.id, account.person, account.name, account.place, account.language, chosen, posts)

    async def create_community(self, new: NewCommunity) -> str:
        await asyncio.sleep(0)
        self.founded.append(new)
        self.posts[new.person] = (post("e-0", "admin", "lakeside"),)
        return "lakeside"

    async def start_demo(self, progress: Progress) -> None:
        for step in range(5):
            progress(step, 5)
            await asyncio.sleep(self.demo_seconds / 5)
        if self.demo_fault is not None:
            raise self.demo_fault
        people = (("a-1", "周敏", "leader", "lakeside/g3"), ("a-2", "马骏", "worker", "lakeside/g3"),
                  ("a-3", "卢静", "worker", "lakeside/g4"), ("a-4", "沈若兰", "admin", "lakeside"))  # fmt: skip
        for account, name, role, place in people:
            await self.store.save(
                Account(account, account, f"w-{account}", name, "lakeside", None, demo=True)
            )
            self.posts[f"w-{account}"] = (post(f"e-{account}", role, place),)
            self.demo.append(
                DemoPerson(
                    account,
                    name,
                    ROLES[role],
                    TITLES[place],
                    TITLES["lakeside"],
                    rules=role == "admin",
                    appraises=role == "admin",
                )
            )

    async def demo_people(self) -> Sequence[DemoPerson]:
        return list(self.demo)

    def place_title(self, place: str) -> Texts:
        return TITLES.get(place, {})

    def role_title(self, place: str, role: str) -> Texts:
        return ROLES.get(role, {})

    def zone(self, place: str) -> tzinfo:
        return ZoneInfo("Asia/Shanghai")

    def services(self, **others: Any) -> Services:
        """Services over this community; those that a test doesn't bring in `others` fail when they are used."""
        passwords = Passwords(FAST)
        accounts = AccountsService(self.store, passwords, self.resolve, self.create_community, self.clock)
        given: dict[str, Any] = {
            "accounts": accounts,
            "login": LoginService(self.store, passwords),
            "resolve": self.resolve,
            "clock": self.clock,
            "start_demo": self.start_demo,
            "demo_people": self.demo_people,
            "place_title": self.place_title,
            "role_title": self.role_title,
            "zone": self.zone,
            "models": lambda: self.models,
            "staffing": FakeStaffing(self),
            **others,
        }
        absent: dict[str, Any] = {name.name: object() for name in fields(Services) if name.name not in given}
        return Services(**given, **absent)


def peopled() -> FakeCommunity:
    """A community with 周敏 (two posts), 马骏 (one), and the administrator 沈若兰; all have PASSWORD."""
    made = FakeCommunity()
    two_posts = (post("e-1", "leader", "lakeside/g3"), post("e-2", "worker", "lakeside/g4"))
    people = (
        ("a-zhou", "zhoumin", "w-1", "周敏", two_posts),
        ("a-ma", "majun", "w-2", "马骏", (post("e-3", "worker", "lakeside/g3"),)),
        ("a-shen", "shenruolan", "w-3", "沈若兰", (post("e-4", "admin", "lakeside"),)),
    )
    hashed = FAST.hash(PASSWORD)
    for account, login, person, name, posts in people:
        made.store.accounts[account] = Account(account, login, person, name, "lakeside", hashed)
        made.posts[person] = posts
    made.store.accounts["a-he"] = Account("a-he", "hejianguo", "w-4", "何建国", "lakeside", None)
    made.store.accounts["a-hill"] = Account("a-hill", "hill", "w-9", "江海涛", "hilltop", hashed)
    made.posts["w-9"] = (post("e-9", "worker", "hilltop"),)
    return made


def with_epoch(account: Account, epoch: int) -> Account:
    return replace(account, session_epoch=epoch)
