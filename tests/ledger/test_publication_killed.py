"""A process that dies while a draft goes through its gates into force: at each statement, and as files are written.

What a killed process leaves is what its database's files hold at that moment. So at each statement of a publication
they are copied, and each copy is opened as the next process would.
"""

import shutil
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.declarations.files import FileDeclarations
from app.ledger import Store, file_url, open_store
from app.services.actor import Actor, ActorRef, Permission, Post
from app.services.drafting.drafts import DraftPorts, RegulationDrafting
from app.services.drafting.gates import Decision
from app.services.drafting.ports import DraftState
from app.services.drafting.publication import DraftPublication
from app.services.ports import Revision
from tests.declarations.community import FILES, PLACE
from tests.fakes.checkout import checkout
from tests.fakes.deciders import PlainDecider
from tests.fakes.stores import FakeLedger
from tests.services.test_regulation_drafts import Copies

DUTY = "rules/monthly_call.yaml"
ROOT = Path(__file__).parents[2]
OWN = "config/places/lakeside/rules/monthly_call.yaml"
NOW = datetime(2025, 3, 1, 1, tzinfo=UTC)
ANNA = ActorRef("anna")


async def resolve(ref: ActorRef, now: datetime) -> Actor:
    post = Post("p-1", "director", PLACE, frozenset({Permission.PUBLISH}))
    return Actor(ref.account, ref.account, "马骏", PLACE, "zh", post, (post,))


def publishing(store: Store, files: FileDeclarations) -> tuple[RegulationDrafting, DraftPublication]:
    """Return the services over a store and files on disk."""
    ports = DraftPorts(store.regulation_drafts, store.revisions, files, Copies(), resolve, lambda: NOW)
    drafting = RegulationDrafting(ports)
    return drafting, DraftPublication(ports, drafting, FakeLedger(), PlainDecider)


async def drafted(store: Store, root: Path) -> tuple[DraftPublication, str, str, str]:
    """Return the service, a draft with a change, the content in force, and the draft's."""
    files = checkout(root, FILES)
    first = Revision(files.revision_of(FILES), PLACE, FILES, NOW, "anna")
    await store.revisions.add(first)
    drafting, publication = publishing(store, files)
    draft = await drafting.open(ANNA)
    await drafting.save(ANNA, draft.id, DUTY, FILES[DUTY].replace("at_most: 4", "at_most: 5"), seen=1)
    content = (await publication.gates(ANNA, draft.id)).content
    return publication, draft.id, first.hash, content


async def approved(publication: DraftPublication, draft: str, content: str) -> None:
    """Take a draft through its gates."""
    await publication.cases(ANNA, draft)
    await publication.see(ANNA, draft, content, {"headlines": ["nothing changes"]})
    await publication.approve(ANNA, draft, content, Decision("2025-3", date(2025, 3, 1), alone="small"))


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
        publication, draft, old, new = await drafted(store, root)

        def dies(_: str) -> None:
            copies.append(copy_of(database, tmp_path / f"dead-{len(copies)}"))
            written.append((root / OWN).exists())

        raw = store.database._context.db()._connection
        await raw.set_trace_callback(dies)
        await approved(publication, draft, new)
        gates = len(copies)
        made = await publication.publish(ANNA, draft, new, despite_cases=True)
        await raw.set_trace_callback(None)
        copies.append(copy_of(database, tmp_path / "whole"))
        written.append((root / OWN).exists())
    assert made.hash == new
    assert 2 < gates < len(copies) - 2

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
    assert set(seen[:gates]) == {before}
    assert set(seen) == {before, after}
    assert seen == sorted(seen, key=[before, after].index)  # once it is in force it stays so
    assert not any(there for there, one in zip(written, seen, strict=True) if one == before)
    assert written[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
async def test_processes_killed_at_each_step_leave_the_same_to_all_others_over_the_database(
    url: str, tmp_path: Path
) -> None:
    """Really killed, one after the other, each two statements later, over one database that this process has open."""
    root = tmp_path / "files"
    async with open_store(url) as store:
        publication, draft, old, new = await drafted(store, root)
        await approved(publication, draft, new)
        command = [sys.executable, "-m", "tests.ledger.dying", url, str(root), draft, new]
        seen: list[str] = []
        with subprocess.Popen(  # noqa: ASYNC220 - nothing else is to happen meanwhile
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        ) as others:
            assert others.stdin is not None
            assert others.stdout is not None
            for at in range(1, 99, 2):
                print(at, "look", sep="\n", file=others.stdin, flush=True)
                assert others.stdout.readline().strip() == str(int(signal.SIGKILL))
                told = others.stdout.readline().strip()
                current = await store.revisions.current(PLACE, NOW)
                there = await store.regulation_drafts.get(draft)
                assert current is not None
                assert there is not None
                assert (current.hash, there.state) in ((old, DraftState.OPEN), (new, DraftState.PUBLISHED))
                assert OWN in there.step.files
                assert told == f"{current.hash} {there.state.value}"
                seen.append(current.hash)
                if current.hash == new:
                    break
        assert seen[-1] == new
        assert len(seen) > 3  # statements before it was in force
        assert not (root / OWN).exists()
        assert await publication.catch_up(ANNA)  # what the last one hadn't written
        assert (root / OWN).exists()
