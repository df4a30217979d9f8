"""A process that dies while a draft is published: at each statement, and as files are written back.

What a killed process leaves is what its database's files hold at that moment. So at each statement of a publication
they are copied, and each copy is opened as the next process would.
"""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from app.ledger import Store, file_url, open_store
from app.services.actor import Actor, ActorRef, Permission, Post
from app.services.draft_ports import DraftState
from app.services.draft_publication import Decision, DraftPublication
from app.services.ports import Revision
from app.services.regulation_drafts import DraftPorts, RegulationDrafting
from tests.declarations.community import FILES, PLACE
from tests.fakes.checkout import checkout
from tests.fakes.deciders import PlainDecider
from tests.fakes.stores import FakeLedger
from tests.services.test_regulation_drafts import Copies

DUTY = "rules/monthly_call.yaml"
OWN = "config/places/lakeside/rules/monthly_call.yaml"
NOW = datetime(2025, 3, 1, 1, tzinfo=UTC)
ANNA = ActorRef("anna")


async def resolve(ref: ActorRef, now: datetime) -> Actor:
    post = Post("p-1", "director", PLACE, frozenset({Permission.PUBLISH}))
    return Actor(ref.account, ref.account, "马骏", PLACE, "zh", post, (post,))


async def ready(store: Store, root: Path) -> tuple[DraftPublication, str, str, str]:
    """Return the service, a draft that is ready to be published, the content in force, and the draft's."""
    files = checkout(root, FILES)
    first = Revision(files.revision_of(FILES), PLACE, FILES, NOW, "anna")
    await store.revisions.add(first)
    ports = DraftPorts(store.regulation_drafts, store.revisions, files, Copies(), resolve, lambda: NOW)
    drafting = RegulationDrafting(ports)
    publication = DraftPublication(ports, drafting, FakeLedger(), PlainDecider)
    draft = await drafting.open(ANNA)
    await drafting.save(ANNA, draft.id, DUTY, FILES[DUTY].replace("at_most: 4", "at_most: 5"), seen=1)
    content = (await publication.gates(ANNA, draft.id)).content
    await publication.see(ANNA, draft.id, content, {"headlines": ["nothing changes"]})
    await publication.approve(ANNA, draft.id, content, Decision("2025-3", date(2025, 3, 1), alone="small"))
    return publication, draft.id, first.hash, content


def copy_of(database: Path, folder: Path) -> Path:
    """Return a copy of a database's files as they are now, what isn't in the main one yet with them."""
    folder.mkdir()
    for file in database.parent.glob(database.name + "*"):
        if not file.name.endswith("-shm"):  # memory of processes that are alive
            shutil.copy(file, folder)
    return folder / database.name


async def test_whatever_dies_when_the_old_revision_is_in_force_with_its_draft_or_the_new_one(
    url: str, tmp_path: Path
) -> None:
    database = Path(url.removeprefix("sqlite://"))
    copies: list[Path] = []
    written: list[bool] = []
    root = tmp_path / "files"
    async with open_store(url) as store:
        publication, draft, old, new = await ready(store, root)

        def dies(_: str) -> None:
            copies.append(copy_of(database, tmp_path / f"dead-{len(copies)}"))
            written.append((root / OWN).exists())

        raw = store.database._context.db()._connection
        await raw.set_trace_callback(dies)
        made = await publication.publish(ANNA, draft, new, despite_cases=True)
        await raw.set_trace_callback(None)
        copies.append(copy_of(database, tmp_path / "whole"))
        written.append((root / OWN).exists())
    assert made.hash == new

    async def left(copy: Path) -> tuple[str, DraftState]:
        async with open_store(file_url(copy)) as next_one:
            current = await next_one.revisions.current(PLACE, NOW)
            there = await next_one.regulation_drafts.get(draft)
            assert current is not None
            assert there is not None
            assert OWN in there.step.files
            assert (OWN in current.files) == (current.hash == new)
            return current.hash, there.state

    seen = [await left(copy) for copy in copies]
    before, after = (old, DraftState.OPEN), (new, DraftState.PUBLISHED)
    assert set(seen) == {before, after}
    assert seen == sorted(seen, key=[before, after].index)  # once it is in force it stays so
    assert not any(there for there, one in zip(written, seen, strict=True) if one == before)
    assert written[-1]
