"""Changing many entries of the ledger: choose a question and its answer, see what would change, do it, undo it."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from app.domain.problem import ProblemError
from app.services.books.bulk import BulkChanges
from app.services.books.bulk_views import Batch, Preview, Question, Refused, Selection
from app.ui.controls import Asked
from app.ui.frame import Action, button
from app.ui.pages.parts.asking import asking
from app.ui.pages.parts.problem_notes import problem_notes
from app.ui.pages.parts.saying import moment, named, said
from app.ui.pages.parts.words import word
from app.ui.session import Session
from app.ui.widgets import Note, box, icon, text

Done = Callable[[], Awaitable[None]]
_MOST_REASON = 300


class BulkDialog:
    """Asks for one change of many entries; `done` draws the ledger anew."""

    def __init__(self, session: Session, bulk: BulkChanges, chosen: Selection, done: Done) -> None:
        """Keep which entries it is about."""
        self._session = session
        self._t = session.t
        self._bulk = bulk
        self._chosen = chosen
        self._done = done
        self._batch = secrets.token_hex(12)  # pressed twice, it is done once
        self._question: Question | None = None
        self._value: Any = None
        self._reason = ""

    # ---- correcting -----------------------------------------------------------------------------------------------
    async def correct(self, form: str) -> None:
        """Ask for a question of the form and its new answer."""
        t = self._t
        questions = {one.field.id: one for one in await self._bulk.questions(self._session.ref, form)}
        titles = {name: t.text(one.field.title) or name for name, one in questions.items()}
        with asking(t("bulk-correct")) as dialog:
            self._dialog = dialog
            picked = ui.select(titles, label=t("bulk-question")).props("hide-bottom-space").mark("question")
            self._control = box()
            self._ask_why()
            self._shown = box("stack").props("role=status")

            def ask(name: str) -> None:
                self._question, self._value = questions.get(name), None
                self._shown.clear()
                self._draw_control()

            picked.on_value_change(lambda event: ask(event.value or ""))
            with box("gb-act-row"):
                button(Action(t("bulk-preview"), on_click=self._preview), "line").mark("preview")
                button(Action(t("action-cancel"), on_click=dialog.close), "quiet")

    def _draw_control(self) -> None:
        work = self._session.services.work
        question = self._question
        self._control.clear()
        if question is None or work is None:
            return
        t, item = self._t, question.field
        control = work.controls.get(item.widget)
        options = {key: word(t, name) for key, name in question.options.items()}

        def changed(value: object) -> None:
            self._value = value
            self._shown.clear()

        if control is not None:
            with self._control, box("stack"):
                text(t("bulk-answer", title=t.text(item.title) or item.id), "strong")
                control(Asked(item, None, t.text(item.title) or item.id, t, changed, options))

    def _ask_why(self) -> None:
        t = self._t

        def keep(value: str) -> None:
            self._reason = value

        with box("gb-field"):
            reason = ui.input(label=t("bulk-why")).props(f"hide-bottom-space maxlength={_MOST_REASON}")
            reason.on_value_change(lambda event: keep(event.value or "")).mark("reason")

    async def _preview(self) -> None:
        question = self._question
        with self._shown:
            self._shown.clear()
            if question is None:
                Note(self._t("bulk-no-question"), "late")
                return
            try:
                found = await self._bulk.preview(
                    self._session.ref, self._chosen, question.field.id, self._value
                )
            except ProblemError as fault:
                self._refuse(fault)
                return
            self._tell(found)

    def _tell(self, found: Preview) -> None:
        t = self._t
        if not found.total:
            Note(t("bulk-nothing"), "late")
            return
        text(t("bulk-changes", n=found.changes, of=found.total), "strong")
        if found.same:
            text(t("bulk-same", n=found.same))
        if found.losing:
            Note(t("bulk-losing", n=found.losing), "due")
        with box("gb-list bk-list", "ul").props("tabindex=0"):
            for one in found.first:
                with box("bk-row", "li"):
                    text(
                        t.dotted(named(one.row.about) or t.text(one.row.place), moment(t, one.row.at)), "meta"
                    )
                    with box("lg-who"):
                        before = said(t, one.before) if one.before else ""
                        after = said(t, one.after) if one.after else ""
                        text(before or t("entry-unanswered"), "en-before", "del")
                        icon("arrow_forward", "muted")
                        text(after or t("entry-unanswered"), "en-after", "ins")
        if found.changes > len(found.first):
            text(t("bulk-more", n=found.changes - len(found.first)), "meta")
        self._refusals(found.refused, found.first_refused)
        if found.changes:
            button(Action(t("bulk-correct-do", n=found.changes), on_click=self._correct), "act").mark("sure")

    async def _correct(self) -> None:
        if self._question is None:
            return
        field = self._question.field.id
        await self._do(
            lambda: self._bulk.correct(
                self._session.ref, self._chosen, field, self._value, self._reason, self._batch
            )
        )

    # ---- withdrawing ----------------------------------------------------------------------------------------------
    async def withdraw(self) -> None:
        """Ask why, and tell which can't be withdrawn."""
        t = self._t
        count, refused = await self._bulk.refusals(self._session.ref, self._chosen)
        with asking(t("bulk-withdraw")) as dialog:
            self._dialog = dialog
            text(t("bulk-withdraw-what"), "muted")
            self._ask_why()
            self._shown = box("stack").props("role=status")
            self._refusals(len(refused), refused)

            async def do() -> None:
                await self._do(
                    lambda: self._bulk.withdraw(self._session.ref, self._chosen, self._reason, self._batch)
                )

            with box("gb-act-row"):
                why_not = "" if count else t("bulk-none")
                button(Action(t("bulk-withdraw-do", n=count), on_click=do, why_not=why_not), "act").mark(
                    "sure"
                )
                button(Action(t("action-cancel"), on_click=dialog.close), "quiet")

    # ---- parts ----------------------------------------------------------------------------------------------------
    def _refusals(self, count: int, first: tuple[Refused, ...]) -> None:
        t = self._t
        if not count:
            return
        text(t("bulk-refused", n=count), "strong")
        with box("gb-list bk-list", "ul").props("tabindex=0"):
            for one in first:
                with box("bk-row", "li"):
                    text(
                        t.dotted(named(one.row.about) or t.text(one.row.place), moment(t, one.row.at)), "meta"
                    )
                    text(t.text(one.message) or t.problem(one.problem).what, "im-fault")

    async def _do(self, act: Callable[[], Awaitable[Batch]]) -> None:
        try:
            await act()
        except ProblemError as fault:
            with self._shown:
                self._refuse(fault)
            return
        self._dialog.close()
        await self._done()

    def _refuse(self, fault: ProblemError) -> None:
        problem_notes(self._t, fault.problems)


async def recent(session: Session, bulk: BulkChanges, done: Done) -> None:
    """Show what was just done to many, or withdrawn, with the way to undo it while the minute lasts."""
    t = session.t
    for batch in await bulk.recent(session.ref):
        with box("bk-recent gb-note act").props("role=status") as strip:
            icon("undo" if batch.withdrawn else "check_circle")
            text(t("bulk-withdrawn" if batch.withdrawn else "bulk-corrected", n=batch.count), "grow")
            pressed = button(Action(t("bulk-undo"), on_click=_undoing(session, bulk, batch, done)), "line")
            pressed.mark(f"undo {batch.id}")
        ui.timer(max(batch.left.total_seconds(), 0.1), strip.delete, once=True)


def _undoing(session: Session, bulk: BulkChanges, batch: Batch, done: Done) -> Callable[[], Awaitable[None]]:
    async def undo() -> None:
        await bulk.undo(session.ref, batch.id, session.t("undo-reason"))
        await done()

    return undo
