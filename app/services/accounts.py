"""Accounts: the first administrator, invitations, passwords, languages, and who may no longer come in."""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.problem import Problem, ProblemError
from app.services import sessions
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Resolve
from app.services.passwords import Passwords, password_problem
from app.services.ports import Account, Accounts, Clock, IdTakenError
from app.services.starting import CreateCommunity, NewCommunity
from app.services.tickets import Invitation, issue, secret_hash

_FOUNDING = "founding"
_FOUNDING_LASTS = timedelta(minutes=15)

MOST_GRIDS = 200
MOST_NAME = 60

Without = Callable[[Account], Awaitable[Problem | None]]
"""Returns what stands against a community's being without an account."""

_LOGIN = re.compile(r"[^\W_][\w.@+-]{1,39}")


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """What the first page's form holds. `grids` is text as typed."""

    community: str
    grids: str
    name: str
    login: str
    password: str
    repeated: str
    language: str
    model: str = ""


class AccountsService:
    """Each call that acts on somebody else's account takes the actor and checks what the actor may do."""

    def __init__(
        self,
        store: Accounts,
        passwords: Passwords,
        resolve: Resolve,
        create_community: CreateCommunity,
        clock: Clock,
        without: Without | None = None,
    ) -> None:
        """Wire the store, the hasher, the resolver of actors, the founder of communities and the clock.

        `without` is asked before an account is shut out.
        """
        self._store = store
        self._passwords = passwords
        self._resolve = resolve
        self._create_community = create_community
        self._clock = clock
        self._without = without
        self._changing = (
            asyncio.Lock()
        )  # accounts are read, changed and saved whole: no change may undo another

    # ---- the first one --------------------------------------------------------------------------------------------
    async def none_yet(self) -> bool:
        """Whether nobody but people of the demo has an account."""
        return not await self._store.any()

    async def create_first_administrator(self, new: FirstAdministrator) -> Account:
        """Found the community and its administrator's account, once: the second of two callers is refused.

        Raises ProblemError with everything that is wrong with the form, or E931 when there is an account already.
        """
        async with self._changing, self._founding():
            login = _clean(new.login)
            problems = [
                *_community_problems(new),
                *await self._login_problems(login),
                *_password_problems(new.password, new.repeated, login),
            ]
            if problems:
                raise ProblemError(*problems)
            account = Account(
                id=new_id("a"),
                login=login,
                person=new_id("w"),
                name=_clean(new.name),
                place="",
                password_hash=await self._passwords.hash(new.password),
                language=new.language,
            )
            place = await self._create_community(
                NewCommunity(
                    _clean(new.community),
                    int(new.grids),
                    new.language,
                    account.person,
                    account.name,
                    new.model,
                )
            )
            account = replace(account, place=place)
            await self._store.save(account)
            return account

    # ---- invitations and resets -----------------------------------------------------------------------------------
    async def invite(
        self, ref: ActorRef, *, name: str, login: str, place: str, person: str | None = None
    ) -> Invitation:
        """Make an account without a password and the secret of its invitation. An administrator of `place` may.

        `person` is the worker whom the account is for; without one a new worker id is made. Raises DeniedError,
        ProblemError.
        """
        actor = await self._administrator(ref, place)
        name, login = await self.sound(name, login)
        account = Account(new_id("a"), login, person or new_id("w"), name, place, None, actor.language)
        try:
            await self._store.save(account)
        except IdTakenError:
            raise ProblemError(Problem("E932", field="login")) from None
        return await issue(self._store, account, self._clock())

    async def sound(self, name: str, login: str) -> tuple[str, str]:
        """Return a name and a login as they are kept. Raises ProblemError with what is wrong with them."""
        login, name = _clean(login), _clean(name)
        problems = [*_name_problems(name, "name"), *await self._login_problems(login)]
        if problems:
            raise ProblemError(*problems)
        return name, login

    async def first(self, place: str, name: str, login: str, language: str) -> Invitation:
        """Make the account of a place's first person and the secret of its invitation: the command line's.

        Raises ProblemError E932 for a login that is taken.
        """
        account = Account(new_id("a"), login, new_id("w"), name, place, None, language)
        try:
            await self._store.save(account)
        except IdTakenError:
            raise ProblemError(Problem("E932", field="login")) from None
        return await issue(self._store, account, self._clock())

    async def reset(self, ref: ActorRef, account_id: str) -> Invitation:
        """Make the secret of a link with which the account's owner sets a new password; the old one works till then."""
        account = await self._theirs(ref, account_id)
        return await issue(self._store, account, self._clock())

    async def usable(self, secret: str) -> bool:
        """Whether a secret would still set a password; looking uses nothing up."""
        ticket = await self._store.ticket(secret_hash(secret), self._clock())
        account = None if ticket is None else await self._store.by_id(ticket.account)
        return account is not None and not account.disabled

    async def accept(self, secret: str, password: str, repeated: str) -> Account:
        """Set the password of the account that the secret is for, and end its sessions. The secret works once.

        Raises ProblemError; a password that won't do leaves the secret usable.
        """
        problems = _password_problems(password, repeated, "")
        if problems:
            raise ProblemError(*problems)
        ticket = await self._store.take_ticket(secret_hash(secret), self._clock())
        account = await self._store.by_id(ticket.account) if ticket is not None else None
        if ticket is None or account is None or account.disabled:
            raise ProblemError(Problem("E933"))
        problem = password_problem(password, account.login)
        if problem is not None:
            await self._store.save_ticket(ticket)
            raise ProblemError(problem)
        return await self._set_password(account.id, password)

    # ---- one's own account ----------------------------------------------------------------------------------------
    async def change_password(self, ref: ActorRef, old: str, password: str, repeated: str) -> Account:
        """Set a new password after checking the old one; every other session of the account ends.

        Raises DeniedError, ProblemError (E926: the old password is wrong).
        """
        account = await self._own(ref)
        if not await self._passwords.verify(account.password_hash, old):
            raise ProblemError(Problem("E926", field="old"))
        problems = _password_problems(password, repeated, account.login)
        if problems:
            raise ProblemError(*problems)
        return await self._set_password(account.id, password)

    async def set_language(self, ref: ActorRef, language: str) -> None:
        """Keep the language that the account's owner reads. Raises DeniedError."""
        account = await self._own(ref)
        async with self._changed(account.id) as current:
            await self._store.save(replace(current, language=language))

    async def log_out(self, ref: ActorRef, lasts: timedelta) -> None:
        """End this session, in every tab of its browser; its cookie would be good for `lasts` at most."""
        now = self._clock()
        if ref.session:
            await sessions.end(self._store, ref, now, now + lasts)
        else:
            await self.log_out_everywhere(ref)

    async def log_out_everywhere(self, ref: ActorRef) -> None:
        """End every session of the account, on all its devices; a session that has ended already ends no other."""
        if await sessions.has_ended(self._store, ref, self._clock()):
            return
        async with self._changing:
            account = await self._store.by_id(ref.account)
            if account is not None and account.session_epoch == ref.epoch:
                await self._store.save(replace(account, session_epoch=account.session_epoch + 1))

    async def mine(self, ref: ActorRef) -> Account:
        """Return the account of the session. Raises DeniedError."""
        return await self._own(ref)

    # ---- the administrator's list ---------------------------------------------------------------------------------
    async def of_place(self, ref: ActorRef) -> list[Account]:
        """Return the accounts of the actor's place, by login, without their hashes' content. Raises DeniedError."""
        actor = await self._administrator(ref, None)
        found = await self._store.of_place(actor.post.place)
        return [replace(account, password_hash="" if account.password_hash else None) for account in found]

    async def links_until(self, ref: ActorRef) -> Mapping[str, datetime]:
        """Return until when (exclusive) the link of each account without a password works; not in it: no longer.

        Raises DeniedError.
        """
        waiting = [one.id for one in await self.of_place(ref) if one.password_hash is None]
        return await self._store.tickets_until(waiting, self._clock())

    async def set_disabled(self, ref: ActorRef, account_id: str, *, disabled: bool) -> None:
        """Shut an account out, or let it in again; its sessions end. Nobody can shut out themselves.

        Raises DeniedError, ProblemError (E934: one's own account, E942: nobody could administer any more).
        """
        account = await self._theirs(ref, account_id)
        if account.id == ref.account:
            raise ProblemError(Problem("E934"))
        async with self._changed(account.id) as current:
            problem = await self._without(current) if disabled and self._without is not None else None
            if problem is not None:
                raise ProblemError(problem)
            await self._store.save(
                replace(current, disabled=disabled, session_epoch=current.session_epoch + 1)
            )

    @asynccontextmanager
    async def _founding(self) -> AsyncIterator[None]:
        """Be the only one who founds, in whatever process. Raises ProblemError E931 where somebody does or has.

        A process that dies keeps the next one waiting until its mark lapses.
        """
        now = self._clock()
        if not await self._store.mark(_FOUNDING, now, now + _FOUNDING_LASTS):
            raise ProblemError(Problem("E931"))
        try:
            if await self._store.any():
                raise ProblemError(Problem("E931"))
            yield
        finally:
            await self._store.unmark(_FOUNDING)

    # ---- inside ---------------------------------------------------------------------------------------------------
    async def _own(self, ref: ActorRef) -> Account:
        return await sessions.account_of(self._store, ref, self._clock())

    async def _administrator(self, ref: ActorRef, place: str | None) -> Actor:
        actor = await self._resolve(ref, self._clock())
        if not actor.may(Permission.ADMINISTER) or not (place is None or _theirs_to_run(actor, place)):
            raise DeniedError("not_permitted")
        return actor

    async def _theirs(self, ref: ActorRef, account_id: str) -> Account:
        """Return an account that the actor administers; one that isn't there is denied like one that isn't theirs."""
        account = await self._store.by_id(account_id)
        await self._administrator(ref, None if account is None else account.place)
        if account is None or account.demo:
            raise DeniedError("not_permitted")
        return account

    async def _set_password(self, account_id: str, password: str) -> Account:
        made = await self._passwords.hash(password)
        async with self._changed(account_id) as current:
            changed = replace(current, password_hash=made, session_epoch=current.session_epoch + 1)
            await self._store.save(changed)
        return changed

    @asynccontextmanager
    async def _changed(self, account_id: str) -> AsyncIterator[Account]:
        """Give the account as it is now, nobody else changing it in the block."""
        async with self._changing:
            account = await self._store.by_id(account_id)
            if account is None:
                raise DeniedError("logged_out")
            yield account

    async def _login_problems(self, login: str) -> list[Problem]:
        return await login_problems(self._store, login)


async def login_problems(store: Accounts, login: str) -> list[Problem]:
    """Return what keeps a name from being an account's: E935 for what can't be typed, E932 for one that is taken."""
    if not _LOGIN.fullmatch(login):
        return [Problem("E935", field="login")]
    return [Problem("E932", field="login")] if await store.by_login(login) is not None else []


def _community_problems(new: FirstAdministrator) -> list[Problem]:
    problems = _name_problems(_clean(new.community), "community")
    grids = new.grids.strip()
    if not (grids.isascii() and grids.isdigit() and 1 <= int(grids[:6]) <= MOST_GRIDS):
        problems.append(Problem("E937", values={"most": MOST_GRIDS}, field="grids"))
    return problems + _name_problems(_clean(new.name), "name")


def _name_problems(name: str, field: str) -> list[Problem]:
    if not name:
        return [Problem("E936", field=field)]
    if len(name) > MOST_NAME:
        return [Problem("E938", values={"most": MOST_NAME}, field=field)]
    return []


def _password_problems(password: str, repeated: str, login: str) -> list[Problem]:
    problem = password_problem(password, login)
    if problem is not None:
        return [problem]
    return [] if password == repeated else [Problem("E927", field="repeated")]


def _clean(text: str) -> str:
    return " ".join(text.split())


def new_id(kind: str) -> str:
    """Return an id that nothing else has, beginning with `kind`."""
    return f"{kind}-{secrets.token_hex(6)}"


def _theirs_to_run(actor: Actor, place: str) -> bool:
    """Whether accounts of a place are the actor's to see to; those of a community are nobody's above it."""
    outer = actor.post.place
    return place == outer or (not actor.is_above and place.startswith(outer + "/"))
