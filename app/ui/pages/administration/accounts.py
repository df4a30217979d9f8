"""The administrator's list of accounts: invite, send a new link, shut out and let in again."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from nicegui import ui

from app.domain.problem import Problem, ProblemError
from app.services.actor import Permission
from app.services.ports import Account
from app.services.tickets import Invitation
from app.ui.frame import Action, button, frame, link
from app.ui.pages.parts.asking import asking, telling
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import EmptyState, box, icon, text

PEOPLE = "/people"
"""Where people get a file and posts."""

if TYPE_CHECKING:
    from datetime import datetime

_STATES = {"active": "met", "invited": "due", "lapsed": "late", "disabled": "waived"}


def register(shell: Shell) -> None:
    """Register `/accounts`."""
    public_url = shell.settings.public_url

    @shell.page("/accounts", permission=Permission.ADMINISTER, whose="both")
    async def accounts(session: Session) -> None:
        page = AccountsPage(session, public_url or origin())
        await page.build()


def origin() -> str:
    """Return the address that the reader came by, for links that are handed over."""
    request = ui.context.client.request
    return f"{request.url.scheme}://{request.url.netloc}"


def state_of(account: Account) -> str:
    """Return whether its owner can come in: active, invited or disabled."""
    if account.disabled:
        return "disabled"
    return "active" if account.password_hash is not None or account.demo else "invited"


class AccountsPage:
    """One view of the list; it fetches the list anew after each change."""

    def __init__(
        self, session: Session, origin: str, refreshed: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """Keep the session and the address that invitations point to; `refreshed` shows another page's changes."""
        self._session = session
        self._t = session.t
        self._service = session.services.accounts
        self._origin = origin
        self._refreshed = refreshed or self._refresh
        self._posts: dict[str, str] = {}
        self._links: Mapping[str, datetime] = {}
        """By account without a password until when its link works."""
        self._names: dict[str, str] = {}
        self._people: dict[str, str] = {}
        """Who has a file and no account yet: the name by the person's id."""

    async def build(self) -> None:
        """Build the page."""
        t = self._t
        found = await self._service.of_place(self._session.ref)
        await self._read_people(found)
        place = t.text(self._session.services.place_title(self._session.actor.post.place))
        with frame(
            t("accounts-title"),
            active="accounts",
            sub=t("accounts-sub", place=place, n=len(found)),
            primary=Action(t("accounts-invite"), on_click=self.ask_whom, icon="person_add"),
        ):
            self._list = box("stack pad-desk")
            self._fill(found)

    async def _read_people(self, found: Sequence[Account]) -> None:
        """Read what each worker's posts are called, who has no account yet, and whose link still works."""
        self._links = await self._service.links_until(self._session.ref)
        staffing, t = self._session.services.staffing, self._t
        if staffing is None:
            return
        people = (await staffing.view(self._session.ref)).people
        self._posts = {
            person.id: t.listed(t.dotted(t.text(role), t.text(place)) for role, place in person.posts)
            for person in people
        }
        taken = {account.person for account in found}
        self._people = {
            person.id: t.dotted(person.name, self._posts[person.id])
            for person in people
            if person.present and person.id not in taken
        }
        self._names = {person.id: person.name for person in people}

    async def _refresh(self) -> None:
        found = await self._service.of_place(self._session.ref)
        await self._read_people(found)
        self._list.clear()
        self._fill(found)

    def _fill(self, found: list[Account]) -> None:
        with self._list:
            if len(found) <= 1:
                EmptyState(self._t("accounts-empty"), self._t("accounts-empty-what"), "person_add")
            with box("gb-sheet"), box("gb-list", "ul"):
                for account in found:
                    self._row(account)

    def _row(self, account: Account) -> None:
        t, state = self._t, state_of(account)
        until = self._links.get(account.id)
        if state == "invited" and until is None:
            state = "lapsed"
        with box("ac-row", "li"):
            with box():
                text(account.name, "strong lead", "span")
                posts = self._posts.get(account.person, "")
                text(t.dotted(posts, "" if account.demo else account.login), "meta")
                if state == "invited" and until is not None:
                    text(t("accounts-link-until", until=t.moment(until)), "meta")
                if state == "lapsed":
                    text(t("accounts-link-lapsed"), "meta")
            with box(f"gb-st {_STATES[state]}", "span"):
                icon(
                    {"active": "check_circle", "invited": "mail", "lapsed": "schedule", "disabled": "block"}[
                        state
                    ]
                )
                text(t(f"accounts-state-{state}"), tag="span")
            with box("gb-act-row"):
                if account.id == self._session.actor.account:
                    text(t("accounts-you"), "muted", "span")
                elif not account.demo:
                    self._buttons(account, state)

    def _buttons(self, account: Account, state: str) -> None:
        t = self._t

        async def link() -> None:
            self._show_link(await self._service.reset(self._session.ref, account.id))

        async def enable() -> None:
            await self._service.set_disabled(self._session.ref, account.id, disabled=False)
            await self._refresh()

        if state == "disabled":
            button(Action(t("accounts-enable"), on_click=enable, icon="lock_open"), "line").mark(
                f"enable {account.id}"
            )
            return
        label = t("accounts-again") if state in {"invited", "lapsed"} else t("accounts-reset")
        button(Action(label, on_click=link, icon="key"), "line").mark(f"link {account.id}")
        disable = button(Action(t("accounts-disable"), on_click=lambda: self._ask_disable(account)), "quiet")
        disable.mark(f"disable {account.id}")

    # ---- dialogs --------------------------------------------------------------------------------------------------
    def ask_whom(self, name_of: str = "", person_id: str = "") -> None:
        """Ask for whom an account is wanted, and show the link of the invitation once.

        It is for somebody with a file: an account of nobody's could never hold a post.
        """
        t = self._t
        with asking(t("accounts-invite")) as dialog:
            text(t("accounts-invite-what"), "muted")
            person = None
            if not person_id and self._session.services.staffing is not None:
                person = self._whom()
            name = self._input(t("accounts-name"))
            login = self._input(t("login-name"), t("welcome-login-hint"))
            name.set_value(name_of)
            if person is not None:
                person.on_value_change(lambda event: name.set_value(self._names.get(event.value or "", "")))

            told = box("")

            async def make() -> None:
                with telling(t, told):
                    if person is not None and not person.value:
                        raise ProblemError(Problem("E936", field="person"))
                    invitation = await self._service.invite(
                        self._session.ref,
                        name=name.value,
                        login=login.value,
                        place=self._session.actor.post.place,
                        person=person_id or (person.value if person is not None else None),
                    )
                    dialog.close()
                    self._show_link(invitation)
                    await self._refreshed()

            with box("gb-act-row"):
                button(Action(t("accounts-invite-make"), on_click=make), "act")
                button(Action(t("action-cancel"), on_click=dialog.close), "quiet")

    def _whom(self) -> ui.select:
        """Make the list of those who have a file and no account yet; who isn't in it needs a file first."""
        t = self._t
        with box("gb-field"):
            text(t("accounts-person"), "label")
            text(t("accounts-person-hint"), "hint")
            made = ui.select(self._people, value=None, with_input=True).props("hide-bottom-space")
            made.props["aria-label"] = t("accounts-person")
            made.mark("person")
            if PEOPLE in self._session.paths:
                link(t("accounts-person-new"), PEOPLE, "gb-link")
        return made

    @staticmethod
    def _input(label: str, hint: str = "") -> ui.input:
        with box("gb-field"):
            text(label, "label")
            if hint:
                text(hint, "hint")
            field = ui.input().props("hide-bottom-space maxlength=100")
            field.props["aria-label"] = label
            field.props["aria-required"] = "true"
        return field

    def _show_link(self, invitation: Invitation) -> None:
        t = self._t
        link = f"{self._origin}/invitation/{invitation.secret}"
        with asking(t("accounts-link", name=invitation.account.name), persistent=True) as dialog:
            text(t("accounts-link-what", expires=t.moment(invitation.expires)))
            text(link, "gb-secret")

            def copy() -> None:
                ui.clipboard.write(link)
                ui.notify(t("accounts-copied"))

            with box("gb-act-row"):
                button(Action(t("action-copy"), on_click=copy, icon="content_copy"), "act")
                button(Action(t("action-close"), on_click=dialog.close), "line")

    def _ask_disable(self, account: Account) -> None:
        t = self._t

        async def disable() -> None:
            with telling(t, told):
                await self._service.set_disabled(self._session.ref, account.id, disabled=True)
                dialog.close()
                await self._refresh()

        with asking(t("accounts-disable-ask", name=account.name)) as dialog:
            text(t("accounts-disable-what"))
            told = box("")
            with box("gb-act-row"):
                button(Action(t("accounts-disable"), on_click=disable), "act").mark("sure")
                button(Action(t("action-cancel"), on_click=dialog.close), "line")
