"""Pages for tests: every shared part of the interface, with invented content, and one that fails."""

from typing import NoReturn

from nicegui import ui

from app.services.actor import DeniedError, Permission
from app.ui.frame import Action, frame
from app.ui.session import Session
from app.ui.shell import Shell


def register(shell: Shell) -> None:
    @shell.page("/today")
    async def today(session: Session) -> None:
        with frame(
            "⟦今天还有 6 件⟧",
            active="today",
            sub="⟦11月22日⟧",
            primary=Action("⟦记一笔⟧", href="/today", icon="add"),
        ):
            pass

    @shell.page("/households")
    async def households(session: Session) -> None:
        with frame("⟦住户⟧", active="households", back="/today"):
            pass

    @shell.page("/only-admin", permission=Permission.ADMINISTER)
    async def only_admin(session: Session) -> None:
        with frame("⟦管理⟧"):
            pass

    @shell.page("/fault")
    async def fault(session: Session) -> NoReturn:
        raise RuntimeError("陈桂芳 12-1-402")

    @shell.page("/events")
    async def events(session: Session) -> None:
        async def fail() -> None:
            raise RuntimeError("陈桂芳 12-1-402")

        async def act() -> None:
            actor = await session.services.resolve(session.ref, session.services.clock())
            ui.label(f"done by {actor.person}").props("id=done")

        async def forbidden() -> None:
            raise DeniedError("not_permitted")

        with frame("⟦事件⟧"):
            ui.button("⟦fail⟧", on_click=fail, color=None)
            ui.button("⟦act⟧", on_click=act, color=None)
            ui.button("⟦forbidden⟧", on_click=forbidden, color=None)
