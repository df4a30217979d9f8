"""People and posts: who holds which, where one is vacant; appoint, end, add a person, invite."""

from urllib.parse import quote

from nicegui import ui

from app.domain.kinds.links import WORKER
from app.domain.problem import Problem, ProblemError
from app.services.actor import Permission
from app.services.ports import Account
from app.services.reasons.phrases import say
from app.services.staffing import Holder, Person, Seat, Staffing, StaffingService
from app.ui.frame import Action, button, frame, link
from app.ui.pages.administration.accounts import AccountsPage, origin, state_of
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

    @shell.page("/people", permission=Permission.ADMINISTER)
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
                times = [t("people-since", day=t.day_of_year(holder.since))]
                if holder.until is not None:
                    times.append(t("people-until", day=t.day_of_year(holder.until)))
                text(t.dotted(t.text(seat.role_title), *times), "meta")
                if seat.ended is not None:
                    Note(t("people-place-ended", day=t.day_of_year(seat.ended)), "late")
            with box("gb-act-row"):
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
    def _ask_appoint(self, seat: Seat | None = None) -> None:
        t, view = self._t, self._view
        people = {person.id: person.name for person in view.people if person.present}
        seats = {
            f"{one.role}@{one.place}": t.dotted(t.text(one.role_title), t.text(one.place_title))
            for one in view.seats
            if one.room
        }
        asks = {f"{one.role}@{one.place}": one.asks for one in view.seats}
        with asking(t("people-appoint")) as dialog:
            worker = self._pick(t("people-worker"), people, None, "worker")
            wanted = f"{seat.role}@{seat.place}" if seat is not None else None
            post = self._pick(t("people-post"), seats, wanted, "seat")
            asked = text("", "muted").props("role=status")

            def tell_asked() -> None:
                said = asks.get(post.value or "")
                asked.set_text("" if said is None else t("people-asks", what=say(said, t)))

            post.on_value_change(tell_asked)
            tell_asked()
            day = day_field(t("people-from"), view.today, "day")

            told = box("")

            async def appoint() -> None:
                with telling(t, told):
                    for field, picked in (("worker", worker.value), ("post", post.value)):
                        if not picked:
                            raise ProblemError(Problem("E936", field=field))
                    role, _, place = post.value.partition("@")
                    on = day_picked(day.value, "on")
                    made = await self._staffing.appoint(self._session.ref, worker.value, role, place, on)
                    dialog.close()
                    await self._refresh()
                    await self._show_done(made)

            with box("gb-act-row"):
                button(Action(t("people-appoint"), on_click=appoint), "act").mark("sure")
                button(Action(t("action-cancel"), on_click=dialog.close), "line")

    def _ask_end(self, seat: Seat, holder: Holder) -> None:
        t = self._t
        with asking(t("people-end-ask", name=holder.name, role=t.text(seat.role_title))) as dialog:
            text(t("people-end-self") if holder.mine else t("people-end-what"))
            day = day_field(t("people-end-on"), self._view.today, "day")

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

    @staticmethod
    def _pick(label: str, options: dict[str, str], value: str | None, mark: str) -> ui.select:
        with box("gb-field"):
            text(label, "label")
            made = ui.select(options, value=value if value in options else None, with_input=True)
            made.props("hide-bottom-space").mark(mark)
            made.props["aria-label"] = label
        return made
