"""The small community of tests/fakes/working.py with its studio: files in a folder, drafts, gates."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from app.services.actor import ActorRef
from app.services.drafting.approvers import Approvers
from app.services.drafting.drafts import DraftPorts, RegulationDrafting
from app.services.drafting.from_a_day import FromADay
from app.services.drafting.once_known import OnceKnown
from app.services.drafting.publication import DraftPublication
from app.services.drafting.studio import Studio
from app.services.impact.impact import ImpactService
from app.services.impact.views import ImpactViews
from app.services.wiring import Services
from tests.fakes.checkout import checkout
from tests.fakes.deciders import PlainDecider
from tests.fakes.drafts import NoPrinter
from tests.fakes.working import FILES, Working

ROLE = "config/roles/director.yaml"
CASES = "rules/home_visit.case.yaml"
TEXTS = {**FILES, ROLE: FILES[ROLE].replace("administer]", "publish, administer]")}
DUTY = "rules/home_visit.yaml"


class Copies:
    """What this machine remembers of where its copy came from."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def origin(self, place: str) -> str | None:
        return self.known.get(place)

    def note(self, place: str, revision_hash: str) -> None:
        self.known[place] = revision_hash


def with_studio(working: Working, root: Path) -> Services:
    """Return the services of a community, the studio's among them; its files are written below `root`."""
    files = checkout(root, working.texts)
    store = working.store
    resolve, clock = working.people.resolve, working.clock
    ports = DraftPorts(store.regulation_drafts, store.revisions, files, Copies(), resolve, clock)
    drafting = RegulationDrafting(ports)
    publication = DraftPublication(ports, drafting, store.ledger, PlainDecider)

    async def draft_files(ref: ActorRef, draft: str) -> Mapping[str, str]:
        return (await drafting.files(ref, draft)).files

    impact = ImpactService(working.live, files, PlainDecider, resolve, clock, draft_files)
    return replace(
        working.services(),
        drafting=drafting,
        draft_publication=publication,
        from_a_day=FromADay(ports, drafting),
        once_known=OnceKnown(ports, drafting),
        approvers=Approvers(resolve, working.live, clock),
        impacts=ImpactViews(impact, NoPrinter(), PlainDecider, publication.see),
        studio=Studio(ports, drafting, store.accounts),
    )
