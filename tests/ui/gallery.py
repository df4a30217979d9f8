"""Pages for tests: every shared part of the interface with invented content, and pages that fail.

Words that a page would take from the catalogues stand in ⟦brackets⟧, as the pseudo-locale writes them; names, door
numbers and amounts are people's data and stand bare.
"""

from fractions import Fraction
from typing import NoReturn

from nicegui import ui

from app.services.actor import DeniedError, Permission
from app.ui.frame import Action, button, frame
from app.ui.pages.administration import account, accounts
from app.ui.pages.entrance import invitation, login, welcome
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import (
    STATE_ICONS,
    CapBar,
    ChoiceGroup,
    ClauseQuote,
    ConditionalBlock,
    ContextPanel,
    Count,
    CountFilter,
    DoorPlate,
    DutyCard,
    DutyRow,
    EmptyState,
    ErrorState,
    FactList,
    FilterPill,
    HiddenTag,
    Moment,
    NoPermission,
    Note,
    PlaceGroup,
    Progress,
    Question,
    ReasonChain,
    SaveBar,
    ScoreLine,
    Section,
    Segments,
    Skeleton,
    StateChip,
    SyncNote,
    Tag,
    Timeline,
    WeekGrid,
    box,
    text,
)

ROWS = (
    ("⟦柳岸小区 12 号楼⟧", (("1-402", "陈桂芳", "overdue", "5"), ("1-603", "何建国", "due", "11月22日"))),
    ("⟦河埠巷⟧", (("37 号", "老茶馆", "late", "1"), ("41 号", "许志强", "met", "09:20"))),
)

SHELL = (welcome.register, login.register, invitation.register, account.register, accounts.register)
"""The shell's own pages: those of other parts need services that its tests don't bring."""

MARKED = "每七天至少联系一次"
CLAUSE = f"第十四条 独居老人{MARKED}。"


def register(shell: Shell) -> None:
    for path, build in (("/today", _today), ("/score", _score), ("/record", _record), ("/gallery", _states)):
        shell.page(path)(build)

    @shell.page("/households")
    async def households(session: Session) -> None:
        with frame("⟦住户⟧", active="households", back="/today"):
            text("⟦空⟧", "pad")

    @shell.page("/only-admin", permission=Permission.ADMINISTER)
    async def only_admin(session: Session) -> None:
        with frame("⟦管理⟧"):
            text("⟦空⟧", "pad")

    @shell.page("/needs")
    async def needs(session: Session, draft: str) -> None:
        with frame("⟦草稿⟧"):
            text(draft, "pad")

    @shell.page("/fault")
    async def fault(session: Session) -> NoReturn:
        raise RuntimeError("陈桂芳 12-1-402")

    shell.page("/events")(_events)


async def _today(session: Session) -> None:
    counts = (
        Count("all", "⟦全部⟧", 4),
        Count("overdue", "⟦超期⟧", 1, "overdue", "warning"),
        Count("due", "⟦今天⟧", 1, "due", "schedule"),
        Count("met", "⟦已办⟧", 2, "met", "check_circle"),
    )
    actions = (Action("⟦打印走访单⟧", on_click=lambda: None, icon="print"),)
    primary = Action("⟦记一笔⟧", href="/record", icon="add")
    with frame("⟦今天还有 2 件⟧", active="today", sub="⟦11月22日 星期日⟧", primary=primary, actions=actions):
        with box("pad"):
            CountFilter(counts, "all", lambda _key: None, "⟦按状态筛选⟧")
        with box("td-cols"):
            with box("td-list"):
                for place, rows in ROWS:
                    with PlaceGroup(place, len(rows)):
                        for plate, name, state, fact in rows:
                            DutyRow(
                                plate=plate,
                                name=name,
                                duty="⟦每周联系⟧",
                                detail="⟦独居老人·上次 11月10日⟧",
                                state=state,
                                fact=fact,
                                href="/record",
                                action="⟦填写⟧",
                            )
            with box("only-desk td-side"):
                panel = ContextPanel("12-1-402", "陈桂芳", "⟦女·78 岁·独居老人⟧", "⟦选中的住户⟧")
                with panel.body:
                    Note("⟦应在 11月17日前联系，已超期 5 天。⟧", "late")
                    ClauseQuote(
                        "⟦第十四条 独居老人每七天至少联系一次。⟧", "⟦考核办法⟧", ["每七天至少联系一次"]
                    )
                with panel.foot:
                    button(Action("⟦填写联系记录⟧", href="/record", icon="edit_note"), "act").classes("grow")
                    button(Action("⟦拨打⟧", href="tel:13800000427", icon="call"))


async def _score(session: Session) -> None:
    with frame("⟦我的得分⟧", active="score", sub="⟦2026 年度⟧"), box("sc-cols"):
        with box("gb-sheet"):
            with box("in"):
                CapBar(Fraction(173, 2), Fraction(100), Fraction(100), Fraction(90))
            largest = Fraction(40)
            ScoreLine("⟦走访联系⟧", Fraction(67, 2), Fraction(40), largest=largest, on_open=lambda: None)
            ScoreLine("⟦特殊户季度走访⟧", Fraction(18), Fraction(20), inner=True, href="/score").open(
                opened=True
            )
            ScoreLine("⟦群众满意度⟧", None, Fraction(10), largest=largest, note="⟦没有测评⟧")
        with box("gb-sheet in"):
            chain = ReasonChain()
            with chain.step("clause"):
                ClauseQuote(CLAUSE, "⟦考核办法⟧", [MARKED])
            for name in ("rule", "figures", "arithmetic", "entries"):
                with chain.step(name, "⟦96⟧"):
                    text("⟦20 − 4 × 0.5 = 18⟧")


async def _record(session: Session) -> None:
    with frame("⟦季度上门走访⟧", sub="⟦12月31日前⟧", back="/today", tabs=False), box("fm-cols"):
        with box("fm-ctx", "aside"):
            with box("row-c"):
                DoorPlate("12-1-603", "solid")
                with box("grow"):
                    text("何建国", "lead strong")
            Tag("⟦肢体残疾⟧", "accessible")
            HiddenTag(2)
        with box("gb-sheet fm-body"):
            with Question("⟦1. 见到了谁？⟧"):
                seen = {"self": "⟦本人⟧", "kin": "⟦家属⟧", "none": "⟦没有见到⟧"}
                ChoiceGroup(seen, "self", lambda _value: None, "⟦见到了谁⟧")
            with ConditionalBlock("⟦需要关注⟧"), Question("⟦哪方面？⟧", "⟦可多选⟧", required=False) as _:
                needs = {"walk": "⟦行动⟧", "mood": "⟦情绪⟧"}
                ChoiceGroup(needs, ["walk"], lambda _value: None, "⟦哪方面⟧", many=True)
            wrong = Question("⟦2. 简单写两句⟧")
            with wrong:
                ui.textarea().props("autogrow").classes("w-full").props["aria-label"] = "⟦简单写两句⟧"
            wrong.fault("⟦这一项没有填。⟧")
            bar = SaveBar("⟦提交⟧", lambda: None)
            bar.note(lambda: SyncNote("draft", "10:42"))
            bar.disable("⟦还有 1 项没有填⟧")


async def _states(session: Session) -> None:
    with frame("⟦界面状态⟧", sub="⟦空、加载、出错⟧"):
        with box("pad"), box("gb-sheet in stack"):
            with box("gb-act-row"):
                for state in STATE_ICONS:
                    StateChip(state)
                    StateChip(state, "5", bare=True)
            with box("gb-act-row"):
                for kind in ("synced", "on-phone", "draft", "waiting", "failed"):
                    SyncNote(kind, "10:42", 3)
            with box("gb-act-row"):
                FilterPill("⟦第四季度⟧", lambda: None)
                Segments(
                    {"dense": ("density_small", "⟦紧凑⟧"), "wide": ("density_medium", "⟦舒适⟧")},
                    "dense",
                    lambda _key: None,
                    "⟦密度⟧",
                )
                DoorPlate("7-2-202", "mini")
                button(Action("⟦启用⟧", why_not="⟦草稿有 1 处错误⟧", on_click=lambda: None), "act")
            Note("⟦草稿有 1 处错误，不能启用。⟧")
            Note("⟦草稿有 1 处错误，不能启用。⟧", "due")
            ui.input(label="⟦搜索⟧")
            ui.select({"a": "⟦甲⟧", "b": "⟦乙⟧"}, value="a", label="⟦网格⟧")
        with box("hh-cols pad-desk"):
            with Section("⟦基本情况⟧"):
                FactList((("⟦住址⟧", "12-1-402"), ("⟦电话⟧", "138 0000 0427"), ("⟦房屋⟧", "")))
            with Section("⟦应办事项⟧", "⟦第四季度⟧", padded=False):
                DutyCard("⟦每周联系⟧", "overdue", "5", "⟦应在 11月17日前⟧", "/record")
                DutyCard("⟦季度走访⟧", "met", "", "⟦11月3日已办⟧")
            with Section("⟦联系记录⟧"):
                Timeline(
                    (
                        Moment("call", "⟦电话⟧", "⟦11月10日 15:20⟧", "周敏", "⟦感冒好转⟧", href="/record"),
                        Moment("close", "⟦漏办⟧", "⟦10月12日—18日⟧", bad=True),
                    )
                )
            with Section("⟦每周联系⟧"):
                states = ["met"] * 40 + [
                    "missed",
                    "waived",
                    "late",
                    "overdue",
                    "due",
                    "upcoming",
                    "undecided",
                ]
                WeekGrid([(f"⟦{number}⟧", state) for number, state in enumerate(states, 1)], "⟦每周⟧")
        with box("em-grid"):
            EmptyState("⟦今天都办完了⟧", "⟦下一件在周二。⟧")
            Skeleton()
            Progress("⟦on its way⟧").show(3, 8)
            Progress("⟦how long is unknown⟧")
            ErrorState("7F3A20")
            NoPermission()


async def _events(session: Session) -> None:
    async def fail() -> None:
        raise RuntimeError("陈桂芳 12-1-402")

    async def act() -> None:
        actor = await session.services.resolve(session.ref, session.services.clock())
        ui.label(f"done by {actor.person}")

    async def forbidden() -> None:
        raise DeniedError("not_permitted")

    with frame("⟦事件⟧"):
        ui.button("⟦fail⟧", on_click=fail, color=None)
        ui.button("⟦act⟧", on_click=act, color=None)
        ui.button("⟦forbidden⟧", on_click=forbidden, color=None)
