"""A draft's way into force: what it changes, and each gate that it passes, with what is missing at each."""

from collections.abc import Sequence
from datetime import date, timedelta

from nicegui import ui

from app.domain.problem import Problem, ProblemError
from app.domain.zones import date_of
from app.services.actor import Permission
from app.services.cases import CaseResult
from app.services.drafting.drafts import READERS
from app.services.drafting.gates import Gates
from app.services.drafting.publication import DraftPublication
from app.services.drafting.studio import Studio
from app.services.drafting.studio_views import Compared
from app.ui.frame import Action, button, frame, link
from app.ui.pages.parts.saying import moment
from app.ui.pages.studio.approval import Approval
from app.ui.pages.studio.parts import (
    STUDIO,
    called,
    draft_address,
    edit_address,
    file_changes,
    in_words,
    problem_rows,
    steps,
)
from app.ui.pages.studio.touched import answers, from_a_day, lacks_answers, once_known, places, posts
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import Note, Section, Skeleton, box, icon, text

PUBLISH = STUDIO + "/{draft}/publish"
IMPACT = "/impact"
_SHORT = 12
_CHECKED = frozenset({"unchanged", "behind", "errors", "entries", "places"})
"""What keeps the first gate shut."""
PEOPLE = "/people"


def register(shell: Shell) -> None:
    """Register `/studio/{draft}/publish`."""
    studio, publication = shell.services.studio, shell.services.draft_publication
    if studio is None or publication is None:
        return

    @shell.page(PUBLISH, permission=READERS, whose="both")
    async def page(session: Session, draft: str) -> None:
        await PublishPage(session, studio, publication, draft).build()


class PublishPage:
    """One view of a draft's gates; it looks again after each step."""

    def __init__(self, session: Session, studio: Studio, publication: DraftPublication, draft: str) -> None:
        """Keep what the page speaks with."""
        self._session = session
        self._t = session.t
        self._studio = studio
        self._publication = publication
        self._draft = draft
        self._failed: Sequence[CaseResult] = ()
        self._approval = Approval(session, publication, draft, self._refresh)
        self._dated: frozenset[str] = frozenset()
        self._despite_cases = False
        self._despite_entries = False
        self._working = False

    async def build(self) -> None:
        """Build the page."""
        t = self._t
        with (
            frame(
                t("studio-forward"),
                active="studio",
                sub=await self._called(),
                back=draft_address(self._draft),
            ),
            box("sd-draft pad-desk"),
        ):
            self._changes = box("stack")
            with box("stack sd-side sd-first"):
                self._told = box("stack").props("role=status")
                self._gates = box("stack")
            with self._gates:
                Skeleton()
        ui.timer(0.05, self._fill, once=True)

    async def _called(self) -> str:
        drafting = self._session.services.drafting
        if drafting is None:
            return ""
        try:
            draft = await drafting.draft(self._session.ref, self._draft)
            about = await drafting.about(self._session.ref, [draft])
        except ProblemError:  # a draft that is gone: what the gates say
            return ""
        return called(self._t, draft.title, about.get(draft.id, ()))

    async def _fill(self) -> None:
        """Draw what takes a moment: the draft is checked, and what stands is read beside it."""
        try:
            gates = await self._publication.gates(self._session.ref, self._draft)
            compared = await self._studio.changes(self._session.ref, self._draft)
            await self._approval.ask_who(gates)
            await self._ask_days(gates)
        except ProblemError as fault:
            self._gates.clear()
            self._tell(fault.problems)
            return
        self._show_changes(compared)
        self._show(gates)

    def _show_changes(self, compared: Compared) -> None:
        t = self._t
        with self._changes:
            if not compared.files:
                Note(t("studio-unchanged"))
            if compared.words:
                with Section(t("studio-words")):
                    in_words(t, compared)
            if compared.files:
                with Section(t("studio-lines"), t("rules-files", n=len(compared.files))):
                    file_changes(t, compared.files)

    async def _ask_days(self, gates: Gates) -> None:
        service = self._session.services.from_a_day
        forms = [change.form for change in gates.answers if lacks_answers(change)]
        if service is not None and self._session.actor.may(Permission.PUBLISH):
            self._dated = await service.possible(self._session.ref, self._draft, forms)

    async def _refresh(self) -> None:
        gates = await self._publication.gates(self._session.ref, self._draft)
        await self._ask_days(gates)
        await self._approval.ask_who(gates)
        self._show(gates)

    def _show(self, gates: Gates) -> None:
        t = self._t
        self._at = gates
        self._gates.clear()
        with self._gates:
            with Section(t("studio-gates"), padded=False):
                missing = self._missing(gates)
                self._gate("checked", open_=_CHECKED.isdisjoint(missing))
                self._checked(gates)
                self._gate("cases", open_="cases" not in missing)
                self._cases(gates)
                self._gate("seen", open_="seen" not in missing)
                self._seen(gates)
                self._gate("approved", open_="approved" not in missing)
                self._approval.build(gates)
            if self._session.actor.may(Permission.PUBLISH):
                with box("stack"):
                    why_not = t.listed(t(f"studio-lacks-{one}") for one in missing)
                    put = Action(
                        t("studio-publish"),
                        on_click=self._publish,
                        icon="publish",
                        why_not=t("studio-lacks", what=why_not) if missing else "",
                    )
                    self._put = button(put, "act").mark("publish")

    def _missing(self, gates: Gates) -> tuple[str, ...]:
        return gates.missing(despite_cases=self._despite_cases, despite_entries=self._despite_entries)

    def _gate(self, name: str, *, open_: bool) -> None:
        with box("sd-gate done" if open_ else "sd-gate"):
            icon("check_circle" if open_ else "radio_button_unchecked")
            text(self._t(f"studio-gate-{name}"), "strong", "h3")
            text(self._t("studio-gate-done" if open_ else "studio-gate-open"), "meta end", "span")

    # ---- the gates
    def _checked(self, gates: Gates) -> None:
        t = self._t
        with box("sd-in"):
            if gates.unchanged:
                text(t("studio-unchanged"))
            if gates.behind:
                Note(t("studio-behind-what"), "due")
                link(t("studio-back"), draft_address(self._draft), "gb-button gb-btn-quiet")
            if gates.broken:
                titles = map(self._session.services.place_title, gates.broken)
                Note(t("above-breaks", places=t.listed(map(t.text, titles))), "late")
            problem_rows(t, gates.errors, self._go)
            answers(t, gates.answers)
            self._names(gates)
            self._days(gates)
            if any(change.left_out for change in gates.answers):
                meant = ui.checkbox(t("studio-despite-entries"), value=self._despite_entries)
                meant.on_value_change(self._entries_meant).mark("despite-entries")
            people = PEOPLE if PEOPLE in self._session.paths else ""
            places(t, gates.places, people)
            posts(t, gates.posts, None if gates.decision is None else gates.decision.effective, people)

    def _names(self, gates: Gates) -> None:
        """Offer that a question is an old one by another name."""
        may = self._session.services.once_known is not None and self._session.actor.may(Permission.PUBLISH)
        for change in gates.answers if may else ():
            once_known(self._t, change, self._once_known)

    async def _once_known(self, form: str, question: str, was: str) -> None:
        service = self._session.services.once_known
        self._told.clear()
        try:
            if service is not None:
                await service.take(self._session.ref, self._draft, form, question, was)
        except ProblemError as fault:
            self._tell(fault.problems)
            return
        ui.navigate.to(PUBLISH.format(draft=self._draft))

    def _days(self, gates: Gates) -> None:
        """Offer a day from which a form asks what it asks now, where entries would count nowhere."""
        for change in gates.answers:
            if change.form in self._dated:
                from_a_day(self._session, change, self._first_day(gates), self._from)

    def _first_day(self, gates: Gates) -> date:
        """Return the day that is proposed: the first one of which there is no entry yet."""
        zone = str(self._session.services.zone(self._session.actor.community))
        tomorrow = date_of(zone, self._session.services.clock()) + timedelta(days=1)
        return tomorrow if gates.decision is None else max(tomorrow, gates.decision.effective)

    async def _from(self, form: str, day: date) -> None:
        service = self._session.services.from_a_day
        self._told.clear()
        try:
            if service is not None:
                await service.change(self._session.ref, self._draft, form, day)
        except ProblemError as fault:
            self._tell(fault.problems)
            return
        ui.navigate.to(PUBLISH.format(draft=self._draft))

    def _go(self, problem: Problem) -> None:
        if problem.where is not None:
            where = problem.where
            ui.navigate.to(edit_address(self._session.paths, self._draft, where.path, where))

    def _entries_meant(self) -> None:
        self._despite_entries = not self._despite_entries
        self._show(self._at)

    def _cases(self, gates: Gates) -> None:
        t = self._t
        with box("sd-in"):
            if gates.cases is not None:
                failed, of = gates.cases
                text(
                    t("studio-cases-failed", failed=failed, of=of)
                    if failed
                    else t("studio-cases-green", of=of)
                )
                if failed:
                    meant = ui.checkbox(t("studio-despite-cases"), value=self._despite_cases)
                    meant.on_value_change(self._cases_meant)
            self._results = box("")
            if gates.cases is not None:
                self._show_failed(self._failed)
                if not self._failed:  # somebody else ran them
                    for title in gates.failing:
                        text(t.text(title), "meta")
            if not gates.errors:
                button(Action(t("studio-cases-run"), on_click=self._run, icon="science")).mark("cases")

    def _cases_meant(self) -> None:
        self._despite_cases = not self._despite_cases
        self._show(self._at)

    async def _run(self) -> None:
        t = self._t
        self._results.clear()
        with self._results:
            Note(t("rules-trying"), "plain")
        try:
            results = await self._publication.cases(self._session.ref, self._draft)
        except ProblemError as fault:
            self._tell(fault.problems)
            return
        self._failed = [result for result in results if not result.passed]
        await self._refresh()

    def _show_failed(self, failed: Sequence[CaseResult]) -> None:
        with self._results:
            for result in failed:
                text(self._t.text(result.case.called), "strong")
                for number, problem in enumerate(result.problems):
                    problem_rows(self._t, [problem], self._go)
                    why = result.why[number] if number < len(result.why) else ()
                    if why:
                        with box("sc-more", "details"):
                            text(self._t("studio-case-why"), tag="summary")
                            steps(self._t, why)

    def _seen(self, gates: Gates) -> None:
        t = self._t
        with box("sd-in"):
            if gates.seen is not None:
                told = gates.seen.value
                text(
                    t("studio-seen-of", period=str(told.get("period", "")), at=moment(t, gates.seen.at)),
                    "meta",
                )
                with box("ly-heads", "ul"):
                    for line in told["headlines"]:
                        text(str(line), "", "li")
            else:
                text(t("studio-seen-what"))
            if IMPACT in self._session.paths and not gates.errors and not gates.unchanged:
                link(t("studio-impact"), f"{IMPACT}?draft={self._draft}", "gb-button gb-btn-line")

    def _tell(self, problems: Sequence[Problem]) -> None:
        self._told.clear()
        with self._told:
            problem_rows(self._t, problems)
        self._look()

    def _look(self) -> None:
        """Bring what was told into view: the button that it answers stands below many failing cases."""
        script = f"document.getElementById('c{self._told.id}')?.scrollIntoView({{block: 'center'}});"
        self._told.client.run_javascript(script)  # the button that was pressed may be gone by now

    async def _publish(self) -> None:
        if self._working:  # a second press while the first one is at it
            return
        self._working = True
        self._put.props("disable")
        self._told.clear()
        with self._told, box("row-c"):
            ui.spinner().props("aria-hidden=true")
            text(self._t("studio-publishing"), "strong")
        try:
            made = await self._publication.publish(
                self._session.ref,
                self._draft,
                self._at.content,
                despite_cases=self._despite_cases,
                despite_entries=self._despite_entries,
            )
        except ProblemError as fault:
            self._tell(fault.problems)
            self._put.props(remove="disable")
            return
        finally:
            self._working = False
        t = self._t
        self._gates.clear()
        self._told.clear()
        with self._told:
            if made.starts is None or made.effective is None:
                Note(t("rules-published", revision=made.hash[:_SHORT]), "act")
            else:
                Note(t("studio-published-for", day=t.day_of_year(made.effective)), "act")
            if self._session.actor.is_above:
                Note(t("above-handed-down"), "plain")
            with box("gb-act-row ly-pad"):
                link(t("studio-back"), STUDIO, "gb-button gb-btn-line")
        self._look()
