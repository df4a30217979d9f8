"""Changing a register: what is wanted, then what would be recorded and owed afterwards, then it is recorded."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from nicegui import ui

from app.domain.core.values import Kind
from app.domain.kinds.duty import State
from app.domain.problem import ProblemError
from app.services.registers.changes import Options, RecordRefusedError
from app.services.registers.kinds import BACK, MERGE, OUT, SPLIT, TRANSFER, moves
from app.services.registers.preview import Change, Debt, Preview
from app.services.window_words import window_words
from app.services.work import WorkServices
from app.ui.assets import icon_or
from app.ui.frame import Action, button, frame, link
from app.ui.pages.parts.register_words import card_address, day_field, day_of, differences, moves_word, named
from app.ui.pages.parts.words import chip, words
from app.ui.pages.registers.subjects import fill_address
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import EmptyState, Note, Section, StateChip, box, icon, text

KIND_ICONS: Final[Mapping[str, str]] = {
    OUT: "logout",
    BACK: "login",
    TRANSFER: "swap_horiz",
    MERGE: "merge",
    SPLIT: "call_split",
}


_LONG: Final = 9
"""From how many on a list is searched: to look through fewer, nobody wants a keyboard over half the screen."""

_IN_SIGHT: Final = """{
    const shown = document.getElementById("ID");
    const top = shown ? shown.getBoundingClientRect().top : 0;
    if (shown && (top < 0 || top > innerHeight * 0.6)) shown.scrollIntoView({block: "start"});
}"""
"""What is shown after a long list of entries may be above or below the window."""


def change_address(about: str, subject: str, kind: str, other: str = "") -> str:
    """Return the address of the page that makes a change."""
    return f"/subjects/{about}/{subject}/change/{kind}" + (f"?{urlencode({'other': other})}" if other else "")


def register(shell: Shell) -> None:
    """Register `/subjects/{about}/{subject}/change/{kind}`."""
    work = shell.services.work
    if work is None:
        return

    @shell.page("/subjects/{about}/{subject}/change/{kind}")
    async def change(session: Session, about: str, subject: str, kind: str, other: str = "") -> None:
        options = await work.registers.changes.options(session.ref, kind, about, subject)
        t = session.t
        with frame(
            t(f"register-{kind}", moves=moves_word(moves(options.form))),
            active="households",
            sub=named(options.label),
            back=card_address(about, options.label.id),
            tabs=False,
        ):
            await ChangePage(
                session, work, options, Change(kind, about, options.label.id, other=other)
            ).build()


class ChangePage:
    """One change in the making."""

    def __init__(self, session: Session, work: WorkServices, options: Options, change: Change) -> None:
        """Start with nothing chosen but what the address says."""
        self.session = session
        self.work = work
        self.t = session.t
        self.options = options
        self.moves = moves_word(moves(options.form))
        self.change = replace(change, key=options.key, on=options.today)

    async def build(self) -> None:
        """Draw what is asked, the way to the preview, and the place where it will stand."""
        t, kind = self.t, self.change.kind
        with box("rg-cols pad-desk"):
            with box("stack"), Section(t(f"register-{kind}-what", moves=self.moves)), box("stack"):
                text(t(f"register-{kind}-how"), "muted")
                if kind == MERGE:
                    await self._ask_other()
                else:
                    self._ask_day()
                if kind in {TRANSFER, BACK}:
                    self._ask_place()
                self._ask_along()
                if kind == SPLIT:
                    self._ask_name()
                    self._ask_entries()
                if kind in {MERGE, SPLIT}:
                    self._ask_reason()
                look = Action(t("register-preview"), on_click=self._preview, icon="visibility")
                button(look, "line").mark("preview")
                back = card_address(self.change.about, self.change.subject)
                link(t("register-leave"), back, "gb-button gb-btn-quiet only-desk")
                self.told = box().props("role=alert")
            self.shown = box("stack")

    # ---- what is asked --------------------------------------------------------------------------------------------
    def _set(self, name: str) -> Callable[[Any], None]:
        def take(event: Any) -> None:  # noqa: ANN401 - NiceGUI's event of any value
            self._put(**{name: event.value})

        return take

    def _put(self, **changes: Any) -> None:  # noqa: ANN401 - each of its own type
        self.change = replace(self.change, **changes)
        self.shown.clear()

    def _ask_day(self) -> None:
        t = self.t
        made = day_field(
            t(f"register-{self.change.kind}-on", moves=self.moves),
            self.options.today,
            "on",
            self.options.today,
        )
        made.on_value_change(lambda e: self._put(on=day_of(e.value or "")))

    def _ask_place(self) -> None:
        t = self.t
        if not self.options.places:
            return
        places = {
            place: t.text(title)
            for place, title in self.options.places.items()
            if self.change.kind == BACK or place != self.options.label.place
        }
        value = (
            self.options.label.place
            if self.change.kind == BACK and self.options.label.place in places
            else None
        )
        self._pick(t("register-place"), places, value, "place", self._set("place"))

    def _pick(
        self,
        label: str,
        options: dict[str, str],
        value: str | None,
        mark: str,
        on_change: Callable[[Any], Any],
    ) -> ui.select:
        with box("gb-field"):
            text(label, "label")
            made = ui.select(options, value=value, on_change=on_change, with_input=len(options) > _LONG)
            made.props("hide-bottom-space").mark(mark)
            made.props["aria-label"] = label
        return made

    async def _ask_other(self) -> None:
        """Ask for the other record: by a part of its name or plate, out of those that are found."""
        t = self.t
        with box("gb-field"):
            text(t("register-other"), "label")
            made = ui.input(placeholder=t("subjects-search")).props(
                "debounce=300 hide-bottom-space type=search"
            )
            made.props["aria-label"] = t("register-other")
            made.mark("search other").on_value_change(lambda e: self._search(e.value or ""))
            self.others = box("gb-list").props("role=group")
            self.others.props["aria-label"] = t("register-other")
        await self._search("")

    async def _search(self, typed: str) -> None:
        about, subject, chosen = self.change.about, self.change.subject, self.change.other
        found = await self.work.registers.changes.others(self.session.ref, about, subject, typed, chosen)
        self.others.clear()
        with self.others:
            for record, label in found.items():
                with box("gb-pick rg-other", "button") as made:
                    made.props["type"] = "button"
                    made.props["aria-pressed"] = "true" if record == chosen else "false"
                    icon("check" if record == chosen else icon_or(self.options.form.icon))
                    text(label, tag="span")
                made.mark(f"other {record}").on("click", lambda record=record: self._choose(record, typed))

    async def _choose(self, record: str, typed: str) -> None:
        self._put(other=record)
        await self._search(typed)

    def _ask_along(self) -> None:
        t, along = self.t, self.options.along
        if not along:
            return
        splits = (
            self.change.kind == SPLIT
        )  # who goes to the new record is said one by one, as its entries are
        self.change = replace(self.change, along=() if splits else tuple(along))
        with box("gb-field", "fieldset"):
            text(t("register-along"), "label", "legend")
            for record, label in along.items():
                made = ui.checkbox(label, value=not splits).classes("gb-check").mark(f"along {record}")
                made.on_value_change(lambda e, record=record: self._tick("along", record, on=bool(e.value)))

    def _tick(self, name: str, one: str, *, on: bool) -> None:
        kept = [other for other in getattr(self.change, name) if other != one]
        self._put(**{name: (*kept, one) if on else tuple(kept)})

    def _ask_name(self) -> None:
        """Ask how the new record differs in what names it; the rest is as in the one that is split."""
        t, form = self.t, self.options.form
        names = dict.fromkeys((*((form.plate,) if form.plate else ()), *form.label))
        for name in names:
            item = form.field(name)
            if item is None or item.type.kind is not Kind.TEXT:
                continue
            with box("gb-field"):
                text(t.text(item.title), "label")
                made = ui.input().props("hide-bottom-space").mark(f"answer {name}")
                made.props["aria-label"] = t.text(item.title)
                made.on_value_change(lambda e, name=name: self._answer(name, e.value or ""))

    def _answer(self, name: str, value: str) -> None:
        answers = {**self.change.answers, name: value}
        self._put(answers={key: given for key, given in answers.items() if given})

    def _ask_entries(self) -> None:
        t = self.t
        if not self.options.moments:
            return
        # Years of entries: folded, so that the reason and the way on aren't far below.
        with box("fm-sec rg-entries", "details"):
            with box("fm-sec-head", "summary"):
                text(t("register-entries"), "label", "span")
                self.taken = text("", "meta fm-sec-count", "span")
                icon("expand_more", "fm-sec-mark")
            with box("gb-field", "fieldset") as made:
                made.props["aria-label"] = t("register-entries")
                for moment in self.options.moments:
                    label = t.dotted(t.text(moment.title), t.day_of_year(moment.at), words(t, moment.words))
                    ticked = ui.checkbox(label).classes("gb-check").mark(f"entry {moment.entry}")
                    ticked.on_value_change(lambda e, one=moment.entry: self._take(one, on=bool(e.value)))
        self._count_taken()

    def _take(self, entry: str, *, on: bool) -> None:
        self._tick("entries", entry, on=on)
        self._count_taken()

    def _count_taken(self) -> None:
        self.taken.set_text(
            self.t("register-entries-taken", n=len(self.change.entries), of=len(self.options.moments))
        )

    def _ask_reason(self) -> None:
        t = self.t
        with box("gb-field"):
            text(t("register-reason"), "label")
            made = ui.input().props("hide-bottom-space maxlength=500").mark("reason")
            made.props["aria-label"] = t("register-reason")
            made.on_value_change(lambda e: self._put(reason=e.value or ""))

    # ---- what it comes to -----------------------------------------------------------------------------------------
    async def _preview(self) -> None:
        self.shown.clear()
        try:
            found = await self.work.registers.changes.preview(self.session.ref, self.change)
        except ProblemError as fault:
            self._refused(fault)
            return
        self.told.clear()
        with self.shown:
            self._planned(found)
            self._owed(found)
            sure = Action(
                self.t(f"register-{self.change.kind}-do", moves=self.moves),
                on_click=self._record,
                icon=KIND_ICONS[self.change.kind],
            )
            with box("pad rg-do"):
                button(sure, "act").mark("record")
        ui.run_javascript(_IN_SIGHT.replace("ID", f"c{self.shown.id}"))

    def _planned(self, found: Preview) -> None:
        t = self.t
        with Section(t("register-planned"), t("register-planned-n", n=len(found.planned))), box("stack"):
            for one in found.planned:
                with box("rg-planned"):
                    text(t.dotted(t.text(one.title), one.whom), "strong")
                    differences(t, one.changes)
            if found.follows:
                text(t(f"register-{self.change.kind}-follows", n=found.follows), "meta")
            text(t("register-undoable"), "meta")

    def _owed(self, found: Preview) -> None:
        t = self.t
        for key, debts in (("before", found.before), ("after", found.after)):
            with Section(t(f"register-owed-{key}"), padded=False):
                if not debts:
                    EmptyState(t("register-owed-none"), t(f"register-owed-none-{key}"))
                    continue
                with box("gb-list", "ul"):
                    for debt in debts:
                        self._debt(debt)

    def _debt(self, debt: Debt) -> None:
        t = self.t
        with box("pp-row", "li"):
            with box("grow"):
                text(t.dotted(t.text(debt.title), debt.whom), "strong", "span")
                owner = t("register-owner", who=debt.owner) if debt.owner else t("register-owner-none")
                text(t.dotted(window_words(t, debt.window), owner), "meta")
            day = t.day(debt.day) if debt.day is not None else ""
            StateChip(chip(State(debt.state), debt.day), day)

    # ---- recording ------------------------------------------------------------------------------------------------
    async def _record(self) -> None:
        try:
            made = await self.work.registers.changes.record(self.session.ref, self.change)
        except ProblemError as fault:
            self._refused(fault)
            return
        where = card_address(self.change.about, self.change.subject)
        ui.navigate.to(f"{where}?{urlencode({'done': made[0]})}")

    def _refused(self, fault: ProblemError) -> None:
        """Say what is wrong, of which record where its form refuses it, and how to mend that."""
        t = self.t
        self.told.clear()
        whose = fault if isinstance(fault, RecordRefusedError) else None
        with self.told:
            for number, problem in enumerate(fault.problems):
                own = whose.faults[number].message if whose is not None else {}
                item = (self.options.form if whose is None else whose.form).field(str(problem.field or ""))
                told = t.problem(problem)
                what = t.text(own) if own else told.what
                if item is not None:
                    what = t.dotted(named(whose.label) if whose is not None else "", t.text(item.title), what)
                remedy = "" if own or item is not None else told.remedy
                Note(f"{what}{'' if t.language == 'zh' else ' '}{remedy}".strip(), "late")
            if whose is not None and whose.label.id:
                with link("", fill_address(whose.form.id, whose.label.id), "gb-button gb-btn-line"):
                    icon("edit")
                    text(t("register-mend-first", whom=named(whose.label)), tag="span")
        ui.run_javascript(f"document.getElementById('c{self.told.id}')?.scrollIntoView({{block: 'center'}});")
