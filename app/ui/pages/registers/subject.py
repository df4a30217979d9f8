"""The card of one subject: plate and name, duties, the year, the facts, and everything that happened."""

from datetime import datetime
from urllib.parse import urlencode

from nicegui import ui

from app.domain.problem import ProblemError
from app.services.reasons.phrases import say
from app.services.registers.card import Card, Owed
from app.services.registers.history import Act, Moment
from app.services.registers.kinds import moves
from app.services.told import Fact
from app.services.window_words import window_words
from app.services.work import WorkServices
from app.ui.assets import icon_or
from app.ui.frame import frame, link
from app.ui.pages.parts.asking import withdrawn_along
from app.ui.pages.parts.effects import told_done
from app.ui.pages.parts.register_words import (
    ACT_ICONS,
    as_of_words,
    card_address,
    day_of,
    differences,
    moves_word,
    named,
)
from app.ui.pages.parts.saying import doer
from app.ui.pages.parts.words import chip, state_fact, word, words
from app.ui.pages.prints.files import card_print_address
from app.ui.pages.registers.change import KIND_ICONS, change_address
from app.ui.pages.registers.subjects import fill_address
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import (
    DoorPlate,
    DutyCard,
    EmptyState,
    FactList,
    HiddenTag,
    Note,
    Tag,
    WeekGrid,
    box,
    icon,
    text,
)

_FIRST = 12
"""Moments drawn at once."""


def register(shell: Shell) -> None:
    """Register `/subjects/{about}/{subject}`."""
    work = shell.services.work
    if work is None:
        return

    @shell.page("/subjects/{about}/{subject}")
    async def card(
        session: Session, about: str, subject: str, done: str = "", on: str = "", known: str = ""
    ) -> None:
        found = await work.subjects.card(session.ref, about, subject, day_of(on), day_of(known))
        t = session.t
        with frame(
            t.text(found.form.heading.title),
            active="households",
            back=f"/subjects/{about}",
            tabs=False,
            head=False,
        ):
            await told_done(session, work, done)
            CardPage(session, work, found).build()


class CardPage:
    """One card as it is drawn."""

    def __init__(self, session: Session, work: WorkServices, card: Card) -> None:
        """Keep what is shown."""
        self.session = session
        self.work = work
        self.card = card
        self.t = session.t
        self.shown = _FIRST
        self.moves = moves_word(moves(card.form))

    def build(self) -> None:
        """Draw head, tags, the four parts and the bar."""
        card, t = self.card, self.t
        with box("gb-head pad hh-head", "header"):
            if card.label.plate:
                DoorPlate(card.label.plate, "solid")
            with box("grow"):
                text(card.label.name, tag="h1")
                keeper = t("subject-keeper", who=card.keeper) if card.keeper else ""
                text(t.dotted(t.text(card.place), keeper), "sub")
            with box("acts only-desk"):
                self._buttons()
        if card.tags or card.hidden:
            with box("pad gb-tags"):
                for tag in card.tags:
                    Tag(word(t, tag))
                if card.hidden:
                    HiddenTag(card.hidden)
        if card.on is not None or card.known is not None:
            self._past()
        elif not card.label.present:
            with box("pad"):
                text(t("subject-gone"), "muted")
        if card.aliases:
            with box("pad"):
                Note(t("register-aliases", n=card.aliases), icon_name="merge")
        past = card.on is not None or card.known is not None
        with box("hh-cols hh-past" if past else "hh-cols"):
            with box("hh-facts"):
                self._facts()
                self._links()
                self._changes()
            with box("hh-tl"):
                self.timeline = box()
                self._timeline()
            if not past:
                with box("hh-du"):
                    self._duties()
            with box("hh-wk"):
                self._years()
        with box("gb-act2 only-phone"):
            self._buttons(phone=True)

    def _buttons(self, *, phone: bool = False) -> None:
        card, t = self.card, self.t
        if not phone:
            self._print()
        if card.phone:
            with link("", f"tel:{card.phone}", "gb-button gb-btn-line") as made:
                icon("call")
                if phone:
                    made.props["aria-label"] = t("subject-call")
                else:
                    text(t("subject-call"), tag="span")
        if card.can_edit:
            with link("", fill_address(card.form.id, card.label.id), "gb-button gb-btn-line") as made:
                icon("edit")
                if phone:
                    made.props["aria-label"] = t("subject-edit")
                else:
                    text(t("subject-edit"), tag="span")
        if card.fillable and card.label.present:
            main = _main_form(card)
            with link("", fill_address(main, card.label.id), "gb-button gb-btn-act"):
                icon("edit_note")
                text(t.text(next(f for f in card.fillable if f.id == main).heading.title), tag="span")

    def _print(self) -> None:
        """Offer the card on paper, as it is shown."""
        if self.session.services.card_prints is None:
            return
        card = self.card
        on, known = ("" if day is None else day.isoformat() for day in (card.on, card.known))
        with link("", card_print_address(card.about, card.label.id, on, known), "gb-button gb-btn-line"):
            icon("print")
            text(self.t("prints-card"), tag="span")

    def _facts(self) -> None:
        card, t = self.card, self.t
        with box("gb-sec"):
            text(t("subject-facts"), tag="h2")
        with box("gb-sheet in"):
            FactList((t.text(fact.title), self._told(fact)) for fact in card.facts)
        others = [form for form in card.fillable if form.id != _main_form(card)]
        if others and card.label.present:
            with box("gb-sheet gb-forms"):
                for form in others:
                    with link("", fill_address(form.id, card.label.id), "hh-duty gb-form-link"):
                        icon(icon_or(form.icon))
                        text(t.text(form.heading.title), tag="span")

    def _past(self) -> None:
        """Say as of when the card is shown, and lead back."""
        card, t = self.card, self.t
        with box("pad gb-past"):
            Note(as_of_words(t, card.on, card.known), "due", "history")
            with link("", card_address(card.about, card.label.id), "gb-button gb-btn-line"):
                text(t("register-now"), tag="span")

    def _links(self) -> None:
        """Show what hangs together with the subject in other registers."""
        card, t = self.card, self.t
        for group in card.links:
            with box("gb-sec"):
                text(t.text(group.title), tag="h2")
                text(t("register-links", n=len(group.links)), "meta end", "span")
            with box("gb-sheet gb-forms"):
                for one in group.links:
                    if one.mine:
                        where = card_address(one.about, one.label.id, card.on, card.known)
                        with link("", where, "hh-duty gb-form-link"):
                            icon("chevron_right")
                            text(t.dotted(named(one.label), t.text(one.sort)), tag="span")
                    else:
                        with box("hh-duty"):
                            text(t.dotted(named(one.label), t.text(one.sort)), tag="span")

    def _changes(self) -> None:
        """Offer the changes that the reader may make to the register."""
        card, t = self.card, self.t
        if not card.changes:
            return
        with box("gb-sec"):
            text(t("register-change"), tag="h2")
        with box("gb-sheet gb-forms"):
            for kind in card.changes:
                with link("", change_address(card.about, card.label.id, kind), "hh-duty gb-form-link"):
                    icon(KIND_ICONS[kind])
                    text(t(f"register-{kind}", moves=self.moves), tag="span")

    def _told(self, fact: Fact) -> str:
        t = self.t
        if fact.hidden:
            return t("subject-hidden")
        unit = t.text(fact.unit)
        return f"{words(t, fact.words)} {unit}".strip()

    def _duties(self) -> None:
        card, t = self.card, self.t
        with box("gb-sec"):
            text(t("subject-duties"), tag="h2")
        if not card.owed:
            EmptyState(t("subject-no-duties"), t("subject-no-duties-what"))
            return
        with box("gb-sheet"):
            for owed in card.owed:
                self._duty(owed)

    def _duty(self, owed: Owed) -> None:
        t = self.t
        fact = state_fact(t, owed.state, owed.day, self.card.today)
        met = (
            t("subject-met-at", day=t.near_day(owed.met_at.astimezone(t.zone).date(), self.card.today))
            if owed.met_at
            else ""
        )
        held = (say(why, t) for why in owed.held)
        moving = t("day-may-move", year=str(owed.day.year)) if owed.may_move and owed.day else ""
        detail = t.dotted(t.text(owed.tier), window_words(t, owed.window), *held, moving, met)
        href = ""
        if owed.target is not None and owed.state.value in {"due", "overdue"}:
            wanted = {"duty": owed.duty, "of": owed.of, "window": owed.window}
            href = f"/fill/{owed.target.form}?" + urlencode(wanted)
        state = chip(owed.state, owed.day)
        DutyCard(t.text(owed.title), state, fact if state in {"due", "overdue"} else "", detail, href)

    def _years(self) -> None:
        t = self.t
        for owed in self.card.owed:
            if not owed.year:
                continue
            with box("gb-sec"):
                text(t("subject-year", duty=t.text(owed.title), year=str(self.card.today.year)), tag="h2")
            with box("gb-sheet in"):
                WeekGrid(
                    [(window_words(t, window), state.value) for window, state in owed.year],
                    t("subject-year", duty=t.text(owed.title), year=str(self.card.today.year)),
                )

    # ---- what happened --------------------------------------------------------------------------------------------
    def _timeline(self) -> None:
        card, t = self.card, self.t
        self.timeline.clear()
        with self.timeline:
            with box("gb-sec"):
                text(t("subject-history"), tag="h2")
                text(t("subject-records", n=len(card.moments) + card.more), "meta end", "span")
            if not card.moments:
                EmptyState(t("subject-no-history"), t("subject-no-history-what"), "history")
                return
            with box("gb-sheet in"):
                with box("gb-tl", "ol"):
                    for moment in card.moments[: self.shown]:
                        self._moment(moment)
                if len(card.moments) > self.shown:
                    ui.button(t("subject-more"), color=None, on_click=self._more).classes("gb-btn-line")

    def _more(self) -> None:
        self.shown += 4 * _FIRST
        self._timeline()

    def _moment(self, moment: Moment) -> None:
        t = self.t
        became = f" {moment.became}" if moment.became else ""
        with box(f"gb-moment{became}", "li"):
            with box("dot"):
                icon(ACT_ICONS.get(moment.act) or icon_or(moment.icon))
            with box("grow"), box("gb-entry", "details"):
                with box("", "summary"):
                    with box("row-b"):
                        text(self._what(moment), "strong", "span")
                        text(t.dotted(self._when(moment.at), doer(t, moment.who)), "meta", "span")
                    if moment.words:
                        text(words(t, moment.words))
                    if moment.became:
                        text(t(f"moment-{moment.became}", reason=moment.reason or "—"), "meta")
                    elif moment.reason:
                        text(t("entry-reason", reason=moment.reason), "meta")
                    if moment.corrected_by:
                        text(t("moment-corrects", who=moment.corrected_by), "meta")
                    differences(t, moment.changes)
                FactList((t.text(fact.title), self._told(fact)) for fact in moment.facts)
                late = moment.recorded_at.astimezone(t.zone).date() > moment.at.astimezone(t.zone).date()
                if late:
                    text(t("moment-recorded", at=self._when(moment.recorded_at)), "meta")
                if moment.may_undo:
                    with (
                        box("row-c"),
                        ui.button(t("register-undo"), color=None).classes("gb-btn-line") as made,
                    ):
                        made.mark(f"undo {moment.entry}")
                        made.on("click", lambda moment=moment: self._withdraw(moment))
                if moment.may_change:
                    with box("row-c"):
                        with link("", f"/correct/{moment.entry}", "gb-button gb-btn-line"):
                            icon("edit")
                            text(t("moment-correct"), tag="span")
                        with ui.button(t("moment-withdraw"), color=None).classes("gb-btn-quiet") as made:
                            made.on("click", lambda moment=moment: self._withdraw(moment))

    def _what(self, moment: Moment) -> str:
        """Return what a moment is: what it did to the record, or the form that was filled in."""
        t = self.t
        if moment.act is Act.DONE:
            return t.text(moment.title)
        return t(f"act-{moment.act.value}", other=moment.other or "—", moves=self.moves)

    def _when(self, at: datetime) -> str:
        """Return day and time, with the year where it isn't this one."""
        t = self.t
        day = at.astimezone(t.zone).date()
        shown = t.day(day) if day.year == self.card.today.year else t.day_of_year(day)
        return f"{shown} {t.time(at)}"

    async def _withdraw(self, moment: Moment) -> None:
        t = self.t
        reason = {"text": ""}
        along = await self.work.submissions.withdrawing(self.session.ref, moment.entry)

        async def go() -> None:
            try:
                receipt = await self.work.submissions.withdraw(self.session.ref, moment.entry, reason["text"])
            except ProblemError as fault:
                told.clear()
                with told:
                    for problem in fault.problems:
                        text(t.problem(problem).what, "gb-fault")
                return
            here = f"/subjects/{self.card.about}/{self.card.label.id}?" + urlencode(
                {"done": receipt.entry.id}
            )
            ui.navigate.to(here)

        with ui.dialog(value=True) as dialog, box("gb-alert stack"):
            text(t("withdraw-title"), "lead strong", "h2")
            text(t("withdraw-what"), "muted")
            withdrawn_along(t, along)
            made = ui.input(label=t("withdraw-reason"), on_change=lambda e: reason.update(text=e.value or ""))
            made.classes("w-full")
            told = box().props("role=alert")
            with box("row-c"):
                ui.button(t("withdraw-keep"), color=None, on_click=dialog.close).classes("gb-btn-line")
                ui.button(t("moment-withdraw"), color=None, on_click=go).classes("gb-btn-act")


def _main_form(card: Card) -> str:
    """Return the form that the card's button opens: the one that meets what is owed first, else the first."""
    owed = [item.target.form for item in card.owed if item.target is not None]
    known = [form.id for form in card.fillable]
    return next((form for form in owed if form in known), known[0])
