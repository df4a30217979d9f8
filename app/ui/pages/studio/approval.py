"""The last gate of a draft: who has to approve it, who has, and their decision."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from nicegui import ui

from app.domain.problem import Problem, ProblemError
from app.domain.zones import date_of
from app.services.drafting.approvers import Approver
from app.services.drafting.gates import Decision, Gates
from app.services.drafting.publication import DraftPublication
from app.ui.frame import Action, button
from app.ui.pages.parts.saying import moment
from app.ui.pages.studio.parts import problem_rows
from app.ui.session import Session
from app.ui.widgets import Note, box, text


class Approval:
    """Draws the gate; `refresh` looks again after a decision."""

    def __init__(
        self,
        session: Session,
        publication: DraftPublication,
        draft: str,
        refresh: Callable[[], Awaitable[None]],
    ) -> None:
        """Keep what it speaks with."""
        self._session = session
        self._t = session.t
        self._publication = publication
        self._draft = draft
        self._refresh = refresh
        self._approvers: Sequence[Approver] = ()
        self._by = ""

    async def ask_who(self, gates: Gates) -> None:
        """Read who can approve, and who has."""
        approvers, ref = self._session.services.approvers, self._session.ref
        if approvers is not None:
            self._approvers = await approvers.now(ref)
            self._by = "" if gates.approved is None else await approvers.name(ref, gates.approved.by)

    def build(self, gates: Gates) -> None:
        """Draw it."""
        t = self._t
        with box("sd-in"):
            if gates.approvers:
                posts = self._approvers or [Approver(title, ()) for title in gates.approvers]
                text(t("studio-approvers", who=t.listed(map(self._named, posts))))
                for one in self._approvers:
                    if not one.names:
                        Note(t("studio-approver-none", post=t.text(one.title)), "due")
            decision = gates.decision
            if gates.approved is not None and decision is not None:
                day = t.day_of_year(decision.effective)
                text(t("studio-decided", resolution=decision.resolution, day=day), "strong")
                text(t.dotted(self._by, moment(t, gates.approved.at)), "meta")
                if decision.why:
                    text(t("studio-why", why=decision.why), "meta")
                if decision.alone:
                    text(t("studio-alone", why=decision.alone), "meta")
            if gates.scheduled is not None and gates.scheduled.effective is not None:
                Note(t("studio-scheduled", day=t.day_of_year(gates.scheduled.effective)), "due")
            if not gates.may_approve:
                text(t("studio-not-yours"), "meta")
                return
            if gates.approved is None and gates.seen is not None and not gates.unchanged:
                self._decide(gates, alone=not gates.approvers)

    def _named(self, one: Approver) -> str:
        post = self._t.text(one.title)
        return self._t("studio-approver", post=post, names=self._t.listed(one.names)) if one.names else post

    def _decide(self, gates: Gates, *, alone: bool) -> None:
        """Ask for the decision; where the regulation names nobody for it, also why it goes without."""
        t = self._t
        if alone:
            Note(t("studio-alone-what"), "due")
        zone = self._session.services.zone(self._session.actor.community)
        today = date_of(str(zone), self._session.services.clock())
        number = ui.input(t("rules-resolution")).props("outlined maxlength=120").classes("w-full")
        day = (
            ui.input(t("studio-effective"), value=today.isoformat())
            .props("outlined type=date")
            .classes("w-full")
        )
        why = ui.input(t("studio-why-label")).props("outlined maxlength=300").classes("w-full")
        reason = None
        if alone:
            reason = ui.input(t("studio-alone-label")).props("outlined maxlength=300").classes("w-full")

        told = box("stack").props("role=alert")
        asked = {"resolution": number, "effective": day, "alone": reason}

        async def approve() -> None:
            told.clear()
            for one in asked.values():
                if one is not None:
                    one.error = None
            try:
                effective = date.fromisoformat(day.value or "")
            except ValueError:
                with told:
                    problem_rows(t, [Problem("E554", values={"value": (day.value or "")[:20]})])
                return
            said = "" if reason is None else reason.value or ""
            decision = Decision(number.value or "", effective, why.value or "", said)
            try:
                await self._publication.approve(self._session.ref, self._draft, gates.content, decision)
            except ProblemError as fault:
                for problem in fault.problems:
                    at = asked.get(problem.field or "")
                    if (
                        at is not None and problem.code == "E936"
                    ):  # its words say no more than that nothing is there
                        at.error = t.problem(problem).what
                        at.run_method("focus")
                        continue
                    with told:
                        problem_rows(t, [problem])
                return
            await self._refresh()

        button(Action(t("studio-approve"), on_click=approve, icon="how_to_reg")).mark("approve")
