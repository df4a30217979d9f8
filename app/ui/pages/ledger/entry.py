"""One entry: what was said, who recorded it when, what it counted for, and how it was corrected."""

from nicegui import ui

from app.services.answers import AnswerView
from app.services.books.entries import Change, Counted, EntryDetail, EntryViews, Link
from app.services.window_words import window_words
from app.ui.frame import Action, button, frame
from app.ui.frame import link as beside
from app.ui.pages.ledger.chips import STATES, late_chip, state_chip
from app.ui.pages.parts.asking import asking, withdrawn_along
from app.ui.pages.parts.effects import told_done
from app.ui.pages.parts.saying import doer, moment, named, said
from app.ui.pages.parts.shown import shown
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import DoorPlate, HiddenTag, Note, Section, Skeleton, StateChip, box, icon, text
from app.ui.widgets.facts import FactList

CORRECT = "/correct/{entry}"
SUBJECT = "/subjects/{about}/{subject}"
VERSIONS = "/entry/{entry}/versions"
_MOST_REASON = 300


def register(shell: Shell) -> None:
    """Register `/entry/{entry}`."""
    views = shell.services.entry_views
    if views is None:
        return

    @shell.page("/entry/{entry}")
    async def page(session: Session, entry: str, done: str = "") -> None:
        detail = await views.entry(session.ref, entry)
        await EntryPage(session, views, detail).build(done)


class EntryPage:
    """One open view of an entry."""

    def __init__(self, session: Session, views: EntryViews, detail: EntryDetail) -> None:
        """Keep what was found."""
        self._session = session
        self._t = session.t
        self._views = views
        self._detail = detail

    async def build(self, done: str = "") -> None:
        """Build the page; `done` is what was just stored from here."""
        t, row = self._t, self._detail.row
        sub = t.dotted(named(row.about) or t.text(row.place), moment(t, row.at))
        with frame(
            t.text(row.title), sub=sub, active="ledger", back="/ledger", tabs=False, actions=self._actions()
        ):
            if self._session.services.work is not None:
                await told_done(self._session, self._session.services.work, done)
            with box("en-cols pad-desk"):
                with box("stack"):
                    self._answers()
                    self._chain()
                with box("stack"):
                    self._facts()
                    self._counts()
            with box("en-acts only-phone"):
                for action in self._actions():
                    button(action, "line")

    def _actions(self) -> list[Action]:
        """Return the buttons of the head; the phone has them at the page's end."""
        t = self._t
        if not self._detail.may_change:
            return []
        found = []
        if CORRECT in self._session.paths:
            found.append(
                Action(t("entry-correct"), f"/correct/{self._detail.row.id}", icon="edit", only_desk=True)
            )
        if self._session.services.work is not None:
            withdraw = Action(t("entry-withdraw"), on_click=self._ask_withdraw, icon="undo", only_desk=True)
            found.append(withdraw)
        return found

    # ---- what it says -------------------------------------------------------------------------------------------
    def _answers(self) -> None:
        t, detail = self._t, self._detail
        with Section(t("entry-answers")):
            if detail.row.state in {"corrected", "supplemented", "withdrawn"}:
                restored = detail.row.state == "withdrawn" and detail.chain[-1].state != "withdrawal"
                state = "restored" if restored else detail.row.state
                Note(t(f"entry-note-{state}"), "due", STATES[state][0])
            if detail.answers:
                FactList([(self._title(answer), shown(t, answer)) for answer in detail.answers])
            else:
                text(t("entry-no-answers"), "muted")
            if detail.hidden:
                HiddenTag(detail.hidden)

    def _title(self, answer: AnswerView) -> str:
        title = self._t.text(answer.title)
        return self._t("entry-sensitive", title=title) if answer.sensitive else title

    def _facts(self) -> None:
        t, detail = self._t, self._detail
        row = detail.row
        with Section(t("entry-facts")):
            with box("lg-who"):
                if row.about is not None and row.about.plate:
                    DoorPlate(row.about.plate, "mini")
                self._subject()
            with box("lg-who"):
                state_chip(self._session, row)
                late_chip(self._session, row)
            facts = [
                (t("ledger-at"), moment(t, row.at)),
                (t("ledger-recorded"), moment(t, row.recorded_at)),
                (t("ledger-by"), doer(t, row.by)),
                (t("ledger-place"), t.text(row.place)),
            ]
            if detail.mentions:
                facts.append((t("entry-mentions"), t.listed(t.text(item) for item in detail.mentions)))
            if t.has(f"entry-source-{detail.source}"):
                facts.append((t("entry-source"), t(f"entry-source-{detail.source}")))
            FactList(facts)

    def _subject(self) -> None:
        detail = self._detail
        name = named(detail.row.about)
        if not name:
            return
        if detail.row.about is not None and detail.row.about.id == detail.subject and self._has_card():
            made = text(name, "strong lead en-whom", "a")
            made.props["href"] = f"/subjects/{detail.subject_kind}/{detail.subject}"
        else:
            text(name, "strong lead", "span")

    def _has_card(self) -> bool:
        return bool(self._detail.subject_kind) and any(
            path.startswith("/subjects/{") and path.count("{") > 1 for path in self._session.paths
        )

    # ---- what it counted for ------------------------------------------------------------------------------------
    def _counts(self) -> None:
        t, detail = self._t, self._detail
        with Section(t("entry-counted"), padded=True):
            self._counted(detail.counted)
            if detail.other_period:
                self._other_year(detail.other_period)

    def _other_year(self, year: str) -> None:
        """Offer the occurrences of the entry's own year: to work them out takes a while."""
        t = self._t
        place = box()

        async def fetch() -> None:
            with place:
                waiting = Skeleton(2)
            try:
                found = await self._views.counted(self._session.ref, self._detail.row.id, year)
            finally:
                waiting.delete()
            place.clear()
            with place:
                self._counted(found)

        with place:
            button(Action(t("entry-counted-year", year=year), on_click=fetch), "line").mark("other year")

    def _counted(self, counted: tuple[Counted, ...]) -> None:
        t = self._t
        if not counted:
            text(t("entry-counted-none"), "muted")
            return
        with box("gb-list", "ul"):
            for item in counted:
                with box("en-count", "li"):
                    with box("grow"):
                        text(t.text(item.title), "strong")
                        text(t.dotted(window_words(t, item.window), t.text(item.about), item.owner), "meta")
                    StateChip(item.state)

    # ---- corrections --------------------------------------------------------------------------------------------
    def _chain(self) -> None:
        t, chain = self._t, self._detail.chain
        if len(chain) < 2:  # noqa: PLR2004 - an entry alone has no history
            return
        with Section(t("entry-chain")):
            if VERSIONS in self._session.paths:
                beside(t("versions-open"), f"/entry/{self._detail.row.id}/versions", "gb-link")
            with box("gb-tl", "ol"):
                for link in reversed(chain):
                    self._link(link)

    def _link(self, link: Link) -> None:
        t = self._t
        with box(tag="li"):
            with box("dot"):
                icon(STATES[link.state][0])
            with box():
                with box("row-b"):
                    what = (
                        t("entry-state-first") if link.state == "stands" else t(f"entry-state-{link.state}")
                    )
                    if link.id == self._detail.row.id:
                        text(t("entry-this", state=what), "strong", "span")
                    else:
                        text(what, "strong", "a").props["href"] = f"/entry/{link.id}"
                    text(t.dotted(moment(t, link.recorded_at), doer(t, link.by)), "meta", "span")
                if link.reason:
                    text(t("entry-reason", reason=link.reason))
                if link.moved:
                    text(t("entry-moved", at=moment(t, link.at)))
                for change in link.changes:
                    self._change(change)
                if link.hidden:
                    HiddenTag(link.hidden)

    def _change(self, change: Change) -> None:
        t = self._t
        with box("en-diff"):
            text(t.text(change.title), "meta")
            with box("lg-who"):
                text(self._answer(change.before), "en-before", "del")
                icon("arrow_forward", "muted")
                text(self._answer(change.after), "en-after", "ins")

    def _answer(self, answer: AnswerView | None) -> str:
        return (said(self._t, answer) if answer is not None else "") or self._t("entry-unanswered")

    # ---- taking it back -----------------------------------------------------------------------------------------
    async def _ask_withdraw(self) -> None:
        t = self._t
        work = self._session.services.work
        if work is None:
            return
        along = await work.submissions.withdrawing(self._session.ref, self._detail.row.id)
        with asking(t("entry-withdraw-ask")) as dialog:
            text(t("entry-withdraw-what"))
            withdrawn_along(t, along)
            with box("gb-field"):
                text(t("entry-withdraw-why"), "label")
                reason = ui.input().props(f"hide-bottom-space maxlength={_MOST_REASON}").mark("reason")
                reason.props["aria-label"] = t("entry-withdraw-why")

            async def withdraw() -> None:
                entry = self._detail.row.id
                receipt = await work.submissions.withdraw(self._session.ref, entry, reason.value or "")
                dialog.close()
                ui.navigate.to(f"/entry/{entry}?done={receipt.entry.id}")

            with box("gb-act-row"):
                button(Action(t("entry-withdraw"), on_click=withdraw), "act").mark("sure")
                button(Action(t("action-cancel"), on_click=dialog.close), "line")
