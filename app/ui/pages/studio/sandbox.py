"""A community's sandbox: made of a draft or of what is in force, entered as somebody invented, thrown away again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.domain.problem import ProblemError
from app.services.actor import DeniedError, Permission
from app.services.drafting.drafts import RegulationDrafting
from app.services.sandbox.sandbox import Inhabitant, SandboxService, SandboxView
from app.ui.errors import denied, error_page
from app.ui.frame import Action, button, form, frame, submit
from app.ui.pages.parts.saying import moment
from app.ui.pages.studio.parts import STUDIO, called, problem_rows
from app.ui.session import Session, Visitor, step_in, step_out
from app.ui.shell import SANDBOX, Shell, text_of
from app.ui.widgets import EmptyState, Note, Section, box, icon, text


def register(shell: Shell) -> None:
    """Register `/sandbox`, and the ways in and out."""
    services = shell.services
    sandbox, drafting = services.sandbox, services.drafting
    if sandbox is None or drafting is None:
        return

    @shell.page(SANDBOX, permission=Permission.PUBLISH)
    async def page(session: Session, draft: str = "") -> None:
        await SandboxPage(session, sandbox, drafting, draft).build()

    async def enter(request: Request, visitor: Visitor, data: FormData) -> Response:
        if visitor.ref is None:
            return RedirectResponse("/login", status_code=303)
        try:
            account = await sandbox.enter(visitor.ref, text_of(data, "account"))
        except DeniedError as fault:
            return denied(request, visitor, fault)
        except ProblemError:
            return error_page(request, visitor, 404, "not_found")
        step_in(request, account, services.clock())
        return RedirectResponse("/", status_code=303)

    async def leave(request: Request, _visitor: Visitor, _data: FormData) -> Response:
        step_out(request)
        return RedirectResponse(SANDBOX, status_code=303)

    shell.form(f"{SANDBOX}/enter", enter)
    shell.form(f"{SANDBOX}/leave", leave)


class SandboxPage:
    """One view of the sandbox; `draft` is the one that the reader comes from."""

    def __init__(
        self, session: Session, sandbox: SandboxService, drafting: RegulationDrafting, draft: str
    ) -> None:
        """Keep what the page speaks with."""
        self._session = session
        self._t = session.t
        self._sandbox = sandbox
        self._drafting = drafting
        self._draft = draft

    async def build(self) -> None:
        """Build the page."""
        t = self._t
        sub = t.text(self._session.services.place_title(self._session.actor.community))
        back = f"{STUDIO}/{self._draft}" if self._draft else STUDIO
        with frame(t("sandbox-title"), active="studio", sub=sub, back=back), box("stack pad-desk"):
            with box("sd-lead"):
                text(t("sandbox-what"))
            self._told = box("").props("role=status")
            self._body = box("stack")
        await self._show()

    async def _show(self) -> None:
        view = await self._sandbox.view(self._session.ref)
        drafts = await self._drafting.drafts(self._session.ref)
        self._body.clear()
        with self._body:
            if view is None:
                EmptyState(self._t("sandbox-none"), self._t("sandbox-none-what"), "science")
            else:
                self._there(view)
            about = await self._drafting.about(self._session.ref, drafts)
            titles = {one.id: called(self._t, one.title, about.get(one.id, ())) for one in drafts}
            self._make(titles, view)
            if view is not None:
                self._people(view.people)

    def _there(self, view: SandboxView) -> None:
        t = self._t
        made_of = view.title or t("studio-untitled") if view.draft else t("sandbox-in-force")
        with Section(t("sandbox-there"), made_of), box("sd-panel"):
            text(t.dotted(t("sandbox-made-by", who=view.made_by), moment(t, view.made_at)), "meta")
            if view.is_stale:
                Note(t("sandbox-stale"), "due")
            with box("row-c wrap"):
                button(
                    Action(
                        t("sandbox-renew"),
                        on_click=lambda: self._do(lambda: self._sandbox.renew(self._session.ref)),
                        icon="refresh",
                    )
                )
                button(
                    Action(
                        t("sandbox-drop"),
                        on_click=lambda: self._do(lambda: self._sandbox.drop(self._session.ref)),
                        icon="delete",
                    ),
                    "quiet",
                )

    def _make(self, drafts: dict[str, str], view: SandboxView | None) -> None:
        t = self._t
        choices = {"": t("sandbox-in-force"), **drafts}
        with Section(t("sandbox-make")), box("sd-panel"):
            if view is not None:
                text(t("sandbox-instead"), "meta")
            with box("row-c wrap"):
                chosen = self._draft if self._draft in choices else ""
                picked = ui.select(choices, value=chosen, label=t("sandbox-of-what")).props("outlined")
                picked.classes("grow")
                button(
                    Action(
                        t("sandbox-make-do"),
                        on_click=lambda: self._do(
                            lambda: self._sandbox.make(self._session.ref, str(picked.value or ""))
                        ),
                        icon="science",
                    ),
                    "act" if view is None else "line",
                )

    async def _do(self, what: Callable[[], Awaitable[None]]) -> None:
        """Carry something out that takes a moment, and show what there is then."""
        self._told.clear()
        with self._told:
            Note(self._t("sandbox-doing"))
        await asyncio.sleep(0.05)  # so that it is read before the work begins
        try:
            await what()
        except ProblemError as fault:
            self._told.clear()
            with self._told:
                problem_rows(self._t, fault.problems)
            return
        self._told.clear()
        with self._told:
            text(self._t("sandbox-done"), "gb-sr")
        await self._show()

    def _people(self, people: Sequence[Inhabitant]) -> None:
        t = self._t
        with Section(t("sandbox-people"), padded=False):
            if not people:
                text(t("sandbox-nobody"), "meta")
            for one in people:
                role = t.text(one.role)
                with (
                    form(self._session, f"{SANDBOX}/enter"),
                    submit("account", one.account, "gb-person") as made,
                ):
                    made.props["aria-label"] = t("demo-enter-as", role=role) + " " + one.name
                    with box("grow", "span"):
                        text(one.name, "q", "span")
                        text(t.dotted(role, t.text(one.place)), "meta")
                    icon("chevron_right")
