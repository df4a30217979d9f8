"""A stairwell at once: the form with its answers once, and for whom it is stored. Each gets an entry of its own."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from nicegui import ui

from app.services.filling import RefusedError
from app.services.several import Outcome, Several, subject_of
from app.services.today import Item
from app.services.window_words import window_words
from app.services.work import WorkServices
from app.ui.frame import frame
from app.ui.pages.forms.page import FormPage
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import ChoiceGroup, Note, Question, keeper
from app.ui.widgets.keeper import WHOM


def register(shell: Shell) -> None:
    """Register `/several/{duty}`."""
    work = shell.services.work
    if work is None:
        return

    @shell.page("/several/{duty}")
    async def several(session: Session, duty: str, of: str = "", window: str = "") -> None:
        found = await work.doorstep.several.open(session.ref, duty, of, window)
        t = session.t
        first = found.items[0]
        sub = t.dotted(first.group, t.text(first.title), window_words(t, first.window))
        title = t.text(found.view.form.heading.title)
        with frame(t("several-title", form=title), sub=sub, back="/today", tabs=False, active="today"):
            SeveralPage(session, work, found).build()


class SeveralPage(FormPage):
    """One set of answers for those that are ticked."""

    def __init__(self, session: Session, work: WorkServices, several: Several) -> None:
        """Tick everybody who is due."""
        super().__init__(session, work, several.view, "/today")
        self.several = several
        everybody = [subject_of(item) for item in several.items]
        before = self.answers.get(WHOM)
        self.answers[WHOM] = (
            [one for one in everybody if one in before] if isinstance(before, list) else everybody
        )
        self.stored: set[str] = set()

    @property
    def chosen(self) -> list[str]:
        """Whom the answers are for."""
        return [str(one) for one in self.answers.get(WHOM) or ()]

    def _context(self) -> None:
        """Say at the top of the form for whom it is, not for the first of them."""

    def _ask_others(self) -> None:
        """Each of them gets an entry of its own."""

    def _before(self) -> None:
        t = self.t
        self.who = Question(t("several-who"), t("several-who-hint"), field=WHOM)
        with self.who:
            self._whom()

    def _whom(self) -> None:
        options = {subject_of(item): self._name(item) for item in self.several.items}
        open_ones = {key: name for key, name in options.items() if key not in self.stored}

        def choose(chosen: list[str] | None) -> None:
            self.changing(lambda: self.answers.update({WHOM: list(chosen or ())}))

        ChoiceGroup(open_ones, self.chosen, choose, self.t("several-who"), many=True)

    def _name(self, item: Item) -> str:
        name = item.name if isinstance(item.name, str) else self.t.text(item.name)
        return self.t.dotted(item.subject.plate if item.subject else "", name)

    def _target(self) -> dict[str, Any]:
        return {**super()._target(), "subject": None, "several": True}

    def _taken_up(self) -> None:
        self._questions()
        self.who.clear_field()
        with self.who:
            self._whom()

    async def _submit(self) -> None:
        if self.left.holds(self._submit):
            keeper.answered()
            return
        self.bar.button.disable()
        try:
            outcomes = await self._store()
        finally:
            self.bar.button.enable()
            keeper.answered()
        done = [one for one in outcomes if one.receipt is not None]
        if outcomes and len(done) == len(outcomes):
            self.changed += 1
            keeper.done()
            stored = {"several": len(done) + len(self.stored), "of": self.view.entry_id}
            ui.navigate.to("/today?" + urlencode(stored))
            return
        self._told(outcomes)

    async def _tell_refusal(self) -> None:
        """Say at its place, and of each by name, what kept from being stored what this device sent by itself."""
        answers, chosen = self._given()
        refused = await self.work.doorstep.several.refused(
            self.session.ref, self.several, chosen, answers, self.at
        )
        if refused:
            self._refused(RefusedError(*refused[0].faults))
            self._name_refused(refused)

    def _given(self) -> tuple[dict[str, Any], list[str]]:
        known = {item.id for item in self.view.form.fields if not item.is_worked_out}
        answers = {key: value for key, value in self.answers.items() if key in known}
        return answers, [one for one in self.chosen if one not in self.stored]

    async def _store(self) -> Sequence[Outcome]:
        answers, chosen = self._given()
        return await self.work.doorstep.several.submit(
            self.session.ref, self.several, chosen, answers, self.at
        )

    def _told(self, outcomes: Sequence[Outcome]) -> None:
        """Say of each who is refused why, and offer those alone again who aren't stored yet."""
        t = self.t
        refused = [one for one in outcomes if one.receipt is None]
        self.stored |= {one.subject for one in outcomes if one.receipt is not None}
        self.answers[WHOM] = [one.subject for one in refused]
        keeper.chosen(self.answers)
        self.who.clear_field()
        with self.who:
            self._whom()
        if refused:
            self._refused(RefusedError(*refused[0].faults))
        else:
            self.summary.clear()
        with self.summary:
            if not outcomes:
                Note(t("several-nobody"), "late")
            if self.stored:
                Note(t("several-stored", n=len(self.stored)), "act")
        self._name_refused(refused)

    def _name_refused(self, refused: Sequence[Outcome]) -> None:
        names = {subject_of(item): self._name(item) for item in self.several.items}
        with self.summary:
            for one in refused:
                words = self.t("several-refused", who=names[one.subject], why=self._reasons(one))
                Note(words, "late")

    def _reasons(self, outcome: Outcome) -> str:
        t = self.t
        told = []
        for fault in outcome.faults:
            field = self.view.form.field(fault.problem.field or "")
            words = t.text(fault.message) or t.problem(fault.problem).what
            told.append(t.dotted(t.text(field.title) if field else "", words))
        return t.listed(told)
