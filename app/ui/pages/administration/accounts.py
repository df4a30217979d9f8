"""The administrator's list of accounts: invite, send a new link, shut out and let in again."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from app.services.accounts import Invitation
from app.services.actor import Permission
from app.services.ports import Account
from app.ui.frame import Action, button, frame
from app.ui.pages.parts.asking import asking
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import EmptyState, box, icon, text

_STATES = {"active": "met", "invited": "due", "disabled": "waived"}


def register(shell: Shell) -> None:
    """Register `/accounts`."""
    public_url = shell.settings.public_url

    @shell.page("/accounts", permission=Permission.ADMINISTER)
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

    async def build(self) -> None:
        """Build the page."""
        t = self._t
        found = await self._service.of_place(self._session.ref)
        self._posts = await self._posts_of()
        place = t.text(self._session.services.place_title(self._session.actor.post.place))
        with frame(
            t("accounts-title"),
            active="accounts",
            sub=t("accounts-sub", place=place, n=len(found)),
            primary=Action(t("accounts-invite"), on_click=self.ask_whom, icon="person_add"),
        ):
            self._list = box("pad-desk")
            self._fill(found)

    async def _posts_of(self) -> dict[str, str]:
        """Return what each worker's posts are called, by worker."""
        staffing, t = self._session.services.staffing, self._t
        if staffing is None:
            return {}
        people = (await staffing.view(self._session.ref)).people
        return {
            person.id: t.listed(t.dotted(t.text(role), t.text(place)) for role, place in person.posts)
            for person in people
        }

    async def _refresh(self) -> None:
        found = await self._service.of_place(self._session.ref)
        self._list.clear()
        self._fill(found)

    def _fill(self, found: list[Account]) -> None:
        with self._list:
            if len(found) <= 1:
                EmptyState(self._t("accounts-empty"), self._t("accounts-empty-what"), "group_add")
            with box("gb-sheet"), box("gb-list", "ul"):
                for account in found:
                    self._row(account)

    def _row(self, account: Account) -> None:
        t, state = self._t, state_of(account)
        with box("ac-row", "li"):
            with box():
                text(account.name, "strong lead", "span")
                posts = self._posts.get(account.person, "")
                text(t.dotted(posts, "" if account.demo else account.login), "meta")
            with box(f"gb-st {_STATES[state]}", "span"):
                icon({"active": "check_circle", "invited": "mail", "disabled": "block"}[state])
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
        label = t("accounts-again") if state == "invited" else t("accounts-reset")
        button(Action(label, on_click=link, icon="key"), "line").mark(f"link {account.id}")
        disable = button(Action(t("accounts-disable"), on_click=lambda: self._ask_disable(account)), "quiet")
        disable.mark(f"disable {account.id}")

    # ---- dialogs --------------------------------------------------------------------------------------------------
    def ask_whom(self, name_of: str = "", person_id: str = "") -> None:
        """Ask for whom an account is wanted, and show the link of the invitation once."""
        t = self._t
        with asking(t("accounts-invite")) as dialog:
            text(t("accounts-invite-what"), "muted")
            name, login, person = (
                self._input(t("accounts-name")),
                self._input(t("login-name"), t("welcome-login-hint")),
                self._input(t("accounts-person"), t("accounts-person-hint"), required=False),
            )

            name.set_value(name_of)
            person.set_value(person_id)

            async def make() -> None:
                invitation = await self._service.invite(
                    self._session.ref,
                    name=name.value,
                    login=login.value,
                    place=self._session.actor.post.place,
                    person=person.value.strip() or None,
                )
                dialog.close()
                self._show_link(invitation)
                await self._refreshed()

            with box("gb-act-row"):
                button(Action(t("accounts-invite-make"), on_click=make), "act")
                button(Action(t("action-cancel"), on_click=dialog.close), "quiet")

    @staticmethod
    def _input(label: str, hint: str = "", *, required: bool = True) -> ui.input:
        with box("gb-field"):
            text(label, "label")
            if hint:
                text(hint, "hint")
            field = ui.input().props("hide-bottom-space maxlength=100")
            field.props["aria-label"] = label
            field.props["aria-required"] = "true" if required else "false"
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
            await self._service.set_disabled(self._session.ref, account.id, disabled=True)
            dialog.close()
            await self._refresh()

        with asking(t("accounts-disable-ask", name=account.name)) as dialog:
            text(t("accounts-disable-what"))
            with box("gb-act-row"):
                button(Action(t("accounts-disable"), on_click=disable), "act").mark("sure")
                button(Action(t("action-cancel"), on_click=dialog.close), "line")
