"""People and posts: who holds which, where one is vacant; appoint, end, add a person, invite."""

from urllib.parse import quote

from nicegui import ui

from app.domain.kinds.links import WORKER
from app.domain.zones import date_of
from app.services.actor import Permission
from app.services.ports import Account
from app.services.staffing import Holder, Person, Seat, Staffing, StaffingService
from app.ui.frame import Action, button, frame, link
from app.ui.pages.administration.accounts import AccountsPage, origin, state_of
from app.ui.pages.administration.appointing import Appointing
from app.ui.pages.parts.asking import asking, telling
from app.ui.pages.parts.effects import told_done
from app.ui.pages.parts.register_words import day_field, day_picked
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import EmptyState, Note, Section, box, icon, text

FILL = "/fill/{form}"
FILE = "/subjects/{about}/{subject}"


def register(shell: Shell) -> None:
    """Register `/people`."""
    staffing = shell.services.staffing
    public_url = shell.settings.public_url
    if staffing is None:
        return

    @shell.page("/people", permission=Permission.ADMINISTER, whose="both")
    async def people(session: Session, done: str = "") -> None:
        await PeoplePage(session, staffing, public_url or origin()).build(done)


class PeoplePage:
    """One open view; it fetches everything anew after each change."""

    def __init__(self, session: Session, staffing: StaffingService, address: str) -> None:
        """Keep the session and the address that invitations point to."""
        self._session = session
        self._t = session.t
        self._staffing = staffing
        self._invitations = AccountsPage(session, address, self._refresh)

    async def build(self, done: str = "") -> None:
        """Build the page; `done` is an entry that was just stored, which can be undone for a minute."""
        t = self._t
        view = await self._staffing.view(self._session.ref)
        accounts = await self._session.services.accounts.of_place(self._session.ref)
        place = t.text(self._session.services.place_title(self._session.actor.post.place))
        actions = []
        if view.worker_form and FILL in self._session.paths:
            actions.append(Action(t("people-new"), href=f"/fill/{view.worker_form}", icon="person_add"))
        if self._session.actor.is_above:
            actions.append(Action(t("people-new"), on_click=lambda: self._ask_person(), icon="person_add"))  # noqa: PLW0108 - what is shown changes
        appoint = Action(t("people-appoint"), on_click=lambda: self._ask_appoint(), icon="badge")  # noqa: PLW0108 - what is shown changes
        with frame(
            t("people-title"),
            active="people",
            sub=t("people-sub", place=place, n=len(view.people)),
            actions=actions,
            primary=appoint,
        ):
            self._done = box("")
            self._body = box("en-cols pad-desk")
        await self._show_done(done)
        self._fill(view, accounts)

    async def _show_done(self, entry: str) -> None:
        """Say what was stored, and let it be undone."""
        self._done.clear()
        work = self._session.services.work
        if work is not None:
            with self._done:
                await told_done(self._session, work, entry)

    async def _refresh(self) -> None:
        view = await self._staffing.view(self._session.ref)
        accounts = await self._session.services.accounts.of_place(self._session.ref)
        self._fill(view, accounts)

    def _fill(self, view: Staffing, accounts: list[Account]) -> None:
        self._view = view
        self._body.clear()
        with self._body:
            with box("stack"):
                self._seats(view)
            with box("stack"):
                self._people(view, {account.person: account for account in accounts})

    # ---- posts --------------------------------------------------------------------------------------------------
    def _seats(self, view: Staffing) -> None:
        t = self._t
        missing = sum(seat.missing for seat in view.seats)
        if view.forsaken is not None:
            Note(t("people-forsaken", day=t.day_of_year(view.forsaken)), "late")
        if missing:
            with box("pad-desk" if not view.seats else ""):
                Note(t("people-missing", n=missing), "due")
        places = dict.fromkeys(seat.place for seat in view.seats)
        for place in places:
            seats = [seat for seat in view.seats if seat.place == place and (seat.holders or seat.missing)]
            if seats:
                with Section(t.text(seats[0].place_title), padded=False), box("gb-list", "ul"):
                    for seat in seats:
                        for holder in seat.holders:
                            self._held(seat, holder)
                        if seat.missing:
                            self._vacant(seat)

    def _held(self, seat: Seat, holder: Holder) -> None:
        t = self._t
        with box("pp-row", "li"):
            with box("grow"):
                text(holder.name, "strong", "span")
                since = "people-coming" if holder.coming else "people-since"
                times = [t(since, day=t.day_of_year(holder.since))]
                if holder.until is not None:
                    times.append(t("people-until", day=t.day_of_year(holder.until)))
                text(t.dotted(t.text(seat.role_title), *times), "meta")
                if seat.ended is not None:
                    Note(t("people-place-ended", day=t.day_of_year(seat.ended)), "late")
            with box("gb-act-row"):
                if holder.until is None and not holder.coming and seat.ended is None:
                    hand = Action(t("people-hand"), on_click=lambda: self._ask_appoint(seat, holder))
                    over = button(hand, "quiet")
                    over.props["aria-label"] = t("people-hand-of", name=holder.name)
                    over.mark(f"hand {holder.post}")
                end = button(Action(t("people-end"), on_click=lambda: self._ask_end(seat, holder)), "quiet")
                end.props["aria-label"] = t("people-end-of", name=holder.name)
                end.mark(f"end {holder.post}")

    def _vacant(self, seat: Seat) -> None:
        t = self._t
        with box("pp-row", "li"):
            with box("grow"):
                text(t.text(seat.role_title), "strong", "span")
                with box("gb-st due", "span"):
                    icon("person_search")
                    text(t("people-vacant", n=seat.missing), tag="span")
            with box("gb-act-row"):
                fill = button(Action(t("people-appoint"), on_click=lambda: self._ask_appoint(seat)), "line")
                fill.props["aria-label"] = t("people-appoint-to", role=t.text(seat.role_title))
                fill.mark(f"fill {seat.role} {seat.place}")

    # ---- people -------------------------------------------------------------------------------------------------
    def _people(self, view: Staffing, accounts: dict[str, Account]) -> None:
        t = self._t
        with Section(t("people-people"), padded=False):
            if not view.people:
                EmptyState(t("people-empty"), t("people-empty-what"), "person_add")
            with box("gb-list", "ul"):
                for person in view.people:
                    if person.present:
                        self._person(person, accounts.get(person.id))

    def _person(self, person: Person, account: Account | None) -> None:
        t = self._t
        posts = t.listed(t.dotted(t.text(role), t.text(place)) for role, place in person.posts)
        with box("pp-row", "li"):
            with box("grow"):
                if FILE in self._session.paths:
                    link(person.name, f"/subjects/{WORKER}/{quote(person.id)}", "pp-name strong")
                else:
                    text(person.name, "strong", "span")
                text(posts or t("people-no-post"), "meta")
            with box("gb-act-row"):
                if account is None:
                    invite = button(
                        Action(
                            t("accounts-invite-make"),
                            on_click=lambda: self._invitations.ask_whom(person.name, person.id),
                        ),
                        "quiet",
                    )
                    invite.props["aria-label"] = t("people-invite", name=person.name)
                    invite.mark(f"invite {person.id}")
                else:
                    text(t(f"accounts-state-{state_of(account)}"), "muted", "span")

    # ---- dialogs ------------------------------------------------------------------------------------------------
    def _ask_person(self) -> None:
        """Ask for the name of somebody who works at a place above communities."""
        t = self._t
        with asking(t("above-new-person")) as dialog:
            text(t("above-new-person-what"))
            name = ui.input(t("accounts-name")).props("outlined maxlength=60").classes("w-full").mark("name")
            told = box("")

            async def add() -> None:
                with telling(t, told):
                    await self._staffing.add_person(self._session.ref, name.value or "")
                    dialog.close()
                    await self._refresh()

            with box("gb-act-row"):
                button(Action(t("above-new-person"), on_click=add), "act").mark("sure")
                button(Action(t("action-cancel"), on_click=dialog.close), "line")

    def _ask_appoint(self, seat: Seat | None = None, holder: Holder | None = None) -> None:
        Appointing(self._session, self._staffing, self._view, self._stored).ask(seat, holder)

    async def _stored(self, entry: str) -> None:
        await self._refresh()
        await self._show_done(entry)

    def _ask_end(self, seat: Seat, holder: Holder) -> None:
        t = self._t
        with asking(t("people-end-ask", name=holder.name, role=t.text(seat.role_title))) as dialog:
            what = "people-end-self" if holder.mine else "people-end-what"
            text(t("people-end-coming" if holder.coming else what))
            zone = self._session.services.zone(self._session.actor.community)
            first = date_of(str(zone), holder.since) if holder.coming else self._view.today
            day = day_field(t("people-end-on"), first, "day")

            told = box("")

            async def end() -> None:
                with telling(t, told):
                    made = await self._staffing.end(
                        self._session.ref, holder.post, day_picked(day.value, "on")
                    )
                    dialog.close()
                    await self._refresh()
                    await self._show_done(made)

            with box("gb-act-row"):
                button(Action(t("people-end"), on_click=end), "act").mark("sure")
                button(Action(t("action-cancel"), on_click=dialog.close), "line")
