"""The first person of a place that is declared in files: its regulation in force, a post, an invitation.

The founding page makes the first community of an instance. A place that somebody wrote into `config/places`, such as a
street above communities, gets its first person from whoever holds the machine (ADR 232).
"""

from dataclasses import dataclass

from app.domain.problem import Problem, ProblemError
from app.domain.regulation import sensitive_fields
from app.services.accounts import AccountsService
from app.services.administrators import able
from app.services.community import Communities, founding_entries
from app.services.live import LiveCommunities
from app.services.people import terms
from app.services.ports import Accounts, Clock, Ledger, Revisions
from app.services.tickets import Invitation


@dataclass(frozen=True, slots=True)
class FirstOfPlace:
    """For the command line alone: nobody is asked who acts."""

    communities: Communities
    accounts: Accounts
    invitations: AccountsService
    live: LiveCommunities
    ledger: Ledger
    revisions: Revisions
    clock: Clock

    async def appoint(self, place: str, name: str, login: str, language: str) -> Invitation:
        """Publish a place's files where it has no publication, appoint somebody who administers, make the account.

        Raises ProblemError: what is wrong with name, login or files; E512 when no role of the place's level may
        administer or no form appoints; E952 when somebody with an account administers it already.
        """
        now = self.clock()
        name, login = await self.invitations.sound(name, login)
        if await self.revisions.current(place, now) is None:
            regulation = await self.communities.publish_first(place, login)
        else:
            regulation = (await self.live.fresh(place)).regulation
            people = {one.person for one in await self.accounts.of_place(place) if not one.disabled}
            held = terms((await self.live.fresh(place)).evaluation, now)
            if able(regulation, held, people):
                raise ProblemError(Problem("E952", values={"place": place}))
        made = await self.invitations.first(place, name, login, language)
        entries = founding_entries(regulation, made.account.person, made.account.name, self.clock())
        await self.ledger.append(entries, sensitive_fields(regulation))
        return made
