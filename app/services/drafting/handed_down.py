"""Notices of drafts that a level above handed down: they stand in the studio alone, which nobody opens each day."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Final

from app.domain.kinds.common import Texts
from app.domain.place_ids import lineage
from app.domain.zones import date_of
from app.i18n import LANGUAGES, Translator
from app.services.actor import Actor, ActorRef
from app.services.drafting.ports import RegulationDraft, RegulationDrafts
from app.services.drafting.reading import READERS
from app.services.live import Community
from app.services.notices import Link, Notice
from app.services.ports import Accounts

_OF: Final = "handed_down"
"""What a notice names as what it comes from: there is no rule behind it."""


class DraftNotices:
    """Tells those who publish or approve of the open drafts that somebody of a level above opened at their place."""

    def __init__(
        self, drafts: RegulationDrafts, accounts: Accounts, place_title: Callable[[str], Texts]
    ) -> None:
        """Keep the ports."""
        self._drafts = drafts
        self._accounts = accounts
        self._title = place_title

    async def of(self, ref: ActorRef, actor: Actor, community: Community) -> Sequence[Notice]:  # noqa: ARG002
        """Return a notice of each such draft until it is published or dropped; none for other posts."""
        if not any(map(actor.may, READERS)):
            return ()
        place = community.regulation.place.id
        drafts = [one for one in await self._drafts.of_place(place) if one.step.files]
        if not drafts:
            return ()
        own = {one.person for one in await self._accounts.of_place(place)}
        levels: dict[str, str] = {}
        for level in reversed(lineage(place)[:-1]):  # the nearest first
            for account in await self._accounts.of_place(level):
                levels.setdefault(account.person, level)
        return tuple(
            self._notice(community, one, levels[one.opened_by])
            for one in drafts
            if one.opened_by in levels and one.opened_by not in own
        )

    def _notice(self, community: Community, draft: RegulationDraft, level: str) -> Notice:
        return Notice(
            id=hashlib.sha256(f"{_OF}\0{draft.id}".encode()).hexdigest()[:32],
            rule=_OF,
            title=_words(self._title(level), draft.title),
            whom="",
            door="",
            place=community.regulation.place.title,
            at=draft.opened_at,
            day=date_of(community.regulation.calendar.zone, draft.opened_at),
            clause=None,
            link=Link("draft", draft.id),
        )


def _words(level: Texts, title: str) -> Texts:
    """Return what is told, in each language: who handed down which change."""
    found = {}
    for language in LANGUAGES:
        t = Translator(language)
        above = t.text(level)
        found[language] = (
            t("studio-handed-down", level=above, title=title)
            if title
            else t("studio-handed-down-plain", level=above)
        )
    return found
