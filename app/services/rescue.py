"""Letting somebody in who administers a community, by whoever runs the machine: where nobody else can any more.

The administrator's password is forgotten, the last account disabled, the last post ended. Nobody of the community is
asked; the ledger says what was done, and that it came from the command line.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.domain.entry import Entry
from app.domain.kinds.common import Texts
from app.domain.kinds.links import WORKER
from app.domain.membership import posts_fields
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation, sensitive_fields
from app.services.accounts import login_problems, new_id
from app.services.actor import Permission
from app.services.administrators import able, administers
from app.services.eligible import refused
from app.services.labels import Labels, SubjectLabel
from app.services.live import Community, LiveCommunities
from app.services.people import terms
from app.services.ports import Account, Accounts, Clock, IdTakenError, Ledger
from app.services.tickets import Invitation, issue

LINK: Final = "login_link"
"""The system's form that says that a link was made."""
SOURCE: Final = "command"
_MOST_TOLD: Final = 12


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom to let in: `person` is an id, the name of an account or a name; `role` a post to give where none is held."""

    place: str
    person: str
    login: str = ""
    role: str = ""
    by: str = ""
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class LetIn:
    """What was done: the link, the person, the post given ({} for none), whether the account was enabled again."""

    invitation: Invitation
    name: str
    appointed: Texts
    opened: bool


class Rescue:
    """For whoever can reach the database by the command line; nobody's rights are asked."""

    def __init__(self, accounts: Accounts, live: LiveCommunities, ledger: Ledger, clock: Clock) -> None:
        """Keep the ports."""
        self._accounts = accounts
        self._live = live
        self._ledger = ledger
        self._clock = clock

    async def let_in(self, wish: Wish) -> LetIn:
        """Give the person a link that sets a password, an open account and a post that may administer.

        Raises ProblemError, and nothing is changed: E510 nothing published, E958 no such person, E959 several of that
        name, E960 somebody of a demo, E961 no post that may administer and none named, E962 no account and no name
        for one, E932 and E935 for that name, E943 for a file that doesn't meet what the role asks for, E512 without a
        form that appoints.
        """
        community = await self._live.fresh(wish.place)
        now = self._clock()
        labels = Labels(community.evaluation, now)
        found = await self._accounts.of_place(wish.place)
        held = [one for one in terms(community.evaluation, now) if one.since <= now]
        posts = [one.worker for one in held if administers(one, community.regulation)]
        person = _person(wish.person, labels.all(WORKER), found, posts)
        name = labels.of(WORKER, person).name
        appointment = self._appointment(community, wish, person, name, now)
        account, opened = await self._account(wish, person, name, found)
        try:
            await self._accounts.save(account)
        except IdTakenError:
            raise ProblemError(Problem("E932", field="login")) from None
        invitation = await issue(self._accounts, account, now)
        answers = {"login": account.login, "opened": opened, "until": invitation.expires.isoformat()}
        said = Entry(
            id=f"link-{secrets.token_hex(12)}",
            place=wish.place,
            form=LINK,
            at=now,
            by=wish.by,
            recorded_at=now,
            answers=answers,
            subject=person,
            revision=community.regulation.revision,
            source=SOURCE,
        )
        entries = [said] if appointment is None else [appointment, said]
        await self._ledger.append(entries, sensitive_fields(community.regulation))
        await self._live.fresh(wish.place)
        role = None if appointment is None else community.regulation.roles[wish.role]
        return LetIn(invitation, name, {} if role is None else role.heading.title, opened)

    def _appointment(
        self, community: Community, wish: Wish, person: str, name: str, now: datetime
    ) -> Entry | None:
        """Return what appoints the person now; None for one who administers now already."""
        regulation = community.regulation
        held = [one for one in terms(community.evaluation, now) if one.since <= now]
        if able(regulation, held, {person}):
            return None
        form = next((one for one in regulation.forms.values() if posts_fields(one) is not None), None)
        fields = None if form is None else posts_fields(form)
        fit = _administering(regulation, wish.place)
        if form is None or fields is None or not fit:
            raise ProblemError(Problem("E512"))
        if wish.role not in fit:
            raise ProblemError(Problem("E961", values={"name": name, "known": ", ".join(fit)}))
        role = regulation.roles[wish.role]
        unfit = refused(community.evaluation, role, person, now, name)
        if unfit is not None:
            raise ProblemError(unfit)
        return Entry(
            id=f"rescue-{secrets.token_hex(12)}",
            place=wish.place,
            form=form.id,
            at=now,
            by=wish.by,
            recorded_at=now,
            answers=dict(zip(fields, (person, wish.role), strict=True)),
            subject=f"post-{secrets.token_hex(8)}",
            revision=regulation.revision,
            source=SOURCE,
        )

    async def _account(
        self, wish: Wish, person: str, name: str, found: Iterable[Account]
    ) -> tuple[Account, bool]:
        """Return the person's account as it will be, and whether it was disabled."""
        own = [one for one in found if one.person == person]
        if any(one.demo for one in own):
            raise ProblemError(Problem("E960", values={"name": name}))
        if own:
            named = [one for one in own if one.login.casefold() == wish.login.casefold()]
            account = (named or own)[0]
            if account.disabled:
                return replace(account, disabled=False, session_epoch=account.session_epoch + 1), True
            return account, False
        login = " ".join(wish.login.split())
        if not login:
            raise ProblemError(Problem("E962", values={"name": name}))
        problems = await login_problems(self._accounts, login)
        if problems:
            raise ProblemError(*problems)
        return Account(new_id("a"), login, person, name, wish.place, None, wish.language), False


def _administering(regulation: Regulation, place: str) -> list[str]:
    """Return the roles of the place's level that may administer."""
    level = regulation.places.places[place].level
    roles = regulation.roles.values()
    return [one.id for one in roles if Permission.ADMINISTER in one.may and one.level == level]


def _person(
    wanted: str, people: Mapping[str, SubjectLabel], accounts: Iterable[Account], posts: Collection[str]
) -> str:
    """Return the id of whom is meant; those in `posts` are offered first. Raises ProblemError E958, E959."""
    said = " ".join(wanted.split())
    here = {key: one for key, one in people.items() if one.present}
    if said in here:
        return said
    by_login = [one.person for one in accounts if one.login.casefold() == said.casefold()]
    if by_login and by_login[0] in here:
        return by_login[0]
    named = [key for key, one in here.items() if one.name == said]
    if len(named) == 1:
        return named[0]
    if named:
        raise ProblemError(Problem("E959", values={"name": said[:80], "known": ", ".join(named)}))
    offered = sorted(here.items(), key=lambda item: item[0] not in posts)[:_MOST_TOLD]
    told = [f"{one.name} ({key})" for key, one in offered]
    more = ["…"] if len(here) > _MOST_TOLD else []
    raise ProblemError(Problem("E958", values={"name": said[:80], "known": ", ".join([*told, *more]) or "–"}))
